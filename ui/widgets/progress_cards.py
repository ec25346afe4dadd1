"""A row of progress cards (一排进度卡片): one row of usual cards, else as few rows of small ones as there can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import px
from ui.widgets.progress_card import Density, ProgressCard

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_GAP = 10
_LOW, _NARROW = 158, 110
"""Least width of a low card (count and short note beside each other), and of a narrow one (six characters)."""


class ProgressCards(QWidget):
    """Progress cards beside each other (进度卡片); `least` is the least width of a usual card."""

    def __init__(self, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self._cards: list[ProgressCard] = []
        self._placed = (0, 0, Density.USUAL)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)

    def cards(self) -> Sequence[ProgressCard]:
        """The cards shown."""
        return tuple(self._cards)

    def keep(self, count: int) -> Sequence[ProgressCard]:
        """That many cards; widgets are kept, so nothing flickers when a figure changes."""
        while len(self._cards) > count:
            gone = self._cards.pop()
            self._grid.removeWidget(gone)
            gone.deleteLater()
        while len(self._cards) < count:
            self._cards.append(ProgressCard(self))
        self._place()
        return self.cards()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the cards anew."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Usual cards where one row holds them all, else low ones; narrow ones where that saves a row."""
        count = len(self._cards)
        density, rows = Density.USUAL, 1
        if count > self._fitting(self._least):
            low, narrow = (-(-count // self._fitting(least)) for least in (_LOW, _NARROW))
            density, rows = (Density.LOW, low) if low <= narrow else (Density.NARROW, narrow)
        columns = -(-count // rows)
        if (count, columns, density) == self._placed:
            return
        self._placed = (count, columns, density)
        for column in range(max(self._grid.columnCount(), columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for number, card in enumerate(self._cards):
            card.set_density(density)
            self._grid.addWidget(card, number // columns, number % columns)

    def _fitting(self, least: int) -> int:
        """How many cards of a width fit beside each other."""
        return max(1, (self.width() + _GAP) // (px(least) + _GAP))
