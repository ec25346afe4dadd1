"""The database cannot be opened (数据打不开): why, and the backups it can be restored from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import COLOURS, px
from ui.widgets.backup_table import BACKUP_FILTER, backup_table
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.file_drop import choose_file
from ui.widgets.labels import label, paragraph
from ui.widgets.picture import Picture
from ui.widgets.placing import resize_within_screen

if TYPE_CHECKING:
    from services.ports.store import Backup


class DamagedPage(QWidget):
    """Offers the backups when a workspace cannot be opened (数据恢复)."""

    restore_requested = Signal(object)
    retry_requested = Signal()
    quit_requested = Signal()
    other_requested = Signal()
    file_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setWindowTitle("数据没有打开")
        resize_within_screen(self, px(760), px(540))
        picture = Picture(36, "care", COLOURS.care)
        self.sentence = paragraph("", "section")
        self.advice = paragraph("", "muted")
        self.table = backup_table()
        self.restore_button = button("恢复选中的备份", "primary", "restore", self._on_restore)
        self.retry_button = button("再试一次", clicked=self.retry_requested.emit)
        self.quit_button = button("退出", clicked=self.quit_requested.emit)
        self.other_button = button("打开其他工作区…", "link", clicked=self.other_requested.emit)
        self.file_button = button("用别处保存的备份恢复…", "link", clicked=self._on_file)
        self.card = Card("可以恢复的备份")
        self.card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 18)
        column.setSpacing(12)
        head = QVBoxLayout()
        head.addWidget(self.sentence)
        head.addWidget(self.advice)
        top = row(picture, head, spacing=14)
        top.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
        top.setStretch(1, 1)
        column.addLayout(top)
        column.addWidget(self.card, 1)
        self.nothing = label("没有找到备份。请联系技术支持人员，不要删除数据文件夹里的文件。", "care")
        column.addWidget(self.nothing)
        column.addLayout(row(self.file_button, self.other_button, None))
        column.addLayout(row(self.quit_button, None, self.retry_button, self.restore_button))
        self.table.record_chosen.connect(lambda backup: self.restore_button.setEnabled(backup is not None))
        self.table.record_opened.connect(lambda _backup: self._on_restore())

    def set_problem(self, sentence: str, backups: Sequence[Backup], *, can_restore: bool = True) -> None:
        """Say what is wrong; backups are only offered where restoring helps (not for a newer database)."""
        self.sentence.setText(sentence)
        offered = list(backups) if can_restore else []
        advice = "原来的数据文件不会删除，会另存在同一个文件夹里。备份之后填写、接收和办理的内容需要重做。"
        self.advice.setText(advice if offered else "")
        self.table.set_records(offered)
        self.card.setVisible(bool(offered))
        self.restore_button.setVisible(bool(offered))
        self.file_button.setVisible(can_restore)
        self.nothing.setVisible(can_restore and not offered)
        if offered:
            self.table.selectRow(0)

    def set_busy(self, busy: bool) -> None:
        """While a backup is being put in place nothing can be pressed."""
        for item in (self.restore_button, self.retry_button, self.quit_button, self.table):
            item.setEnabled(not busy)
        for link in (self.file_button, self.other_button):
            link.setEnabled(not busy)

    def show_problem(self, sentence: str) -> None:
        """Restoring did not work: say why; the choice is open again, the next older backup offered."""
        self.set_busy(False)
        self.advice.setText(sentence)
        following = self.table.currentIndex().row() + 1
        if following < self.table.records.rowCount():
            self.table.selectRow(following)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's cross means 退出."""
        super().closeEvent(event)
        self.quit_requested.emit()

    def _on_file(self) -> None:
        choose_file(self, "选择备份文件", BACKUP_FILTER, self.file_chosen.emit)

    def _on_restore(self) -> None:
        backup = self.table.chosen()
        if backup is not None:
            self.restore_requested.emit(backup)
