"""Lines of text on a canvas (画字): runs by face, boxes as lines, and what a reader copies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reportlab.pdfgen.canvas import Canvas

from documents.pdf.font_book import FontBook, Role, Run, RunKind
from documents.printable_text import STAND_IN, is_control

_ASCENT = 0.38
"""From the middle of a full square down to its baseline, in ems (Chinese faces: 0.88 above, 0.12 below)."""


@contextmanager
def copied_as(canvas: Canvas, text: str) -> Iterator[None]:
    """What is drawn inside is copied and searched as `text` (ActualText, PDF 32000-1 §14.9.4)."""
    code = ("\ufeff" + text).encode("utf-16-be", "replace").hex().upper()
    canvas.addLiteral(f"/Span << /ActualText <{code}> >> BDC")
    yield
    canvas.addLiteral("EMC")


def draw_runs(canvas: Canvas, runs: tuple[Run, ...], x: float, middle: float, size: float) -> None:
    """Draw runs from x on, full squares centred on the height `middle`."""
    baseline = middle - _ASCENT * size
    for run in runs:
        if run.kind is RunKind.GLYPHS:
            _show(canvas, run, run.text, x, baseline, size)
        else:
            with copied_as(canvas, STAND_IN if is_control(run.text) else run.text):
                if run.kind is RunKind.BOX:
                    _box(canvas, run.text, x, middle, size)
                    _show(canvas, run, " ", x, baseline, size, is_visible=False)
                else:
                    _show(canvas, run, STAND_IN, x, baseline, size)
        x += run.width * size


def draw_text(
    canvas: Canvas,
    fonts: FontBook,
    text: str,
    place: tuple[float, float],
    size: float,
    role: Role = Role.LABEL,
    align: float = 0.0,
) -> float:
    """Draw one line at (x, middle); `align` 0 starts, 0.5 centres, 1 ends at x. Its width."""
    runs = fonts.runs(text, role)
    width = sum(run.width for run in runs) * size
    draw_runs(canvas, runs, place[0] - align * width, place[1], size)
    return width


def _show(
    canvas: Canvas, run: Run, text: str, x: float, baseline: float, size: float, *, is_visible: bool = True
) -> None:
    """One text operator; an invisible text is there for readers that copy only."""
    line = canvas.beginText(x, baseline)
    line.setFont(run.font.fontName, size)
    if not is_visible:
        line.setTextRenderMode(3)
    line.textOut(text)
    if not is_visible:
        line.setTextRenderMode(0)
    canvas.drawText(line)


def _box(canvas: Canvas, char: str, x: float, middle: float, size: float) -> None:
    """A tick box with or without its mark."""
    edge = 0.74 * size
    left, low = x + (size - edge) / 2, middle - edge / 2
    canvas.setLineWidth(0.055 * size)
    canvas.rect(left, low, edge, edge)
    canvas.setLineWidth(0.08 * size)
    if char == "☑":
        path = canvas.beginPath()
        path.moveTo(left + 0.18 * edge, low + 0.52 * edge)
        path.lineTo(left + 0.42 * edge, low + 0.24 * edge)
        path.lineTo(left + 0.84 * edge, low + 0.8 * edge)
        canvas.drawPath(path)
    elif char == "☒":
        canvas.line(left + 0.2 * edge, low + 0.2 * edge, left + 0.8 * edge, low + 0.8 * edge)
        canvas.line(left + 0.2 * edge, low + 0.8 * edge, left + 0.8 * edge, low + 0.2 * edge)
