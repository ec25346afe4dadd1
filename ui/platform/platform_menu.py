"""The button that leads to the integrated platform (一体化): in from its exports, out to its import workbooks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

BRING, SEND, BATCHES = "从导出表带入…", "导出导入模板…", "带入记录…"


class PlatformMenu(QPushButton):
    """一体化 ▾ (一体化菜单): each entry is a wish."""

    bring_requested = Signal()
    send_requested = Signal()
    batches_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("一体化 ▾", parent)
        self.setProperty("role", "menu")
        self.setAutoDefault(True)
        self.setToolTip("从预算管理一体化的导出表带入项目、预算、批复目标和支付进度，或导出它的导入模板")
        menu = QMenu(self)
        for words, signal in (
            (BRING, self.bring_requested),
            (SEND, self.send_requested),
            (BATCHES, self.batches_requested),
        ):
            action = QAction(words, menu)
            action.triggered.connect(lambda _checked=False, signal=signal: signal.emit())
            menu.addAction(action)
        self.setMenu(menu)

    def choose(self, words: str) -> None:
        """Choose an entry as if the menu had been used."""
        next(action for action in self.menu().actions() if action.text() == words).trigger()
