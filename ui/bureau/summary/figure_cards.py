"""Cards of the forms (各表卡片): what matters of each at a glance; the one in force is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.labels import ElidedLabel


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card says (卡片文字): the form, its main figure, two lines below."""

    form_id: str
    title: str
    figure: str
    first: str
    second: str


class FigureCard(QFrame):
    """One form (表卡片); `chosen` by click, Space or Enter carries its id."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form_id = ""
        self.setProperty("role", "choice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._title, self._figure = ElidedLabel("", "muted"), ElidedLabel("", "section")
        self._lines = (ElidedLabel("", "caption"), ElidedLabel("", "muted"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        for part in (self._title, self._figure, *self._lines):
            column.addWidget(part)

    def set_words(self, words: CardWords) -> None:
        """Show another form."""
        self._form_id = words.form_id
        self.setAccessibleName(f"{words.title} {words.figure}")
        texts = (words.title, words.figure, words.first, words.second)
        for part, text in zip((self._title, self._figure, *self._lines), texts, strict=True):
            part.set_words(text, text.rpartition(" · ")[2])

    def set_chosen(self, chosen: bool) -> None:
        """Mark it as the one in force."""
        if self.property("chosen") != chosen:
            self.setProperty("chosen", chosen)
            self.style().unpolish(self)
            self.style().polish(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(self._form_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter choose it."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self._form_id)
        else:
            super().keyPressEvent(event)


class FigureCards(QWidget):
    """A row of cards (各表卡片); `chosen` carries a form's id."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[FigureCard] = []
        self._ids: list[str] = []
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(10)

    def card(self, form_id: str) -> FigureCard:
        """The card of a form. ValueError where there is none."""
        return self._cards[self._ids.index(form_id)]

    def set_cards(self, words: Sequence[CardWords], current: str) -> None:
        """Show these forms, one of them in force."""
        while len(self._cards) > len(words):
            gone = self._cards.pop()
            self._line.removeWidget(gone)
            gone.deleteLater()
        while len(self._cards) < len(words):
            card = FigureCard(self)
            card.chosen.connect(self.chosen)
            self._cards.append(card)
            self._line.addWidget(card, 1)
        self._ids = [one.form_id for one in words]
        for card, one in zip(self._cards, words, strict=True):
            card.set_words(one)
            card.set_chosen(one.form_id == current)
