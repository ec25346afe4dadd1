"""What came back (回执与退回): receipts, slips, approvals and kits are taken in here, by drop or by button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.filer.records import InboxKind, InboxLine
from ui.theme import Tone
from ui.widgets.chip import ChipLook
from ui.widgets.dates import full_time
from ui.widgets.empty_state import EmptyState
from ui.widgets.file_drop import FileDrop
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.page import ListCard, Page
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable

PACKAGE_FILTER = "预算绩效文件 (*.asice)"

_LOOKS = {
    InboxKind.RECEIPT: ChipLook("接收回执", Tone.GOOD, "receipt"),
    InboxKind.RETURN: ChipLook("退回修改", Tone.BAD, "returned"),
    InboxKind.APPROVAL: ChipLook("批复通知", Tone.GOOD, "award"),
    InboxKind.KIT: ChipLook("任务参数包", Tone.ACCENT, "kit"),
    InboxKind.TRUST: ChipLook("证书名单", Tone.PLAIN, "key"),
}

COLUMNS: tuple[Column[InboxLine], ...] = (
    Column("种类", lambda line: line.kind.value, chip=lambda line: _LOOKS[line.kind]),
    Column("内容", lambda line: line.title, share=1),
    Column("说明", lambda line: line.note),
    Column("装入时间", lambda line: full_time(line.at)),
)


class InboxView(Page):
    """Files taken in at this desk (回执与退回); `file_chosen` carries a path to take in."""

    file_chosen = Signal(object)
    line_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("回执与退回", "财政部门、主管部门交回的文件在这里装入", parent)
        self.notice = NoticeBar()
        self.drop = FileDrop(
            "把回执、退回修改通知、批复通知或任务参数包拖到这里，或",
            "选择文件…",
            PACKAGE_FILTER,
            takes_many=True,
        )
        self.drop.file_chosen.connect(self.file_chosen)
        self.table: RecordTable[InboxLine] = RecordTable(COLUMNS)
        self.table.setAccessibleName("已装入的文件")
        empty = EmptyState(
            "还没有装入过文件", hint="收到回执后装入，对应的表会显示“已接收”。", icon_name="inbox"
        )
        self.card = ListCard(self.table, empty)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.drop)
        self.body.addWidget(self.card, 1)
        self.setFocusProxy(self.drop.button)
        self.table.record_opened.connect(self.line_opened)

    def set_lines(self, lines: Sequence[InboxLine]) -> None:
        """Show what was taken in, newest first."""
        self.table.set_records(lines)
        self.card.show_content(bool(lines))

    def show_taken(self, sentence: str) -> None:
        """Tell what taking a file in has done."""
        self.notice.show_notice(sentence, Tone.GOOD)

    def show_problem(self, sentence: str) -> None:
        """Tell why a file was not taken in."""
        self.notice.show_notice(sentence, Tone.BAD)
