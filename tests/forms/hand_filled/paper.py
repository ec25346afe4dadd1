"""A sheet laid out by a test: cells, merges, formats; as a grid for the reader or as a worksheet for a file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from openpyxl import Workbook

from forms.hand_filled.grid import GridCell, Merge, SheetGrid

Value = str | int | Decimal | None


class Paper:
    """Puts cells where a test wants them; rows and columns from 1."""

    def __init__(self, name: str = "Sheet1") -> None:
        self.name = name
        self.cells: dict[tuple[int, int], tuple[Value, str]] = {}
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.is_hidden = False

    def put(
        self, row: int, column: int, value: Value, rows: int = 1, columns: int = 1, form: str = ""
    ) -> None:
        """A cell, merged over so many rows and columns."""
        if value is not None and value != "":
            self.cells[row, column] = (value, form)
        if rows > 1 or columns > 1:
            self.merges.append((row, column, row + rows - 1, column + columns - 1))

    def line(self, row: int, *values: Value, column: int = 1) -> None:
        """Values beside each other, None for a blank cell."""
        for offset, value in enumerate(values):
            self.put(row, column + offset, value)

    def table(self, *lines: tuple[Value, ...]) -> Paper:
        """Lines below each other from the top."""
        for number, line in enumerate(lines, 1):
            self.line(number, *line)
        return self

    @property
    def last_row(self) -> int:
        """The last row with a cell."""
        return max((row for row, _ in self.cells), default=0)

    def paste(self, other: Paper, row: int, column: int) -> None:
        """Another sheet's content, moved down and to the right."""
        for (at, across), cell in other.cells.items():
            self.cells[at + row, across + column] = cell
        self.merges += [(a + row, b + column, c + row, d + column) for a, b, c, d in other.merges]

    def grid(self, file: str = "表.xlsx") -> SheetGrid:
        """The sheet as the reader of workbooks gives it."""
        return SheetGrid(
            file=file,
            name=self.name,
            cells={place: _cell(*cell) for place, cell in self.cells.items()},
            merges=tuple(Merge(*merge) for merge in self.merges),
            is_hidden=self.is_hidden,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
        )

    def write(self, target: Any) -> None:
        """The sheet as a worksheet of openpyxl."""
        target.title = self.name
        for (row, column), (value, form) in self.cells.items():
            cell = target.cell(row, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
            if form:
                cell.number_format = form
        for top, left, bottom, right in self.merges:
            target.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        for row in self.hidden_rows:
            target.row_dimensions[row].hidden = True
        if self.is_hidden:
            target.sheet_state = "hidden"


def workbook_of(*papers: Paper) -> Workbook:
    """A workbook with a worksheet per sheet."""
    book = Workbook()
    for number, paper in enumerate(papers):
        paper.write(book.active if number == 0 else book.create_sheet())
    return book


def _cell(value: Value, form: str) -> GridCell:
    """The cell as shown."""
    if isinstance(value, str):
        return GridCell(value)
    number = Decimal(value or 0)
    if form.endswith("%"):
        decimals = len(form.rstrip("%").partition(".")[2])
        return GridCell(f"{number * 100:.{decimals}f}%", number)
    return GridCell(f"{number:f}", number)
