"""A table out of a text file (读取 .csv): UTF-8, UTF-16 or GB18030; comma, tab or semicolon."""

from __future__ import annotations

import codecs
import csv
import re

from documents.printable_text import writable
from documents.table_files.limits import Budget
from models.domain.errors import InputError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATORS = (",", "\t", ";")
_FORCED_TEXT = re.compile(r'="(.*)"', re.DOTALL)
"""How some exports keep a code a text: ="820001"."""

Cells = dict[tuple[int, int], str]


def read_delimited(content: bytes, file_name: str) -> Cells:
    """Cells by (row, column), both from 1; InputError for text that cannot be read."""
    text = _decoded(content, file_name)
    budget = Budget(file_name)
    cells: Cells = {}
    reader = csv.reader(text.splitlines(keepends=True), delimiter=_separator(text), strict=False)
    try:
        for row, values in enumerate(reader, 1):
            for column, value in enumerate(values, 1):
                shown = writable(_FORCED_TEXT.sub(r"\1", value.strip())).strip()
                if shown:
                    budget.row(row)
                    budget.cell(column, len(shown))
                    cells[row, column] = shown
    except csv.Error as error:
        raise InputError(
            "文件内容不像表格", "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入", file_name
        ) from error
    return cells


def _decoded(content: bytes, file_name: str) -> str:
    """The text in the encoding it is written in."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode(content, (encoding,), file_name)
    return _decode(content, ("utf-8", "gb18030"), file_name)


def _decode(content: bytes, encodings: tuple[str, ...], file_name: str) -> str:
    """The text in the first encoding that fits; none fits a file that is no text."""
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(
        "文件不是文字表格，或编码无法识别", "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入", file_name
    )


def _separator(text: str) -> str:
    """The separator that stands most often in the first line with content, outside quotes."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", line)
    return max(_SEPARATORS, key=bare.count)
