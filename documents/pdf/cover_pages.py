"""A printable cover or application page (封面): 核对码 in large groups, facts, contents, notes, foot line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from documents.line_breaking import break_lines, width_of
from documents.pdf.flow import Flow, Page
from documents.pdf.font_book import FontBook, Role
from documents.pdf.foot_line import draw_foot, lay_foot
from documents.pdf.grid_layout import lay_grid
from documents.pdf.page_style import MM, PORTRAIT, GridStyle
from documents.pdf.painter import draw_text
from forms.sheet import Cell, CellRole, Orientation, Sheet
from models.domain.check_code import spaced_check_code
from services.ports.documents import Cover, CoverLine, PageMarks

_TITLE_SIZE, _TITLE_LINE = 24.0, 36.0
_CODE_SIZE = 21.5
_BOX_WIDTH, _BOX_HEIGHT, _BOX_GAP = 29.5 * MM, 13 * MM, 4 * MM
_NOTE_SIZE, _NOTE_LINE = 10.5, 16.5
_HEADING_SIZE = 12.0
_SPACED_CODE = re.compile(r"[A-Z2-7]{4}( [A-Z2-7]{4}){3}")
_STYLE = GridStyle(pad_x=2 * MM, pad_y=1.2 * MM)
_LABEL_WIDTH = 42.0
_FOOT_GAP = 6 * MM
_WIDTH = PORTRAIT.text_width / MM
_AMOUNT = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})*\.[0-9]{2,}( 万元)?")
_SHORT = 12
"""A column whose longest text has fewer ems than this is centred."""
_LONG = 48.0
"""Ems beyond which the length of a text gives its column no more of the page."""


def cover_pages(cover: Cover, marks: PageMarks, fonts: FontBook) -> list[Page]:
    """The pages of a cover; a long list of contents goes on over pages."""
    flow = Flow(PORTRAIT)
    _title(flow, cover.title, fonts)
    codes, facts = _codes_and_facts(cover, marks)
    for label, code in codes:
        _code(flow, label, code, fonts)
    if codes:
        flow.space(4 * MM)
    if facts:
        flow.grid(lay_grid(_facts_sheet(facts), PORTRAIT.text_width, _STYLE, fonts))
        flow.space(4 * MM)
    lists = ((cover.contents_head, cover.contents), (cover.enclosures_head, cover.enclosures))
    for head, rows in lists:
        if rows:
            flow.grid(lay_grid(_list_sheet(head, rows, fonts), PORTRAIT.text_width, _STYLE, fonts))
            flow.space(4 * MM)
    foot = lay_foot(cover.foot, PORTRAIT.text_width, fonts)
    _notes(flow, cover.notes, fonts, keep=foot.height + _FOOT_GAP)
    if foot.items:
        flow.space(_FOOT_GAP)
        flow.block(foot.height, lambda canvas, top: draw_foot(canvas, fonts, foot, PORTRAIT.left, top))
    return flow.pages


def _codes_and_facts(cover: Cover, marks: PageMarks) -> tuple[list[tuple[str, str]], list[CoverLine]]:
    """Check codes people compare, each with its label, and the facts that are none.

    The code of the page marks comes first, under the label a fact gives it, else 核对码.
    """
    codes = [(fact.label, fact.value) for fact in cover.facts if _SPACED_CODE.fullmatch(fact.value)]
    own = spaced_check_code(marks.check_code)
    if own and own not in [code for _, code in codes]:
        codes.insert(0, ("核对码", own))
    codes.sort(key=lambda pair: pair[1] != own)
    return codes, [fact for fact in cover.facts if not _SPACED_CODE.fullmatch(fact.value)]


def _title(flow: Flow, title: str, fonts: FontBook) -> None:
    """Title in 小标宋 over a thick and a thin rule."""
    lines = break_lines(title, flow.paper.text_width / _TITLE_SIZE, fonts.advance(Role.TITLE))
    height = 6 * MM + len(lines) * _TITLE_LINE + 9 * MM

    def draw(canvas: Canvas, top: float) -> None:
        y = top - 6 * MM - _TITLE_LINE / 2
        for line in lines:
            draw_text(canvas, fonts, line, (flow.paper.width / 2, y), _TITLE_SIZE, Role.TITLE, 0.5)
            y -= _TITLE_LINE
        y += _TITLE_LINE / 2 - 3 * MM
        for width, drop in ((1.6, 0.0), (0.5, 1.1 * MM)):
            canvas.setLineWidth(width)
            canvas.line(flow.paper.left, y - drop, flow.paper.width - flow.paper.right, y - drop)

    flow.block(height, draw)


def _code(flow: Flow, label: str, code: str, fonts: FontBook) -> None:
    """A check code in boxes of four characters, large enough to be read aloud, its label before it."""
    groups = code.split()
    left = flow.paper.width - flow.paper.right - len(groups) * (_BOX_WIDTH + _BOX_GAP) + _BOX_GAP

    def draw(canvas: Canvas, top: float) -> None:
        middle = top - _BOX_HEIGHT / 2
        place = ((flow.paper.left + left) / 2, middle)
        draw_text(canvas, fonts, label, place, _HEADING_SIZE, Role.STRONG, 0.5)
        for index, group in enumerate(groups):
            x = left + index * (_BOX_WIDTH + _BOX_GAP)
            canvas.setLineWidth(0.8)
            canvas.roundRect(x, middle - _BOX_HEIGHT / 2, _BOX_WIDTH, _BOX_HEIGHT, 1.2 * MM)
            draw_text(canvas, fonts, group, (x + _BOX_WIDTH / 2, middle), _CODE_SIZE, Role.STRONG, 0.5)

    flow.block(_BOX_HEIGHT + 3 * MM, draw)


def _facts_sheet(facts: list[CoverLine]) -> Sheet:
    """Facts as a grid of label and value."""
    cells = [
        cell
        for row, fact in enumerate(facts)
        for cell in (
            Cell(row, 0, fact.label, CellRole.LABEL),
            Cell(row, 1, fact.value or None, CellRole.TEXT),
        )
    ]
    return _plain_sheet(cells, (_LABEL_WIDTH, _WIDTH - _LABEL_WIDTH), len(facts))


def _list_sheet(heads: tuple[str, ...], lines: tuple[tuple[str, ...], ...], fonts: FontBook) -> Sheet:
    """Contents as a grid: column widths by the longest text, the head repeated on every page."""
    head = (heads,) if heads else ()
    rows = (*head, *lines)
    count = max(len(row) for row in rows)
    advance = fonts.advance(Role.LABEL)
    ems = [
        max((width_of(row[column], advance) for row in rows if column < len(row)), default=0.0)
        for column in range(count)
    ]
    roles = [
        _contents_role([line[column] for line in lines if column < len(line)], ems[column])
        for column in range(count)
    ]
    cells = [
        Cell(number, column, text or None, CellRole.LABEL if number < len(head) else roles[column])
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
    ]
    return _plain_sheet(cells, _shared_widths(ems), len(rows), head_rows=(0, 0) if head else None)


def _contents_role(texts: Sequence[str], longest: float) -> CellRole:
    """Amounts stand at the right, other short columns in the middle, long ones at the left."""
    if all(_AMOUNT.fullmatch(text) for text in texts if text) and any(texts):
        return CellRole.AMOUNT
    return CellRole.CENTERED if longest < _SHORT else CellRole.TEXT


def _shared_widths(ems: list[float]) -> tuple[float, ...]:
    """Widths in mm that fill the page: short columns get what they ask for, long ones share the rest.

    Whole paragraphs count no more than a few lines would, else they press names beside them into one character a line.
    """
    wanted = [min(width, _LONG) * _STYLE.size / MM + 4.6 for width in ems]
    short = sum(width for width, em in zip(wanted, ems, strict=True) if em < _SHORT)
    long = sum(wanted) - short
    rest = max(_WIDTH - short, _WIDTH / 3)
    shares = [width if em < _SHORT else width * rest / long for width, em in zip(wanted, ems, strict=True)]
    factor = _WIDTH / sum(shares)
    return tuple(width * factor for width in shares)


def _plain_sheet(
    cells: list[Cell], widths: tuple[float, ...], rows: int, head_rows: tuple[int, int] | None = None
) -> Sheet:
    """A grid without title, for the layout the forms use."""
    return Sheet(
        name="",
        title="",
        subtitle="",
        cells=tuple(cells),
        column_widths=widths,
        orientation=Orientation.PORTRAIT,
        head_rows=head_rows,
        minimum_heights=dict.fromkeys(range(rows), 9.0),
    )


def _notes(flow: Flow, notes: tuple[str, ...], fonts: FontBook, keep: float) -> None:
    """Notes in 楷体, numbered when there are several, the number hanging; the last keeps the foot line with it."""
    advance = fonts.advance(Role.NOTE)
    indent = 2 * _NOTE_SIZE if len(notes) > 1 else 0.0
    for number, note in enumerate(notes, 1):
        lines = break_lines(note, (flow.paper.text_width - indent) / _NOTE_SIZE, advance)

        def draw(canvas: Canvas, top: float, lines: list[str] = lines, number: int = number) -> None:
            y = top - _NOTE_LINE / 2
            if indent:
                draw_text(canvas, fonts, f"{number}．", (flow.paper.left, y), _NOTE_SIZE, Role.NOTE)
            for line in lines:
                draw_text(canvas, fonts, line, (flow.paper.left + indent, y), _NOTE_SIZE, Role.NOTE)
                y -= _NOTE_LINE

        flow.block(len(lines) * _NOTE_LINE + 1.5, draw, keep=keep if number == len(notes) else 0.0)
