"""Search (搜索): one field, Ctrl+F jumps into it, Esc empties it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.icons import icon
from ui.theme import COLOURS
from ui.widgets.shortcuts import add_shortcut


class SearchField(QLineEdit):
    """A search field (搜索框); `searched` carries the text without outer blanks, at every keystroke."""

    searched = Signal(str)
    left_downwards = Signal()

    def __init__(self, hint: str, parent: QWidget | None = None, *, shortcut: bool = True) -> None:
        super().__init__(parent)
        self.setPlaceholderText(f"{hint}（Ctrl+F）" if shortcut else hint)
        self.setAccessibleName(hint)
        looking_glass = QAction(icon("search", COLOURS.faint), "", self)
        self.addAction(looking_glass, QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(self._on_text)
        if shortcut and parent is not None:
            add_shortcut(parent, "Find", self.take_focus, within_only=True)

    def take_focus(self) -> None:
        """Jump into the field with its text marked."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _on_text(self, text: str) -> None:
        """Tell it; the cross that empties the field is made with the first text there is to empty."""
        if text and not self.isClearButtonEnabled():
            self.setClearButtonEnabled(True)
        self.searched.emit(text.strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties, Down and Enter go to what was found."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)
