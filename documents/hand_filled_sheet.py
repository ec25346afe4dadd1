"""A worksheet of a hand-filled workbook (手工表的工作表): cells as shown, merges, hidden rows and columns."""

from __future__ import annotations

import re
from decimal import InvalidOperation
from functools import lru_cache

from documents.hand_filled_display import displayed, exact
from documents.printable_text import is_shapeless, writable
from documents.table_files.limits import Budget
from documents.table_files.workbook_parts import WorkbookFrame, unescaped
from documents.table_files.worksheet_part import CellsPart, column_number
from forms.hand_filled.grid import GridCell, Merge, Place, SheetGrid
from models.domain.errors import InputError

MAX_MERGED = 400_000
"""Cells all merges of a sheet may cover inside the area in use."""
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")
_NOT_CALCULATED = "是公式，文件里没有它的计算结果"
_CONSTANT = re.compile(r"-?(?:[\d.,%‰ ]|[^\x00-\x7f])+")
"""Behind the sign of equality no formula, but what people write: =100%, =218人, =2023年12月."""
_DIGITS_LOST = "超过15位，Excel 已经把后面的数字改成了0"


class HandFilledBudget(Budget):
    """The limits of a table, said for a table that is checked (读取上限)."""

    def refuse(self, what: str) -> None:
        """Say that the file is too much to be a form."""
        raise InputError(what, "请只保留要检查的表，删去多余的行、列和工作表后另存再试", self.file_name)


class HandFilledPart(CellsPart):
    """Takes the cells of one worksheet (手工表部件)."""

    def __init__(self, frame: WorkbookFrame, budget: Budget) -> None:
        super().__init__(frame, budget)
        self.cells: dict[Place, GridCell] = {}
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._formula = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a row or cell; note merges and what is hidden."""
        super().opened(name, attributes)
        if name == "row" and attributes.get("hidden") in ("1", "true"):
            self.hidden_rows.add(self.row)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = (_small(attributes.get(key)) for key in ("min", "max"))
            self.hidden_columns.update(range(first, min(last, first + 200) + 1))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def closed(self, name: str, text: str) -> None:
        """Keep the words of a formula until its cell ends."""
        if name == "f":
            self._formula = text.strip()
        super().closed(name, text)

    def end_cell(self) -> None:
        """Keep the cell if it shows anything."""
        cell = self._cell()
        if cell is None:
            return
        self.budget.row(self.row)
        self.budget.cell(self.column, len(cell.text))
        self.cells[self.row, self.column] = cell

    def grid(self, file: str, name: str, *, is_hidden: bool) -> SheetGrid:
        """The sheet; InputError where merges cover more than any form has."""
        rows = max((row for row, _ in self.cells), default=0)
        columns = max((column for _, column in self.cells), default=0)
        covered = sum(
            max(0, min(merge.bottom, rows) - merge.top + 1)
            * max(0, min(merge.right, columns) - merge.left + 1)
            for merge in self.merges
        )
        if covered > MAX_MERGED:
            self.budget.refuse("合并的单元格太多")
        return SheetGrid(
            file=file,
            name=name,
            cells=self.cells,
            merges=tuple(self.merges),
            is_hidden=is_hidden,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
        )

    def _merge(self, reference: str) -> None:
        """A merged range; one that is none is passed over."""
        found = _RANGE.fullmatch(reference)
        if found and len(self.merges) <= MAX_MERGED:
            top, bottom = int(found[2]), int(found[4])
            self.merges.append(Merge(top, column_number(found[1]), bottom, column_number(found[3])))

    def _cell(self) -> GridCell | None:
        """The cell that has just been read; None when it shows nothing."""
        if self.type == "n":
            return self._number_cell()
        if self.type == "inlineStr":
            return _text_cell(unescaped("".join(self.runs)))
        if self.value is None:
            return self._uncalculated() if self.has_formula else None
        if self.type == "s":
            return _text_cell(self.shared_text())
        if self.type == "b":
            return GridCell("TRUE" if self.value.strip() == "1" else "FALSE")
        if self.type == "e":
            return GridCell(self.value.strip(), fault="是出错的公式")
        return _text_cell(unescaped(self.value))

    def _uncalculated(self) -> GridCell | None:
        """A formula without a result: one that only writes a value down (=100%) is that text."""
        if _CONSTANT.fullmatch(self._formula):
            return _text_cell(f"={self._formula}")
        return GridCell("", fault=_NOT_CALCULATED)

    def _number_cell(self) -> GridCell | None:
        """A stored number, shown by its format."""
        if self.value is None or not self.value.strip():
            return self._uncalculated() if self.has_formula else None
        raw = self.value.strip()
        format_id, code = self.frame.styles.format_of(self.style)
        text = writable(displayed(raw, format_id, code, is_1904=self.frame.workbook.is_1904)).strip()
        try:
            number = exact(raw)
        except InvalidOperation:
            return GridCell(text, fault="不是数字") if text else None
        if number is None:
            return GridCell(text, fault=_DIGITS_LOST)
        return GridCell(text, number)


@lru_cache(maxsize=8192)
def _text_cell(text: str) -> GridCell | None:
    """A cell with a text as a person reads it, None for one that shows nothing.

    Remembered, since labels and levels come with every file.
    """
    if not text.isascii():
        text = "".join(char for char in text if not is_shapeless(char))
    shown = writable(text).strip()
    return GridCell(shown) if shown else None


def _small(text: str | None) -> int:
    """A column number of an attribute, 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0
