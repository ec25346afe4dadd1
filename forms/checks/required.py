"""Required content (必填内容): C1 heads and plain tables, C10 indicator rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forms.answers import is_blank
from forms.checks.engine import CheckInput, RowInput
from forms.checks.indicator_line import IndicatorLine
from forms.checks.places import field_subject, row_subject
from forms.findings import Finding, Place, Severity
from forms.remembered import by_identity
from forms.schema import FieldSpec, TableSpec

OWN_CHECK = {"annual_target": "C6"}
"""Required fields another check speaks for, by key: it says more than 未填写."""
_REPORT_TEXT = "C56"
"""The check that speaks for texts with a least length."""

_WHY_HEAD = "表头和资金是审核、汇总的依据，空着的申报表会被退回。"
_WHY_ROWS = "没有绩效指标，就说不清花钱办成了什么事。"
_WHY_ROW = "每条三级指标都要有名称和指标值，用数字表示的还要有计量单位，否则年底无法考核。"


def required_heads(given: CheckInput) -> Iterator[Finding]:
    """C1: required fields and cells of plain tables that are empty."""
    for spec in _required(given.fields):
        if not is_blank(given.answers.get(spec.key)):
            continue
        own = _REPORT_TEXT if spec.min_length else OWN_CHECK.get(spec.key)
        if own in given.form.checks:
            continue
        subject = field_subject(given.form, spec.key)
        yield Finding(
            "C1", Severity.BLOCKING, Place(spec.key), subject, "还没有填写", f"请填写{subject}", _WHY_HEAD
        )
    for table in given.form.tables():
        if not table.is_indicator_table and table.is_visible(given.context):
            yield from _plain_table(given, table)


@by_identity(64)
def _required(fields: tuple[FieldSpec, ...]) -> tuple[FieldSpec, ...]:
    """Those of some fields that must not be empty."""
    return tuple(spec for spec in fields if spec.is_required)


def _plain_table(given: CheckInput, table: TableSpec) -> Iterator[Finding]:
    """C1 of a plain table: no rows, or rows with empty required cells, one finding a row."""
    required = [column for column in table.visible_columns(given.context) if column.is_required]
    rows = given.answers.get(table.key) or ()
    if required and not rows:
        remedy = f"请至少填写一行{table.label}"
        yield Finding(
            "C1", Severity.BLOCKING, Place(table.key), table.label, "一行也没有填写", remedy, _WHY_HEAD
        )
    for number, row in enumerate(rows, 1):
        blanks = [column for column in required if is_blank(row.get(column.key))]
        if blanks:
            places = [Place(table.key, str(row.get("row_id") or ""), column.key) for column in blanks]
            labels = "、".join(column.label for column in blanks)
            yield Finding(
                code="C1",
                severity=Severity.BLOCKING,
                place=places[0],
                subject=row_subject(table, row, number),
                message=f"还没有填写{labels}",
                remedy=_plain_remedy(labels, is_fixed=table.has_fixed_rows(given.context)),
                why=_WHY_HEAD,
                also=tuple(places[1:]),
            )


def _plain_remedy(labels: str, *, is_fixed: bool) -> str:
    """What to do about empty cells of a plain table."""
    return f"请填写{labels}" if is_fixed else f"请填写{labels}，不需要的行请删除"


def unnamed_rows(given: CheckInput) -> Iterator[Finding]:
    """C10 of a table without any row, where C9 does not speak, and of rows without a name, unless C9 already says so."""
    if "C9" not in given.form.checks:
        yield from _no_rows(given)
    for lines in given.lines.values():
        if not any(line.name_is_blank for line in lines):
            continue
        named = {line.texts.get("first_level") for line in lines if not line.name_is_blank}
        for line in lines:
            first = line.texts.get("first_level", "")
            if line.name_is_blank and not (first and first not in named):
                yield from _blank_cells(line)


def _no_rows(given: CheckInput) -> Iterator[Finding]:
    """C10 of indicator tables that are asked for, are filled in by hand and hold nothing."""
    for table in given.form.tables():
        is_open = table.is_visible(given.context) and not table.has_fixed_rows(given.context)
        if table.is_indicator_table and is_open and not given.answers.get(table.key):
            remedy = "请按绩效目标逐条填写，也可以从电子表格粘贴、从上年带入"
            yield Finding(
                "C10",
                Severity.BLOCKING,
                Place(table.key),
                table.label,
                "一条指标也没有填写",
                remedy,
                _WHY_ROWS,
            )


def incomplete_row(given: RowInput) -> Iterable[Finding]:
    """C10 of named rows whose levels, sign, value or unit are empty."""
    line = given.line
    return _blank_cells(line) if line.blanks and not line.name_is_blank else ()


def _blank_cells(line: IndicatorLine) -> Iterator[Finding]:
    """One finding for all empty cells of a row."""
    blanks = [
        column
        for column in line.columns
        if column.key in line.blanks and (column.is_required or _needs_unit(line, column.key))
    ]
    if not blanks:
        return
    labels = "、".join(column.label for column in blanks)
    yield Finding(
        code="C10",
        severity=Severity.BLOCKING,
        place=line.place(blanks[0].key),
        subject=line.subject(blanks[0].key if len(blanks) == 1 else ""),
        message="还没有填写" if len(blanks) == 1 else f"还没有填写{labels}",
        remedy=_remedy(line, labels, [column.key for column in blanks]),
        why=_WHY_ROW,
        also=tuple(line.place(column.key) for column in blanks[1:]),
    )


def _needs_unit(line: IndicatorLine, column: str) -> bool:
    """Whether an empty unit is missing: a number is asked for and the value does not carry the unit itself."""
    return column == "measure_unit" and line.is_numeric and not line.written.unit


def _remedy(line: IndicatorLine, labels: str, blanks: list[str]) -> str:
    """What to do; a unit or sign hidden in the name is pointed out."""
    if line.name_is_blank:
        return f"请填写{labels}，不需要的行请删除"
    if "measure_unit" in blanks and line.in_name.unit:
        return f"请填写{labels}；写在名称里的“{line.in_name.unit}”移到计量单位栏"
    return f"请填写{labels}"
