"""A sheet as pages (表单页): title block, grid, foot line, in the largest type that keeps it on one page."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from documents.line_breaking import break_lines, width_of
from documents.pdf.flow import Flow, Page
from documents.pdf.font_book import FontBook, Role
from documents.pdf.foot_line import draw_foot, lay_foot
from documents.pdf.grid_layout import LaidGrid, lay_grid
from documents.pdf.page_style import GRID_STYLES, MM, GridStyle, paper_for
from documents.pdf.painter import draw_text
from forms.sheet import Sheet

_TITLE_SIZE = 20.0
_TITLE_LINE = 28.0
_SUB_SIZE = 12.0
_SUB_LINE = 18.0
_CORNER_SIZE = 10.5
_GAP = 1.6 * MM


def form_pages(sheet: Sheet, fonts: FontBook) -> list[Page]:
    """The pages of one sheet."""
    largest, *smaller = GRID_STYLES
    pages = _flow(sheet, largest, fonts).pages
    if len(pages) == 1 or len(_flow(sheet, smaller[-1], fonts).pages) > 1:
        return pages
    tries = (_flow(sheet, style, fonts).pages for style in smaller)
    return next(pages for pages in tries if len(pages) == 1)


def _flow(sheet: Sheet, style: GridStyle, fonts: FontBook) -> Flow:
    """The sheet set in one type size."""
    flow = Flow(paper_for(sheet.orientation))
    grid = lay_grid(sheet, flow.paper.text_width, style, fonts)
    _title_block(flow, sheet, grid, fonts)
    foot = lay_foot(sheet.foot, grid.width, fonts)
    flow.grid(grid, after=foot.height)
    if foot.items:
        left = _left_edge(flow, grid)
        flow.block(foot.height, lambda canvas, top: draw_foot(canvas, fonts, foot, left, top))
    return flow


def _left_edge(flow: Flow, grid: LaidGrid) -> float:
    """The frame's left edge."""
    return flow.paper.left + (flow.paper.text_width - grid.width) / 2


def _title_block(flow: Flow, sheet: Sheet, grid: LaidGrid, fonts: FontBook) -> None:
    """Title in 小标宋, the line under it, and the corner note at the frame's right edge."""
    advance = fonts.advance(Role.TITLE)
    lines = break_lines(sheet.title, flow.paper.text_width / _TITLE_SIZE, advance)
    centre, right = flow.paper.width / 2, _left_edge(flow, grid) + grid.width
    corner_width = width_of(sheet.corner, fonts.advance(Role.LABEL)) * _CORNER_SIZE
    sub_width = width_of(sheet.subtitle, fonts.advance(Role.LABEL)) * _SUB_SIZE
    share = bool(sheet.subtitle) and centre + sub_width / 2 + _SUB_SIZE < right - corner_width
    below = bool(sheet.subtitle) + bool(sheet.corner and not share)

    def draw(canvas: Canvas, top: float) -> None:
        y = top - _TITLE_LINE / 2
        for line in lines:
            draw_text(canvas, fonts, line, (centre, y), _TITLE_SIZE, Role.TITLE, 0.5)
            y -= _TITLE_LINE
        y += _TITLE_LINE / 2 - _SUB_LINE / 2
        draw_text(canvas, fonts, sheet.subtitle, (centre, y), _SUB_SIZE, align=0.5)
        if sheet.subtitle and not share:
            y -= _SUB_LINE
        draw_text(canvas, fonts, sheet.corner, (right, y), _CORNER_SIZE, align=1.0)

    flow.block(len(lines) * _TITLE_LINE + below * _SUB_LINE + _GAP, draw)
