"""Rows of a project's self-evaluation (自评指标行): taken from the approved target, else proposed, else typed.

An approved target is brought in read-only and kept in line at every opening; the target that was only
declared is proposed once, since nobody has bound it yet (domain §0.3, F4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from forms.context import FormContext
from forms.indicator_table import joined_value
from forms.kinds import show_date
from forms.schema import Row
from forms.scoring.reading import IndicatorCells
from forms.self_evaluation_scores import not_applicable_reason, text_of
from forms.text_similarity import core_text
from models.domain.filing import Answers

TARGET_FORM = "performance_target"

_TAKEN = (
    "first_level",
    "second_level",
    "third_level",
    "comparator",
    "planned_value",
    "measure_unit",
    "direction",
    "library_code",
)
"""Columns that come with an indicator from its target."""


def is_approved(context: FormContext) -> bool:
    """Whether an approved target gives the rows."""
    return bool(approved_rows(context))


def approved_rows(context: FormContext) -> Sequence[Row]:
    """The rows of the approved target as the self-evaluation carries them; none without an approval."""
    found: Sequence[Row] | None = context.memory.get("approved_rows")
    if found is None:
        answers: Answers = context.approved.answers if context.approved else {}
        found = context.memory["approved_rows"] = [_approved(context, row) for row in _sound(answers)]
    return found


def _approved(context: FormContext, row: Row) -> Row:
    """One approved indicator: value as printed, and its points where the kit fixes them at declaration."""
    taken: dict[str, Any] = {"row_id": str(row.get("row_id")), **_cells(row)}
    taken["planned_text"] = joined_value(row)
    if context.has_weights and text_of(row, "weight"):
        taken["weight"] = row["weight"]
    return taken


def has_approved_weight(context: FormContext, row: Row) -> bool:
    """Whether a row's points were fixed with the target."""
    fixed: frozenset[str] | None = context.memory.get("weighted_rows")
    if fixed is None:
        rows = approved_rows(context)
        fixed = frozenset(str(one["row_id"]) for one in rows if "weight" in one)
        context.memory["weighted_rows"] = fixed
    return str(row.get("row_id")) in fixed


def prefilled_rows(context: FormContext) -> Sequence[Row]:
    """What a new self-evaluation begins with: the approved rows, else those of the declared target."""
    return approved_rows(context) or [
        {"row_id": str(row.get("row_id")), **_cells(row), **_weight(row)}
        for row in _sound(context.related.get(TARGET_FORM) or {})
    ]


def synced_rows(context: FormContext, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows in line with the approved target: its indicators, in its order, with what was filled in beside them."""
    wanted = approved_rows(context)
    if not wanted:
        return rows
    by_id = {str(row.get("row_id")): row for row in rows}
    by_name = {core_text(text_of(row, "third_level")): row for row in rows} if _differ(wanted, by_id) else {}
    return [_merged(fixed, by_id.get(fixed["row_id"]), by_name) for fixed in wanted]


def is_in_line(context: FormContext, number: int, row: Row) -> bool:
    """Whether a row is what `synced_rows` makes of it at its place."""
    wanted = approved_rows(context)
    return not wanted or all(row.get(key) == value for key, value in wanted[number].items())


def _differ(wanted: Sequence[Row], by_id: Mapping[str, Row]) -> bool:
    """Whether any approved row is not met under its own id and name."""
    return any(
        (kept := by_id.get(one["row_id"])) is None or kept.get("third_level") != one.get("third_level")
        for one in wanted
    )


def _merged(fixed: Row, kept: Row | None, by_name: Mapping[str, Row]) -> Row:
    """An approved row with what stood beside it; met by id and name, else by name alone."""
    if by_name and (kept is None or kept.get("third_level") != fixed.get("third_level")):
        kept = by_name.get(core_text(text_of(fixed, "third_level")))
    if kept is None:
        return dict(fixed)
    for key, value in fixed.items():
        if kept.get(key) != value:
            return {**kept, **fixed}
    return kept


def cells_of(context: FormContext, row: Row) -> IndicatorCells:
    """A row as scoring reads it."""
    return IndicatorCells(
        row_id=str(row.get("row_id")),
        name=text_of(row, "third_level"),
        first_level=text_of(row, "first_level"),
        second_level=text_of(row, "second_level"),
        comparator=text_of(row, "comparator"),
        planned=text_of(row, "planned_value"),
        measure_unit=text_of(row, "measure_unit"),
        direction=text_of(row, "direction"),
        full_score=text_of(row, "weight"),
        actual=text_of(row, "actual_value"),
        not_applicable_reason=not_applicable_reason(context, row),
    )


def source_note(context: FormContext) -> str:
    """Where the indicators come from, in one sentence; "" where they are typed in here."""
    approved = context.approved
    if approved is not None and is_approved(context):
        day = f"（{show_date(approved.approved_on)}）" if approved.approved_on else ""
        adjusted = f"，已含第 {approved.adjustments} 次调整" if approved.adjustments else ""
        by_hand = "，由本单位登记" if approved.is_by_hand else ""
        return f"指标和指标值按{approved.document_number}{day}批复，只读{adjusted}{by_hand}"
    if _sound(context.related.get(TARGET_FORM) or {}):
        return "还没有登记批复，指标取自申报的绩效目标，请按批复核对"
    return ""


def _cells(row: Row) -> dict[str, Any]:
    """What an indicator brings from its target, blanks left out."""
    return {key: row[key] for key in _TAKEN if row.get(key) not in (None, "")}


def _weight(row: Row) -> dict[str, Any]:
    return {"weight": row["weight"]} if text_of(row, "weight") else {}


def _sound(answers: Answers) -> Sequence[Row]:
    """The named indicators of a target, ids made unique."""
    rows = answers.get("indicators")
    return list(_unique(row for row in rows if isinstance(row, Mapping))) if isinstance(rows, list) else []


def _unique(rows: Iterable[Row]) -> Iterable[Row]:
    """Rows with a name and an id of their own."""
    seen: set[str] = set()
    for row in rows:
        row_id = str(row.get("row_id") or "")
        if row_id and row_id not in seen and text_of(row, "third_level"):
            seen.add(row_id)
            yield row
