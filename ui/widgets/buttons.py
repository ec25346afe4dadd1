"""Buttons by role (按钮): primary, plain, quiet, danger, link, and one that opens a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ui.icons import icon
from ui.theme import COLOURS, px

_ICON_COLOURS = {
    "primary": COLOURS.card,
    "danger": COLOURS.bad,
    "link": COLOURS.accent,
    "quiet": COLOURS.muted,
}


def button(
    text: str,
    role: str = "plain",
    icon_name: str | None = None,
    clicked: Callable[[], object] | None = None,
    parent: QWidget | None = None,
) -> QPushButton:
    """A button; `&` before a letter makes it a mnemonic, Enter presses it when it has the focus."""
    made = QPushButton(text, parent)
    made.setProperty("role", role)
    made.setAutoDefault(True)
    if icon_name:
        made.setIcon(icon(icon_name, _ICON_COLOURS.get(role, COLOURS.muted)))
        made.setIconSize(QSize(px(19), px(16)))
    if clicked is not None:
        made.clicked.connect(lambda _checked=False: clicked())
    return made


class MenuButton(QPushButton):
    """A button whose words are the choice made, with a menu below (下拉按钮): 工作年度 2026 年 ▾."""

    chosen = Signal(object)

    def __init__(self, prefix: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "menu")
        self.setAutoDefault(True)
        self._prefix = prefix
        self._value: object = None
        self.setMenu(QMenu(self))

    def set_choices(self, choices: Sequence[tuple[object, str]], current: object) -> None:
        """Offer (value, words) pairs; `current` is shown. A single choice leaves nothing to open."""
        menu = self.menu()
        menu.clear()
        for value, words in choices:
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(value == current)
            action.triggered.connect(lambda _checked=False, value=value: self._choose(value))
            menu.addAction(action)
        self._choices = dict(choices)
        self._show(current)

    def value(self) -> object:
        """The value in force."""
        return self._value

    def choose(self, value: object) -> None:
        """Choose as if the menu had been used."""
        self._choose(value)

    def _choose(self, value: object) -> None:
        changed = value != self._value
        self._show(value)
        if changed:
            self.chosen.emit(value)

    def _show(self, value: object) -> None:
        self._value = value
        words = self._choices.get(value, "")
        self.setText(f"{self._prefix}{words} ▾")
        for action in self.menu().actions():
            action.setChecked(action.text() == words)
