"""C55 (内容识别): text that cannot be read as what the field asks for, and content of a wrong shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from forms import kinds
from forms.checks.cell_looks import Looking, cell_problem, looking_at
from forms.checks.engine import CheckInput, RowInput
from forms.checks.places import field_subject, row_subject
from forms.findings import Finding, Place, Severity
from forms.remembered import by_identity
from forms.schema import FieldKind, FieldSpec

_WHY = "无法识别的内容不能参加检查、汇总和打印。"


def unreadable_fields(given: CheckInput) -> Iterator[Finding]:
    """C55 of fields, of plain tables, and of parts whose shape is wrong."""
    first = next(given.form.items())
    for label in given.broken:
        yield _finding(
            Place(first.key),
            label,
            "内容的格式不对，已经无法识别",
            "请重新填写，或请填报单位用本程序重新生成",
        )
    yield from _of_fields(given)
    for table in given.form.tables():
        if table.is_indicator_table or not table.is_visible(given.context):
            continue
        for number, row in enumerate(given.answers.get(table.key) or (), 1):
            for column in table.visible_columns(given.context):
                problem, remedy = cell_problem(column, row.get(column.key), given.context, row)
                if problem:
                    place = Place(table.key, str(row.get("row_id") or ""), column.key)
                    yield _finding(place, row_subject(table, row, number, column.key), problem, remedy)


def _of_fields(given: CheckInput) -> Iterable[Finding]:
    """C55 of fields; nearly always all of them are blank or plainly right."""
    return () if _are_right(given) else _unreadable(given)


class _Fields(NamedTuple):
    """Fields by what is asked of them (填报项的识别方式): plain texts with their longest, amounts, texts with a form of
    their own, and all others."""

    plain: tuple[tuple[str, int], ...]
    amounts: tuple[str, ...]
    spelled: tuple[tuple[str, int, FieldKind], ...]
    others: tuple[Looking, ...]


@by_identity(64)
def _by_way(fields: tuple[FieldSpec, ...]) -> _Fields:
    """The fields of a form, settled once for all filings."""
    ways = looking_at(fields)
    amounts = [way for way in ways if way.spec.kind is FieldKind.MONEY]
    return _Fields(
        tuple((way.key, way.longest) for way in ways if way.is_plain),
        tuple(way.key for way in amounts),
        tuple((way.key, way.longest, way.spec.kind) for way in ways if way.is_spelled),
        tuple(way for way in ways if not way.is_plain and not way.is_spelled and way not in amounts),
    )


def _are_right(given: CheckInput) -> bool:
    """Whether every field is blank or plainly right; where not, each is looked at by itself."""
    plain, amounts, spelled, others = _by_way(given.fields)
    get = given.answers.get
    for key, longest in plain:
        kept = get(key)
        if kept is not None and not (isinstance(kept, str) and len(kept) <= longest):
            return False
    for key in amounts:
        kept = get(key)
        if kept is not None and not kinds.is_amount(kept):
            return False
    for key, longest, kind in spelled:
        kept = get(key)
        if kept is not None and not (isinstance(kept, str) and len(kept) <= longest):
            return False
        if kept and not kinds.is_soundly_spelled(kind, kept):
            return False
    return not [way for way in others if not _is_right(way, get(way.key), given)]


def _is_right(way: Looking, kept: Any, given: CheckInput) -> bool:
    """Whether a value is blank, or a text that plainly needs no sentence about it."""
    return kept is None or (isinstance(kept, str) and way.is_right(kept, given.context, given.answers))


def _unreadable(given: CheckInput) -> Iterator[Finding]:
    """Field by field."""
    for way in looking_at(given.fields):
        kept, spec = given.answers.get(way.key), way.spec
        if kept is None or (way.is_plain and isinstance(kept, str) and len(kept) <= way.longest):
            continue
        if isinstance(kept, str):
            if way.is_right(kept, given.context, given.answers):
                continue
        elif spec.kind is FieldKind.MONEY and kinds.is_amount(kept):
            continue
        problem, remedy = cell_problem(spec, kept, given.context, given.answers)
        if problem:
            yield _finding(Place(spec.key), field_subject(given.form, spec.key), problem, remedy)


def unreadable_cells(given: RowInput) -> Iterable[Finding]:
    """C55 of an indicator row."""
    return _unreadable_cells(given) if given.line.faults else ()


def _unreadable_cells(given: RowInput) -> Iterator[Finding]:
    for column, (problem, remedy) in given.line.faults.items():
        yield _finding(given.line.place(column), given.line.subject(column), problem, remedy)


def _finding(place: Place, subject: str, problem: str, remedy: str) -> Finding:
    return Finding("C55", Severity.BLOCKING, place, subject, problem, remedy, _WHY)
