"""转交下级 (passing down): what the bureau handed back for the units, to tick and put out, a folder for each unit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.domain.message import MessageType
from services.department.passing_down import UnitMessage
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.chip import ChipLook
from ui.widgets.dates import by_the_desk, full_time
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import label
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.page import ListCard, Page
from ui.widgets.record_model import Column
from ui.widgets.tick_table import TickTable

HINT = "财政部门发给下级单位的文件，原样转交"

_LOOKS = {
    MessageType.RECEIPT: ChipLook("接收回执", Tone.GOOD, "receipt"),
    MessageType.RETURN_SLIP: ChipLook("退回修改", Tone.BAD, "returned"),
    MessageType.APPROVAL: ChipLook("批复通知", Tone.GOOD, "award"),
    MessageType.PARAMETER_KIT: ChipLook("任务参数包", Tone.ACCENT, "kit"),
    MessageType.TRUST_LIST: ChipLook("证书名单", Tone.ACCENT, "key"),
}


def _state(item: UnitMessage) -> str:
    """Whether the unit was given it; what everybody gets the units may have from the bureau itself."""
    if item.put_out_at is None:
        return "没有取出过" if item.is_for_all else "待转交"
    return f"{full_time(by_the_desk(item.put_out_at))}已取出"


COLUMNS: tuple[Column[UnitMessage], ...] = (
    Column("单位", lambda item: item.unit_name, share=1),
    Column("种类", lambda item: _LOOKS[item.kind].word, chip=lambda item: _LOOKS[item.kind]),
    Column("收到时间", lambda item: full_time(by_the_desk(item.record.at))),
    Column("情况", _state),
)


class PassDownView(Page):
    """The page 转交下级; `put_out_requested` carries the manifests of what is ticked."""

    files_requested = Signal()
    folder_requested = Signal()
    put_out_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("转交下级", HINT, parent)
        self.folder_button = button("选择文件夹…", clicked=self.folder_requested.emit)
        self.files_button = button("选择文件…", clicked=self.files_requested.emit)
        self.out_button = button("按单位取出…(&G)", "primary", "carrier", clicked=self._put_out)
        for item in (self.folder_button, self.files_button, self.out_button):
            self.head.addWidget(item)
        self.notice = NoticeBar()
        self.table: TickTable[UnitMessage] = TickTable(COLUMNS, lambda _item: True)
        self.table.setAccessibleName("要转交的文件")
        self.count_label = label("", "muted")
        empty = EmptyState(
            "没有要转交的文件",
            "选择文件夹…",
            hint="财政部门交回的回执、退回修改通知和批复通知装入后列在这里，取出到 U 盘交给各单位；本部门装入的任务参数包也可以一并转交。",
            icon_name="inbox",
        )
        empty.wanted.connect(self.folder_requested)
        self.card = ListCard(self.table, empty)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.card, 1)
        self.body.addLayout(row(self.count_label, None))
        self.table.ticks.ticked.connect(self._on_ticked)
        self.set_items(())

    def set_items(self, items: Sequence[UnitMessage]) -> None:
        """Show what there is; what a unit waits for is ticked."""
        self.table.ticks.set_records(items)
        self.table.ticks.tick_where(lambda item: item.is_waiting)
        self.card.show_content(bool(items))

    def _put_out(self) -> None:
        self.put_out_requested.emit(tuple(item.record.manifest_sha256 for item in self.table.ticks.chosen()))

    def _on_ticked(self, count: int) -> None:
        units = len({receiver for item in self.table.ticks.chosen() for receiver in item.receivers})
        self.count_label.setText(f"已选 {count} 份，{units} 个单位；每个单位一个文件夹" if count else "")
        self.out_button.setEnabled(count > 0)
