"""Totals under a table (合计行): sums of its money columns, standing under those columns."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTableView, QWidget

from ui.theme import ALIGN_RIGHT, COLOURS, font, px


class TotalsStrip(QWidget):
    """One line of sums that follows the columns of its table (合计行)."""

    def __init__(self, view: QTableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._totals: Mapping[int, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        view.horizontalHeader().sectionResized.connect(lambda *_: self.update())
        view.horizontalScrollBar().valueChanged.connect(lambda _: self.update())

    def show_totals(self, totals: Mapping[int, str]) -> None:
        """Show sums by column number."""
        self._totals = dict(totals)
        self.setAccessibleName("合计 " + "，".join(totals.values()))
        self.update()

    def totals(self) -> Mapping[int, str]:
        """The sums shown, by column number."""
        return self._totals

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(px(200), px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        """合计 at the left, each sum under its column."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(COLOURS.ground))
        painter.setPen(QColor(COLOURS.line))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setPen(QColor(COLOURS.ink))
        painter.setFont(font(bold=True))
        left = self._view.viewport().x()
        painter.drawText(
            QRect(left + px(8), 0, px(120), self.height()), int(Qt.AlignmentFlag.AlignVCenter), "合计"
        )
        for column, text in self._totals.items():
            start = left + self._view.columnViewportPosition(column)
            cell = QRect(start, 0, self._view.columnWidth(column) - px(8), self.height())
            painter.drawText(cell, int(ALIGN_RIGHT), text)
        painter.end()
