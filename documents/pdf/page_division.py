"""Where a table breaks over pages (表格分页).

Pages break between rows; head rows come again on each further page; a merged label that a break cuts is
drawn on each part with its text; filled text that a break cuts goes on in the next part. A row too tall
to be moved whole is split between lines. Heights are computed anew for what is left at the start of each
page, so that a text that goes on gets exactly the room it still needs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from documents.pdf.grid_layout import LaidCell, LaidGrid

_TALL = 0.35
"""A row taller than this share of a page may be split; a lower one moves whole."""
_LEAST_LINES = 3
"""Fewer lines than this are not left at the foot of a page."""
_SLACK = 0.01
"""Points of rounding that do not count."""


@dataclass(frozen=True, slots=True)
class CellPart:
    """The part of a cell on one page (单元格分页部分): lines from `first` up to `last`, edges from the part's top.

    `is_cut` when the cell goes on from the page before or on the next one.
    """

    laid: LaidCell
    first: int
    last: int
    top: float
    bottom: float
    is_cut: bool


@dataclass(frozen=True, slots=True)
class GridPart:
    """The part of a grid on one page (表格分页部分); without cells when not even a row fitted."""

    cells: tuple[CellPart, ...]
    height: float


@dataclass(slots=True)
class _Page:
    """Strips of one page while it is filled: row → (top, bottom)."""

    strips: dict[int, tuple[float, float]] = field(default_factory=dict)
    height: float = 0.0

    def add(self, row: int, height: float) -> None:
        """Put a row, or a piece of it, below what is there."""
        self.strips[row] = (self.height, self.height + height)
        self.height += height

    def cut_to(self, stop: int) -> None:
        """Take off the rows from `stop` on."""
        self.strips = {row: strip for row, strip in self.strips.items() if row < stop}
        self.height = max(bottom for _, bottom in self.strips.values())


def divide(grid: LaidGrid, first: float, later: float, after: float = 0.0) -> list[GridPart]:
    """Parts of the grid: `first` points of room on the first page, `later` on the others.

    `after` is what must still fit below the last row (the foot line); when it does not, the last row goes
    on the next page with it.
    """
    return _Division(grid, later, after).parts(first)


class _Division:
    """The state of a division: the next row, whether it goes on, and lines already set per cell."""

    def __init__(self, grid: LaidGrid, later: float, after: float) -> None:
        self._grid = grid
        self._later = later
        self._after = after
        self._next = 0
        self._goes_on = False
        self._done = [0] * len(grid.cells)
        self._repeats = [laid.is_label and laid.need(len(laid.lines)) < later / 2 for laid in grid.cells]

    def parts(self, first: float) -> list[GridPart]:
        """Fill page after page until the rows are used up."""
        parts: list[GridPart] = []
        room = first
        while self._next < self._grid.row_count:
            parts.append(self._fill(room, may_stay_empty=room < self._later - _SLACK))
            room = self._later
        return parts

    def _head_rows(self) -> range:
        """Head rows to be repeated on this page."""
        head, until = self._grid.head_rows, self._grid.head_until
        is_wanted = head is not None and self._next > head[1] and (until is None or self._next < until)
        return range(head[0], head[1] + 1) if head and is_wanted else range(0)

    def _heights(self, head: range) -> dict[int, float]:
        """Heights of head rows and of all rows still to come, for what is still to be set."""
        grid = self._grid
        rows = [*head, *range(self._next, grid.row_count)]
        heights = {row: min(grid.minimums[row], self._later / 2) for row in rows}
        if self._goes_on:
            heights[self._next] = grid.style.line_height + 2 * grid.style.pad_y
        for index in sorted(range(len(grid.cells)), key=lambda i: grid.cells[i].cell.row_span):
            laid = grid.cells[index]
            mine = [row for row in range(laid.cell.row, laid.end) if row in heights]
            growing = [row for row in mine if row >= self._next] or mine
            is_all = self._repeats[index] or laid.end <= self._next
            lines = len(laid.lines) - (0 if is_all else self._done[index])
            missing = laid.need(lines) - sum(heights[row] for row in mine)
            if missing > 0:
                for row in growing:
                    heights[row] += missing / len(growing)
        return heights

    def _fill(self, room: float, *, may_stay_empty: bool) -> GridPart:
        """One page: as many rows as fit, then the break."""
        head = self._head_rows()
        heights = self._heights(head)
        page = _Page()
        for row in head:
            page.add(row, heights[row])
        stop, last = self._next, self._grid.row_count - 1
        while stop <= last and page.height + heights[stop] + self._below(stop) <= room + _SLACK:
            page.add(stop, heights[stop])
            stop += 1
        if stop > last:
            return self._close(page, stop)
        space = min(room - page.height, heights[stop] - (self._piece() if stop == last else 0.0))
        if self._may_split(stop, heights[stop], space):
            return self._close_split(page, stop, space)
        if stop > self._next:
            better = self._better_break(stop, page)
            page.cut_to(better)
            return self._close(page, better)
        if may_stay_empty:
            return GridPart((), 0.0)
        return self._force(page, stop, heights[stop], room - page.height)

    def _force(self, page: _Page, row: int, height: float, space: float) -> GridPart:
        """A row that fits no page: split between lines, or drawn as it is when it has none to split."""
        if height > space + _SLACK and self._has_text(row):
            return self._close_split(page, row, space)
        page.add(row, height)
        return self._close(page, row + 1)

    def _below(self, row: int) -> float:
        """What must fit below a row: the foot below the last one."""
        return self._after if row == self._grid.row_count - 1 else 0.0

    def _piece(self) -> float:
        """Height of the least piece of a row that may stand alone."""
        style = self._grid.style
        return _LEAST_LINES * style.line_height + 2 * style.pad_y

    def _has_text(self, row: int) -> bool:
        """Whether a row holds text of several lines that can go on after a break."""
        return any(
            not self._repeats[i] and laid.cell.row <= row < laid.end and len(laid.lines) - self._done[i] > 1
            for i, laid in enumerate(self._grid.cells)
        )

    def _may_split(self, row: int, height: float, space: float) -> bool:
        """Whether a row is cut between lines: it is tall, and enough lines go above the cut."""
        is_tall = height > _TALL * self._later
        return is_tall and space >= self._piece() and self._has_text(row)

    def _close_split(self, page: _Page, row: int, space: float) -> GridPart:
        """Close the page inside a row: whole lines above the cut, the rest of them on the next page."""
        style = self._grid.style
        lines = max(1, int((space - 2 * style.pad_y + _SLACK) // style.line_height))
        page.add(row, lines * style.line_height + 2 * style.pad_y)
        return self._close(page, row, goes_on=True)

    def _better_break(self, stop: int, page: _Page) -> int:
        """The break itself or a row above it: heads keep a row below them, cut labels keep their room."""
        head, wanted = self._grid.head_rows, stop
        for _ in range(self._grid.row_count):
            before = stop
            if head and head[0] < stop <= head[1] + 1:
                stop = head[0]
            for index, laid in enumerate(self._grid.cells):
                if not self._repeats[index] or not max(laid.cell.row, self._next) < stop < laid.end:
                    continue
                tops = [page.strips[row][0] for row in range(laid.cell.row, stop) if row in page.strips]
                bottoms = [page.strips[row][1] for row in range(laid.cell.row, stop) if row in page.strips]
                if max(bottoms) - min(tops) + _SLACK < laid.need(len(laid.lines)):
                    stop = max(laid.cell.row, self._next)
            if stop == before or stop <= self._next:
                break
        return stop if stop > self._next else wanted

    def _close(self, page: _Page, stop: int, *, goes_on: bool = False) -> GridPart:
        """Set the lines of every cell that stands on the page, and note what is done."""
        parts: list[CellPart] = []
        for index, laid in enumerate(self._grid.cells):
            strips = [page.strips[row] for row in range(laid.cell.row, laid.end) if row in page.strips]
            if not strips:
                continue
            top, bottom = min(s[0] for s in strips), max(s[1] for s in strips)
            ends_here = laid.end <= stop
            parts.append(self._cell_part(index, top, bottom, ends_here=ends_here))
        self._next, self._goes_on = stop, goes_on
        return GridPart(tuple(parts), page.height)

    def _cell_part(self, index: int, top: float, bottom: float, *, ends_here: bool) -> CellPart:
        """The lines of one cell that stand between two edges."""
        laid = self._grid.cells[index]
        count, done = len(laid.lines), self._done[index]
        is_head_again = laid.end <= self._next
        if self._repeats[index] or is_head_again:
            return CellPart(laid, 0, count, top, bottom, is_cut=False)
        fit = int((bottom - top - 2 * laid.style.pad_y + _SLACK) // laid.style.line_height)
        last = count if ends_here else min(count, done + max(0, fit))
        self._done[index] = last
        goes_on = self._goes_on and laid.cell.row == self._next
        is_cut = not ends_here or laid.cell.row < self._next or goes_on
        return CellPart(laid, done, last, top, bottom, is_cut)
