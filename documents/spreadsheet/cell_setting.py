"""How texts sit in worksheet cells (单元格排字): type size, air, and the height a text is sure to need.

Excel and LibreOffice break lines themselves, with whatever font the machine has: widths are estimated on
the safe side, so a row is rather a little too high than a line too low.
"""

from __future__ import annotations

from dataclasses import dataclass

from documents.line_breaking import LABEL_WORDS, break_lines, width_of
from documents.sheet_grid import cell_text, is_number
from forms.sheet import Cell, CellRole

POINTS_PER_MM = 72 / 25.4
_LEADING, _UPRIGHT_LEADING = 1.457, 1.62
"""Height of a line in ems, of one stacked upright; the fonts of Linux desks are higher than 宋体."""
_CELL_MARGIN, _CAUTION = 6.0, 0.95
"""Points a spreadsheet keeps free beside the text, left and right together, and the share of the rest counted on."""
_LABEL_MARGIN = 3.0
"""What it really keeps free: labels are broken by this, for a break too many is worse than none."""
_LEAST_SCALES = {
    CellRole.LABEL: 0.86,
    CellRole.LABEL_LEFT: 0.78,
    CellRole.CENTERED: 0.86,
    CellRole.CODE: 0.64,
}
"""A text needing less than this of its size is broken into lines instead; other texts are always broken."""


@dataclass(frozen=True, slots=True)
class CellSetting:
    """Type size in points, air above and below a text together, share of the declared least heights (字号与行距)."""

    size: float
    air: float
    row_factor: float

    @property
    def line(self) -> float:
        """Height of a line in points."""
        return self.size * _LEADING

    def height(self, cell: Cell, width: float) -> float:
        """Points a cell's text needs in a column of `width` mm."""
        text = self.shown(cell, width)
        if not text:
            return 0.0
        if cell.is_vertical:
            return len("".join(text.split())) * self.size * _UPRIGHT_LEADING + self.air
        if self.shrinks(cell, width):
            return self.line + self.air
        return len(break_lines(text, max(self._room(width), 1.0), em_width)) * self.line + self.air

    def shown(self, cell: Cell, width: float) -> str:
        """The cell's text as its worksheet cell holds it.

        A label that does not fit is broken here, not inside a word as a spreadsheet would; one like
        其他资金 too wide for its column keeps only the blanks that fit.
        """
        text = cell_text(cell)
        if cell.role is CellRole.LABEL and not cell.is_vertical and not self._just_misses(cell, text, width):
            room = (width * POINTS_PER_MM - _LABEL_MARGIN) / self.size
            return "\n".join(break_lines(text, max(room, 1.0), em_width, LABEL_WORDS))
        bare = text.lstrip("\u3000")
        if cell.role is not CellRole.LABEL_LEFT or bare == text or "\n" in text:
            return text
        blanks = int(max(0.0, min(len(text) - len(bare), self._room(width) - width_of(bare, em_width))))
        return "\u3000" * blanks + bare

    def shrinks(self, cell: Cell, width: float) -> bool:
        """Whether a text is set smaller to stay on one line: a short one a little too wide, a number that is wider.

        A spreadsheet shows ##### for a number that does not fit.
        """
        text = self.shown(cell, width)
        if is_number(cell):
            return width_of(text, em_width) > self._room(width)
        return self._just_misses(cell, text, width)

    def _just_misses(self, cell: Cell, text: str, width: float) -> bool:
        """Whether a label or a short answer is a little too wide for its column."""
        least = _LEAST_SCALES.get(cell.role)
        if least is None or cell.is_vertical or not text or "\n" in text:
            return False
        return least <= self._room(width) / width_of(text, em_width) < 1

    def _room(self, width: float) -> float:
        """Ems of text a column of `width` mm is sure to hold."""
        return (width * POINTS_PER_MM - _CELL_MARGIN) * _CAUTION / self.size


ROOMY, TIGHT, SMALL = CellSetting(10.5, 5.0, 1.0), CellSetting(10.5, 1.5, 0.8), CellSetting(9.0, 1.5, 0.72)
"""五号 with air first; the others only where they bring a form onto one page."""


def em_width(char: str) -> float:
    """Estimated width in ems: half squares for Latin, full ones for all else."""
    return 0.56 if char < "\u02b0" else 1.0
