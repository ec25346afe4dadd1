"""An official letter (函) in GB/T 9704 manner: letterhead between red rules, body of 22 lines, 附件 with its table.

Measures of the standard's letter form (GB/T 9704—2012, 10.1): sender's name 30 mm below the upper edge, a red double
rule 4 mm below it and another 20 mm above the lower edge, both 170 mm long; no page number on the first page.
"""

from __future__ import annotations

from functools import partial

from reportlab.pdfgen.canvas import Canvas

from documents.line_breaking import break_lines, width_of
from documents.pdf.flow import Flow, Page
from documents.pdf.font_book import FontBook, Role
from documents.pdf.page_style import A4_LONG, A4_SHORT, MM, Paper
from documents.pdf.painter import draw_text
from documents.printable_text import one_line_end
from documents.return_letter_list import list_pages
from services.ports.letters import Letter

PAPER = Paper(A4_SHORT, A4_LONG, left=28 * MM, right=26 * MM, top=37 * MM, bottom=35 * MM)
"""版心 156 mm × 225 mm."""
BODY_SIZE, TITLE_SIZE, NUMBER_SIZE = 15.75, 22.0, 14.0
"""三号, 二号, 四号."""
LINE = PAPER.text_height / 22
_TITLE_LINE = 34.0
_HEAD_TOP, _RULE_GAP, _RULE_RISE, _RULE_LENGTH = 30 * MM, 4 * MM, 20 * MM, 170 * MM
_HEAD_SIZES = (36.0, 30.0, 26.0, 22.0, 18.0)
_RED = (0.84, 0.0, 0.0)
_NUMBER_DROP = 7 * MM
_SEAL_ROOM = 2 * LINE
_INDENT = "　　"


def letter_pages(letter: Letter, fonts: FontBook) -> list[Page]:
    """The letter's pages, its list on pages of its own, numbered from the second on."""
    flow = Flow(PAPER)
    _head(flow, letter, fonts)
    _title(flow, letter.title, fonts)
    flow.space(LINE)
    _body(flow, letter, fonts)
    pages = [*flow.pages, *list_pages(letter.enclosed, PAPER, fonts)]
    for number, page in enumerate(pages[1:], 2):
        page.drawings.append(partial(_number, fonts=fonts, number=number))
    return pages


def _head(flow: Flow, letter: Letter, fonts: FontBook) -> None:
    """The sender's name in red between its rules, the letter's number at the right below."""
    size, lines = _head_lines(letter.sender, fonts)
    height = len(lines) * size * 1.15
    rule = PAPER.height - _HEAD_TOP - height - _RULE_GAP

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillColorRGB(*_RED)
        canvas.setStrokeColorRGB(*_RED)
        y = PAPER.height - _HEAD_TOP - size * 1.15 / 2
        for line in lines:
            draw_text(canvas, fonts, line, (PAPER.width / 2, y), size, Role.TITLE, 0.5)
            y -= size * 1.15
        _rules(canvas, rule, is_thick_above=True)
        _rules(canvas, _RULE_RISE, is_thick_above=False)
        canvas.restoreState()

    flow.pages[0].drawings.append(draw)
    flow.top = rule - 2 * MM
    for text in _broken(letter.number, fonts):
        flow.block(LINE, partial(_line, fonts=fonts, text=text, x=PAPER.width - PAPER.right, align=1.0))
    flow.space(LINE)


def _head_lines(sender: str, fonts: FontBook) -> tuple[float, list[str]]:
    """The largest size the name fits one line in, else the smallest over lines."""
    text = " ".join(one_line_end(sender).split())
    advance = fonts.advance(Role.TITLE)
    for size in _HEAD_SIZES:
        if width_of(text, advance) * size <= PAPER.text_width:
            return size, [text]
    return _HEAD_SIZES[-1], break_lines(text, PAPER.text_width / _HEAD_SIZES[-1], advance)


