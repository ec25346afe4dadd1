"""汇总报送 (forwarding): the units' packages to tick, what each waits for, one button that makes the package upward."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from services.department.forwarding import Forwardable, forms_together
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.dates import full_date
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import label
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.page import ListCard, Page
from ui.widgets.record_model import Column
from ui.widgets.tick_table import TickTable

HINT = "下级单位的报送文件原样随附，连同本部门的审核意见一并上报"


def _state(item: Forwardable) -> str:
    """What a line says of itself."""
    return item.obstacle or ("本单位的表，随同上报" if item.is_own else "已审核，可以上报")


COLUMNS: tuple[Column[Forwardable], ...] = (
    Column("单位", lambda item: item.record.unit_name, share=1),
    Column("表", lambda item: f"{item.forms} 份"),
    Column("日期", lambda item: full_date(item.record.at)),
    Column("情况", _state, share=1),
)


class ForwardView(Page):
    """The page 汇总报送; `submitted` carries the manifests of what is ticked."""

    submitted = Signal(object)
    books_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("汇总报送", HINT, parent)
        self.make_button = button("生成汇总报送文件…(&G)", "primary", "send", clicked=self._submit)
        self.head.addWidget(self.make_button)
        self.notice = NoticeBar()
        self.notice.action_requested.connect(self.books_requested)
        self.table: TickTable[Forwardable] = TickTable(COLUMNS, lambda item: not item.obstacle)
        self.table.setAccessibleName("待汇总报送的文件")
        self.count_label = label("", "muted")
        self.empty = EmptyState("没有待汇总报送的文件", icon_name="send")
        self.empty.set_text("没有待汇总报送的文件", "接收并审核下级单位的报送文件后，列在这里。")
        self.card = ListCard(self.table, self.empty)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.card, 1)
        self.body.addLayout(row(self.count_label, None))
        self.table.ticks.ticked.connect(self._on_ticked)
        self.set_items(())

    def set_items(self, items: Sequence[Forwardable]) -> None:
        """Show what could go upward; all that may is ticked."""
        self.table.ticks.set_records(items)
        self.card.show_content(bool(items))

    def set_unsigned(self, sentence: str) -> None:
        """Say what becomes of forms without a signature; "" when there are none."""
        if sentence:
            self.notice.show_notice(sentence, Tone.CARE, action="取出 Excel 表…", closable=False)
        else:
            self.notice.close_notice()

    def _submit(self) -> None:
        self.submitted.emit(tuple(item.record.manifest_sha256 for item in self.table.ticks.chosen()))

    def _on_ticked(self, count: int) -> None:
        chosen = self.table.ticks.chosen()
        forms = forms_together(chosen)
        units = len({item.record.unit_code for item in chosen})
        self.count_label.setText(f"已选 {count} 份报送文件：{units} 个单位，{forms} 份表" if count else "")
        self.make_button.setEnabled(any(not item.is_own for item in chosen))
