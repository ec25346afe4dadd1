"""The grid of a handed-out table (分发表的表格): columns, heads and rows with their hidden marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.hand_out import COLUMNS, NEW_ROW, ROW, HandOutTable

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from documents.hand_out.validation import Validations

_CHARS_A_SHARE = 1.15
_MOST_WIDTH = 46.0
_MARKS_WIDTH = 4.0
_HEAD_HEIGHT = 30.0


@dataclass(frozen=True, slots=True)
class GridLook:
    """How tight a grid is (疏密): its narrowest column in characters, its lowest row in points (None: as usual).

    `measures_open` tells whether the text of open cells decides a row's height.
    """

    least_width: float
    least_height: float | None = None
    measures_open: bool = True


class TableGrid:
    """Writes one table into a worksheet whose first column keeps the marks."""

    def __init__(self, sheet: Worksheet, table: HandOutTable, look: GridLook) -> None:
        from openpyxl.utils import get_column_letter

        self._sheet, self._table, self._look = sheet, table, look
        columns = table.columns
        self.letters = [get_column_letter(number) for number in range(2, len(columns) + 2)]
        self.widths = [min(max(c.width * _CHARS_A_SHARE, look.least_width), _MOST_WIDTH) for c in columns]
        sheet.column_dimensions["A"].width = _MARKS_WIDTH
        for letter, width in zip(self.letters, self.widths, strict=True):
            sheet.column_dimensions[letter].width = width

    def write(self, row: int, validations: Validations) -> None:
        """Hidden names of the columns at a row, heads below it, then every row; blank ones stand last."""
        from documents.hand_out.looks import height_for, put_label
        from documents.spreadsheet.cell_content import put_text

        sheet, columns = self._sheet, self._table.columns
        put_text(sheet[f"A{row}"], f"{COLUMNS}{self._table.key}")
        for letter, column in zip(self.letters, columns, strict=True):
            put_text(sheet[f"{letter}{row}"], column.key)
            put_label(sheet[f"{letter}{row + 1}"], column.label)
        sheet.row_dimensions[row].hidden = True
        labels = [(column.label, width) for column, width in zip(columns, self.widths, strict=True)]
        sheet.row_dimensions[row + 1].height = height_for(labels, _HEAD_HEIGHT)
        sheet.freeze_panes = f"B{row + 2}"
        sheet.print_title_rows = f"{row + 1}:{row + 1}"
        self._write_rows(row + 2, validations)

    def _write_rows(self, first: int, validations: Validations) -> None:
        """Every row with its mark; what is open gets its help and choices."""
        from documents.hand_out.looks import fill_value, height_for
        from documents.spreadsheet.cell_content import put_text

        sheet, look = self._sheet, self._look
        least = () if look.least_height is None else (look.least_height,)
        for row, line in enumerate(self._table.rows, first):
            put_text(sheet[f"A{row}"], f"{ROW}{line.row_id}" if line.row_id else f"{NEW_ROW}{row}")
            for letter, item in zip(self.letters, line.cells, strict=True):
                fill_value(sheet[f"{letter}{row}"], item)
                if item.is_open:
                    validations.note(sheet, f"{letter}{row}", item)
            shown = ["" if item.is_open and not look.measures_open else item.text for item in line.cells]
            sheet.row_dimensions[row].height = height_for(list(zip(shown, self.widths, strict=True)), *least)
