"""What was made and handed over (报送): packages of this desk and whether the bureau has them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from models.domain.check_code import spaced_check_code
from ui.filer.records import SentLine
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.chip import ChipLook
from ui.widgets.dates import full_time
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import ElidedLabel
from ui.widgets.page import ListCard, Page
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable


def receipt_look(line: SentLine) -> ChipLook:
    """未回执 until the bureau's signed receipt was taken in."""
    if line.awaits_head:
        return ChipLook("待负责人签名", Tone.CARE, "sign")
    if not line.awaits_receipt:
        return ChipLook("—", Tone.QUIET)
    if line.received_at is None:
        return ChipLook("未回执", Tone.PLAIN, "time")
    return ChipLook("已接收", Tone.GOOD, "check")


def _received(line: SentLine) -> str:
    if not line.awaits_receipt:
        return line.instead
    return full_time(line.received_at) if line.received_at else "等财政部门的回执"


COLUMNS: tuple[Column[SentLine], ...] = (
    Column("序号", lambda line: str(line.number), is_right=True),
    Column("内容", lambda line: line.what, share=1, tip=lambda line: "\n".join(line.contents)),
    Column("生成时间", lambda line: full_time(line.made_at)),
    Column("内容核对码", lambda line: spaced_check_code(line.check_code)),
    Column("回执", lambda line: receipt_look(line).word, chip=receipt_look),
    Column("财政部门接收时间", _received),
)


class SentView(Page):
    """Packages made at this desk (报送)."""

    seal_requested = Signal()
    cover_requested = Signal(object)
    folder_requested = Signal(object)
    forms_requested = Signal(object)
    copy_requested = Signal(object)
    head_requested = Signal(object)
    head_file_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("报送", "生成过的报送文件，本机都留有一份", parent)
        self.head.addWidget(button("生成报送文件…", "primary", clicked=self.seal_requested.emit))
        self.file_button = button("打开待签文件…", icon_name="sign", clicked=self.head_file_requested.emit)
        self.file_button.hide()
        self.head.insertWidget(self.head.count() - 1, self.file_button)
        self.table: RecordTable[SentLine] = RecordTable(COLUMNS)
        self.table.setAccessibleName("报送文件列表")
        self.file_label = ElidedLabel("", "muted")
        self.cover_button = self._action("打印封面", "print", self.cover_requested)
        self.folder_button = self._action("打开所在文件夹", "open_folder", self.folder_requested)
        self.forms_button = self._action("表样 PDF", "pdf", self.forms_requested)
        self.copy_button = self._action("再存一份…", "copy", self.copy_requested)
        self.head_button = self._action("负责人签名…", "sign", self.head_requested)
        tools = row(
            self.head_button,
            self.cover_button,
            self.folder_button,
            self.forms_button,
            self.copy_button,
            self.file_label,
            spacing=8,
        )
        tools.setStretch(5, 1)
        empty = EmptyState(
            "还没有生成过报送文件",
            "生成报送文件…",
            hint="表填好、校验通过后，选一份或多份一起生成一个带签名的文件，拷到 U 盘交给财政部门。",
            icon_name="send",
        )
        empty.wanted.connect(self.seal_requested)
        self.card = ListCard(self.table, empty, tools)
        self.body.addWidget(self.card, 1)
        self.setFocusProxy(self.table)
        self.table.record_chosen.connect(self._on_chosen)
        self.table.record_opened.connect(self.forms_requested)
        self._on_chosen(None)

    def set_packages(self, lines: Sequence[SentLine]) -> None:
        """Show the packages, newest first; the newest is chosen."""
        self.table.set_records(lines)
        if lines and self.table.chosen() is None:
            self.table.selectRow(0)
        self.card.show_content(bool(lines))

    def set_two_signers(self, needed: bool) -> None:
        """Whether 单位负责人 signs as well, so that a file from another computer can be opened here."""
        self.file_button.setVisible(needed)

    def _action(self, text: str, icon_name: str, signal: SignalInstance) -> QWidget:
        return button(text, icon_name=icon_name, clicked=lambda: self._tell(signal))

    def _tell(self, signal: SignalInstance) -> None:
        line = self.table.chosen()
        if line is not None:
            signal.emit(line)

    def _on_chosen(self, line: SentLine | None) -> None:
        for item in (self.cover_button, self.folder_button, self.forms_button, self.copy_button):
            item.setEnabled(line is not None)
        self.head_button.setVisible(line is not None and line.awaits_head)
        self.file_label.set_words(line.file_name if line is not None else "")
