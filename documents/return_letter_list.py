"""The list enclosed with a letter (函的附件): 附件 and its title, then a table that goes on over pages."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from documents.line_breaking import break_lines
from documents.pdf.flow import Flow, Page
from documents.pdf.font_book import FontBook, Role
from documents.pdf.grid_layout import lay_grid
from documents.pdf.page_style import MM, GridStyle, Paper
from documents.pdf.painter import draw_text
from documents.printable_text import one_line_end
from forms.sheet import Cell, CellRole, Orientation, Sheet
from services.ports.letters import LetterList

_WORD_SIZE, _TITLE_SIZE = 15.75, 22.0
_LINE, _TITLE_LINE = 29.0, 34.0
_STYLE = GridStyle(size=10.5, leading=1.42, pad_x=1.6 * MM, pad_y=1.1 * MM)
_LEAST = 8.5
"""Least height of a row in mm."""


def list_pages(enclosed: LetterList, paper: Paper, fonts: FontBook) -> list[Page]:
    """The pages of the list; the heads come again on each."""
    flow = Flow(paper)

    def word(canvas: Canvas, top: float) -> None:
        draw_text(canvas, fonts, "附件", (paper.left, top - _LINE / 2), _WORD_SIZE, Role.STRONG)

    flow.block(_LINE, word)
    flow.space(_LINE)
    advance = fonts.advance(Role.TITLE)
    for text in break_lines(one_line_end(enclosed.title), paper.text_width / _TITLE_SIZE, advance):

        def title(canvas: Canvas, top: float, text: str = text) -> None:
            place = (paper.width / 2, top - _TITLE_LINE / 2)
            draw_text(canvas, fonts, text, place, _TITLE_SIZE, Role.TITLE, 0.5)

        flow.block(_TITLE_LINE, title)
    flow.space(_LINE / 2)
    flow.grid(lay_grid(_sheet(enclosed, paper.text_width / MM), paper.text_width, _STYLE, fonts))
    return flow.pages


def _sheet(enclosed: LetterList, width: float) -> Sheet:
    """The list as a grid; `width` in mm."""
    share = width / sum(enclosed.widths)
    rows = (enclosed.head, *enclosed.rows)
    return Sheet(
        name="",
        title="",
        subtitle="",
        cells=tuple(_cells(enclosed)),
        column_widths=tuple(wide * share for wide in enclosed.widths),
        orientation=Orientation.PORTRAIT,
        head_rows=(0, 0),
        minimum_heights=dict.fromkeys(range(len(rows)), _LEAST),
    )


def _cells(enclosed: LetterList) -> list[Cell]:
    """Cells of the table: a row whose first cell is blank belongs to the one above, so do its other leading blanks."""
    head, rows = enclosed.head, enclosed.rows
    found = [Cell(0, column, text, CellRole.LABEL) for column, text in enumerate(head)]
    for number, row in enumerate(rows, 1):
        shared = _leading_blanks(row)
        for column, text in enumerate(row):
            if column < shared:
                continue
            span = 1
            while number + span <= len(rows) and column < _leading_blanks(rows[number + span - 1]):
                span += 1
            found.append(
                Cell(number, column, one_line_end(text) or None, _role(enclosed, column, span), row_span=span)
            )
    return found


def _role(enclosed: LetterList, column: int, span: int) -> CellRole:
    """What is shared by several rows is a label, so that a page that cuts it says it again."""
    if column in enclosed.centred:
        return CellRole.LABEL
    return CellRole.LABEL_LEFT if span > 1 else CellRole.TEXT


def _leading_blanks(row: Sequence[str]) -> int:
    """How many cells at a row's beginning go on with those above."""
    return next((column for column, text in enumerate(row) if text), len(row))
