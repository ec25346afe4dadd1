"""Worksheet rows of a grid (行高): heights that cut no text, tall rows over several worksheet rows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate

from documents.spreadsheet.cell_setting import POINTS_PER_MM, ROOMY, CellSetting
from forms.sheet import Cell, Sheet

_HIGHEST = 240.0
"""Excel allows 409 points a row; a high one is spread over several, so that a page can break between them."""
_CHUNK_LINES = 6
"""Lines of the rows a high one is spread over."""
_PIXEL = 0.75
"""Row heights are whole pixels of 96 dpi: Excel rounds others."""


@dataclass(frozen=True, slots=True)
class RowPlan:
    """Worksheet rows of a grid (行安排): `starts[r]` is the first (0-based) of grid row r, `heights` of all in points."""

    starts: tuple[int, ...]
    heights: tuple[float, ...]
    setting: CellSetting

    def span(self, cell: Cell) -> tuple[int, int]:
        """First worksheet row of a cell and the one behind its last, 0-based."""
        return self.starts[cell.row], self.starts[cell.row + cell.row_span]

    def is_tall(self, cell: Cell) -> bool:
        """Whether one of the cell's grid rows takes several worksheet rows."""
        top, behind = self.span(cell)
        return behind - top > cell.row_span


def plan_rows(sheet: Sheet, cells: tuple[Cell, ...], setting: CellSetting = ROOMY) -> RowPlan:
    """Heights for the texts, never below the setting's share of the sheet's least heights."""
    edges = (0.0, *accumulate(sheet.column_widths))
    least = setting.line + setting.air
    heights = [
        max(least, sheet.minimum_heights.get(row, 0.0) * POINTS_PER_MM * setting.row_factor)
        for row in range(sheet.row_count)
    ]
    for cell in sorted(cells, key=lambda cell: cell.row_span):
        width = edges[cell.column + cell.column_span] - edges[cell.column]
        missing = setting.height(cell, width) - sum(heights[cell.row : cell.row + cell.row_span])
        if missing > 0:
            for row in range(cell.row, cell.row + cell.row_span):
                heights[row] += missing / cell.row_span
    chunk = _CHUNK_LINES * setting.line
    counts = [1 if height <= _HIGHEST else math.ceil(height / chunk) for height in heights]
    spread = [
        math.ceil(height / count / _PIXEL) * _PIXEL
        for height, count in zip(heights, counts, strict=True)
        for _ in range(count)
    ]
    return RowPlan((0, *accumulate(counts)), tuple(spread), setting)
