"""The indicator table (绩效指标表): declared once, used by every form whose rows hang in a frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forms import choices
from forms.context import FormContext
from forms.schema import Condition, FieldKind, FieldSpec, TableSpec, never
from models.domain.indicator import Comparator


def _uses(column: str) -> Condition:
    """Whether the kit's frame uses a column."""

    def condition(context: FormContext) -> bool:
        return column in context.frame.columns

    return condition


def _uses_weight(context: FormContext) -> bool:
    """Weights show only where the scheme sets them at declaration."""
    return context.has_weights


FIRST_LEVEL = FieldSpec(
    "first_level",
    "一级指标",
    FieldKind.CHOICE,
    choices=choices.first_levels,
    help="先选一级指标，二级指标随它列出",
    example="产出指标",
    is_required=True,
    width=12,
)
SECOND_LEVEL = FieldSpec(
    "second_level",
    "二级指标",
    FieldKind.CHOICE,
    choices=choices.second_levels,
    help="按考核的方面选：做多少选数量，做得好不好选质量，按不按时选时效",
    example="数量指标",
    is_required=True,
    width=16,
)
THIRD_LEVEL = FieldSpec(
    "third_level",
    "三级指标",
    FieldKind.TEXT,
    help="写清楚考核什么，不带数字和单位",
    example="养护里程",
    is_required=True,
    max_length=100,
    width=26,
)
COMPARATOR = FieldSpec(
    "comparator",
    "符号",
    FieldKind.CHOICE,
    choices=choices.comparators,
    help="不少于选“≥”，不超过选“≤”，不能用数字表示的选“定性”",
    example="≥",
    is_required=True,
    is_visible=_uses("comparator"),
    width=8,
)
PLANNED_VALUE = FieldSpec(
    "planned_value",
    "指标值",
    FieldKind.PLANNED_VALUE,
    help="只填数字；定性指标填可判断的程度",
    example="12",
    is_required=True,
    max_length=200,
    width=14,
)
MEASURE_UNIT = FieldSpec(
    "measure_unit",
    "计量单位",
    FieldKind.TEXT,
    help="例如 公里、人、%、万元",
    example="公里",
    max_length=20,
    is_visible=_uses("measure_unit"),
    width=10,
)
WEIGHT = FieldSpec(
    "weight",
    "分值",
    FieldKind.WEIGHT,
    help="这条指标占多少分，各条合计等于计分方案规定的分数",
    example="10",
    max_length=8,
    is_visible=_uses_weight,
    width=8,
)
DIRECTION = FieldSpec(
    "direction",
    "方向",
    FieldKind.CHOICE,
    choices=choices.directions,
    help="数值越大越好选“正向”，越小越好选“反向”",
    example="正向",
    is_visible=_uses("direction"),
    width=8,
)

LIBRARY_CODE = FieldSpec(
    "library_code",
    "指标库编码",
    FieldKind.TEXT,
    help="从指标库选取时自动记下，不显示也不打印",
    max_length=80,
    is_visible=never,
)
"""Which library indicator a row was taken from (指标库编码): travels with the row, seen by the check alone."""

INDICATOR_COLUMNS = (
    FIRST_LEVEL,
    SECOND_LEVEL,
    THIRD_LEVEL,
    COMPARATOR,
    PLANNED_VALUE,
    MEASURE_UNIT,
    WEIGHT,
    DIRECTION,
    LIBRARY_CODE,
)
"""Columns in the order of the annual single half (domain §1.3); the kit's frame says which are used."""


def blank_indicator(_context: FormContext) -> Mapping[str, Any]:
    """A new row: numeric and positive, the commonest case."""
    return {"comparator": Comparator.AT_LEAST.value, "direction": "positive"}


def indicator_table(key: str, label: str, is_visible: Condition) -> TableSpec:
    """An indicator table under a key of its own."""
    return TableSpec(
        key=key,
        label=label,
        columns=INDICATOR_COLUMNS,
        help="可逐行填写，也可以从 Excel 复制后直接粘贴",
        is_indicator_table=True,
        is_visible=is_visible,
        blank_row=blank_indicator,
    )


def joined_value(row: Mapping[str, Any]) -> str:
    """Sign, value and unit joined as the two-half form prints them: ≥50个; 定性 values stand alone."""
    comparator = str(row.get("comparator") or "")
    value, unit = str(row.get("planned_value") or ""), str(row.get("measure_unit") or "")
    sign = comparator if comparator in {"≥", "≤", "=", ">", "<"} and value else ""
    return f"{sign}{value}{unit if value else ''}"


def in_frame_order(rows: Sequence[Mapping[str, Any]], context: FormContext) -> list[Mapping[str, Any]]:
    """Rows in the order of the frame; rows that hang nowhere come last, in their own order."""
    order: dict[tuple[str, str], int] = {}
    for first in context.frame.firsts:
        for second in first.seconds:
            order[first.code, second.code] = len(order)
        order[first.code, ""] = len(order)
    last = len(order)

    def rank(row: Mapping[str, Any]) -> int:
        return order.get((str(row.get("first_level") or ""), str(row.get("second_level") or "")), last)

    return sorted(rows, key=rank)
