"""Columns standing up (柱形图): how many filings fall into each grade; a click chooses one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import ALIGN_CENTRE, COLOURS, font, px

_HEIGHT, _FOOT, _HEAD, _WIDEST = 150, 40, 20, 64


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """One column (柱): its name, a second line, how many."""

    name: str
    note: str
    count: int


class ColumnChart(QWidget):
    """A column chart (柱形图); `column_pressed` carries the number of the column."""

    column_pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[ChartColumn, ...] = ()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_columns(self, columns: Sequence[ChartColumn]) -> None:
        """Show other columns."""
        self._columns = tuple(columns)
        said = (f"{one.name} {one.count} 份" for one in self._columns)
        self.setAccessibleDescription("；".join(said))
        self.update()

    def columns(self) -> tuple[ChartColumn, ...]:
        """The columns shown."""
        return self._columns

    def sizeHint(self) -> QSize:
        """A fixed height that grows with the text."""
        return QSize(px(300), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The same height, however narrow."""
        return QSize(px(200), px(_HEIGHT))

    def column_place(self, number: int) -> QRect:
        """The room of a column, its words included."""
        wide = self.width() // max(1, len(self._columns))
        return QRect(number * wide, 0, wide, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground line, columns, names and counts."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(9.5))
        most = max((one.count for one in self._columns), default=0)
        foot = self.height() - px(_FOOT)
        painter.setPen(QColor(COLOURS.line))
        painter.drawLine(0, foot, self.width(), foot)
        for number, one in enumerate(self._columns):
            place = self.column_place(number)
            high = round((foot - px(_HEAD)) * one.count / most) if most else 0
            wide = min(px(_WIDEST), place.width() * 3 // 5)
            left = place.center().x() - wide // 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(COLOURS.accent))
            if high:
                painter.drawRoundedRect(left, foot - high, wide, high, 2, 2)
            painter.setPen(QColor(COLOURS.ink))
            above = QRect(place.left(), foot - high - px(_HEAD), place.width(), px(_HEAD))
            painter.drawText(above, int(ALIGN_CENTRE), f"{one.count:,}")
            half = px(_FOOT) // 2
            painter.drawText(QRect(place.left(), foot, place.width(), half), int(ALIGN_CENTRE), one.name)
            painter.setPen(QColor(COLOURS.muted))
            below = QRect(place.left(), foot + half - px(2), place.width(), half)
            fitting = painter.fontMetrics().elidedText(one.note, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, int(ALIGN_CENTRE), fitting)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses the column."""
        number = self._at(event.position().toPoint())
        if number >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.column_pressed.emit(number)

    def _at(self, place: QPoint) -> int:
        """The column at a place, -1 for none."""
        found = (n for n in range(len(self._columns)) if self.column_place(n).contains(place))
        return next(found, -1)