def _rules(canvas: Canvas, y: float, *, is_thick_above: bool) -> None:
    """A double rule across the page, thick and thin."""
    left = (PAPER.width - _RULE_LENGTH) / 2
    widths = (2.0, 0.6) if is_thick_above else (0.6, 2.0)
    for width, drop in zip(widths, (0.0, 1.0 * MM), strict=True):
        canvas.setLineWidth(width)
        canvas.line(left, y - drop, left + _RULE_LENGTH, y - drop)


def _title(flow: Flow, title: str, fonts: FontBook) -> None:
    """The title in 小标宋, centred, its lines kept together."""
    advance = fonts.advance(Role.TITLE)
    lines = break_lines(one_line_end(title), PAPER.text_width / TITLE_SIZE, advance)
    for text in lines:

        def draw(canvas: Canvas, top: float, text: str = text) -> None:
            place = (PAPER.width / 2, top - _TITLE_LINE / 2)
            draw_text(canvas, fonts, text, place, TITLE_SIZE, Role.TITLE, 0.5)

        flow.block(_TITLE_LINE, draw)


def _body(flow: Flow, letter: Letter, fonts: FontBook) -> None:
    """Salutation, paragraphs, what is enclosed, signature and date; the last lines stay together."""
    lines = _broken(letter.salutation, fonts)
    for paragraph in letter.paragraphs:
        lines += _broken(f"{_INDENT}{paragraph}", fonts)
    enclosed = _broken(f"{_INDENT}附件：{letter.enclosed.title}", fonts)
    note = _broken(f"{_INDENT}（{letter.note}）", fonts) if letter.note else []
    signed = _signature(letter, fonts)
    rest = (1 + len(enclosed) + len(signed) + len(note)) * LINE + _SEAL_ROOM
    for number, text in enumerate(lines):
        _put(flow, fonts, text, keep=rest if number == len(lines) - 1 else 0.0)
    flow.space(LINE)
    for text in enclosed:
        _put(flow, fonts, text)
    flow.space(_SEAL_ROOM)
    for text, centre in signed:
        flow.block(LINE, partial(_line, fonts=fonts, text=text, x=centre, align=0.5))
    for text in note:
        _put(flow, fonts, text)


def _signature(letter: Letter, fonts: FontBook) -> list[tuple[str, float]]:
    """Sender over the date, both about one middle, the date four characters from the right; a long name moves left."""
    advance = fonts.advance(Role.FILLED)
    right = PAPER.width - PAPER.right
    dated = width_of(letter.dated, advance) * BODY_SIZE
    middle = right - 4 * BODY_SIZE - dated / 2
    names = break_lines(" ".join(one_line_end(letter.sender).split()), PAPER.text_width / BODY_SIZE, advance)
    widest = max(width_of(name, advance) for name in names) * BODY_SIZE
    middle_of_name = min(middle, right - widest / 2)
    return [*((name, middle_of_name) for name in names), (letter.dated, middle)]


def _broken(text: str, fonts: FontBook) -> list[str]:
    """Lines of a paragraph."""
    return break_lines(one_line_end(text), PAPER.text_width / BODY_SIZE, fonts.advance(Role.FILLED))


def _put(flow: Flow, fonts: FontBook, text: str, *, keep: float = 0.0) -> None:
    """One line of the body."""
    flow.block(LINE, partial(_line, fonts=fonts, text=text, x=PAPER.left), keep=keep)


def _line(canvas: Canvas, top: float, fonts: FontBook, text: str, x: float, align: float = 0.0) -> None:
    """Draw a line of the body below `top`."""
    draw_text(canvas, fonts, text, (x, top - LINE / 2), BODY_SIZE, Role.FILLED, align)


def _number(canvas: Canvas, fonts: FontBook, number: int) -> None:
    """The page number between dashes, outside: right on odd pages, left on even ones."""
    is_odd = bool(number % 2)
    x = PAPER.width - PAPER.right - NUMBER_SIZE if is_odd else PAPER.left + NUMBER_SIZE
    place = (x, PAPER.bottom - _NUMBER_DROP)
    draw_text(canvas, fonts, f"— {number} —", place, NUMBER_SIZE, Role.LABEL, 1.0 if is_odd else 0.0)
