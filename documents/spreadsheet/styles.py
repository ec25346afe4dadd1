"""Looks of worksheet cells (单元格格式): fonts named as offices have them, thin lines, alignment by role."""

from __future__ import annotations

from functools import cache

from openpyxl.styles import Alignment, Border, Font, Side

from documents.sheet_grid import LABEL_ROLES, is_number, number_format_of
from documents.spreadsheet.cell_setting import ROOMY
from forms.sheet import Cell, CellRole

_CHINESE = 134
"""Windows character set of simplified Chinese, so that a machine without the font picks a Chinese one."""
_SONG, _FANGSONG = "宋体", "仿宋"

NORMAL_FONT = Font(name=_SONG, size=11, charset=_CHINESE)
TITLE_FONT = Font(name=_SONG, size=20, bold=True, charset=_CHINESE)
SUBTITLE_FONT = Font(name=_SONG, size=12, charset=_CHINESE)
LABEL_FONT = Font(name=_SONG, size=ROOMY.size, charset=_CHINESE)
FILLED_FONT = Font(name=_FANGSONG, size=ROOMY.size, charset=_CHINESE)

_THIN = Side(style="thin", color="FF000000")
FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)

CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center", wrap_text=True)
_UPRIGHT = Alignment(horizontal="center", vertical="center", text_rotation=255)
"""Stacked; without wrapping, for LibreOffice sets a wrapped stack at the left edge."""

_ALIGNMENTS = {
    CellRole.LABEL: CENTRED,
    CellRole.LABEL_LEFT: LEFT,
    CellRole.TEXT: LEFT,
    CellRole.CENTERED: CENTRED,
    CellRole.CODE: CENTRED,
    CellRole.NUMBER: CENTRED,
    CellRole.AMOUNT: RIGHT,
}


@cache
def _fonts(size: float) -> tuple[Font, Font]:
    """宋体 and 仿宋 of a size."""
    return Font(name=_SONG, size=size, charset=_CHINESE), Font(name=_FANGSONG, size=size, charset=_CHINESE)


def font_of(cell: Cell, size: float) -> Font:
    """宋体 for the form's labels, 仿宋 for what is filled in, in points."""
    label, filled = _fonts(size)
    return label if cell.role in LABEL_ROLES else filled


def alignment_of(cell: Cell, *, is_tall: bool = False, is_shrunk: bool = False) -> Alignment:
    """Alignment by role; `is_tall` begins at the top, `is_shrunk` keeps a label on one line."""
    if cell.is_vertical:
        return _UPRIGHT
    alignment = _ALIGNMENTS[cell.role]
    if is_shrunk:
        return Alignment(horizontal=alignment.horizontal, vertical="center", shrink_to_fit=True)
    if is_tall and cell.role not in LABEL_ROLES:
        return Alignment(horizontal=alignment.horizontal, vertical="top", wrap_text=True)
    return alignment


def format_of(cell: Cell) -> str:
    """Number format: codes are text, blank number cells keep their format for who types into them."""
    if cell.role is CellRole.CODE:
        return "@"
    is_blank_number = cell.value is None and cell.role in (CellRole.NUMBER, CellRole.AMOUNT)
    if is_number(cell) or is_blank_number:
        return number_format_of(cell) or "General"
    return "General"
