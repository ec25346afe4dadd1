"""What would be taken over, line by line (核对要带入的内容): now, afterwards, and a box to tick for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QTabWidget, QWidget

from forms.hand_filled.stated import Unread
from forms.offers import Offer, OfferKind
from ui.theme import Tone, px
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.chip import ChipLook, StatusChip
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import label
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable
from ui.widgets.tick_table import TickTable

_LONGEST = 60


def _short(text: str) -> str:
    """A text on one line; the tip shows all of it."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


def _look(offer: Offer) -> ChipLook:
    """What taking a line does, in a word."""
    if not offer.is_free:
        return ChipLook("不能改", Tone.PLAIN, "lock")
    if offer.is_clash:
        return ChipLook("请选择", Tone.CARE, "care")
    if offer.kind is OfferKind.NEW_ROW:
        return ChipLook("新增", Tone.GOOD, "add")
    if offer.kind is OfferKind.LOST_ROW:
        return ChipLook("删除", Tone.BAD, "delete")
    return ChipLook("修改" if offer.now else "填入", Tone.ACCENT, "check")


OFFER_COLUMNS: tuple[Column[Offer], ...] = (
    Column("填报项", lambda offer: _short(offer.label), tip=lambda offer: offer.label, share=3),
    Column("", lambda offer: _look(offer).word, chip=_look),
    Column("现在的内容", lambda offer: _short(offer.now) or "（空）", tip=lambda offer: offer.now, share=2),
    Column("带入的内容", lambda offer: _short(offer.offered), tip=lambda offer: offer.offered, share=2),
    Column("说明", lambda offer: _short(offer.note), tip=lambda offer: offer.note),
)
UNREAD_COLUMNS: tuple[Column[Unread], ...] = (
    Column("位置", lambda unread: unread.where),
    Column("表里的内容", lambda unread: _short(unread.text), tip=lambda unread: unread.text, share=1),
    Column("说明", lambda unread: unread.message, share=1),
    Column("怎么办", lambda unread: unread.remedy, share=1),
)


class OffersDialog(DeskDialog):
    """Lists everything that can be taken over (核对要带入的内容); `taken` carries the offers ticked.

    `person` given (even "") asks who filled the form in; `back_requested` when the person goes a step back.
    """

    taken = Signal(object)
    back_requested = Signal()

    def __init__(
        self,
        title: str,
        offers: Sequence[Offer],
        parent: QWidget | None = None,
        *,
        intro: str = "",
        unread: Sequence[Unread] = (),
        person: str | None = None,
        has_way_back: bool = False,
    ) -> None:
        super().__init__(title, "带入", parent, intro=intro)
        resize_within_screen(self, px(1080), px(610))
        self.table: TickTable[Offer] = TickTable(OFFER_COLUMNS, lambda offer: offer.is_free)
        self.table.setAccessibleName("可带入的内容")
        self.unread: RecordTable[Unread] = RecordTable(UNREAD_COLUMNS, row_height=32)
        self.unread.setAccessibleName("没有带入的内容")
        self.unread.set_records(unread)
        self.person = QLineEdit(person or "")
        self.person.setMaxLength(30)
        self.person.setFixedWidth(px(260))
        self.person.setAccessibleName("填写人")
        self._asks_person = person is not None
        self.all_box = QCheckBox("全部勾选")
        self.count = label("", "muted")
        self.tabs, self.detail = QTabWidget(), QPlainTextEdit()
        self.back = button("上一步", clicked=self._on_back)
        self.back.setVisible(has_way_back)
        self.buttons.insertWidget(0, self.back)
        self._lay_out(offers, unread)
        self._connect()
        self.table.ticks.set_records(offers)
        self.table.ticks.tick_where(lambda offer: offer.is_chosen)
        if offers:
            self.table.setCurrentIndex(self.table.ticks.index(0, 0))
        self.table.setFocus()

    def submit(self) -> None:
        """Hand on what is ticked."""
        if self._asks_person and not self.person.text().strip():
            self.show_problem("请写明是谁填写的，修改记录里要记下姓名。")
            self.person.setFocus()
            return
        self.taken.emit(self.table.ticks.chosen())

    def _lay_out(self, offers: Sequence[Offer], unread: Sequence[Unread]) -> None:
        """Who filled it in, how much is ticked, the lines, and the chosen one whole."""
        clashes = sum(offer.is_clash for offer in offers)
        if self._asks_person:
            self.body.addLayout(row(label("填写人"), self.person, label("记入填写记录", "muted"), None))
        chip = StatusChip(f"{clashes} 处两边都改过，请选择", Tone.CARE, "care")
        chip.setVisible(clashes > 0)
        self.body.addLayout(row(self.all_box, chip, None, self.count))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.table, f"可带入 {len(offers)} 处")
        if unread:
            self.tabs.addTab(self.unread, f"没有带入、请核对 {len(unread)} 处")
        else:
            self.unread.hide()
        self.tabs.setMinimumHeight(px(180))
        self.detail.setReadOnly(True)
        self.detail.setTabChangesFocus(True)
        self.detail.setFixedHeight(px(104))
        self.detail.setAccessibleName("所选一项的全部内容")
        self.body.addWidget(self.tabs, 1)
        self.body.addWidget(self.detail)

    def _connect(self) -> None:
        """Follow the cursor and the ticks."""
        self.table.selectionModel().currentRowChanged.connect(self._on_line)
        self.unread.record_chosen.connect(self._on_unread)
        self.tabs.currentChanged.connect(lambda _tab: self.detail.clear())
        self.table.ticks.ticked.connect(self._on_ticked)
        self.all_box.clicked.connect(self.table.ticks.tick_all)

    def _on_back(self) -> None:
        self.back_requested.emit()
        self.reject()

    def _on_line(self, index: QModelIndex, _before: QModelIndex) -> None:
        """Show a line whole: long texts are cut in the table."""
        if index.isValid():
            offer = self.table.ticks.record(index.row())
            parts = (offer.label, f"现在：{offer.now or '（空）'}", f"带入：{offer.offered}", offer.note)
            self.detail.setPlainText("\n".join(part for part in parts if part))

    def _on_unread(self, unread: Unread | None) -> None:
        """Show a note whole."""
        if unread is not None:
            parts = (f"{unread.where}　{unread.text}".strip(), unread.message, unread.remedy)
            self.detail.setPlainText("\n".join(part for part in parts if part))

    def _on_ticked(self, count: int) -> None:
        free = self.table.ticks.free_count()
        self.count.setText(f"已勾选 {count} 处")
        self.all_box.setEnabled(free > 0)
        self.all_box.setChecked(free > 0 and count == free)
        self.accept_button.setEnabled(count > 0)
