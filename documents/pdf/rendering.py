"""Pages written as one PDF (生成 PDF): page furniture, document data, the same bytes for the same input."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

from documents.pdf.flow import Page
from documents.pdf.font_book import FontBook, Role
from documents.pdf.page_style import FOOTER_RISE, FOOTER_SIZE, HEADER_DROP
from documents.pdf.painter import draw_text
from models.domain.check_code import spaced_check_code
from services.ports.documents import PageMarks

_MAKER = "预算绩效工作台"
_MARK_SIZE = 12.0
Furnish = Callable[[Canvas, Page, PageMarks, FontBook, str], None]
"""Draws what stands outside the frame of a page, given its numbering in words."""
LOCK = threading.Lock()
"""reportlab's faces read their files with one shared position: one PDF is made at a time."""


def mark_above(canvas: Canvas, page: Page, marks: PageMarks, fonts: FontBook, _numbering: str = "") -> None:
    """The mark above alone, for letters that number their pages themselves."""
    paper = page.paper
    if marks.mark:
        place = (paper.width - paper.right, paper.height - HEADER_DROP)
        draw_text(canvas, fonts, marks.mark.value, place, _MARK_SIZE, Role.STRONG, 1.0)


def furniture(canvas: Canvas, page: Page, marks: PageMarks, fonts: FontBook, numbering: str) -> None:
    """What stands outside the frame: the mark above, page number and 核对码 below."""
    paper = page.paper
    mark_above(canvas, page, marks, fonts)
    draw_text(canvas, fonts, numbering, (paper.width / 2, FOOTER_RISE), FOOTER_SIZE, align=0.5)
    if marks.check_code:
        code = f"核对码：{spaced_check_code(marks.check_code)}"
        draw_text(canvas, fonts, code, (paper.left, FOOTER_RISE), FOOTER_SIZE)


def render(
    pages: Sequence[Page], marks: PageMarks, fonts: FontBook, title: str, furnish: Furnish = furniture
) -> bytes:
    """Draw the pages with mark and footer; no time, no random name goes into the file."""
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(pages[0].paper.width, pages[0].paper.height),
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 5),
        initialFontName=fonts.font(Role.LABEL).fontName,  # type: ignore[arg-type]  # the stub says float
        lang="zh-CN",
    )
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator(_MAKER)
    canvas.setProducer(_MAKER)
    for number, page in enumerate(pages, 1):
        canvas.setPageSize((page.paper.width, page.paper.height))
        for draw in page.drawings:
            draw(canvas)
        furnish(canvas, page, marks, fonts, f"第 {number} 页　共 {len(pages)} 页")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
