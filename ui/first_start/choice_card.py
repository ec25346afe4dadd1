"""Cards to choose by (选择卡片): an icon, a name, what it means; Space or a click chooses."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import COLOURS
from ui.widgets.labels import label, paragraph
from ui.widgets.picture import Picture


class ChoiceCard(QFrame):
    """One choice (选择卡片); a tick in its corner shows that it is chosen."""

    chosen = Signal(bool)

    def __init__(self, name: str, meaning: str, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "choice")
        self.setProperty("chosen", False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.setAccessibleDescription(meaning)
        self.name = name
        self._is_chosen = False
        self._tick = Picture(18)
        picture = Picture(30, icon_name, COLOURS.accent)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(name, "section"))
        words.addWidget(paragraph(meaning, "muted"))
        words.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 14, 14, 12)
        line.setSpacing(14)
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignTop)
        self._show()

    def is_chosen(self) -> bool:
        """Whether it is chosen."""
        return self._is_chosen

    def set_chosen(self, chosen: bool) -> None:
        """Choose or not, without telling."""
        if chosen != self._is_chosen:
            self._is_chosen = chosen
            self._show()

    def toggle(self) -> None:
        """Choose, or take the choice back, and tell."""
        self.set_chosen(not self._is_chosen)
        self.chosen.emit(self._is_chosen)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.toggle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
            self.toggle()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        self.setProperty("chosen", self._is_chosen)
        self.style().unpolish(self)
        self.style().polish(self)
        name, colour = ("done_solid", COLOURS.accent) if self._is_chosen else ("empty", COLOURS.edge)
        self._tick.show_icon(name, colour)
