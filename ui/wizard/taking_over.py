"""Taking over and handing out (带入与分发): what the wizard's menu offers, told as wishes."""

from __future__ import annotations

import enum

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ui.icons import icon
from ui.theme import COLOURS


class TakeWish(enum.Enum):
    """What is wanted (带入与分发的操作)."""

    FROM_EXCEL = "从 Excel 导入…"
    FROM_LAST_YEAR = "从上年带入…"
    HAND_OUT = "分发给项目负责人…"
    TAKE_BACK = "收回填好的表…"
    COMPARE = "与上次报送相比…"
    HISTORY = "全部填写记录…"


_ICONS = {
    TakeWish.FROM_EXCEL: "table",
    TakeWish.FROM_LAST_YEAR: "restore",
    TakeWish.HAND_OUT: "export",
    TakeWish.TAKE_BACK: "take_in",
    TakeWish.COMPARE: "table",
    TakeWish.HISTORY: "list",
}
_TIPS = {
    TakeWish.FROM_EXCEL: "把以前用 Excel 或 WPS 填好的表读进来，逐项核对后带入",
    TakeWish.FROM_LAST_YEAR: "从上一年度的同一张表里挑选没有变化的内容",
    TakeWish.HAND_OUT: "生成一份锁定好格式的 Excel，交给站所或项目负责人填写",
    TakeWish.TAKE_BACK: "读入他们填好的 Excel，逐项合并到这份表",
    TakeWish.COMPARE: "现在填的与最近一次报送的有哪些不同，逐格列出",
    TakeWish.HISTORY: "谁在什么时候改了哪里；改前的内容和删掉的行都可以恢复",
}


class TakingOverMenu(QMenu):
    """The menu behind 更多 (更多操作); `wished` carries a TakeWish."""

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self.entries: dict[TakeWish, QAction] = {}
        for wish in TakeWish:
            if wish in (TakeWish.HAND_OUT, TakeWish.COMPARE):
                self.addSeparator()
            action = QAction(icon(_ICONS[wish], COLOURS.muted), wish.value, self)
            action.setToolTip(_TIPS[wish])
            action.triggered.connect(lambda _checked=False, wish=wish: self.wished.emit(wish))
            self.addAction(action)
            self.entries[wish] = action

    def set_last_year(self, available: bool) -> None:
        """Whether there is a filing of the year before."""
        action = self.entries[TakeWish.FROM_LAST_YEAR]
        action.setEnabled(available)
        action.setToolTip(_TIPS[TakeWish.FROM_LAST_YEAR] if available else "没有上一年度的这张表")

    def set_sent(self, sent: bool) -> None:
        """Whether the form was sent before, so that there is something to compare with."""
        action = self.entries[TakeWish.COMPARE]
        action.setEnabled(sent)
        action.setToolTip(_TIPS[TakeWish.COMPARE] if sent else "这份表还没有报送过")

    def open_at(self, place: QPushButton) -> None:
        """Open below a button, the first entry ready to be chosen."""
        self.popup(place.mapToGlobal(QPoint(0, place.height())))
        self.setActiveAction(self.entries[TakeWish.FROM_EXCEL])
