"""The foot line below the frame (表尾): 填报人　审核人　单位负责人　联系电话　填报日期　单位（盖章）."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from documents.line_breaking import width_of
from documents.pdf.font_book import FontBook, Role
from documents.pdf.page_style import MM
from documents.pdf.painter import draw_text

_SIZE = 10.5
_GAP = 3 * MM
_LINE = 9 * MM
_ROOM_TO_WRITE = 17 * MM
"""Room a hand needs behind an item nothing is filled into."""
_ROOM_BETWEEN = 4 * MM


@dataclass(frozen=True, slots=True)
class FootLine:
    """Items of a foot line in rows of equal columns (表尾排版)."""

    items: tuple[str, ...]
    columns: int
    width: float

    @property
    def height(self) -> float:
        """Height with the gap above; nothing for no items."""
        rows = -(-len(self.items) // self.columns)
        return _GAP + rows * _LINE if rows else 0.0


def lay_foot(items: tuple[str, ...], width: float, fonts: FontBook) -> FootLine:
    """As many items side by side as leave each its room: all, half, a third of them, or one a row."""
    count = len(items)
    advance = fonts.advance(Role.LABEL)
    need = max(
        (
            width_of(item, advance) * _SIZE + (_ROOM_TO_WRITE if item.endswith("：") else _ROOM_BETWEEN)
            for item in items
        ),
        default=0.0,
    )
    for columns in (count, -(-count // 2), -(-count // 3)):
        if columns and columns * need <= width:
            return FootLine(items, columns, width)
    return FootLine(items, 1, width)


def draw_foot(canvas: Canvas, fonts: FontBook, foot: FootLine, x: float, top: float) -> None:
    """Draw the foot line below `top`."""
    step = foot.width / foot.columns
    for index, item in enumerate(foot.items):
        row, column = divmod(index, foot.columns)
        draw_text(canvas, fonts, item, (x + column * step, top - _GAP - (row + 0.5) * _LINE), _SIZE)
