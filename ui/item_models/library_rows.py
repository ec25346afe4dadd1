"""Rows taken from the indicator library (选入指标库的行): where they go, and how a narrow table spells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.answers import is_blank
from forms.context import FormContext
from forms.indicator_table import joined_value
from forms.schema import Row, TableSpec
from ui.item_models.rows import Rows, blank_row, row_index, with_inserted


def with_indicator(
    table: TableSpec, context: FormContext, rows: Rows, values: Row, into: str = ""
) -> tuple[list[Row], str]:
    """The rows with an indicator taken in, and the id of its row.

    It fills the row `into` when nobody has written into that yet, else it comes after the last row of
    its own level, in the frame's order.
    """
    shown = _fitting(table, context, values)
    at = row_index(rows, into) if into else -1
    if at >= 0 and is_unwritten(rows[at]):
        filled = {**rows[at], **shown}
        return [*rows[:at], filled, *rows[at + 1 :]], into
    row = {**blank_row(table, context, rows), **shown}
    return with_inserted(rows, _position(context, rows, row), [row]), str(row["row_id"])


def is_unwritten(row: Row) -> bool:
    """Whether neither name nor value stand in a row."""
    return is_blank(row.get("third_level")) and is_blank(row.get("planned_value"))


def with_changes(rows: Rows, row_id: str, changes: Mapping[str, Any]) -> list[Row]:
    """The rows with some cells of one row changed."""
    return [{**row, **changes} if row.get("row_id") == row_id else row for row in rows]


def _fitting(table: TableSpec, context: FormContext, values: Row) -> dict[str, Any]:
    """The values by the columns this kit uses; where sign and unit have none, the value carries them (≥50个)."""
    columns = {spec.key for spec in table.visible_columns(context)}
    fitting = {key: value for key, value in values.items() if key in columns or key == "library_code"}
    if "comparator" not in columns and values.get("planned_value"):
        fitting["planned_value"] = joined_value(values)
    return fitting


def _position(context: FormContext, rows: Rows, row: Row) -> int:
    """Behind the last row of the same second level, else where the frame has its level."""
    order = {
        pair: number
        for number, pair in enumerate((f.code, s.code) for f in context.frame.firsts for s in f.seconds)
    }

    def rank(one: Row) -> int:
        return order.get((str(one.get("first_level") or ""), str(one.get("second_level") or "")), len(order))

    mine = rank(row)
    same = [number for number, one in enumerate(rows) if rank(one) == mine]
    if same:
        return same[-1] + 1
    before = [number for number, one in enumerate(rows) if rank(one) < mine]
    return before[-1] + 1 if before else 0
