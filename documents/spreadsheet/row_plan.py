"""Worksheet rows of a grid (行高): heights that cut no text, tall rows over several worksheet rows.

Excel and LibreOffice break lines themselves, with whatever font the machine has: widths are estimated on
the safe side, so a row is rather a little too high than a line too low.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate

from documents.line_breaking import break_lines, width_of
from documents.sheet_grid import LABEL_ROLES, cell_text, is_number
from forms.sheet import Cell, CellRole, Sheet

POINTS_PER_MM = 72 / 25.4
BODY_SIZE = 10.5
_LINE = 15.8
"""Height of a line of 五号 in points; the fonts of Linux desks are higher than 宋体."""
_UPRIGHT_LINE = 17.0
_AIR = 5.0
_CELL_MARGIN = 6.0
"""Points a spreadsheet keeps free beside the text, left and right together."""
_CAUTION = 0.95
_HIGHEST = 240.0
"""Excel allows 409 points a row; a high one is spread over several, so that a page can break between them."""
_CHUNK = 6 * _LINE
"""Height of the rows a high one is spread over."""
_PIXEL = 0.75
"""Row heights are whole pixels of 96 dpi: Excel rounds others."""
_LEAST_SCALE, _LEAST_SCALE_LEFT = 0.86, 0.78
"""A label needing less than this of its size is broken into lines instead."""


@dataclass(frozen=True, slots=True)
class RowPlan:
    """Worksheet rows of a grid (行安排): `starts[r]` is the first (0-based) of grid row r, `heights` of all in points."""

    starts: tuple[int, ...]
    heights: tuple[float, ...]

    def span(self, cell: Cell) -> tuple[int, int]:
        """First worksheet row of a cell and the one behind its last, 0-based."""
        return self.starts[cell.row], self.starts[cell.row + cell.row_span]

    def is_tall(self, cell: Cell) -> bool:
        """Whether one of the cell's grid rows takes several worksheet rows."""
        top, behind = self.span(cell)
        return behind - top > cell.row_span


def plan_rows(sheet: Sheet, cells: tuple[Cell, ...]) -> RowPlan:
    """Heights for the texts, never below the sheet's least heights."""
    edges = (0.0, *accumulate(sheet.column_widths))
    heights = [
        max(_LINE + _AIR, sheet.minimum_heights.get(row, 0.0) * POINTS_PER_MM)
        for row in range(sheet.row_count)
    ]
    for cell in sorted(cells, key=lambda cell: cell.row_span):
        width = edges[cell.column + cell.column_span] - edges[cell.column]
        missing = text_height(cell, width) - sum(heights[cell.row : cell.row + cell.row_span])
        if missing > 0:
            for row in range(cell.row, cell.row + cell.row_span):
                heights[row] += missing / cell.row_span
    counts = [1 if height <= _HIGHEST else math.ceil(height / _CHUNK) for height in heights]
    spread = [
        math.ceil(height / count / _PIXEL) * _PIXEL
        for height, count in zip(heights, counts, strict=True)
        for _ in range(count)
    ]
    return RowPlan((0, *accumulate(counts)), tuple(spread))


def text_height(cell: Cell, width: float) -> float:
    """Points a cell's text needs in a column of `width` mm."""
    text = shown_text(cell, width)
    if not text:
        return 0.0
    if cell.is_vertical:
        return len("".join(text.split())) * _UPRIGHT_LINE + _AIR
    if may_shrink(cell, width):
        return _LINE + _AIR
    return len(break_lines(text, max(_room(width), 1.0), em_width)) * _LINE + _AIR


def shown_text(cell: Cell, width: float) -> str:
    """The cell's text; a label like 　　　　其他资金 too wide for its column keeps only the blanks that fit."""
    text = cell_text(cell)
    bare = text.lstrip("\u3000")
    if cell.role is not CellRole.LABEL_LEFT or bare == text or "\n" in text:
        return text
    blanks = int(max(0.0, min(len(text) - len(bare), _room(width) - width_of(bare, em_width))))
    return "\u3000" * blanks + bare


def may_shrink(cell: Cell, width: float) -> bool:
    """Whether a text is set smaller to stay on one line: a label a little too wide, a number that is wider.

    A spreadsheet shows ##### for a number that does not fit.
    """
    text = shown_text(cell, width)
    if is_number(cell):
        return width_of(text, em_width) > _room(width)
    if cell.role not in LABEL_ROLES or cell.is_vertical or not text or "\n" in text:
        return False
    least = _LEAST_SCALE_LEFT if cell.role is CellRole.LABEL_LEFT else _LEAST_SCALE
    return least <= _room(width) / width_of(text, em_width) < 1


def _room(width: float) -> float:
    """Ems of body text a column of `width` mm is sure to hold."""
    return (width * POINTS_PER_MM - _CELL_MARGIN) * _CAUTION / BODY_SIZE


def em_width(char: str) -> float:
    """Estimated width in ems: half squares for Latin, full ones for all else."""
    return 0.56 if char < "\u02b0" else 1.0
