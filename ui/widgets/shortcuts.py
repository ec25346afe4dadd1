"""Keyboard shortcuts (快捷键): added once the window has been painted, since nobody presses a key before that.

The class behind them brings two hundred and fifty constants that the binding makes one by one; a start does
not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

AFTER_MS = 400
"""By then the window stands and its database has been read."""


def add_shortcut(
    widget: QWidget, keys: str, works: Callable[[], object], *, within_only: bool = False
) -> None:
    """Have `keys` do something in the widget's window: Alt+1, or the name of one of Qt's standard keys (Find).

    `within_only`: only while the keyboard is in the widget itself.
    """
    QTimer.singleShot(AFTER_MS, widget, lambda: _add(widget, keys, works, within_only))


def _add(widget: QWidget, keys: str, works: Callable[[], object], within_only: bool) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QKeySequence, QShortcut

    standard = QKeySequence.StandardKey.__members__.get(keys)
    made = QShortcut(QKeySequence(keys) if standard is None else QKeySequence(standard), widget)
    if within_only:
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(works)
