"""What a mapping may say, and what is wrong with one (对照表自检): a place writes its own file, nobody debugs it.

`problems_of` speaks in sentences for whoever wrote the file; the shipped ones have none, as a test proves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models.domain.platform_mapping import (
    CellContent,
    PlatformColumn,
    PlatformKind,
    PlatformMapping,
    PlatformSheet,
    Required,
    RowsOf,
    bare_head,
    plain,
)

HEAD_FIELDS = frozenset(
    {
        "constant", "row_number", "division_code", "division_name", "budget_year", "department_code",
        "department_name", "unit_code", "unit_name", "bureau_office", "project_code", "project_name",
        "project_category", "fund_type", "document_number", "approved_on", "annual_budget",
    }
)  # fmt: skip
"""Fields that say whose row it is; the same on every row of a project."""
_PROJECT = frozenset(
    {
        "annual_target", "medium_term_target", "spending", "as_of", "initial_budget", "budget_added",
        "budget_cut", "adjusted_budget", "execution_rate", "execution_score", "progress", "is_on_schedule",
        "is_on_target", "cause_kind", "situation", "target_change", "actual_result", "total_score", "grade",
        "deviation_reason", "forecast_spending",
    }
)  # fmt: skip
_INDICATOR = frozenset(
    {
        "annual_target", "first_level", "second_level", "third_level", "comparator", "planned_value",
        "measure_unit", "weight", "direction", "indicator_code", "remark", "scoring_note", "actual_value",
        "score", "deduction", "completion_note", "deviation_reason", "likelihood", "forecast_value", "order",
    }
)  # fmt: skip
_FUND = frozenset(
    {
        "fund_source", "initial_budget", "budget_change", "adjusted_budget", "spending", "execution_rate",
        "execution_score",
    }
)  # fmt: skip

FIELDS = {
    RowsOf.PROJECT: HEAD_FIELDS | _PROJECT,
    RowsOf.INDICATOR: HEAD_FIELDS | _INDICATOR,
    RowsOf.FUND: HEAD_FIELDS | _FUND,
}
"""Fields a sheet may have, by what its rows are."""

AMOUNTS = frozenset(
    {
        "annual_budget", "spending", "initial_budget", "budget_added", "budget_cut", "budget_change",
        "adjusted_budget", "forecast_spending",
    }
)  # fmt: skip
"""Fields that hold money, in 分 inside."""

_KEYS: dict[PlatformKind, tuple[str, ...]] = {
    PlatformKind.PROJECTS: ("project_code", "project_name"),
    PlatformKind.BUDGETS: ("project_code", "annual_budget"),
    PlatformKind.PAYMENT_LEDGER: ("project_code", "spending"),
}
_INDICATOR_KEYS = ("project_code", "first_level", "second_level", "third_level", "planned_value")
_SHEET_NAME = re.compile(r"[^\\/*?:\[\]]{1,31}")
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*")


def problems_of(mapping: PlatformMapping) -> tuple[str, ...]:
    """Everything wrong with a mapping, in sentences; none for a sound one."""
    found = [] if mapping.sheets else [f"“{mapping.name}”一张工作表也没有"]
    names = [sheet.sheet_name for sheet in mapping.sheets]
    found += [f"工作表名称“{name}”用了两次" for name in _twice(names)]
    for sheet in mapping.sheets:
        found += [f"工作表“{sheet.sheet_name}”：{what}" for what in _sheet_problems(mapping, sheet)]
    return tuple(found)


def required_of(mapping: PlatformMapping, sheet: PlatformSheet) -> tuple[str, ...]:
    """Fields a file must have to be read as this sheet."""
    if sheet.rows is RowsOf.INDICATOR:
        return _INDICATOR_KEYS
    if mapping.kind is PlatformKind.APPROVED_TARGETS:
        return ("project_code", "annual_target")
    return _KEYS.get(mapping.kind, ())


def _sheet_problems(mapping: PlatformMapping, sheet: PlatformSheet) -> Iterator[str]:
    """What is wrong with one sheet."""
    if not _SHEET_NAME.fullmatch(sheet.sheet_name):
        yield "名称为空、超过31字，或带有 \\ / * ? : [ ]"
    fields = [column.field for column in sheet.columns if column.field != "constant"]
    yield from (f"字段“{name}”对照了两栏" for name in _twice(fields))
    heads = [bare_head(one) for column in sheet.columns for one in {column.head, *column.synonyms}]
    yield from (f"表头“{name}”对照了两个字段" for name in _twice(heads))
    yield from (f"字段名“{name}”用了两次" for name in _twice([c.name for c in sheet.columns if c.name]))
    if mapping.kind.is_read:
        missing = [name for name in required_of(mapping, sheet) if name not in fields]
        yield from (f"缺少必有的字段“{name}”" for name in missing)
    for column in sheet.columns:
        yield from (f"栏目“{column.head}”{what}" for what in _column_problems(sheet, column))


def _column_problems(sheet: PlatformSheet, column: PlatformColumn) -> Iterator[str]:
    """What is wrong with one column."""
    if not bare_head(column.head):
        yield "没有表头文字"
    if column.field not in FIELDS[sheet.rows]:
        yield f"的字段“{column.field}”在这类工作表里没有"
    if (column.field in AMOUNTS) is not (column.content is CellContent.AMOUNT):
        yield "是否为金额与字段不符"
    if column.field.endswith("_code") and column.content is not CellContent.CODE:
        yield "是代码，内容应为 code"
    if column.is_marked and column.required is Required.NO:
        yield "带星号却不是必填"
    by_row = column.required in (Required.NUMERIC, Required.QUALITATIVE, Required.MISSED)
    if sheet.rows is not RowsOf.INDICATOR and (by_row or column.content is CellContent.COMPLETION):
        yield "的必填条件或内容只能用在指标行上"
    if column.content is CellContent.COMPLETION and not column.values:
        yield "没有写明达成程度的用词"
    if column.field == "constant" and not column.default:
        yield "是固定内容，却没有写明内容"
    if column.name and not _FIELD_NAME.fullmatch(column.name):
        yield f"的字段名“{column.name}”不是小写英文字段名"
    words = [plain(one) for spelled in column.values.values() for one in spelled]
    yield from (f"的用词“{word}”对照了两个值" for word in _twice(words))
    if any(not spelled for spelled in column.values.values()):
        yield "有的值没有写用词"


def _twice(names: Sequence[str]) -> list[str]:
    """Names that stand more than once."""
    return sorted({name for name in names if names.count(name) > 1})
