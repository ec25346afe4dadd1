"""What of a page cannot be read whole: words cut by their own widget, or lying outside the window."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollArea, QWidget

from ui.widgets.labels import ElidedLabel, YieldingLabel

ASIDES = ("muted", "note", "caption", "crumb")
LEAST_LETTERS = 4
"""Of a line that may end in … so many letters are left at least, but for what is said aside."""


def settle() -> None:
    """Let layouts come to rest: texts that wrap anew need a second turn."""
    for _ in range(4):
        QApplication.processEvents()


def cut_off(view: QWidget) -> list[str]:
    """Words of labels and buttons that are not wholly to be seen, scrolling downwards left out."""
    found = []
    inside = view.findChildren(QWidget)  # type: ignore[var-annotated]
    for widget in inside:
        if not isinstance(widget, (QLabel, QAbstractButton)) or not widget.isVisible():
            continue
        if isinstance(widget, ElidedLabel):
            is_aside = widget.property("role") in ASIDES
            if widget.text().endswith("…") and len(widget.text()) <= LEAST_LETTERS and not is_aside:
                found.append(f"elided: {widget.words()}")
            continue
        if widget.text() and not isinstance(widget.parentWidget(), QLineEdit):
            found += _cut(widget, view)
    return found


def _cut(widget: QLabel | QAbstractButton, view: QWidget) -> list[str]:
    """What is wrong with one widget."""
    found, text = [], widget.text()
    wraps = isinstance(widget, QLabel) and widget.wordWrap()
    if not wraps and not isinstance(widget, YieldingLabel) and widget.width() < widget.sizeHint().width():
        found.append(f"narrow: {text}")
    if wraps and widget.height() < widget.heightForWidth(widget.width()):
        found.append(f"low: {text}")
    box = QRect(widget.mapTo(view, widget.rect().topLeft()), widget.size())
    area = _scroll_area(widget, view)
    room = QRect(area.mapTo(view, area.rect().topLeft()), area.size()) if area else view.rect()
    if box.right() > room.right() or box.left() < room.left():
        found.append(f"outside: {text}")
    if area is None and (box.bottom() > room.bottom() or box.top() < room.top()):
        found.append(f"below: {text}")
    return found


def _scroll_area(widget: QWidget, root: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not root and parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent if isinstance(parent, QScrollArea) and parent is not root else None
