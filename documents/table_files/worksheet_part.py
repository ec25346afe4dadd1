"""A worksheet's cells as texts (工作表内容)."""

from __future__ import annotations

import re

from documents.printable_text import writable
from documents.table_files.displayed import displayed_number
from documents.table_files.limits import Budget
from documents.table_files.workbook_parts import WorkbookFrame, unescaped
from documents.table_files.xml_part import DamagedPart, PartReader
from models.domain.errors import InputError

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class CellsPart(PartReader):
    """xl/worksheets/sheetN.xml: each cell as it is stored (工作表部件); a subclass takes it in `end_cell`."""

    def __init__(self, frame: WorkbookFrame, budget: Budget) -> None:
        super().__init__()
        self.frame = frame
        self.budget = budget
        self.row = 0
        self.column = 0
        self.type = "n"
        self.style = 0
        self.value: str | None = None
        self.runs: list[str] = []
        self.has_formula = False
        self._reading = False

    def end_cell(self) -> None:
        """Take the cell that has just been read."""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a row or a cell."""
        if name == "row":
            number = attributes.get("r", "")
            self.row = int(number) if number.isascii() and number.isdigit() else self.row + 1
            self.column = 0
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "rPh":
            self._reading = True

    def closed(self, name: str, text: str) -> None:
        """Take what a cell holds; end a cell."""
        if name == "v":
            self.value = text
        elif name == "f":
            self.has_formula = True
        elif name == "t" and not self._reading:
            self.runs.append(text)
        elif name == "rPh":
            self._reading = False
        elif name == "c":
            self.end_cell()

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        """Where the cell stands, its type and style."""
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        if match:
            self.row, self.column = int(match[2]), column_number(match[1])
        else:
            self.column += 1
        self.type = attributes.get("t", "n")
        style = attributes.get("s", "")
        self.style = int(style) if style.isascii() and style.isdigit() else 0
        self.value, self.runs, self.has_formula = None, [], False

    def shared_text(self) -> str:
        """The shared text the cell points to."""
        number = (self.value or "").strip()
        if number.isascii() and number.isdigit() and int(number) < len(self.frame.texts):
            return self.frame.texts[int(number)]
        raise DamagedPart("shared text missing")


class WorksheetPart(CellsPart):
    """A worksheet's texts by (row, column), both from 1 (工作表文字).

    InputError for a formula nobody has calculated: its result is in no file.
    """

    def __init__(self, frame: WorkbookFrame, budget: Budget) -> None:
        super().__init__(frame, budget)
        self.cells: dict[tuple[int, int], str] = {}

    def end_cell(self) -> None:
        """Keep the cell's text if it has one."""
        text = writable(self._text()).strip()
        if not text:
            return
        self.budget.row(self.row)
        self.budget.cell(self.column, len(text))
        self.cells[self.row, self.column] = text

    def _text(self) -> str:
        """The cell's text by its type."""
        if self.type == "inlineStr":
            return unescaped("".join(self.runs))
        if self.value is None:
            if self.has_formula:
                raise InputError(
                    f"第{self.row}行第{self.column}列是公式，文件里没有它的计算结果",
                    "请用 Excel 或 WPS 打开这个文件，保存一次后再导入",
                    self.budget.file_name,
                )
            return ""
        if self.type == "s":
            return self.shared_text()
        if self.type == "b":
            return "TRUE" if self.value.strip() == "1" else "FALSE"
        if self.type == "n":
            format_id, code = self.frame.styles.format_of(self.style)
            is_1904 = self.frame.workbook.is_1904
            return displayed_number(self.value.strip(), format_id, code, is_1904=is_1904)
        return unescaped(self.value)


def column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
