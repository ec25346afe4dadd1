"""A part of a sheet (表格区域): one table's rows and columns, with the little that readers ask of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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
        rows = self.grid.rows
        found = rows[bisect_left(rows, low) : bisect_right(rows, high)]
        return iter(found) if self._is_whole else (row for row in found if self.columns(row))

    @property
    def _is_whole(self) -> bool:
        """Whether the area takes all columns in use."""
        return self.left <= 1 and self.right >= self.grid.last_column

    def columns(self, row: int) -> tuple[int, ...]:
        """Columns of a row that may show something."""
        found = self.grid.columns(row)
        if self._is_whole:
            return found
        return tuple(column for column in found if self.left <= column <= self.right)

    def cell(self, row: int, column: int) -> GridCell:
        """The cell shown at a place."""
        return self.grid.cell(row, column)

    def text(self, row: int, column: int) -> str:
        """The text shown at a place."""
        return self.grid.cell(row, column).text

    def distinct(self, row: int) -> list[tuple[int, str]]:
        """Column and text of each content of a row once."""
        return self._inside(self.grid.distinct(row))

    def beginning(self, row: int) -> list[tuple[int, str]]:
        """Column and text of each content that begins in this row."""
        return self._inside(self.grid.beginning(row))

    def _inside(self, found: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """Those of a row's contents that stand inside the area."""
        if self._is_whole:
            return found
        return [item for item in found if self.left <= item[0] <= self.right]

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
