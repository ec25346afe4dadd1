"""Painting a page of the preview (预览绘制): paper, thin frame, texts in their cells, the mark in the margin."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from forms.sheet import CellRole
from ui.preview.layout import PageLayout, PlacedCell, PlacedText
from ui.preview.measures import LINE_WIDTH, MARGIN_SIZE, MM
from ui.preview.type_setting import LABEL_ROLES, face, metrics
from ui.theme import COLOURS

_CENTRED = frozenset({CellRole.LABEL, CellRole.CENTERED, CellRole.NUMBER, CellRole.CODE})


def paint_page(painter: QPainter, page: PageLayout, mark: str, number: str, highlighted: str = "") -> None:
    """Paint one page at the painter's origin, in tenths of a point.

    `mark` stands in the upper margin (草稿, 演示数据), `number` in the lower one; the cell whose place
    is `highlighted` is tinted.
    """
    painter.fillRect(QRectF(0, 0, page.width, page.height), QColor(COLOURS.card))
    for placed in page.cells:
        if highlighted and placed.cell.place == highlighted:
            painter.fillRect(placed.rect, QColor(COLOURS.accent_ground))
    painter.setPen(QColor(COLOURS.ink))
    for placed in page.cells:
        _paint_cell(painter, placed)
    painter.setPen(QPen(QColor(COLOURS.ink), LINE_WIDTH))
    for placed in page.cells:
        painter.drawRect(placed.rect)
    for text in page.texts:
        _paint_text(painter, text)
    painter.setPen(QColor(COLOURS.muted))
    centre = page.width / 2
    _paint_text(painter, PlacedText(mark, QPointF(page.width - 18 * MM, 13 * MM), MARGIN_SIZE, 1.0))
    _paint_text(painter, PlacedText(number, QPointF(centre, page.height - 10 * MM), MARGIN_SIZE, 0.5))


def _paint_text(painter: QPainter, text: PlacedText) -> None:
    """A line outside the frame, its middle at its place's height."""
    if not text.text:
        return
    measure = metrics(text.size, bold=text.is_bold)
    painter.setFont(face(text.size, bold=text.is_bold))
    left = text.at.x() - measure.horizontalAdvance(text.text) * text.anchor
    painter.drawText(QPointF(left, _baseline(text.at.y(), text.size)), text.text)


def _paint_cell(painter: QPainter, placed: PlacedCell) -> None:
    """A cell's lines, centred in height."""
    if not placed.lines:
        return
    cell, style, rect = placed.cell, placed.style, placed.rect
    step = min(style.line, rect.height() / len(placed.lines))
    size = style.size * placed.scale * min(1.0, step / style.line)
    font: QFont = face(size)
    measure = metrics(size)
    painter.setFont(font)
    y = rect.center().y() - step * (len(placed.lines) - 1) / 2
    pad = 0.9 * MM if cell.role in LABEL_ROLES else style.pad_x
    for line in placed.lines:
        width = measure.horizontalAdvance(line)
        if cell.is_vertical or cell.role in _CENTRED:
            left = rect.center().x() - width / 2
        elif cell.role is CellRole.AMOUNT:
            left = rect.right() - pad - width
        elif cell.role is CellRole.LABEL_LEFT and str(cell.value)[:1].isspace() and not line[:1].isspace():
            left = max(rect.right() - pad - width, rect.left() + pad)
        else:
            left = rect.left() + pad
        painter.drawText(QPointF(left, _baseline(y, size)), line)
        y += step


def _baseline(middle: float, size: float) -> float:
    """The baseline of Chinese characters whose middle is at a height."""
    return middle + size * 0.36
