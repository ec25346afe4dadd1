"""Register tables people have (读取名录表格): .xlsx and .csv, every value as text.

Codes stay texts, so 001 keeps its zeros; numbers that a spreadsheet has cut to 15 digits come in
scientific notation, so that a check can name them. Old and foreign formats are refused with one sentence
that says how to save them.
"""

from __future__ import annotations

from pathlib import Path

from documents.table_files.delimited_file import read_delimited
from documents.table_files.limits import MAX_FILE_BYTES
from documents.table_files.spreadsheet_file import Cells, read_spreadsheet
from models.domain.errors import InputError
from services.ports.documents import ReadTable

_TEXT_FILES = (".csv", ".txt", ".tsv")
_OLD_FILES = (".xls", ".et", ".wps", ".ett", ".xlt", ".xlsb", ".ods", ".numbers", ".htm", ".html")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of old Office files, and of .xlsx files locked with a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再导入"
_HEAD_LOOKAHEAD = 20


class RegisterTableReader:
    """Implements `services.ports.documents.TableReader` (名录读取)."""

    def read(self, path: Path) -> ReadTable:
        """The first sheet with content; InputError for .xls/.et (save as .xlsx), unreadable or empty files."""
        suffix = path.suffix.lower()
        if suffix in _OLD_FILES:
            raise InputError(f"不能直接读取 {suffix} 文件", _SAVE_AS, path.name)
        if suffix not in (".xlsx", *_TEXT_FILES):
            raise InputError("不认识这种文件", "请选择 .xlsx 或 .csv 文件", path.name)
        content = _content(path)
        if content.startswith(_COMPOUND):
            raise _compound_refusal(content, path.name)
        if suffix == ".xlsx":
            sheet_name, cells = read_spreadsheet(content, path.name)
        else:
            sheet_name, cells = "", read_delimited(content, path.name)
        first_row, rows = _table(cells)
        if not rows:
            raise InputError("表格是空的", "请确认选对了文件", path.name)
        titles = tuple(text for (row, _), text in sorted(cells.items()) if row < first_row)
        return ReadTable(path.name, sheet_name, rows, first_row, titles)


def _content(path: Path) -> bytes:
    """The file's bytes, within limits."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise InputError("文件太大", "请只保留要导入的名录，删去图片和多余的表后另存再导入", path.name)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("找不到这个文件", "请确认文件还在原处，存储介质没有拔出", path.name) from error
    except OSError as error:
        raise InputError("文件打不开", "如果它正在 Excel 或 WPS 中打开，请先关闭再导入", path.name) from error
    if not content:
        raise InputError("文件是空的", "请确认选对了文件", path.name)
    return content


def _compound_refusal(content: bytes, file_name: str) -> InputError:
    """An old workbook in a new name, or one locked with a password."""
    if _ENCRYPTED in content:
        remedy = "请用 Excel 或 WPS 打开，去掉打开密码后另存为 .xlsx 再导入"
        return InputError("文件加了打开密码", remedy, file_name)
    return InputError("文件其实是老格式的工作簿", _SAVE_AS, file_name)


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
