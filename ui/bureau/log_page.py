"""The log of the desk (操作日志): read, searched, and checked for changes made behind the program's back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.bureau.fitting_table import FittingTable
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.dates import full_time
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import ElidedLabel
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.page import ListCard
from ui.widgets.record_model import Column
from ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from services.audit_log import LogLine

SEARCH_MS = 250
"""How long typing must rest before the log is searched."""

COLUMNS: tuple[Column[LogLine], ...] = (
    Column("序号", lambda entry: str(entry.number), is_right=True),
    Column("时间", lambda entry: full_time(entry.at)),
    Column("操作人", lambda entry: entry.who),
    Column("做了什么", lambda entry: entry.what, share=1),
    Column("哪一份表、哪个单位", lambda entry: entry.about, share=1),
)


class LogPage(QWidget):
    """The log, newest first (操作日志); `wanted` carries the text searched for, "" for all of it."""

    wanted = Signal(str)
    check_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check_button = button("核验日志", icon_name="shield", clicked=self.check_requested.emit)
        self.check_button.setToolTip("逐条核对日志前后是否相接，看有没有被改动、删去或插入")
        self.count_label = ElidedLabel("", "muted")
        self.search = SearchField("搜索操作人、内容或单位", self)
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(280)
        self.notice = NoticeBar()
        self.table: FittingTable[LogLine] = FittingTable(COLUMNS, (0,), row_height=32)
        self.table.setAccessibleName("操作日志列表")
        tools = row(self.check_button, self.count_label, self.search)
        tools.setStretch(1, 1)
        tools.setStretch(2, 1)
        self.empty = EmptyState(
            "没有操作记录",
            hint="接收、审核、下发、登记签名和操作人员的变动，都按先后记在这里，不能修改。",
            icon_name="archive",
        )
        self.card = ListCard(self.table, self.empty, tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.notice)
        column.addWidget(self.card, 1)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SEARCH_MS)
        self._rest.timeout.connect(self.ask)
        self.search.searched.connect(lambda _text: self._rest.start())
        self.search.left_downwards.connect(self.table.setFocus)

    def ask(self) -> None:
        """Ask for the log as it is searched now."""
        self.wanted.emit(self.search.text().strip())

    def set_entries(self, entries: Sequence[LogLine]) -> None:
        """Show what was found."""
        self.table.set_records(entries)
        self.count_label.set_words(f"最近 {len(entries):,} 条" if entries else "")
        self.card.show_content(bool(entries))

    def show_check(self, words: str, is_whole: bool) -> None:
        """Tell what checking gave."""
        self.notice.show_notice(words, Tone.GOOD if is_whole else Tone.BAD)

    def showEvent(self, event: QShowEvent) -> None:
        """The log is read when somebody looks at it."""
        super().showEvent(event)
        self.ask()
