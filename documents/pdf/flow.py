"""Pages filled from top to bottom (版面流): blocks kept together, grids that go on over pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from reportlab.pdfgen.canvas import Canvas

from documents.pdf.grid_layout import LaidGrid
from documents.pdf.grid_painter import draw_part
from documents.pdf.page_division import GridPart, divide
from documents.pdf.page_style import Paper

Draw = Callable[[Canvas], None]


@dataclass(frozen=True, slots=True)
class Page:
    """One page ready to be drawn (一页)."""

    paper: Paper
    drawings: list[Draw] = field(default_factory=list)


class Flow:
    """Fills pages of one kind of paper (排版); `top` is where the next block begins."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.pages = [Page(paper)]
        self.top = paper.height - paper.top

    @property
    def room(self) -> float:
        """Height left on the page."""
        return self.top - self.paper.bottom

    def block(self, height: float, draw: Callable[[Canvas, float], None], *, keep: float = 0.0) -> None:
        """A block kept together, drawn by `draw(canvas, top)`; `keep` more points must fit below it."""
        if height + keep > self.room and self.room < self.paper.text_height:
            self._turn()
        top = self.top
        self.pages[-1].drawings.append(lambda canvas: draw(canvas, top))
        self.top -= height

    def space(self, height: float) -> None:
        """Air, dropped at a page's end."""
        self.top = max(self.paper.bottom, self.top - height)

    def grid(self, grid: LaidGrid, *, after: float = 0.0) -> None:
        """A grid, centred between the margins; `after` points must fit below its last row."""
        x = self.paper.left + (self.paper.text_width - grid.width) / 2
        for number, part in enumerate(divide(grid, self.room, self.paper.text_height, after)):
            if number:
                self._turn()
            self._put(grid, part, x)

    def _put(self, grid: LaidGrid, part: GridPart, x: float) -> None:
        top = self.top
        self.pages[-1].drawings.append(lambda canvas: draw_part(canvas, grid, part, x, top))
        self.top -= part.height

    def _turn(self) -> None:
        """Begin the next page."""
        self.pages.append(Page(self.paper))
        self.top = self.paper.height - self.paper.top
