"""The row of task cards (任务卡片): as many beside each other as the width allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.filer.matrix_words import card_note, task_head
from ui.theme import px
from ui.widgets.progress_card import ProgressCard

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from services.matrix import TaskCard


class TaskCards(QWidget):
    """A progress card per task (任务卡片)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[ProgressCard] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)

    def cards(self) -> Sequence[ProgressCard]:
        """The cards shown."""
        return tuple(self._cards)

    def set_cards(self, cards: Sequence[TaskCard]) -> None:
        """Show the tasks; widgets are kept, so nothing flickers when a figure changes."""
        while len(self._cards) > len(cards):
            gone = self._cards.pop()
            self._grid.removeWidget(gone)
            gone.deleteLater()
        while len(self._cards) < len(cards):
            self._cards.append(ProgressCard(self))
        for widget, card in zip(self._cards, cards, strict=True):
            name, year = task_head(card.task)
            note, role = card_note(card)
            widget.show_progress(name, card.done, card.total, f"{year} · {note}", role, note)
        self._place(force=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the cards anew."""
        super().resizeEvent(event)
        self._place()

    def _place(self, *, force: bool = False) -> None:
        fitting = max(1, min(len(self._cards), self.width() // px(165)))
        if fitting == self._columns and not force:
            return
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        self._columns = fitting
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // fitting, number % fitting)
        for column in range(fitting):
            self._grid.setColumnStretch(column, 1)
