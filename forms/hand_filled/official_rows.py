"""Rows of a table in a form's own layout (官方表样的表格行): the answers of one row, its levels, a cancelled indicator."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from forms import kinds
from forms.answers import is_blank
from forms.context import FormContext
from forms.hand_filled.area import Area
from forms.hand_filled.head_words import pattern
from forms.hand_filled.levels import placed
from forms.hand_filled.official_cells import WEIGHT, OfficialCells
from forms.hand_filled.official_layout import Slot
from forms.schema import TableSpec
from forms.target_adjustment_rows import CANCELLED

_VALUE = ("comparator", "planned_value", "measure_unit")
_LEVELS = ("first_level", "second_level")


@dataclass(frozen=True)
class OfficialRows:
    """Reads the rows of tables whose columns are known (表格行读取)."""

    context: FormContext
    area: Area
    cells: OfficialCells

    def values(self, spec: TableSpec, columns: Mapping[int, Slot], row: int) -> dict[str, Any]:
        """The answers of one row."""
        values: dict[str, Any] = {}
        keys = {key for slot in columns.values() for key in slot.keys}
        levels = keys.intersection(_LEVELS)
        for column, slot in columns.items():
            if levels.intersection(slot.keys):
                continue
            cell, where = self.area.cell(row, column), self.area.cell_name(row, column)
            specs = [spec.column(key) for key in (*slot.keys, *self._beside_value(spec, slot, keys))]
            read = self.cells.values(slot, specs, cell, where, values)
            values |= {key: value for key, value in read if not is_blank(value)}
        if CANCELLED in self._text_of(columns, "change", row):
            # The form prints nothing at the new side of a cancelled row: it is known by its old one.
            values |= {"weight": "0"} if "weight" in keys else {}
            old = WEIGHT.sub("", self._text_of(columns, "old_value", row))
            values |= dict(
                self.cells.joined(
                    {column.key: column for column in spec.columns if column.key in _VALUE}, old
                )
            )
            values |= {
                "third_level": self._text_of(columns, "old_third_level", row),
                "is_cancelled": kinds.TICKED,
            }
        return {**self._levels(spec, columns, row), **values} if levels and values else values

    def _beside_value(self, spec: TableSpec, slot: Slot, keys: Collection[str]) -> list[str]:
        """Sign and unit that are printed in one cell with the value: they have no column of their own."""
        if "planned_value" not in slot.keys:
            return []
        visible = {column.key for column in spec.visible_columns(self.context)}
        return [key for key in ("comparator", "measure_unit") if key in visible and key not in keys]

    def _levels(self, spec: TableSpec, columns: Mapping[int, Slot], row: int) -> dict[str, Any]:
        """First and second level of a row, as codes where the form keeps codes."""
        first, second = (
            pattern(r"[(（][\d.]+分?[)）]$").sub("", "".join(self._text_of(columns, key, row).split()))
            for key in _LEVELS
        )
        if not spec.is_indicator_table:
            return {"first_level": first, "second_level": second}
        at = placed(self.context.frame, first, second)
        return {"first_level": at.first, "second_level": at.second}

    def _text_of(self, columns: Mapping[int, Slot], key: str, row: int) -> str:
        """What stands in a row under a column."""
        column = next((column for column, slot in columns.items() if key in slot.keys), 0)
        return self.area.text(row, column) if column else ""
