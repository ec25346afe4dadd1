"""A unit's forms, and what the desk has to say of them below (应报各表和核对); in a low window behind a tab."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ui.theme import px

ITEMS, NOTES = range(2)
"""The tabs, where both share one place."""


class ItemPanes(QSplitter):
    """The list of forms above, the notes below (应报各表和核对).

    Where there is no height for both, the notes stand behind a tab of their own, so that the page need not be scrolled.
    """

    def __init__(self, items: QWidget, notes: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._items, self._notes = items, notes
        self._count = 0
        self.tabs = QTabBar()
        self.tabs.setExpanding(True)
        self.tabs.setDrawBase(False)
        self.tabs.addTab("应报各表")
        self.tabs.addTab("核对")
        self.tabs.setAccessibleName("应报各表和核对")
        self._stack = QStackedWidget()
        self._stack.addWidget(items)
        self._behind = (
            _column()
        )  # a page of the stack is shown by the stack alone, the notes come and go by themselves
        self._stack.addWidget(self._behind)
        above = _column(self.tabs, self._stack)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(px(12))
        self.setProperty("role", "pages")
        self.addWidget(above)
        self.addWidget(notes)
        self.setSizes([300, 200])
        self.tabs.hide()
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)

    @property
    def is_stacked(self) -> bool:
        """Whether list and notes share one place."""
        return self._notes.parentWidget() is self._behind

    def set_count(self, count: int) -> None:
        """How many notes there are; with none there is nothing to turn to."""
        self._count = count
        self.tabs.setTabText(NOTES, f"核对 {count}")
        if not count:
            self.tabs.setCurrentIndex(ITEMS)
        self.tabs.setVisible(self.is_stacked and count > 0)

    def show_items(self) -> None:
        """Bring the list to the front where it shares its place."""
        self.tabs.setCurrentIndex(ITEMS)

    def minimumSizeHint(self) -> QSize:
        """What both need sharing one place."""
        tabs = self.tabs.sizeHint().height() if self._count else 0
        items, notes = self._items.minimumSizeHint(), self._notes.minimumSizeHint()
        return QSize(max(items.width(), notes.width()), items.height() + tabs)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for both now, or not any more."""
        super().resizeEvent(event)
        self._judge()

    def event(self, event: QEvent) -> bool:
        """Notes come and go."""
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._judge()
        return handled

    def _judge(self) -> None:
        parts = self._items.minimumSizeHint().height() + self._notes.minimumSizeHint().height()
        if (self.height() < parts + self.handleWidth()) == self.is_stacked:
            return
        is_shown = not self._notes.isHidden()
        if self.is_stacked:
            self.tabs.setCurrentIndex(ITEMS)
            self.addWidget(self._notes)
        else:
            layout = self._behind.layout()
            assert layout is not None
            layout.addWidget(self._notes)
        self._notes.setVisible(is_shown)
        self.tabs.setVisible(self.is_stacked and self._count > 0)


def _column(*parts: QWidget) -> QWidget:
    """Parts below each other without a margin; the last one takes the room."""
    made = QWidget()
    made.setProperty("role", "pane")
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for number, part in enumerate(parts, 1):
        column.addWidget(part, 1 if number == len(parts) else 0)
    return made
