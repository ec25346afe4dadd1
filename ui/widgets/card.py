"""Cards (卡片): white ground with a thin edge, in which the parts of a page lie."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.widgets.labels import label


class Card(QFrame):
    """A card with an optional head line (卡片); put content into `body`, controls into `head`."""

    def __init__(self, title: str = "", parent: QWidget | None = None, *, margin: int = 16) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin - 2, margin, margin - 2)
        self.body.setSpacing(10)
        if title:
            self.head.addWidget(label(title, "section"))
            self.head.addStretch(1)
            self.body.addLayout(self.head)


def rule(parent: QWidget | None = None) -> QFrame:
    """A thin grey line across."""
    made = QFrame(parent)
    made.setProperty("role", "rule")
    return made


def row(*items: QWidget | QLayout | int | None, spacing: int = 10) -> QHBoxLayout:
    """Things side by side: a number is a gap, None takes the room that is left."""
    made = QHBoxLayout()
    made.setSpacing(spacing)
    for item in items:
        if item is None:
            made.addStretch(1)
        elif isinstance(item, int):
            made.addSpacing(item)
        elif isinstance(item, QLayout):
            made.addLayout(item)
        else:
            made.addWidget(item)
    return made
