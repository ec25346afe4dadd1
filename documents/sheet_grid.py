"""The sheet's grid made whole (表样网格): every place covered once, for workbook and PDF alike."""

from __future__ import annotations

from decimal import Decimal

from documents.printable_text import one_line_end
from forms.number_format import AMOUNT_FORMAT, shown_number
from forms.sheet import Cell, CellRole, Sheet

LABEL_ROLES = frozenset({CellRole.LABEL, CellRole.LABEL_LEFT})


def whole_grid(sheet: Sheet) -> tuple[Cell, ...]:
    """The sheet's cells by row and column, with a blank cell wherever none stands.

    Raises ValueError when cells overlap or leave the grid: a workbook with such merges is damaged.
    """
    owners: dict[tuple[int, int], Cell] = {}
    width = len(sheet.column_widths)
    for cell in sheet.cells:
        if cell.row < 0 or cell.column < 0 or cell.column + cell.column_span > width:
            raise ValueError(f"cell leaves the grid of {sheet.name}: row {cell.row}, column {cell.column}")
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                if (row, column) in owners:
                    raise ValueError(f"cells of {sheet.name} overlap at row {row}, column {column}")
                owners[row, column] = cell
    blanks = [
        Cell(row, column, None)
        for row in range(sheet.row_count)
        for column in range(width)
        if (row, column) not in owners
    ]
    return tuple(sorted((*sheet.cells, *blanks), key=lambda cell: (cell.row, cell.column)))


def number_format_of(cell: Cell) -> str:
    """The cell's number format; money without one gets the format of 万元."""
    if cell.role is CellRole.AMOUNT and not cell.number_format:
        return AMOUNT_FORMAT
    return cell.number_format


def is_number(cell: Cell) -> bool:
    """Whether the cell holds a real number (a NUMBER or AMOUNT cell may also hold a text such as —)."""
    return cell.role in (CellRole.NUMBER, CellRole.AMOUNT) and isinstance(cell.value, Decimal | int)


def cell_text(cell: Cell) -> str:
    """The cell's value as people read it, "" for a blank cell."""
    if cell.value is None:
        return ""
    if is_number(cell) and not isinstance(cell.value, str):
        return shown_number(cell.value, number_format_of(cell))
    if isinstance(cell.value, Decimal):
        return f"{cell.value:f}"
    return one_line_end(str(cell.value))
