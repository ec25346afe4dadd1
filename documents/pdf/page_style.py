"""Measures of a printed form (版面尺寸), in points unless said otherwise.

Type sizes follow GB/T 9704 as far as a form can: title 小标宋 二号 or smaller, body 五号 where a form must
stay on its page. The standard's 天头 of 37 mm is for letters; forms use margins printers can hold.
"""

from __future__ import annotations

from dataclasses import dataclass

from forms.sheet import Orientation

MM = 72 / 25.4
"""Points in a millimetre."""

A4_SHORT, A4_LONG = 210 * MM, 297 * MM


@dataclass(frozen=True, slots=True)
class Paper:
    """A page and its margins (纸张与页边距)."""

    width: float
    height: float
    left: float = 18 * MM
    right: float = 18 * MM
    top: float = 20 * MM
    bottom: float = 18 * MM

    @property
    def text_width(self) -> float:
        """Width between the margins."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Height between the margins."""
        return self.height - self.top - self.bottom


PORTRAIT = Paper(A4_SHORT, A4_LONG)
LANDSCAPE = Paper(A4_LONG, A4_SHORT)
HEADER_DROP = 13 * MM
"""From the paper's upper edge down to the baseline of the mark."""
FOOTER_RISE = 10 * MM
"""From the paper's lower edge up to the baseline of page number and 核对码."""
FOOTER_SIZE = 9.0
LINE_WIDTH = 0.5


def paper_for(orientation: Orientation) -> Paper:
    """The paper of a declared page direction."""
    return LANDSCAPE if orientation is Orientation.LANDSCAPE else PORTRAIT


@dataclass(frozen=True, slots=True)
class GridStyle:
    """Type size and air inside the frame (表内字号与行距); `row_factor` scales the declared least heights."""

    size: float = 10.5
    leading: float = 1.36
    pad_x: float = 1.3 * MM
    pad_y: float = 0.9 * MM
    row_factor: float = 1.0

    @property
    def line_height(self) -> float:
        """From one line to the next."""
        return self.size * self.leading


GRID_STYLES = (
    GridStyle(),
    GridStyle(10.0, 1.33, row_factor=0.9),
    GridStyle(9.5, 1.3, pad_y=0.7 * MM, row_factor=0.82),
    GridStyle(9.0, 1.24, pad_y=0.55 * MM, row_factor=0.72),
)
"""五号 first; the smaller ones only where they bring a form onto one page."""
