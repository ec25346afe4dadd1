"""The skeleton of a page (页面): title and its buttons above, content below, one margin for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.widgets.card import Card
from ui.widgets.labels import YieldingLabel, label

if TYPE_CHECKING:
    from ui.widgets.empty_state import EmptyState


class Page(QWidget):
    """A page of the desk (页面); buttons go into `head`, content into `body`."""

    def __init__(self, title: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.title_label = label(title, "title")
        self.hint_label = YieldingLabel(hint, "subtitle")
        self.hint_label.setContentsMargins(0, 4, 0, 0)
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        self.head.addWidget(self.title_label)
        self.head.addWidget(self.hint_label)
        self.head.addStretch(1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(22, 16, 22, 16)
        self.body.setSpacing(13)
        self.body.addLayout(self.head)


class ListCard(Card):
    """A card that holds a list, or says why there is none (列表卡片)."""

    def __init__(self, content: QWidget, empty: EmptyState, tools: QLayout | None = None) -> None:
        super().__init__()
        self.empty = empty
        self._content = content
        self._stack = QStackedWidget()
        self._stack.addWidget(content)
        self._stack.addWidget(empty)
        self.body.setContentsMargins(1, 1, 1, 1)
        self.body.setSpacing(0)
        if tools is not None:
            self.body.addWidget(tool_bar(tools))
        self.body.addWidget(self._stack, 1)

    def show_content(self, there_is_some: bool) -> None:
        """Show the list, or the empty state; what is not shown asks for no room."""
        shown = self._content if there_is_some else self.empty
        height = QSizePolicy.Policy.Ignored if there_is_some else QSizePolicy.Policy.Preferred
        self.empty.setSizePolicy(QSizePolicy.Policy.Preferred, height)
        self._stack.setCurrentWidget(shown)


def tool_bar(content: QLayout, parent: QWidget | None = None) -> QFrame:
    """The tool bar of a card, with a line below."""
    bar = QFrame(parent)
    bar.setProperty("role", "bar")
    content.setContentsMargins(10, 9, 10, 9)
    bar.setLayout(content)
    return bar
