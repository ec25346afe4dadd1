"""Setting text of the preview (预览排字): faces, lines of a cell, numbers as the forms show them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from forms.number_format import AMOUNT_FORMAT, shown_number
from forms.sheet import Cell, CellRole
from ui.fonts import load_form_fonts

LABEL_ROLES = frozenset({CellRole.LABEL, CellRole.LABEL_LEFT})
_UPRIGHT = str.maketrans("（）()—", "︵︶︵︶︱")
_SONG = "Noto Serif SC"
_LONGEST = 20_000
"""Characters of one cell that are set; more than that is no form any more."""


@cache
def face(size: float, *, bold: bool = False) -> QFont:
    """The shipped 宋体 at a size in tenths of a point."""
    load_form_fonts()
    made = QFont(_SONG)
    made.setPixelSize(round(size))
    made.setBold(bold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@cache
def metrics(size: float, *, bold: bool = False) -> QFontMetricsF:
    """Measures of that face."""
    return QFontMetricsF(face(size, bold=bold))


def cell_text(cell: Cell) -> str:
    """What stands in a cell: text as it is, numbers as their format shows them, vertical text upright."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, str):
        text = cell.value[:_LONGEST]
        return "".join(text.split()).translate(_UPRIGHT) if cell.is_vertical else text
    is_amount = cell.role is CellRole.AMOUNT
    return shown_number(Decimal(cell.value), cell.number_format or (AMOUNT_FORMAT if is_amount else ""))


@dataclass(frozen=True, slots=True)
class SetText:
    """A cell's lines and how much smaller than the others they are set (排好的文字)."""

    lines: tuple[str, ...]
    scale: float = 1.0


_SMALLER = (1.0, 0.96, 0.92, 0.88)
_SCALES = {
    CellRole.LABEL: _SMALLER,
    CellRole.LABEL_LEFT: (*_SMALLER, 0.84),
    CellRole.CENTERED: _SMALLER,
    CellRole.NUMBER: (*_SMALLER, 0.82, 0.76, 0.7, 0.64),
    CellRole.AMOUNT: (*_SMALLER, 0.82, 0.76, 0.7, 0.64),
    CellRole.CODE: (*_SMALLER, 0.82, 0.76, 0.7, 0.64),
}
"""Labels, short texts and numbers may be set smaller where that saves a line, as on paper."""


def set_cell(cell: Cell, width: float, size: float) -> SetText:
    """A cell's text in a column of that width."""
    text = cell_text(cell)
    if cell.is_vertical:
        return SetText(tuple(text))
    best = SetText(tuple(lines_of(text, width, size)))
    if len(best.lines) > 1 and cell.role is CellRole.LABEL_LEFT and text[:1].isspace():
        bare = lines_of(text.strip(), width, size)
        best = SetText(tuple(bare)) if len(bare) < len(best.lines) else best
        text = text.strip()
    for scale in _SCALES.get(cell.role, ())[1:]:
        if len(best.lines) <= 1:
            break
        lines = lines_of(text, width, size * scale)
        if len(lines) < len(best.lines):
            best = SetText(tuple(lines), scale)
    return best


def lines_of(text: str, width: float, size: float) -> list[str]:
    """The lines of a text in a column."""
    if not text:
        return []
    measure = metrics(size)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if measure.horizontalAdvance(paragraph) <= width:
            lines.append(paragraph)
        else:
            lines += _broken(paragraph, width, size)
    return lines


def _broken(paragraph: str, width: float, size: float) -> list[str]:
    """A paragraph too long for one line, broken where Chinese text may be."""
    layout = QTextLayout(paragraph, face(size))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, size))
        start, length = line.textStart(), line.textLength()
        lines.append(_utf16_slice(paragraph, start, length))
    layout.endLayout()
    return lines


def _utf16_slice(text: str, start: int, length: int) -> str:
    """A slice by Qt's positions, which count two for characters beyond the BMP."""
    if text.isascii() or max(text) <= "\uffff":
        return text[start : start + length]
    raw = text.encode("utf-16-le")
    return raw[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")
