"""A handed-out form as a workbook (分发工作簿): locked but for the cells to fill in, no formula, no macro.

The first column of each worksheet is hidden and names what stands in its line, so that what comes back is
read by name and not by place. Protection has no password: it keeps from slips, nobody is shut out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.hand_out.table_grid import GridLook, TableGrid
from documents.spreadsheet.sheet_names import sheet_names
from forms.fill_in_list import FillInList
from forms.hand_out import (
    FIELD,
    IDENTITY_SHEET,
    PERSON,
    HandOutBook,
    HandOutField,
    HandOutTable,
)
from forms.schema import FieldKind

if TYPE_CHECKING:
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

    from documents.hand_out.validation import Validations

_FIRST = "填写说明和基本内容"
_WIDTHS = {"A": 4.0, "B": 24.0, "C": 58.0, "D": 46.0}
_LEAST_WIDTH = 9.0


class HandOutWorkbooks:
    """Implements `services.ports.documents.HandOutWriter` (分发表生成)."""

    def write(self, book: HandOutBook) -> bytes:
        """One .xlsx: open cells for what is to be filled in, everything else locked; nothing in it is a formula."""
        from openpyxl import Workbook
        from openpyxl.workbook.protection import WorkbookProtection

        from documents.hand_out.validation import Validations
        from documents.spreadsheet.workbook import book_bytes, use_normal_font

        made = Workbook()
        made.remove(made.worksheets[0])
        use_normal_font(made)
        names = sheet_names((_FIRST, *(table.title for table in book.tables), IDENTITY_SHEET))
        sheets = [made.create_sheet(name) for name in names]
        validations = Validations(sheets[-1])
        _write_fields(sheets[0], book, validations)
        for sheet, table in zip(sheets[1:-1], book.tables, strict=True):
            _write_table(sheet, table, book, validations)
        _write_identity(sheets[-1], book)
        validations.put()
        for sheet in sheets:
            protect(sheet)
        made.security = WorkbookProtection(lockStructure=True)
        return book_bytes(made, f"{book.title}（分发填写）")

    def write_list(self, book: FillInList) -> bytes:
        """One .xlsx of a list to be filled in, with the same looks and locks."""
        from documents.hand_out.list_book import write_list

        return write_list(book)


def _write_fields(sheet: Worksheet, book: HandOutBook, validations: Validations) -> None:
    """Title, how to fill it in, who fills it in, and every field with its help beside it."""
    from documents.hand_out.looks import HEAD_FONT, height_for, put_note

    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    row = _heading(sheet, book.title, book.subject, "D")
    row = _line(sheet, row, "填写说明", HEAD_FONT)
    for number, note in enumerate(book.notes, 1):
        text = f"{number}. {note}"
        sheet.merge_cells(f"B{row}:D{row}")
        put_note(sheet[f"B{row}"], text)
        sheet.row_dimensions[row].height = height_for([(text, 124.0)], 18.0)
        row += 1
    person = HandOutField(
        PERSON,
        "填写人",
        FieldKind.TEXT,
        book.person,
        True,
        "必填；写您的姓名和单位，例：陈勇（柳林镇农业服务中心）",
    )
    row = _field_line(sheet, row + 1, PERSON, person, validations)
    for section in book.sections:
        row = _line(sheet, row + 1, section.title, HEAD_FONT)
        for item in section.fields:
            row = _field_line(sheet, row, f"{FIELD}{item.key}", item, validations)
    sheet.freeze_panes = "C1"


def _heading(sheet: Worksheet, title: str, subject: str, last: str) -> int:
    """Title and subject across the sheet; the row below."""
    from documents.hand_out.looks import CENTRED, SUBTITLE, TITLE
    from documents.spreadsheet.cell_content import put_text

    for row, text, font, height in ((1, title, TITLE, 34.0), (2, subject, SUBTITLE, 22.0)):
        sheet.merge_cells(f"B{row}:{last}{row}")
        cell = sheet[f"B{row}"]
        put_text(cell, text)
        cell.font, cell.alignment = font, CENTRED
        sheet.row_dimensions[row].height = height
    return 4


def _line(sheet: Worksheet, row: int, text: str, font: Font) -> int:
    """A line of words; the row below."""
    from documents.hand_out.looks import put_note

    put_note(sheet[f"B{row}"], text, font)
    sheet.row_dimensions[row].height = 22.0
    return row + 1


def _field_line(sheet: Worksheet, row: int, mark: str, item: HandOutField, validations: Validations) -> int:
    """Mark, label, cell and help of a field; the row below."""
    from documents.hand_out.looks import fill_value, height_for, put_label, put_note
    from documents.spreadsheet.cell_content import put_text

    put_text(sheet[f"A{row}"], mark)
    put_label(sheet[f"B{row}"], item.label)
    fill_value(sheet[f"C{row}"], item)
    put_note(sheet[f"D{row}"], item.help)
    texts = [(item.label, _WIDTHS["B"]), (item.text, _WIDTHS["C"]), (item.help, _WIDTHS["D"])]
    sheet.row_dimensions[row].height = height_for(texts, 96.0 if item.is_long else 24.0)
    if item.is_open:
        validations.note(sheet, f"C{row}", item)
    return row + 1


def _write_table(sheet: Worksheet, table: HandOutTable, book: HandOutBook, validations: Validations) -> None:
    """A table on a worksheet of its own."""
    from documents.hand_out.looks import put_note

    grid = TableGrid(sheet, table, GridLook(_LEAST_WIDTH))
    row = _heading(sheet, table.title, book.subject, grid.letters[-1])
    sheet.merge_cells(f"B{row - 1}:{grid.letters[-1]}{row - 1}")
    put_note(sheet[f"B{row - 1}"], table.note)
    grid.write(row, validations)


def _write_identity(sheet: Worksheet, book: HandOutBook) -> None:
    """Which filing the workbook belongs to, hidden; nothing secret stands there."""
    from documents.spreadsheet.cell_content import put_text

    told = book.identity
    lines = (
        ("about", "这一页由程序识别本文件用，请勿改动"),
        ("filing_id", told.filing_id),
        ("revision", str(told.revision)),
        ("hand_out_id", told.hand_out_id),
        ("form_id", told.form_id),
        ("form_version", told.form_version),
        ("steps", ",".join(told.steps)),
    )
    for row, (name, value) in enumerate(lines, 1):
        put_text(sheet[f"A{row}"], name)
        put_text(sheet[f"B{row}"], value)
    sheet.sheet_state = "hidden"


def protect(sheet: Worksheet) -> None:
    """Locked but for the open cells; heights and widths may be changed. One page wide on paper."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.column_dimensions["A"].hidden = sheet.sheet_state == "visible"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
