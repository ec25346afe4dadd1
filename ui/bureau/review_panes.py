"""The three parts of the review page side by side (审核三栏); at large text queue and remarks share one column."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ui.theme import px

QUEUE, REMARKS = range(2)
"""The tabs of the shared column."""
_LEAST_FORM = 420
"""Below this width a form cannot be read beside two columns."""


class ReviewPanes(QSplitter):
    """Queue, form and remarks (审核三栏).

    Where the screen is too narrow for all three, remarks stand behind the queue under a tab of their own, so that
    nothing has to be scrolled sideways; whoever writes or looks for a remark brings them to the front.
    """

    def __init__(self, queue: QWidget, middle: QWidget, remarks: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._queue, self._middle, self._remarks = queue, middle, remarks
        self.tabs = QTabBar()
        self.tabs.setExpanding(True)
        self.tabs.setDrawBase(False)
        self.tabs.addTab("待审")
        self.tabs.addTab("意见")
        self.tabs.setAccessibleName("待审和意见")
        self._stack = QStackedWidget()
        self._stack.addWidget(queue)
        left = QWidget()
        left.setProperty("role", "pane")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(px(1))
        for part in (left, middle, remarks):
            self.addWidget(part)
        self.setStretchFactor(1, 1)
        self.setSizes([px(250), px(710), px(238)])
        self.tabs.hide()
        self.tabs.currentChanged.connect(self._on_tab)

    @property
    def is_stacked(self) -> bool:
        """Whether queue and remarks share a column."""
        return self._stack.indexOf(self._remarks) >= 0

    def set_count(self, count: int) -> None:
        """How many remarks and notes there are, for the tab."""
        self.tabs.setTabText(REMARKS, f"意见 {count}" if count else "意见")

    def show_remarks(self) -> None:
        """Bring the remarks to the front where they stand behind the queue."""
        self.tabs.setCurrentIndex(REMARKS if self.is_stacked else QUEUE)

    def minimumSizeHint(self) -> QSize:
        """What the shared column and the form need."""
        whole = super().minimumSizeHint()
        left = max(self._queue.minimumWidth(), self._remarks.minimumWidth())
        return QSize(left + self._middle_width() + 2 * self.handleWidth(), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for three now, or not any more."""
        super().resizeEvent(event)
        self._judge()

    def event(self, event: QEvent) -> bool:
        """Another form may need another room."""
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._judge()
        return handled

    def _middle_width(self) -> int:
        return max(self._middle.minimumSizeHint().width(), px(_LEAST_FORM))

    def _judge(self) -> None:
        sides = self._queue.minimumWidth() + self._remarks.minimumWidth()
        needed = sides + self._middle_width() + 2 * self.handleWidth()
        if (self.width() < needed) == self.is_stacked:
            return
        if self.is_stacked:
            self.tabs.setCurrentIndex(QUEUE)
            self.insertWidget(2, self._remarks)
            self._remarks.show()
        else:
            self._stack.addWidget(self._remarks)
        self.tabs.setVisible(self.is_stacked)

    def _on_tab(self, number: int) -> None:
        self._stack.setCurrentWidget(self._remarks if number == REMARKS else self._queue)
