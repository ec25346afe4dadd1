"""Hand-filled workbooks read with openpyxl (用通用表格库读取), so that `check` can be measured with one library on both sides.

The program's own reader is a fraction of any library's time; beside a library, a slow check could hide behind it.
Only what the bench's own workbooks hold is understood here: texts, numbers and merges.
"""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from documents.hand_filled_display import displayed, exact
from documents.hand_filled_reader import WorkbookGrids
from forms.hand_filled.grid import GridCell, Merge, SheetGrid


class LibraryGrids(WorkbookGrids):
    """Stands in for the program's own reader (通用库读取) where a file is read."""

    def read(self, path: Path, then: str = "") -> tuple[SheetGrid, ...]:
        """Every sheet as a grid."""
        book = load_workbook(path, data_only=True)
        return tuple(_grid(path.name, sheet) for sheet in book.worksheets)


def _grid(file: str, sheet: Worksheet) -> SheetGrid:
    """One sheet."""
    cells = {
        (number, column): _cell(value)
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
        for column, value in enumerate(row, 1)
        if isinstance(value, (str, int, float))
    }
    merges = tuple(
        Merge(one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells.ranges
    )
    return SheetGrid(file=file, name=sheet.title, cells=cells, merges=merges)


def _cell(value: str | float) -> GridCell:
    """A cell as the program's own reader would show it."""
    if isinstance(value, str):
        return GridCell(value)
    return GridCell(displayed(repr(value), 0, "General", is_1904=False), exact(repr(value)))
