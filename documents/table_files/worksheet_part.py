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


class WorksheetPart(PartReader):
    """xl/worksheets/sheetN.xml: texts by (row, column), both from 1 (工作表部件).

    InputError for a formula nobody has calculated: its result is in no file.
    """

    def __init__(self, frame: WorkbookFrame, budget: Budget) -> None:
        super().__init__()
        self.cells: dict[tuple[int, int], str] = {}
        self._frame = frame
        self._budget = budget
        self._row = 0
        self._column = 0
        self._type = "n"
        self._style = 0
        self._value: str | None = None
        self._runs: list[str] = []
        self._has_formula = False
        self._reading = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a row or a cell."""
        if name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isascii() and number.isdigit() else self._row + 1
            self._column = 0
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "rPh":
            self._reading = True

    def closed(self, name: str, text: str) -> None:
        """Take what a cell holds; end a cell."""
        if name == "v":
            self._value = text
        elif name == "f":
            self._has_formula = True
        elif name == "t" and not self._reading:
            self._runs.append(text)
        elif name == "rPh":
            self._reading = False
        elif name == "c":
            self._end_cell()

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        """Where the cell stands, its type and style."""
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        if match:
            self._row, self._column = int(match[2]), _column_number(match[1])
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        style = attributes.get("s", "")
        self._style = int(style) if style.isascii() and style.isdigit() else 0
        self._value, self._runs, self._has_formula = None, [], False

    def _end_cell(self) -> None:
        """Keep the cell's text if it has one."""
        text = writable(self._text()).strip()
        if not text:
            return
        self._budget.row(self._row)
        self._budget.cell(self._column, len(text))
        self.cells[self._row, self._column] = text

    def _text(self) -> str:
        """The cell's text by its type."""
        if self._type == "inlineStr":
            return unescaped("".join(self._runs))
        if self._value is None:
            if self._has_formula:
                raise InputError(
                    f"第{self._row}行第{self._column}列是公式，文件里没有它的计算结果",
                    "请用 Excel 或 WPS 打开这个文件，保存一次后再导入",
                    self._budget.file_name,
                )
            return ""
        if self._type == "s":
            return self._shared_text()
        if self._type == "b":
            return "TRUE" if self._value.strip() == "1" else "FALSE"
        if self._type == "n":
            format_id, code = self._frame.styles.format_of(self._style)
            is_1904 = self._frame.workbook.is_1904
            return displayed_number(self._value.strip(), format_id, code, is_1904=is_1904)
        return unescaped(self._value)

    def _shared_text(self) -> str:
        """The shared text the cell points to."""
        number = (self._value or "").strip()
        if number.isascii() and number.isdigit() and int(number) < len(self._frame.texts):
            return self._frame.texts[int(number)]
        raise DamagedPart("shared text missing")


def _column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
