"""One sheet as a worksheet (工作表): title, grid, foot line, as the official form is printed."""

from __future__ import annotations

from dataclasses import replace

from openpyxl.cell.cell import Cell as WorksheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from documents.line_breaking import break_lines
from documents.sheet_grid import whole_grid
from documents.spreadsheet import styles
from documents.spreadsheet.cell_content import fill, put_text
from documents.spreadsheet.cell_setting import POINTS_PER_MM, ROOMY, SMALL, TIGHT, em_width
from documents.spreadsheet.foot_rows import GAP, FootRows, foot_rows
from documents.spreadsheet.page_parts import page_starts, parts_of
from documents.spreadsheet.page_setup import MOST_EXCESS, Extent, fits_one_page, page_height, set_up_page
from documents.spreadsheet.row_plan import RowPlan, plan_rows
from forms.sheet import Cell, Sheet
from services.ports.documents import PageMarks

_PIXELS_PER_MM = 96 / 25.4
_DIGIT_PIXELS = 8
"""Width of a digit of 宋体 11 at 96 dpi: the unit Excel measures columns in."""
_TITLE_ROW, _SUBTITLE_ROW, _CORNER_ROW = 32.0, 20.0, 18.0
_LITTLE_EXCESS = 1.08
"""A form in the smaller type is made to fit one page only when it is hardly higher than that."""


def write_worksheet(target: Worksheet, sheet: Sheet, marks: PageMarks) -> dict[tuple[int, int], Cell]:
    """Write one sheet into an empty worksheet; which cell stands at which row and column (1-based)."""
    cells = whole_grid(sheet)
    for index, width in enumerate(sheet.column_widths, 1):
        pixels = width * _PIXELS_PER_MM
        target.column_dimensions[get_column_letter(index)].width = round(pixels / _DIGIT_PIXELS, 2)
    first = _heading(target, sheet) + 1
    above = _height(target, first - 1)
    foot = foot_rows(sheet)
    plan = _plan(sheet, cells, above + foot.height)
    for offset, height in enumerate(plan.heights):
        target.row_dimensions[first + offset].height = height
    last = _foot(target, foot, first + len(plan.heights))
    head = _head_rows(sheet, plan)
    repeated = (first + head.start, first + head.stop - 1) if head else None
    extent = Extent(len(sheet.column_widths), last, sum(sheet.column_widths), _height(target, last), repeated)
    starts: tuple[int, ...] = ()
    if not fits_one_page(sheet.orientation, extent):
        page = page_height(sheet.orientation, extent.width)
        starts = page_starts(plan, head, (above, foot.height), page)
    for start in starts:
        target.row_breaks.append(Break(id=first + start - 1))
    places: dict[tuple[int, int], Cell] = {}
    for cell in cells:
        for top, behind, has_text in parts_of(cell, sheet, plan, starts, head):
            shown = cell if has_text else replace(cell, value=None)
            rows = range(first + top, first + behind)
            _grid_cell(target, sheet, shown, rows, plan)
            places[first + top, cell.column + 1] = cell
    set_up_page(target, sheet.orientation, extent, marks)
    return places


def _plan(sheet: Sheet, cells: tuple[Cell, ...], outside: float) -> RowPlan:
    """The rows with air; with less of it, or in smaller type, where that brings the form onto one page.

    `outside` is the height of what stands above and below the frame.
    """
    page = page_height(sheet.orientation, sum(sheet.column_widths))
    roomy = plan_rows(sheet, cells, ROOMY)
    for setting, excess in ((ROOMY, MOST_EXCESS), (TIGHT, MOST_EXCESS), (SMALL, _LITTLE_EXCESS)):
        plan = roomy if setting is ROOMY else plan_rows(sheet, cells, setting)
        if outside + sum(plan.heights) <= page * excess:
            return plan
    return roomy


def _height(target: Worksheet, last: int) -> float:
    """Height of the rows up to `last`, in points."""
    return sum(target.row_dimensions[row].height or 0.0 for row in range(1, last + 1))


def _head_rows(sheet: Sheet, plan: RowPlan) -> range:
    """Worksheet rows of the grid that are repeated, 0-based; none for a form without."""
    if sheet.head_rows is None:
        return range(0)
    return range(plan.starts[sheet.head_rows[0]], plan.starts[sheet.head_rows[1] + 1])


def _grid_cell(target: Worksheet, sheet: Sheet, cell: Cell, rows: range, plan: RowPlan) -> None:
    """A cell of the frame: value, look, and lines around every part of its merge."""
    columns = range(cell.column + 1, cell.column + cell.column_span + 1)
    width = sum(sheet.column_widths[columns[0] - 1 : columns[-1]])
    corner, setting = _at(target, rows[0], columns[0]), plan.setting
    fill(corner, cell, setting.shown(cell, width))
    corner.font = styles.font_of(cell, setting.size)
    corner.alignment = styles.alignment_of(
        cell, is_tall=plan.is_tall(cell), is_shrunk=setting.shrinks(cell, width)
    )
    corner.number_format = styles.format_of(cell)
    if len(rows) > 1 or len(columns) > 1:
        target.merge_cells(
            start_row=rows[0], end_row=rows[-1], start_column=columns[0], end_column=columns[-1]
        )
    for row in rows:
        for column in columns:
            target.cell(row, column).border = styles.FRAME


def _at(target: Worksheet, row: int, column: int) -> WorksheetCell:
    """A cell not yet covered by a merge; TypeError otherwise."""
    cell = target.cell(row, column)
    if not isinstance(cell, WorksheetCell):
        raise TypeError(f"{cell.coordinate} lies under a merged cell")
    return cell


def _heading(target: Worksheet, sheet: Sheet) -> int:
    """Title, the line under it, corner note; the last row used."""
    width = sum(sheet.column_widths) * POINTS_PER_MM / float(styles.TITLE_FONT.size)
    lines = len(break_lines(sheet.title, width, em_width))
    _whole_row(target, 1, sheet, sheet.title, styles.TITLE_FONT, styles.CENTRED, lines * _TITLE_ROW)
    row = 1
    if sheet.subtitle:
        row += 1
        _whole_row(target, row, sheet, sheet.subtitle, styles.SUBTITLE_FONT, styles.CENTRED, _SUBTITLE_ROW)
    if sheet.corner:
        row += 1
        _whole_row(target, row, sheet, sheet.corner, styles.LABEL_FONT, styles.RIGHT, _CORNER_ROW)
    return row


def _whole_row(
    target: Worksheet,
    row: int,
    sheet: Sheet,
    text: str,
    font: Font,
    alignment: Alignment,
    height: float,
) -> None:
    """A text over the whole width."""
    _text(target, (row, 1, len(sheet.column_widths)), text, font, alignment)
    target.row_dimensions[row].height = height


def _text(
    target: Worksheet, place: tuple[int, int, int], text: str, font: Font, alignment: Alignment
) -> None:
    """A text outside the frame at (row, first column, last column)."""
    row, first, last = place
    cell = _at(target, row, first)
    put_text(cell, text)
    cell.font = font
    cell.alignment = alignment
    if last > first:
        target.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)


def _foot(target: Worksheet, foot: FootRows, row: int) -> int:
    """The foot line below the frame, in columns of the grid; the last row used."""
    if not foot.rows:
        return row - 1
    target.row_dimensions[row].height = GAP
    for items, height in zip(foot.rows, foot.heights, strict=True):
        row += 1
        target.row_dimensions[row].height = height
        for item, (first, last) in zip(items, foot.bounds, strict=False):
            _text(target, (row, first, last), item, styles.LABEL_FONT, styles.LEFT)
    return row
