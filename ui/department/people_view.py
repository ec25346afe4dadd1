"""People of a department (操作人员): who works here, and the log of what they did; reached from 设置."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from ui.bureau.log_page import LogPage
from ui.bureau.people_page import PeoplePage
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.page import Page


class PeopleView(Page):
    """The page 操作人员 of a department's desk; the parts speak for themselves."""

    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("操作人员", parent=parent)
        self.notice = NoticeBar()
        self.people, self.log = PeoplePage(is_department=True), LogPage()
        self.back_button = button("返回设置", icon_name="back", clicked=self.back_requested.emit)
        self.head.addWidget(self.back_button)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.people, "操作人员")
        self.tabs.addTab(self.log, "操作日志")
        self.body.addWidget(self.notice)
        self.body.addWidget(self.tabs, 1)

    def show_told(self, sentence: str, tone: str = Tone.GOOD) -> None:
        """Tell what was done."""
        self.notice.show_notice(sentence, tone)
