"""How much of a table is read (读取上限): a register is small, a hostile file must not eat the memory."""

from __future__ import annotations

from models.domain.errors import InputError

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_PART_BYTES = 100 * 1024 * 1024
MAX_PARTS = 2_000
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELLS = 300_000
MAX_CELL_TEXT = 32_767
MAX_TEXT = 10_000_000
"""Characters of the whole table."""


class Budget:
    """Counts what a table has used of its limits (用量); every method raises InputError beyond them."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self._cells = 0
        self._text = 0

    def row(self, number: int) -> None:
        """A row with content, counted from 1."""
        if number > MAX_ROWS:
            self.refuse(f"表格超过{MAX_ROWS}行")

    def cell(self, column: int, length: int) -> None:
        """A cell with content, its column counted from 1."""
        self._cells += 1
        if column > MAX_COLUMNS:
            self.refuse(f"表格超过{MAX_COLUMNS}列")
        if self._cells > MAX_CELLS:
            self.refuse("表格内容太多")
        if length > MAX_CELL_TEXT:
            self.refuse("有的单元格文字太长")
        self.text(length)

    def text(self, length: int) -> None:
        """So many more characters."""
        self._text += length
        if self._text > MAX_TEXT:
            self.refuse("表格内容太多")

    def refuse(self, what: str) -> None:
        """Say that the table is too much to be a register."""
        raise InputError(what, "请只保留要导入的名录，删去多余的行和列后另存再导入", self.file_name)
