"""A sheet laid out on pages (预览排版): every cell's place and lines, head rows again on each page.

Pages break between rows; a row higher than a page goes on over the break; a merged label that a break
cuts stands in each part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF

from forms.sheet import Cell, CellRole, Sheet
from ui.preview.measures import (
    BOTTOM,
    CELL_STYLES,
    CORNER_SIZE,
    FOOT_GAP,
    FOOT_LINE,
    FOOT_SIZE,
    MM,
    ROOM_BETWEEN,
    ROOM_TO_WRITE,
    SIDE,
    SUBTITLE_LINE,
    SUBTITLE_SIZE,
    TITLE_GAP,
    TITLE_LINE,
    TITLE_SIZE,
    TOP,
    CellStyle,
    page_size,
)
from ui.preview.type_setting import LABEL_ROLES, SetText, lines_of, metrics, set_cell


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A line outside the frame (表外文字): title, note, foot; `anchor` 0 left, 0.5 centred, 1 right."""

    text: str
    at: QPointF
    size: float
    anchor: float = 0.0
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell, or the part of it on one page (表内单元格)."""

    cell: Cell
    rect: QRectF
    lines: tuple[str, ...]
    style: CellStyle
    scale: float


@dataclass(slots=True)
class PageLayout:
    """One page (一页)."""

    width: float
    height: float
    texts: list[PlacedText] = field(default_factory=list)
    cells: list[PlacedCell] = field(default_factory=list)

    def cell_at(self, point: QPointF) -> Cell | None:
        """The cell at a point of the page."""
        return next((placed.cell for placed in self.cells if placed.rect.contains(point)), None)


def lay_out(sheet: Sheet) -> list[PageLayout]:
    """The pages of a sheet, in the largest type that keeps it on one page, if any does."""
    pages = _Setting(sheet, CELL_STYLES[0]).pages()
    if len(pages) == 1 or len(_Setting(sheet, CELL_STYLES[-1]).pages()) > 1:
        return pages
    tries = (_Setting(sheet, style).pages() for style in CELL_STYLES[1:])
    return next(found for found in tries if len(found) == 1)


class _Setting:
    """One sheet in one type size (排版过程)."""

    def __init__(self, sheet: Sheet, style: CellStyle) -> None:
        self._sheet = sheet
        self._style = style
        self._width, self._height = page_size(sheet.orientation)
        room = self._width - 2 * SIDE
        factor = min(1.0, room / (sum(sheet.column_widths) * MM))
        self._edges = (0.0, *accumulate(width * MM * factor for width in sheet.column_widths))
        self._left = (self._width - self._edges[-1]) / 2
        self._texts = {id(cell): self._set(cell) for cell in sheet.cells}
        self._row_heights = self._heights()
        self._pages: list[PageLayout] = []
        self._strips: list[dict[int, tuple[float, float]]] = []

    def pages(self) -> list[PageLayout]:
        """The pages."""
        top = self._new_page(self._title_height())
        self._title()
        for row, height in enumerate(self._row_heights):
            top = self._add_row(row, height, top)
        for page, rows in zip(self._pages, self._strips, strict=True):
            self._place_cells(page, rows)
        self._foot(top)
        return self._pages

    def _add_row(self, row: int, height: float, top: float) -> float:
        """Put a row below what is there, on the next page where it does not fit; where the next begins."""
        foot = self._foot_height() if row == self._sheet.row_count - 1 else 0.0
        is_movable = height <= self._page_room or top > self._bottom - 4 * self._style.line
        if self._strips[-1] and is_movable and top + height + foot > self._bottom:
            top = self._turn()
        left = height
        while top + left > self._bottom + 0.01:
            lines = max(int((self._bottom - top - 2 * self._style.pad_y) / self._style.line), 1)
            self._strips[-1][row] = (top, self._bottom)
            left -= lines * self._style.line
            top = self._turn()
        self._strips[-1][row] = (top, top + left)
        return top + left

    @property
    def _bottom(self) -> float:
        return self._height - BOTTOM

    @property
    def _page_room(self) -> float:
        return self._height - TOP - BOTTOM

    def _new_page(self, taken: float) -> float:
        """Begin a page; where its rows begin."""
        self._pages.append(PageLayout(self._width, self._height))
        self._strips.append({})
        return TOP + taken

    def _turn(self) -> float:
        """Begin the next page with the head rows on top."""
        begun = [row for page in self._strips for row in page]
        top = self._new_page(0.0)
        head, until = self._sheet.head_rows, self._sheet.head_until
        if head is not None and max(begun) > head[1] and (until is None or max(begun) + 1 < until):
            for row in range(head[0], head[1] + 1):
                self._strips[-1][row] = (top, top + self._row_heights[row])
                top += self._row_heights[row]
        return top

    def _set(self, cell: Cell) -> SetText:
        """A cell's lines at its width."""
        width = self._edges[cell.column + cell.column_span] - self._edges[cell.column]
        is_tight = cell.role in LABEL_ROLES or cell.role is CellRole.CENTERED
        return set_cell(cell, width - 2 * (0.7 * MM if is_tight else self._style.pad_x), self._style.size)

    def _heights(self) -> list[float]:
        """Row heights: the least, what one-row cells need, then what merged cells still lack."""
        style, sheet = self._style, self._sheet
        least = style.line + 2 * style.pad_y
        heights = [
            max(least, sheet.minimum_heights.get(row, 0.0) * MM * style.row_factor)
            for row in range(sheet.row_count)
        ]
        for cell in sorted(sheet.cells, key=lambda one: one.row_span):
            need = len(self._texts[id(cell)].lines) * style.line + 2 * style.pad_y
            rows = range(cell.row, cell.row + cell.row_span)
            lack = need - sum(heights[row] for row in rows)
            if lack > 0 and not cell.is_vertical:
                for row in rows:
                    heights[row] += lack / cell.row_span
        return heights

    def _place_cells(self, page: PageLayout, rows: dict[int, tuple[float, float]]) -> None:
        """Put the cells of a page's rows in their places."""
        for cell in self._sheet.cells:
            mine = [rows[row] for row in range(cell.row, cell.row + cell.row_span) if row in rows]
            if not mine:
                continue
            top, bottom = min(strip[0] for strip in mine), max(strip[1] for strip in mine)
            left, right = self._edges[cell.column], self._edges[cell.column + cell.column_span]
            rect = QRectF(self._left + left, top, right - left, bottom - top)
            text = self._texts[id(cell)]
            lines = text.lines
            if cell.role not in LABEL_ROLES:
                fits = max(int((rect.height() - 2 * self._style.pad_y) / self._style.line + 0.01), 1)
                self._texts[id(cell)] = SetText(lines[fits:], text.scale)
                lines = lines[:fits]
            page.cells.append(PlacedCell(cell, rect, lines, self._style, text.scale))

    def _title_lines(self) -> list[str]:
        """The title, broken when it is longer than the page is wide."""
        return lines_of(self._sheet.title, self._width - 2 * SIDE, TITLE_SIZE)

    def _title_height(self) -> float:
        """Height of title, the line under it, and the gap."""
        lines = 2 if self._sheet.subtitle and self._sheet.corner and not self._shares_line() else 1
        below = lines * SUBTITLE_LINE if self._sheet.subtitle or self._sheet.corner else 0.0
        return len(self._title_lines()) * TITLE_LINE + below + TITLE_GAP

    def _shares_line(self) -> bool:
        """Whether the note at the right has room beside the line under the title."""
        half = metrics(SUBTITLE_SIZE).horizontalAdvance(self._sheet.subtitle) / 2
        note = metrics(CORNER_SIZE).horizontalAdvance(self._sheet.corner)
        return half + SUBTITLE_SIZE + note < self._edges[-1] / 2

    def _title(self) -> None:
        """Title and the line under it, the unit note at the frame's right edge."""
        texts, centre, y = self._pages[0].texts, self._width / 2, TOP + TITLE_LINE / 2
        for line in self._title_lines():
            texts.append(PlacedText(line, QPointF(centre, y), TITLE_SIZE, 0.5, is_bold=True))
            y += TITLE_LINE
        y += (SUBTITLE_LINE - TITLE_LINE) / 2
        if self._sheet.subtitle:
            texts.append(PlacedText(self._sheet.subtitle, QPointF(centre, y), SUBTITLE_SIZE, 0.5))
            y += 0.0 if self._shares_line() else SUBTITLE_LINE
        if self._sheet.corner:
            right = self._left + self._edges[-1]
            texts.append(PlacedText(self._sheet.corner, QPointF(right, y), CORNER_SIZE, 1.0))

    def _foot_columns(self) -> int:
        """As many signers side by side as leave each its room."""
        items, measure = self._sheet.foot, metrics(FOOT_SIZE)
        need = max(
            (
                measure.horizontalAdvance(i) + (ROOM_TO_WRITE if i.endswith("：") else ROOM_BETWEEN)
                for i in items
            ),
            default=0.0,
        )
        tries: Sequence[int] = (len(items), -(-len(items) // 2), -(-len(items) // 3))
        return next((count for count in tries if count and count * need <= self._edges[-1]), 1)

    def _foot_height(self) -> float:
        """Height of the foot line with the gap above."""
        rows = -(-len(self._sheet.foot) // self._foot_columns())
        return FOOT_GAP + rows * FOOT_LINE if rows else 0.0

    def _foot(self, top: float) -> None:
        """填报人 … 单位（盖章） below the frame."""
        columns = self._foot_columns()
        step = self._edges[-1] / columns
        for number, item in enumerate(self._sheet.foot):
            row, column = divmod(number, columns)
            at = QPointF(self._left + column * step, top + FOOT_GAP + (row + 0.5) * FOOT_LINE)
            self._pages[-1].texts.append(PlacedText(item, at, FOOT_SIZE))
