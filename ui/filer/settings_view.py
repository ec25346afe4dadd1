"""Settings (设置): unit, kit, signature, text size, backups, about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.filer.records import SettingsSheet
from ui.filer.settings_cards import KeySettings, KitSettings, TextSizeSettings, UnitSettings
from ui.widgets.backup_table import backup_table
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.dates import near_time
from ui.widgets.dialog import scroll
from ui.widgets.labels import label, paragraph
from ui.widgets.page import Page

if TYPE_CHECKING:
    from services.ports.store import Backup


class SettingsView(Page):
    """The filer's settings (设置)."""

    kit_requested = Signal()
    key_requested = Signal()
    registration_requested = Signal()
    text_scale_chosen = Signal(float)
    backup_requested = Signal()
    backup_copy_requested = Signal()
    restore_requested = Signal(object)
    restore_file_requested = Signal()
    folder_requested = Signal(object)
    licences_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("设置", parent=parent)
        self._sheet: SettingsSheet | None = None
        self.unit_card = UnitSettings()
        self.kit_card = KitSettings()
        self.key_card = KeySettings()
        self.size_card = TextSizeSettings()
        self.backup_card = Card("备份与恢复")
        self.about_card = Card("关于")
        self.backups = backup_table()
        self.last_backup = label("", "muted")
        self.restore_button = button("恢复选中的备份…", clicked=self._on_restore)
        self.version_label = label("")
        self.folder_label = paragraph("", "muted")
        self._fill_cards()
        self._lay_out()
        self._connect()

    def set_sheet(self, sheet: SettingsSheet) -> None:
        """Show the settings."""
        self._sheet = sheet
        self.unit_card.show_unit(sheet.unit, sheet.person_name)
        self.kit_card.show_kit(sheet.kit)
        self.key_card.show_key(sheet.key, sheet.awaits_registration)
        self.size_card.show_scale(sheet.text_scale)
        self.version_label.setText(f"预算绩效工作台　{sheet.version}")
        self.folder_label.setText(f"数据保存在 {sheet.folder}")

    def set_backups(self, backups: Sequence[Backup], today: date) -> None:
        """Show the backups, newest first."""
        self.backups.set_records(backups)
        last = f"上次备份 {near_time(backups[0].made_at, today)}" if backups else "还没有备份"
        self.last_backup.setText(last)
        self.backups.setVisible(bool(backups))
        self.restore_button.setVisible(bool(backups))

    def _fill_cards(self) -> None:
        body = self.backup_card.body
        copy = button("另存备份到…", icon_name="carrier", clicked=self.backup_copy_requested.emit)
        copy.setToolTip("把现在的全部内容存成一个备份文件，可以放在 U 盘上；不是报送文件，不能用来报送")
        now = button("立即备份", clicked=self.backup_requested.emit)
        body.addLayout(row(self.last_backup, None, copy, now, spacing=8))
        body.addWidget(self.backups)
        from_file = button("用别处的备份恢复…", "link", clicked=self.restore_file_requested.emit)
        body.addLayout(row(self.restore_button, from_file, None, spacing=8))
        hint = (
            "每天第一次打开时、升级数据之前自动备份；恢复前会先把现在的内容备份一份。"
            "没填完的内容可以另存备份，备份不是报送文件，也不含签名密码。"
        )
        body.addWidget(paragraph(hint, "muted"))
        about = self.about_card.body
        about.addWidget(self.version_label)
        about.addWidget(self.folder_label)
        about.addWidget(paragraph("本程序只能处理非涉密信息。", "care"))
        opening = button("打开数据文件夹", "link", clicked=self._on_folder)
        about.addLayout(row(opening, button("许可说明", "link", clicked=self.licences_requested.emit), None))

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (left, (self.unit_card, self.key_card, self.size_card)),
            (right, (self.kit_card, self.backup_card, self.about_card)),
        ):
            column.setSpacing(12)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 4, 4)
        columns.setSpacing(12)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        self.body.addWidget(scroll(inside), 1)

    def _connect(self) -> None:
        self.kit_card.kit_requested.connect(self.kit_requested)
        self.key_card.key_requested.connect(self.key_requested)
        self.key_card.registration_requested.connect(self.registration_requested)
        self.size_card.scale_chosen.connect(self.text_scale_chosen)
        self.backups.record_chosen.connect(lambda backup: self.restore_button.setEnabled(backup is not None))
        self.restore_button.setEnabled(False)

    def _on_restore(self) -> None:
        backup = self.backups.chosen()
        if backup is not None:
            self.restore_requested.emit(backup)

    def _on_folder(self) -> None:
        if self._sheet is not None:
            self.folder_requested.emit(self._sheet.folder)
