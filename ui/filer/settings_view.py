"""Settings (设置): unit, kit, signature, text size, backups, about."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.filer.records import SettingsSheet
from ui.filer.settings_cards import (
    HeadKeySettings,
    KeySettings,
    KitSettings,
    PeopleSettings,
    TextSizeSettings,
    UnitSettings,
)
from ui.widgets.backup_card import BackupCard
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.dialog import scroll
from ui.widgets.labels import label, paragraph
from ui.widgets.page import Page


class SettingsView(Page):
    """The filer's settings (设置)."""

    kit_requested = Signal()
    key_requested = Signal()
    password_requested = Signal()
    registration_requested = Signal()
    head_requested = Signal()
    head_request_requested = Signal()
    head_password_requested = Signal()
    head_token_requested = Signal()
    head_module_requested = Signal()
    token_requested = Signal()
    module_requested = Signal()
    text_scale_chosen = Signal(float)
    folder_requested = Signal(object)
    licences_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("设置", parent=parent)
        self._sheet: SettingsSheet | None = None
        self.unit_card = UnitSettings()
        self.kit_card = KitSettings()
        self.key_card = KeySettings()
        self.head_card = HeadKeySettings()
        self.size_card = TextSizeSettings()
        self.people_card = PeopleSettings()
        self.people_card.hide()
        self.backup_card = BackupCard()
        self.about_card = Card("关于")
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
        self.head_card.show_head(sheet.head, sheet.needs_head)
        self.size_card.show_scale(sheet.text_scale)
        self.version_label.setText(f"预算绩效工作台　{sheet.version}")
        self.folder_label.setText(f"数据保存在 {sheet.folder}")

    def _fill_cards(self) -> None:
        about = self.about_card.body
        about.addWidget(self.version_label)
        about.addWidget(self.folder_label)
        about.addWidget(paragraph("本程序只能处理非涉密信息。", "care"))
        opening = button("打开数据文件夹", "link", clicked=self._on_folder)
        about.addLayout(row(opening, button("许可说明", "link", clicked=self.licences_requested.emit), None))

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (left, (self.unit_card, self.key_card, self.head_card, self.size_card)),
            (right, (self.kit_card, self.people_card, self.backup_card, self.about_card)),
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
        self.key_card.password_requested.connect(self.password_requested)
        self.key_card.registration_requested.connect(self.registration_requested)
        self.key_card.token_requested.connect(self.token_requested)
        self.key_card.module_requested.connect(self.module_requested)
        self.head_card.head_requested.connect(self.head_requested)
        self.head_card.request_requested.connect(self.head_request_requested)
        self.head_card.password_requested.connect(self.head_password_requested)
        self.head_card.token_requested.connect(self.head_token_requested)
        self.head_card.module_requested.connect(self.head_module_requested)
        self.size_card.scale_chosen.connect(self.text_scale_chosen)

    def _on_folder(self) -> None:
        if self._sheet is not None:
            self.folder_requested.emit(self._sheet.folder)
