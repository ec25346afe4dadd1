"""A page's part of a grid on a canvas (画表格): thin lines once each, texts in their cells."""

from __future__ import annotations

from collections import defaultdict
from contextlib import nullcontext

from reportlab.pdfgen.canvas import Canvas

from documents.pdf.grid_layout import LaidGrid, Line, fit_of
from documents.pdf.page_division import CellPart, GridPart
from documents.pdf.page_style import LINE_WIDTH
from documents.pdf.painter import copied_as, draw_runs
from forms.sheet import CellRole

_CENTRED = frozenset({CellRole.LABEL, CellRole.CENTERED, CellRole.NUMBER, CellRole.CODE})


def draw_part(canvas: Canvas, grid: LaidGrid, part: GridPart, x: float, top: float) -> None:
    """Draw a part with its upper left corner at (x, top)."""
    for cell_part in part.cells:
        _draw_cell(canvas, grid, cell_part, x, top)
    _draw_lines(canvas, grid, part, x, top)


def _draw_cell(canvas: Canvas, grid: LaidGrid, part: CellPart, x: float, top: float) -> None:
    """The text of one cell: centred in height, from the top where it goes on over pages."""
    laid, style = part.laid, part.laid.style
    lines = laid.lines[part.first : part.last]
    if not lines:
        return
    cell = laid.cell
    left, right = x + grid.edges[cell.column], x + grid.edges[cell.column + cell.column_span]
    pad = fit_of(cell, style)[0]
    room = part.bottom - part.top - 2 * style.pad_y
    shrink = min(1.0, room / (len(lines) * style.line_height)) if laid.is_label else 1.0
    step, size = style.line_height * shrink, style.size * shrink * laid.scale
    air = 0.0 if part.is_cut else (room - len(lines) * step) / 2
    middle = top - part.top - style.pad_y - air - step / 2
    is_one_text = laid.is_label and len(lines) > 1
    with copied_as(canvas, laid.text) if is_one_text else nullcontext():
        for line in lines:
            start = _start(part, line, left + pad, right - pad, shrink)
            draw_runs(canvas, line.runs, start, middle, size)
            middle -= step


def _start(part: CellPart, line: Line, left: float, right: float, shrink: float) -> float:
    """Where a line begins: by the cell's role."""
    cell, width = part.laid.cell, line.width * shrink
    if cell.is_vertical or cell.role in _CENTRED:
        return (left + right - width) / 2
    if cell.role is CellRole.AMOUNT:
        return right - width
    return left + line.indent


def _draw_lines(canvas: Canvas, grid: LaidGrid, part: GridPart, x: float, top: float) -> None:
    """Frame lines: neighbouring cells share them, so each stretch is drawn once."""
    flat: defaultdict[float, set[tuple[float, float]]] = defaultdict(set)
    upright: defaultdict[float, set[tuple[float, float]]] = defaultdict(set)
    for cell_part in part.cells:
        cell = cell_part.laid.cell
        left, right = grid.edges[cell.column], grid.edges[cell.column + cell.column_span]
        low, high = round(cell_part.bottom, 3), round(cell_part.top, 3)
        for y in (low, high):
            flat[y].add((left, right))
        for edge in (left, right):
            upright[edge].add((high, low))
    canvas.setLineWidth(LINE_WIDTH)
    canvas.setLineCap(2)
    for y, stretches in sorted(flat.items()):
        for start, end in joined(stretches):
            canvas.line(x + start, top - y, x + end, top - y)
    for edge, stretches in sorted(upright.items()):
        for start, end in joined(stretches):
            canvas.line(x + edge, top - start, x + edge, top - end)


def joined(stretches: set[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches of one line, those that touch or overlap made one."""
    whole: list[tuple[float, float]] = []
    for start, end in sorted(stretches):
        if whole and start <= whole[-1][1] + 0.01:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole
