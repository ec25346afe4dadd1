"""Bars lying down (条形图): groups by size, with their names and figures; a click chooses one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import ALIGN_LEFT, ALIGN_RIGHT, COLOURS, font, px

_ROW, _BAR, _SIDE, _GAP = 27, 15, 4, 8
_NAME_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar (条): its name, size, words at its end; `part` of it is drawn dark, None for the whole."""

    name: str
    value: Decimal
    words: str
    part: Decimal | None = None


class BarChart(QWidget):
    """A bar chart (条形图); `bar_pressed` carries the number of the bar."""

    bar_pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._under = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show other bars."""
        self._bars, self._under = tuple(bars), -1
        self.setAccessibleDescription("；".join(f"{bar.name} {bar.words}" for bar in self._bars))
        self.updateGeometry()
        self.update()

    def bars(self) -> tuple[Bar, ...]:
        """The bars shown."""
        return self._bars

    def sizeHint(self) -> QSize:
        """As high as its bars."""
        return QSize(px(320), max(1, len(self._bars)) * px(_ROW) + px(_GAP))

    def minimumSizeHint(self) -> QSize:
        """The same height, however narrow."""
        return QSize(px(200), self.sizeHint().height())

    def bar_place(self, number: int) -> QRect:
        """Where a bar's line is drawn."""
        return QRect(0, number * px(_ROW), self.width(), px(_ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names, bars, figures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(9.5))
        most = max((bar.value for bar in self._bars), default=Decimal(0))
        figures = max((painter.fontMetrics().horizontalAdvance(b.words) for b in self._bars), default=0)
        name = round(self.width() * _NAME_SHARE)
        room = max(1, self.width() - name - figures - px(_GAP) * 3)
        for number, bar in enumerate(self._bars):
            self._paint(painter, number, bar, name, float(bar.value / most) * room if most > 0 else 0.0)

    def fitting_name(self, number: int, metrics: QFontMetrics, room: int) -> str:
        """The name of a bar as far as there is room; what all names begin with (示例县) goes first, for it tells least."""
        names = [bar.name for bar in self._bars]
        name, alike = (
            names[number],
            takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False)),
        )
        shared = len(list(alike))
        if metrics.horizontalAdvance(name) > room and shared < min(map(len, names)):
            name = name[shared:]
        return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)

    def _paint(self, painter: QPainter, number: int, bar: Bar, name: int, length: float) -> None:
        line = self.bar_place(number)
        if number == self._under:
            painter.fillRect(line, QColor(COLOURS.accent_ground))
        words = QRect(line.left() + px(_SIDE), line.top(), name - px(_GAP), line.height())
        fitting = self.fitting_name(number, painter.fontMetrics(), words.width())
        painter.setPen(QColor(COLOURS.ink))
        painter.drawText(words, int(ALIGN_RIGHT), fitting)
        top = line.top() + (line.height() - px(_BAR)) // 2
        left, wide = name + px(_GAP), max(2, round(length))
        painter.setPen(Qt.PenStyle.NoPen)
        whole = bar.part is None
        painter.setBrush(QColor(COLOURS.accent if whole else COLOURS.accent_edge))
        painter.drawRoundedRect(left, top, wide, px(_BAR), 2, 2)
        if bar.part is not None and bar.value > 0 and bar.part > 0:
            painter.setBrush(QColor(COLOURS.accent))
            painter.drawRoundedRect(left, top, max(2, round(wide * bar.part / bar.value)), px(_BAR), 2, 2)
        painter.setPen(QColor(COLOURS.ink))
        place = QRect(
            left + wide + px(_GAP), line.top(), self.width() - left - wide - px(_GAP), line.height()
        )
        painter.drawText(place, int(ALIGN_LEFT), bar.words)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The line under the pointer is marked; its whole name shows."""
        under = self._at(event.position().toPoint())
        if under != self._under:
            self._under = under
            self.setCursor(Qt.CursorShape.PointingHandCursor if under >= 0 else Qt.CursorShape.ArrowCursor)
            bar = self._bars[under] if under >= 0 else None
            QToolTip.showText(
                event.globalPosition().toPoint(), f"{bar.name}　{bar.words}" if bar else "", self
            )
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses the bar."""
        number = self._at(event.position().toPoint())
        if number >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.bar_pressed.emit(number)

    def _at(self, place: QPoint) -> int:
        """The bar at a place, -1 for none."""
        number = place.y() // px(_ROW)
        return number if 0 <= number < len(self._bars) and self.rect().contains(place) else -1
