"""The side navigation (侧栏): icon, words, and how many things wait there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import COLOURS, px
from ui.widgets.card import rule
from ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ui.shell.records import NavigationItem


class NavigationButton(QPushButton):
    """One place (导航按钮): its icon takes the accent while the place is shown."""

    def __init__(self, item: NavigationItem, parent: QWidget | None = None) -> None:
        super().__init__(f"  {item.text}", parent)
        self.key = item.key
        self._icon_name = item.icon
        self.setProperty("role", "navigation")
        self.setCheckable(True)
        self.setAccessibleName(item.text)
        self.setIconSize(QSize(px(18), px(18)))
        self.badge = label("", "badge")
        self.badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.badge.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 14, 0)
        line.addStretch(1)
        line.addWidget(self.badge)
        self.toggled.connect(self._tint)
        self._tint(False)

    def set_badge(self, number: int) -> None:
        """How many things wait; 0 shows nothing."""
        self.badge.setText(str(number) if number < 1000 else "999+")
        self.badge.setVisible(number > 0)
        self.setAccessibleDescription(f"{number} 条待处理" if number else "")

    def _tint(self, chosen: bool) -> None:
        self.setIcon(icon(self._icon_name, COLOURS.accent if chosen else COLOURS.ink))


class SideNavigation(QFrame):
    """The places of a desk (侧栏); up and down move between them, Enter or Space opens."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sidebar")
        self.setAccessibleName("导航")
        self._buttons: dict[str, NavigationButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 10, 0, 10)
        self._column.setSpacing(0)

    def set_items(self, items: Sequence[NavigationItem]) -> None:
        """Show the places of a desk, once."""
        for item in items:
            if item.is_below and not any(i.is_below for i in items[: items.index(item)]):
                self._add_rule()
            button = NavigationButton(item)
            button.clicked.connect(lambda _checked=False, key=item.key: self._on_clicked(key))
            self._buttons[item.key] = button
            self._column.addWidget(button)
        self._column.addStretch(1)

    def set_current(self, key: str) -> None:
        """Mark the place shown; a key without a button (a form, say) leaves the mark where it was."""
        if key in self._buttons:
            for name, button in self._buttons.items():
                button.setChecked(name == key)

    def current(self) -> str:
        """The place marked."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_badge(self, key: str, number: int) -> None:
        """How many things wait at a place."""
        self._buttons[key].set_badge(number)

    def button(self, key: str) -> NavigationButton:
        """The button of a place."""
        return self._buttons[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk through the places."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        here = next((n for n, button in enumerate(buttons) if button.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        buttons[(here + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_clicked(self, key: str) -> None:
        self.set_current(key)
        self.chosen.emit(key)

    def _add_rule(self) -> None:
        holder = QVBoxLayout()
        holder.setContentsMargins(14, 9, 14, 9)
        holder.addWidget(rule())
        self._column.addLayout(holder)
