"""A part of a sheet (表格区域): one table's rows and columns, with the little that readers ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from forms.hand_filled.grid import GridCell, SheetGrid, cell_name, range_name


@dataclass(frozen=True, slots=True)
class Area:
    """Rows `top`…`bottom` and columns `left`…`right` of a sheet, all included (区域)."""

    grid: SheetGrid
    top: int
    left: int
    bottom: int
    right: int

    def rows(self, first: int | None = None, last: int | None = None) -> Iterator[int]:
        """Rows that show something, in order, between two rows."""
        low = self.top if first is None else max(first, self.top)
        high = self.bottom if last is None else min(last, self.bottom)
        return (row for row in self.grid.rows if low <= row <= high and any(self.columns(row)))

    def columns(self, row: int) -> tuple[int, ...]:
        """Columns of a row that may show something."""
        return tuple(column for column in self.grid.columns(row) if self.left <= column <= self.right)

    def cell(self, row: int, column: int) -> GridCell:
        """The cell shown at a place."""
        return self.grid.cell(row, column)

    def text(self, row: int, column: int) -> str:
        """The text shown at a place."""
        return self.grid.cell(row, column).text

    def distinct(self, row: int) -> list[tuple[int, str]]:
        """Column and text of each content of a row once."""
        return [found for found in self.grid.distinct(row) if self.left <= found[0] <= self.right]

    def beginning(self, row: int) -> list[tuple[int, str]]:
        """Column and text of each content that begins in this row."""
        return [found for found in self.distinct(row) if self.grid.begins_in_row(row, found[0])]

    def right_edge(self, row: int, column: int) -> int:
        """Last column the content shown at a place covers."""
        merge = self.grid.merge_at(row, column)
        return column if merge is None else min(merge.right, self.right)

    def bottom_edge(self, row: int, column: int) -> int:
        """Last row the content shown at a place covers."""
        merge = self.grid.merge_at(row, column)
        return row if merge is None else min(merge.bottom, self.bottom)

    def within(self, top: int, bottom: int) -> Area:
        """The same columns of other rows."""
        return replace(self, top=top, bottom=bottom)

    def row_name(self, row: int, last: int | None = None) -> str:
        """The range of a row's part inside the area: B7:H7."""
        return range_name(row, self.left, row if last is None else last, self.right)

    def cell_name(self, row: int, column: int) -> str:
        """The name of a cell, of its merge's first where it is covered."""
        merge = self.grid.merge_at(row, column)
        return cell_name(row, column) if merge is None else cell_name(merge.top, merge.left)

    @property
    def name(self) -> str:
        """The area's range: A1:H40."""
        return range_name(self.top, self.left, self.bottom, self.right)


def whole(grid: SheetGrid) -> Area:
    """The whole sheet."""
    last = grid.rows[-1] if grid.rows else 1
    return Area(grid, 1, 1, last, max(grid.last_column, 1))
