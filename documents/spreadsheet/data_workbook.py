"""Data workbooks (导入表): plain sheets another system takes in, with required heads marked red.

Nothing is merged and nothing is a formula; texts that begin like one are quoted, codes are text whatever their
digits, numbers keep every digit they were given.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from documents.spreadsheet.cell_content import MOST_DIGITS, put_text
from documents.spreadsheet.sheet_names import sheet_names
from documents.spreadsheet.styles import FRAME, NORMAL_FONT
from documents.spreadsheet.workbook import book_bytes, use_normal_font
from forms.number_format import plain_number
from services.ports.documents import DataHead, DataSheet

_HEAD = Font(name=NORMAL_FONT.name, size=11, bold=True, charset=NORMAL_FONT.charset)
_MARKED = Font(name=NORMAL_FONT.name, size=11, bold=True, charset=NORMAL_FONT.charset, color="FFC00000")
_NAMES = Font(name=NORMAL_FONT.name, size=9, charset=NORMAL_FONT.charset, color="FF7F7F7F")
_GROUND = PatternFill("solid", fgColor="FFF2F2F2")
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_NARROWEST, _WIDEST, _HEAD_WIDEST = 9, 44, 22
_TEXT_FORMAT = "@"
_A4 = 9
"""The paper's number in the format."""
_LINE = 15.0
"""Points a line of text needs."""


def data_workbook_bytes(sheets: Sequence[DataSheet]) -> bytes:
    """One .xlsx with a worksheet per data sheet; ValueError without a sheet."""
    if not sheets:
        raise ValueError("a workbook needs at least one sheet")
    book = Workbook()
    book.remove(book.worksheets[0])
    use_normal_font(book)
    for name, sheet in zip(sheet_names(sheet.name for sheet in sheets), sheets, strict=True):
        _write(book.create_sheet(name), sheet)
    return book_bytes(book, sheets[0].name)


def _write(worksheet: Worksheet, sheet: DataSheet) -> None:
    """Heads, field names where there are any, rows; the head stays in sight."""
    for column, head in enumerate(sheet.heads, 1):
        _write_head(worksheet.cell(1, column), head)
    for column, name in enumerate(sheet.names, 1):
        _write_name(worksheet.cell(2, column), name)
    top = 3 if sheet.names else 2
    for number, row in enumerate(sheet.rows, top):
        for column, (value, head) in enumerate(zip(row, sheet.heads, strict=True), 1):
            _write_value(worksheet.cell(number, column), value, head)
    widths = [_width(sheet, column) for column in range(len(sheet.heads))]
    for column, width in enumerate(widths, 1):
        worksheet.column_dimensions[get_column_letter(column)].width = width
    lines = (-(-_shown(head.text) // width) for head, width in zip(sheet.heads, widths, strict=True))
    worksheet.row_dimensions[1].height = _LINE * max(2, *lines)
    worksheet.freeze_panes = f"A{top}"
    _set_up_page(worksheet, top - 1)


def _set_up_page(worksheet: Worksheet, heads: int) -> None:
    """Printed, all columns stand on one page across and the heads on every page: a list handed on is read on paper."""
    worksheet.print_title_rows = f"1:{heads}"
    worksheet.page_setup.paperSize = _A4
    worksheet.page_setup.orientation = "landscape"
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0


def _write_head(cell: Any, head: DataHead) -> None:
    """A head, with its star in red where it is required."""
    put_text(cell, f"*{head.text}" if head.is_marked else head.text)
    cell.font = _MARKED if head.is_marked else _HEAD
    cell.fill, cell.alignment, cell.border = _GROUND, _CENTRED, FRAME


def _write_name(cell: Any, name: str) -> None:
    """A standard field name below a head."""
    put_text(cell, name)
    cell.font, cell.alignment, cell.border = _NAMES, _CENTRED, FRAME


def _write_value(cell: Any, value: str | Decimal | None, head: DataHead) -> None:
    """A value as what it is: a number, or a text that stays one."""
    if isinstance(value, Decimal):
        text = plain_number(value)
        if len(text.lstrip("-").replace(".", "").strip("0")) <= MOST_DIGITS and not head.is_code:
            cell.value, cell.data_type = text, "n"
        else:
            put_text(cell, text)
    elif value:
        put_text(cell, value)
    if head.is_code or isinstance(value, str):
        cell.number_format = _TEXT_FORMAT
    cell.font, cell.border = NORMAL_FONT, FRAME
    cell.alignment = _LEFT if isinstance(value, str) and not head.is_code else _CENTRED


def _width(sheet: DataSheet, column: int) -> int:
    """Width in characters: the longest value, within limits; codes and field names are never cut."""
    values = [plain_number(v) if isinstance(v, Decimal) else v or "" for v in (r[column] for r in sheet.rows)]
    longest = max((_shown(value) for value in values), default=0)
    name = len(sheet.names[column]) if sheet.names else 0
    head = min(_shown(sheet.heads[column].text) + 2, _HEAD_WIDEST)
    return max(_NARROWEST, name, head, min(longest + 2, _WIDEST))


def _shown(text: str) -> int:
    """How many columns a text takes, Chinese characters counting two."""
    return sum(1 if char.isascii() else 2 for char in text)
