"""Measures of a page on the screen (预览版面尺寸), in tenths of a point, so that type sizes are whole numbers.

They are the printed form's: title 小标宋 20 pt, cells 五号 10.5 pt, smaller only where that brings the form
onto one page.
"""

from __future__ import annotations

from dataclasses import dataclass

from forms.sheet import Orientation

POINT = 10.0
MM = 72 / 25.4 * POINT
SHORT, LONG = 210 * MM, 297 * MM
SIDE, TOP, BOTTOM = 18 * MM, 20 * MM, 18 * MM
TITLE_SIZE, TITLE_LINE = 20 * POINT, 28 * POINT
SUBTITLE_SIZE, SUBTITLE_LINE = 12 * POINT, 18 * POINT
CORNER_SIZE, FOOT_SIZE, MARGIN_SIZE = 10.5 * POINT, 10.5 * POINT, 9 * POINT
TITLE_GAP = 1.6 * MM
FOOT_GAP, FOOT_LINE = 3 * MM, 9 * MM
ROOM_TO_WRITE, ROOM_BETWEEN = 17 * MM, 4 * MM
LINE_WIDTH = 0.6 * POINT


@dataclass(frozen=True, slots=True)
class CellStyle:
    """Type size and air of the cells (表内字号); `row_factor` scales the declared least heights."""

    size: float
    leading: float
    pad_x: float
    pad_y: float
    row_factor: float

    @property
    def line(self) -> float:
        """From one line to the next."""
        return self.size * self.leading


CELL_STYLES = (
    CellStyle(10.5 * POINT, 1.36, 1.3 * MM, 0.9 * MM, 1.0),
    CellStyle(10.0 * POINT, 1.33, 1.3 * MM, 0.9 * MM, 0.9),
    CellStyle(9.5 * POINT, 1.3, 1.3 * MM, 0.7 * MM, 0.82),
    CellStyle(9.0 * POINT, 1.27, 1.3 * MM, 0.6 * MM, 0.74),
)


def page_size(orientation: Orientation) -> tuple[float, float]:
    """Width and height of A4 in a direction."""
    return (LONG, SHORT) if orientation is Orientation.LANDSCAPE else (SHORT, LONG)
