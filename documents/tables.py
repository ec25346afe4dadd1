"""Register tables people have (读取名录表格): .xlsx and .csv, every value as text.

Codes stay texts, so 001 keeps its zeros; numbers that a spreadsheet has cut to 15 digits come in
scientific notation, so that a check can name them. Old and foreign formats are refused with one sentence
that says how to save them.
"""

from __future__ import annotations

from pathlib import Path

from documents.table_files.delimited_file import read_delimited
from documents.table_files.opening import table_content
from documents.table_files.spreadsheet_file import Cells, read_spreadsheet, read_spreadsheets
from models.domain.errors import InputError
from services.ports.documents import ReadTable

_TEXT_FILES = (".csv", ".txt", ".tsv")
_HEAD_LOOKAHEAD = 20


class RegisterTableReader:
    """Implements `services.ports.documents.TableReader` (名录读取)."""

    def read(self, path: Path) -> ReadTable:
        """The first sheet with content; InputError for .xls/.et (save as .xlsx), unreadable or empty files."""
        content = table_content(path, (".xlsx", *_TEXT_FILES), "导入")
        if path.suffix.lower() == ".xlsx":
            sheet_name, cells = read_spreadsheet(content, path.name)
        else:
            sheet_name, cells = "", read_delimited(content, path.name)
        return _read_table(path.name, sheet_name, cells)

    def sheets(self, path: Path) -> tuple[ReadTable, ...]:
        """Every visible sheet with content, in order; InputError as for `read`."""
        content = table_content(path, (".xlsx", *_TEXT_FILES), "导入")
        if path.suffix.lower() != ".xlsx":
            return (_read_table(path.name, "", read_delimited(content, path.name)),)
        return tuple(
            _read_table(path.name, name, cells) for name, cells in read_spreadsheets(content, path.name)
        )


def _read_table(file_name: str, sheet_name: str, cells: Cells) -> ReadTable:
    """A sheet as a table; InputError when there is nothing in it."""
    first_row, rows = _table(cells)
    if not rows:
        raise InputError("表格是空的", "请确认选对了文件", file_name)
    titles = tuple(text for (row, _), text in sorted(cells.items()) if row < first_row)
    return ReadTable(file_name, sheet_name, rows, first_row, titles)


def _table(cells: Cells) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """Number of the head row in the file, and the rows from it on, blank rows within kept.

    Title lines above the head (one filled cell each, as 单位名录 or 单位：万元) are passed over.
    """
    if not cells:
        return 0, ()
    width = max(column for _, column in cells)
    filled: dict[int, dict[int, str]] = {}
    for (row, column), text in cells.items():
        filled.setdefault(row, {})[column] = text
    order = sorted(filled)
    head = next((row for row in order[:_HEAD_LOOKAHEAD] if len(filled[row]) > 1), order[0])
    blank = ("",) * width
    rows = [blank] * (order[-1] + 1 - head)
    for row in order:
        if row >= head:
            rows[row - head] = tuple(filled[row].get(column, "") for column in range(1, width + 1))
    return head, tuple(rows)
