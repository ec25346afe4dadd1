"""A list to be filled in as a workbook (待填清单工作簿): one sheet, locked but for the open cells, marks hidden at the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.fill_in_list import FillInList
from forms.hand_out import COLUMNS, IDENTITY_SHEET, ROW, HandOutField

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from documents.hand_out.validation import Validations

_CHARS_A_SHARE = 1.15
_LEAST_WIDTH, _MOST_WIDTH = 5.5, 46.0


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
    from openpyxl.utils import get_column_letter

    from documents.hand_out.looks import CENTRED, SUBTITLE, TITLE, height_for, put_label, put_note
    from documents.spreadsheet.cell_content import put_text

    columns = book.table.columns
    letters = [get_column_letter(number) for number in range(2, len(columns) + 2)]
    widths = [min(max(column.width * _CHARS_A_SHARE, _LEAST_WIDTH), _MOST_WIDTH) for column in columns]
    sheet.column_dimensions["A"].width = 4.0
    for letter, width in zip(letters, widths, strict=True):
        sheet.column_dimensions[letter].width = width
    for row, text, font, height in ((1, book.title, TITLE, 34.0), (2, book.subject, SUBTITLE, 22.0)):
        sheet.merge_cells(f"B{row}:{letters[-1]}{row}")
        put_text(sheet[f"B{row}"], text)
        sheet[f"B{row}"].font, sheet[f"B{row}"].alignment = font, CENTRED
        sheet.row_dimensions[row].height = height
    row = 3
    for number, note in enumerate(book.notes, 1):
        sheet.merge_cells(f"B{row}:{letters[-1]}{row}")
        put_note(sheet[f"B{row}"], f"{number}. {note}")
        sheet.row_dimensions[row].height = height_for([(f"{number}. {note}", sum(widths))], 18.0)
        row += 1
    put_text(sheet[f"A{row}"], f"{COLUMNS}{book.table.key}")
    for letter, column in zip(letters, columns, strict=True):
        put_text(sheet[f"{letter}{row}"], column.key)
        put_label(sheet[f"{letter}{row + 1}"], column.label)
    sheet.row_dimensions[row].hidden = True
    sheet.row_dimensions[row + 1].height = height_for(
        [(column.label, width) for column, width in zip(columns, widths, strict=True)], 30.0
    )
    sheet.freeze_panes = f"B{row + 2}"
    sheet.print_title_rows = f"{row + 1}:{row + 1}"
    _write_rows(sheet, book, row + 2, (letters, widths), validations)


def _write_rows(
    sheet: Worksheet,
    book: FillInList,
    first: int,
    columns: tuple[list[str], list[float]],
    validations: Validations,
) -> None:
    """Every row with its mark; what is open gets its help and choices."""
    from documents.hand_out.looks import fill_value, height_for
    from documents.spreadsheet.cell_content import put_text

    letters, widths = columns
    for row, line in enumerate(book.table.rows, first):
        put_text(sheet[f"A{row}"], f"{ROW}{line.row_id}")
        for letter, item in zip(letters, line.cells, strict=True):
            fill_value(sheet[f"{letter}{row}"], item)
            if item.is_open:
                validations.note(sheet, f"{letter}{row}", item)
        texts = [(_measured(item), width) for item, width in zip(line.cells, widths, strict=True)]
        sheet.row_dimensions[row].height = height_for(texts, 36.0)


def _measured(item: HandOutField) -> str:
    """The text that decides a row's height; what is to be written is not known yet."""
    return "" if item.is_open else item.text
