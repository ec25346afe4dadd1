"""A list to be filled in as a workbook (待填清单工作簿): one sheet, locked but for the open cells, marks hidden at the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.hand_out.table_grid import GridLook, TableGrid
from forms.fill_in_list import FillInList
from forms.hand_out import IDENTITY_SHEET

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from documents.hand_out.validation import Validations

_LOOK = GridLook(least_width=5.5, least_height=36.0, measures_open=False)
"""Many narrow columns; what is to be written is not known yet, so room for two lines of it."""


def write_list(book: FillInList) -> bytes:
    """One .xlsx of the list; nothing in it is a formula."""
    from openpyxl import Workbook
    from openpyxl.workbook.protection import WorkbookProtection

    from documents.hand_out.book import protect
    from documents.hand_out.validation import Validations
    from documents.spreadsheet.cell_content import put_text
    from documents.spreadsheet.sheet_names import sheet_names
    from documents.spreadsheet.workbook import book_bytes, use_normal_font

    made = Workbook()
    made.remove(made.worksheets[0])
    use_normal_font(made)
    shown, hidden = (made.create_sheet(name) for name in sheet_names((book.table.title, IDENTITY_SHEET)))
    for row, (name, value) in enumerate(book.identity.items(), 1):
        put_text(hidden[f"A{row}"], name)
        put_text(hidden[f"B{row}"], value)
    hidden.sheet_state = "hidden"
    validations = Validations(hidden)
    _write_sheet(shown, book, validations)
    validations.put()
    protect(shown)
    protect(hidden)
    made.security = WorkbookProtection(lockStructure=True)
    return book_bytes(made, book.title)


def _write_sheet(sheet: Worksheet, book: FillInList, validations: Validations) -> None:
    """Title, how to fill it in, heads, rows."""
    from documents.hand_out.looks import CENTRED, SUBTITLE, TITLE, height_for, put_note
    from documents.spreadsheet.cell_content import put_text

    grid = TableGrid(sheet, book.table, _LOOK)
    last = grid.letters[-1]
    for row, text, font, height in ((1, book.title, TITLE, 34.0), (2, book.subject, SUBTITLE, 22.0)):
        sheet.merge_cells(f"B{row}:{last}{row}")
        put_text(sheet[f"B{row}"], text)
        sheet[f"B{row}"].font, sheet[f"B{row}"].alignment = font, CENTRED
        sheet.row_dimensions[row].height = height
    row = 3
    for number, note in enumerate(book.notes, 1):
        sheet.merge_cells(f"B{row}:{last}{row}")
        put_note(sheet[f"B{row}"], f"{number}. {note}")
        sheet.row_dimensions[row].height = height_for([(f"{number}. {note}", sum(grid.widths))], 18.0)
        row += 1
    grid.write(row, validations)
