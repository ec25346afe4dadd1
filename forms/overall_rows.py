"""Rows of a unit's overall self-evaluation (整体自评指标行): the items of the kit's frame, never typed in (domain §4.7)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from forms.checks.wording import number_text
from forms.context import FormContext
from forms.schema import Row
from forms.scoring.marks import half_up
from forms.scoring.reading import IndicatorCells
from forms.scoring.score_sheet import ScoreSheet
from forms.self_evaluation_scores import not_applicable_reason, self_evaluation_rule, text_of
from models.domain.self_evaluation_rule import OverallItem

_EXECUTION_RATE = "execution_rate"
_PERCENT = Decimal("0.01")


def items_of(context: FormContext) -> tuple[OverallItem, ...]:
    """The items of the frame in force; none where the kit carries no frame."""
    frame = self_evaluation_rule(context).overall_frame
    return frame.items if frame else ()


def item_of(context: FormContext, row: Row) -> OverallItem | None:
    """The item a row stands for."""
    known: dict[str, OverallItem] | None = context.memory.get("overall_items")
    if known is None:
        known = context.memory["overall_items"] = {item.item_id: item for item in items_of(context)}
    return known.get(str(row.get("row_id")))


def frame_rows(context: FormContext) -> Sequence[Row]:
    """A row for every item, nothing filled in yet."""
    found: Sequence[Row] | None = context.memory.get("overall_rows")
    if found is None:
        found = context.memory["overall_rows"] = [_row(item) for item in items_of(context)]
    return found


def _row(item: OverallItem) -> dict[str, Any]:
    return {
        "row_id": item.item_id,
        "first_level": item.first_level,
        "second_level": item.second_level,
        "third_level": item.third_level,
        "weight": number_text(item.full_score),
        "standard": item.standard,
    }


def synced_rows(context: FormContext, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows in line with the frame, in its order, with what was filled in beside them."""
    by_id = {str(row.get("row_id")): row for row in rows}
    result: list[Row] = []
    for fixed in frame_rows(context):
        kept = by_id.get(fixed["row_id"], {})
        is_same = all(kept.get(key) == value for key, value in fixed.items())
        result.append(kept if is_same else {**kept, **fixed})
    return result


def cells_of(context: FormContext, row: Row) -> IndicatorCells:
    """A row as scoring reads it: how it is scored is the item's, what was done the row's."""
    item = item_of(context, row)
    return IndicatorCells(
        row_id=str(row.get("row_id")),
        name=text_of(row, "third_level"),
        first_level=text_of(row, "first_level"),
        second_level=text_of(row, "second_level"),
        comparator=item.comparator if item else "",
        planned=item.planned_value if item else "",
        measure_unit=item.measure_unit if item else "",
        direction=item.direction if item else "",
        full_score=text_of(row, "weight"),
        actual=text_of(row, "actual_value"),
        method=item.method if item else "",
        not_applicable_reason=not_applicable_reason(context, row),
    )


def is_figure(context: FormContext, row: Row) -> bool:
    """Whether the program fills in the row's actual value itself."""
    item = item_of(context, row)
    return item is not None and bool(item.figure)


def with_figures(context: FormContext, rows: Sequence[Row], sheet: ScoreSheet) -> Sequence[Row]:
    """Rows with the actual values the money tells: the execution rate in percent."""
    rate = sheet.execution.rate if sheet.execution.budget else None
    text = None if rate is None else f"{half_up(rate * 100, _PERCENT):f}%"
    result: list[Row] = []
    for row in rows:
        item = item_of(context, row)
        is_rate = item is not None and item.figure == _EXECUTION_RATE
        result.append({**row, "actual_value": text} if is_rate and row.get("actual_value") != text else row)
    return result
