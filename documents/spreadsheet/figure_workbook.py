"""Workbooks of figures (汇总工作簿): official-looking tables of real numbers, with charts the spreadsheet draws itself.

No cell is a formula: what a unit wrote is text, and totals are the program's own numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from documents.spreadsheet.cell_content import MOST_DIGITS, put_text
from documents.spreadsheet.figure_charts import ChartPlace, add_chart
from documents.spreadsheet.page_setup import Extent, set_up_page
from documents.spreadsheet.sheet_names import sheet_names
from documents.spreadsheet.styles import CENTRED, FRAME, LEFT, NORMAL_FONT, RIGHT, TITLE_FONT
from documents.spreadsheet.workbook import book_bytes, use_normal_font
from forms.number_format import plain_number
from forms.sheet import Orientation
from services.ports.documents import PageMarks
from services.ports.figure_books import FigureCell, FigureFormat, FigureSheet, Value

_BOLD = Font(name=NORMAL_FONT.name, size=11, bold=True, charset=NORMAL_FONT.charset)
_NOTE = Font(name=NORMAL_FONT.name, size=10, charset=NORMAL_FONT.charset)
_GROUND = PatternFill("solid", fgColor="FFE6F1F3")
_TOTAL_GROUND = PatternFill("solid", fgColor="FFF4F6F7")
_NOTE_PLACE = Alignment(horizontal="left", vertical="center", wrap_text=True)
_FORMATS = {
    FigureFormat.TEXT: "@",
    FigureFormat.CODE: "@",
    FigureFormat.COUNT: "#,##0",
    FigureFormat.MONEY: "#,##0.00",
    FigureFormat.RATE: "0.00%",
    FigureFormat.SCORE: "0.00",
}
_TITLE_HEIGHT, _NOTE_LINE, _LINE = 36.0, 16.0, 15.0
_NARROWEST, _WIDEST, _HEAD_WIDEST = 8, 40, 18
_MM_PER_COLUMN = 2.1
_FEW_ROWS = 16
"""Up to here the charts stand below the table, beyond it beside."""


def figure_workbook_bytes(sheets: Sequence[FigureSheet], marks: PageMarks) -> bytes:
    """One .xlsx with a worksheet per sheet of figures; ValueError without a sheet."""
    if not sheets:
        raise ValueError("a workbook needs at least one sheet")
    book = Workbook()
    book.remove(book.worksheets[0])
    use_normal_font(book)
    for name, sheet in zip(sheet_names(sheet.name for sheet in sheets), sheets, strict=True):
        _write(book.create_sheet(name), sheet, marks)
    return book_bytes(book, sheets[0].title)


def _write(target: Worksheet, sheet: FigureSheet, marks: PageMarks) -> None:
    """Title, note, heads, rows and charts; the heads stay in sight and come again on every page."""
    columns = len(sheet.heads)
    widths = [_width(sheet, column) for column in range(columns)]
    for column, width in enumerate(widths, 1):
        target.column_dimensions[get_column_letter(column)].width = width
    heads = _write_top(target, sheet, sum(widths))
    first = heads[-1] + 1
    for number, row in enumerate(sheet.rows, first):
        is_total = sheet.has_total and number == first + len(sheet.rows) - 1
        for column, (value, head) in enumerate(zip(row, sheet.heads, strict=True), 1):
            _write_value(target.cell(number, column), value, head.format, is_total=is_total)
    last = heads[-1] + len(sheet.rows)
    target.freeze_panes = f"B{first}"
    wide = sum(widths) * _MM_PER_COLUMN
    bottom = _add_charts(target, sheet, range(heads[-1], last), wide)
    height = _TITLE_HEIGHT + _NOTE_LINE + bottom * _LINE
    extent = Extent(columns, bottom, wide, height, (heads[0], heads[-1]))
    orientation = Orientation.LANDSCAPE if columns > 6 else Orientation.PORTRAIT
    set_up_page(target, orientation, extent, marks)
    if bottom > last:
        target.page_setup.fitToHeight = 1  # a chart is never cut by a page


def _write_top(target: Worksheet, sheet: FigureSheet, width: int) -> tuple[int, ...]:
    """Title, note and heads; the rows of the heads (1-based)."""
    columns = len(sheet.heads)
    title: Any = target.cell(1, 1)
    note: Any = target.cell(2, 1)
    put_text(title, sheet.title)
    title.font, title.alignment = TITLE_FONT, CENTRED
    put_text(note, sheet.note)
    note.font, note.alignment = _NOTE, _NOTE_PLACE
    target.row_dimensions[1].height = _TITLE_HEIGHT
    target.row_dimensions[2].height = _NOTE_LINE * max(1, -(-_shown(sheet.note) // max(width, 1)))
    for row in (1, 2):
        target.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    is_double = any(head.over for head in sheet.heads)
    bottom = 4 if is_double else 3
    for column, head in enumerate(sheet.heads, 1):
        _write_head(target.cell(bottom, column), head.text)
    if is_double:
        _write_over(target, sheet)
    lines = max(-(-_shown(head.text) // _width(sheet, c)) for c, head in enumerate(sheet.heads))
    target.row_dimensions[bottom].height = _LINE * max(2, lines)
    return tuple(range(3, bottom + 1))


def _write_over(target: Worksheet, sheet: FigureSheet) -> None:
    """The upper line of heads: shared words once over their columns, lonely heads two rows high."""
    column = 1
    for over, found in groupby(sheet.heads, key=lambda head: head.over):
        heads = list(found)
        if over:
            end = column + len(heads) - 1
            for place in range(column, end + 1):
                _write_head(target.cell(3, place), over if place == column else "")
            target.merge_cells(start_row=3, start_column=column, end_row=3, end_column=end)
        else:
            for place, head in enumerate(heads, column):
                _write_head(target.cell(3, place), head.text)
                target.cell(4, place).value = None
                target.merge_cells(start_row=3, start_column=place, end_row=4, end_column=place)
        column += len(heads)
    target.row_dimensions[3].height = _LINE * 1.4


def _write_head(cell: Any, text: str) -> None:
    put_text(cell, text)
    cell.font, cell.fill, cell.alignment, cell.border = _BOLD, _GROUND, CENTRED, FRAME


def _write_value(cell: Any, value: Value, shape: FigureFormat, *, is_total: bool) -> None:
    """A value as what it is: a number with its format, or a text that stays one."""
    if isinstance(value, FigureCell):
        shape, value = value.format, value.value
    is_number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
    if is_number:
        text = plain_number(Decimal(value or 0))
        if len(text.lstrip("-").replace(".", "").strip("0")) <= MOST_DIGITS:
            cell.value, cell.data_type = text, "n"
        else:
            put_text(cell, text)
    elif isinstance(value, str):
        put_text(cell, value)
    cell.number_format = _FORMATS[shape]
    cell.font, cell.border = _BOLD if is_total else NORMAL_FONT, FRAME
    if is_total:
        cell.fill = _TOTAL_GROUND
    cell.alignment = {FigureFormat.TEXT: LEFT, FigureFormat.CODE: CENTRED}.get(shape, RIGHT)


def _add_charts(target: Worksheet, sheet: FigureSheet, table: range, width: float) -> int:
    """Charts below a short table of `width` mm, or beside a long one; the last row they take.

    `table` goes from the head's row to the last row's.
    """
    head, last = table.start, table.stop
    rows = len(sheet.rows) - sheet.has_total
    if rows <= 0:
        return last
    is_below = len(sheet.rows) <= _FEW_ROWS
    bottom, row = last, (last + 2 if is_below else 3)
    column = 1 if is_below else len(sheet.heads) + 2
    for chart in sheet.charts:
        first, behind = chart.rows or (0, rows)
        place = ChartPlace(row, column, head, head + 1 + first, head + behind, width / 10)
        row += add_chart(target, chart, place)
        bottom = row - 1 if is_below else last
    return bottom


def _width(sheet: FigureSheet, column: int) -> int:
    """Width in characters: the longest value, within limits."""
    head = sheet.heads[column]
    longest = max((_shown(_plain(row[column], head.format)) for row in sheet.rows), default=0)
    return max(_NARROWEST, min(_shown(head.text) + 2, _HEAD_WIDEST), min(longest + 3, _WIDEST))


def _plain(value: Value, shape: FigureFormat) -> str:
    """About what a cell shows, to measure it."""
    if isinstance(value, FigureCell):
        shape, value = value.format, value.value
    if value is None or isinstance(value, str):
        return value or ""
    if shape is FigureFormat.RATE:
        return f"{Decimal(value) * 100:.2f}%"
    return f"{Decimal(value):,.2f}" if shape in (FigureFormat.MONEY, FigureFormat.SCORE) else f"{value:,}"


def _shown(text: str) -> int:
    """How many columns a text takes, Chinese characters counting two."""
    return sum(1 if char.isascii() else 2 for char in text)
