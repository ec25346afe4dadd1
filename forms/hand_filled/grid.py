"""A sheet of a hand-filled workbook as a plain grid (手工表的单元格网格): what a person sees, no library behind it.

Rows and columns count from 1. Merged cells give their text everywhere they cover; `is_anchor` tells the
cell that holds it from the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

Place = tuple[int, int]
"""Row and column."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as displayed (单元格): a percentage shows its percent sign, a date its day.

    `number` is the number stored in it, exactly; None for texts and dates. `fault` says why the content
    cannot be trusted (a formula nobody calculated, #DIV/0!, digits lost), "" when nothing is wrong.
    """

    text: str
    number: Decimal | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range (合并单元格), its four edges included."""

    top: int
    left: int
    bottom: int
    right: int


BLANK_CELL = GridCell("")


@dataclass(frozen=True)
class SheetGrid:
    """One sheet (工作表网格): cells with content, merges, and what is hidden."""

    file: str
    name: str
    cells: Mapping[Place, GridCell]
    merges: tuple[Merge, ...] = ()
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    memory: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What readers remember of the sheet, by the reader's name."""
    rows: tuple[int, ...] = field(init=False)
    last_column: int = field(init=False)
    _shown: dict[Place, GridCell] = field(init=False, repr=False)
    _merges: dict[Place, Merge] = field(init=False, repr=False)
    _columns: dict[int, tuple[int, ...]] = field(init=False, repr=False)
    _distinct: dict[int, list[tuple[int, str]]] = field(init=False, repr=False)
    _beginning: dict[int, list[tuple[int, str]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index rows and what merges cover once; readers ask for the same places again and again."""
        by_row: dict[int, set[int]] = {}
        for row, column in self.cells:
            by_row.setdefault(row, set()).add(column)
        last_row = max(by_row, default=0)
        last_column = max((max(columns) for columns in by_row.values()), default=0)
        shown = dict(self.cells)
        merges: dict[Place, Merge] = {}
        for merge in self.merges:
            cell = self.cells.get((merge.top, merge.left))
            if cell is None:
                continue
            columns = range(merge.left, min(merge.right, last_column) + 1)
            for row in range(merge.top, min(merge.bottom, last_row) + 1):
                by_row.setdefault(row, set()).update(columns)
                for column in columns:
                    merges[row, column] = merge
                    shown[row, column] = cell
        set_field = object.__setattr__
        set_field(self, "rows", tuple(sorted(by_row)))
        set_field(self, "last_column", last_column)
        set_field(self, "_shown", shown)
        set_field(self, "_merges", merges)
        set_field(self, "_columns", {row: tuple(sorted(found)) for row, found in by_row.items()})
        set_field(self, "_distinct", {})
        set_field(self, "_beginning", {})

    def cell(self, row: int, column: int) -> GridCell:
        """The cell shown at a place, that of its merge where it is covered; a blank one when nothing stands there."""
        return self._shown.get((row, column), BLANK_CELL)

    def text(self, row: int, column: int) -> str:
        """The text shown at a place."""
        return self._shown.get((row, column), BLANK_CELL).text

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merge that covers a place."""
        return self._merges.get((row, column))

    def is_anchor(self, row: int, column: int) -> bool:
        """Whether the content shown at a place begins there, and is not carried on from above or the left."""
        merge = self._merges.get((row, column))
        return merge is None or (merge.top, merge.left) == (row, column)

    def anchored(self, row: int, column: int) -> GridCell:
        """The cell shown at a place where its content begins there; a blank one elsewhere."""
        merge = self._merges.get((row, column))
        if merge is not None and (merge.left != column or merge.top != row):
            return BLANK_CELL
        return self._shown.get((row, column), BLANK_CELL)

    def begun_texts(self, row: int, columns: Sequence[int]) -> list[str]:
        """The texts of a row's places whose content begins there; "" elsewhere."""
        shown, merges = self._shown, self._merges
        found: list[str] = []
        for column in columns:
            place = row, column
            cell = shown.get(place)
            if cell is None or ((merge := merges.get(place)) and (merge.left != column or merge.top != row)):
                found.append("")
            else:
                found.append(cell.text)
        return found

    def has_faults(self) -> bool:
        """Whether any cell's content cannot be trusted."""
        found: bool | None = self.memory.get("faults")
        if found is None:
            found = self.memory["faults"] = any(cell.fault for cell in self.cells.values())
        return found

    def begins_in_row(self, row: int, column: int) -> bool:
        """Whether the content shown at a place begins in this row."""
        merge = self._merges.get((row, column))
        return merge is None or merge.top == row

    def columns(self, row: int) -> tuple[int, ...]:
        """Columns of a row that show something."""
        return self._columns.get(row, ())

    def distinct(self, row: int) -> list[tuple[int, str]]:
        """Column and text of each content of a row once, merges counted by their first column."""
        found = self._distinct.get(row)
        if found is None:
            self._look_at(row)
            found = self._distinct[row]
        return found

    def beginning(self, row: int) -> list[tuple[int, str]]:
        """Of the contents of a row, those that begin in it."""
        found = self._beginning.get(row)
        if found is None:
            self._look_at(row)
            found = self._beginning[row]
        return found

    def _look_at(self, row: int) -> None:
        """Index the contents of a row once."""
        shown, merges = self._shown, self._merges
        merged_rows = self.memory.get("merged_rows")
        if merged_rows is None:
            merged_rows = self.memory["merged_rows"] = {place[0] for place in merges}
        if row not in merged_rows:
            columns = self._columns.get(row, ())
            texts = [(column, text) for column in columns if (text := shown[row, column].text)]
            self._distinct[row] = self._beginning[row] = texts
            return
        distinct: list[tuple[int, str]] = []
        beginning: list[tuple[int, str]] = []
        for column in self._columns.get(row, ()):
            cell = shown.get((row, column))
            if cell is None or not cell.text:
                continue
            merge = merges.get((row, column))
            if merge is None:
                beginning.append((column, cell.text))
            elif merge.left != column:
                continue
            elif merge.top == row:
                beginning.append((column, cell.text))
            distinct.append((column, cell.text))
        self._distinct[row], self._beginning[row] = distinct, beginning


@lru_cache(maxsize=512)
def column_letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The name of a cell as spreadsheets show it: B7."""
    return f"{column_letters(column)}{row}"


def range_name(top: int, left: int, bottom: int, right: int) -> str:
    """The name of a range: A1:H40."""
    return f"{cell_name(top, left)}:{cell_name(bottom, right)}"
