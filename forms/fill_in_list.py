"""A list handed out to be filled in (待填清单): one table with closed and open cells, marked so that it is read by name.

Drawn by `documents` with the looks of a handed-out form; who reads it back looks for the marks of `forms.hand_out`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.hand_filled.grid import GridCell, SheetGrid
from forms.hand_out import COLUMNS, IDENTITY_SHEET, ROW, HandOutTable


@dataclass(frozen=True, slots=True)
class FillInList:
    """Everything of such a workbook (待填清单): `identity` are names and values on the hidden worksheet."""

    title: str
    subject: str
    notes: tuple[str, ...]
    table: HandOutTable
    identity: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row that came back (收回的行): its number in the sheet, its mark ("" for none), its cells by column."""

    number: int
    mark: str
    cells: Mapping[str, GridCell]


@dataclass(frozen=True, slots=True)
class FilledList:
    """What came back (收回的清单); `rows` are those with a mark or anything in an open cell."""

    identity: Mapping[str, str]
    rows: tuple[FilledRow, ...]


def read_filled_list(grids: Sequence[SheetGrid], key: str) -> FilledList | None:
    """The list of that key in a workbook; None when there is none of it, or nothing says whose it is."""
    hidden = next((grid for grid in grids if grid.name == IDENTITY_SHEET), None)
    if hidden is None:
        return None
    identity = {hidden.text(row, 1): hidden.text(row, 2) for row in hidden.rows}
    for grid in grids:
        head = next((row for row in grid.rows if grid.text(row, 1) == f"{COLUMNS}{key}"), None)
        if grid.name != IDENTITY_SHEET and head is not None:
            return FilledList(identity, tuple(_rows(grid, head)))
    return None


def _rows(grid: SheetGrid, head: int) -> list[FilledRow]:
    """The rows below the line of keys and the heads that people read."""
    columns = {column: grid.text(head, column) for column in grid.columns(head) if column > 1}
    found = []
    for row in grid.rows:
        mark = grid.text(row, 1)
        cells = {key: grid.cell(row, column) for column, key in columns.items()}
        if row > head + 1 and (mark or any(cell.text or cell.fault for cell in cells.values())):
            found.append(FilledRow(row, mark.removeprefix(ROW), cells))
    return found
