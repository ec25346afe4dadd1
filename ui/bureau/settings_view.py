"""Settings of the bureau's desk (设置): who works here, keys in memory, text size, backups, about."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.bureau.records import BureauSheet
from ui.bureau.shared_database_card import SharedDatabaseCard
from ui.filer.settings_cards import FactsCard, TextSizeSettings
from ui.theme import Tone
from ui.widgets.backup_card import BackupCard
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.chip import ChipLook, StatusChip
from ui.widgets.dialog import scroll
from ui.widgets.labels import label, paragraph
from ui.widgets.page import Page
from ui.widgets.wrapping import WrappingRow

_LOCKED = ChipLook("未解锁", Tone.PLAIN, "lock")
_UNLOCKED = ChipLook("已解锁", Tone.GOOD, "key")


class BureauSettingsView(Page):
    """The bureau's settings (财政端设置)."""

    lock_requested = Signal()
    password_requested = Signal(str)
    token_requested = Signal()
    module_requested = Signal()
    text_scale_chosen = Signal(float)
    folder_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("设置", parent=parent)
        self._sheet: BureauSheet | None = None
        self.bureau_card = FactsCard("本财政部门")
        self.key_card = Card("签名密钥")
        self.key_chip = StatusChip()
        self.lock_button = button("现在锁上", icon_name="lock", clicked=self.lock_requested.emit)
        self.root_button = button("修改根密码…", clicked=lambda: self.password_requested.emit("root"))
        self.bureau_button = button("修改签发密码…", clicked=lambda: self.password_requested.emit("bureau"))
        self.token_button = button("改用 UKey 签发…", clicked=self.token_requested.emit)
        self.module_button = button("重新选择 UKey 模块…", clicked=self.module_requested.emit)
        self.token_label = paragraph("")
        self.size_card = TextSizeSettings()
        self.backup_card = BackupCard()
        self.shared_card = SharedDatabaseCard()
        self.about_card = Card("关于")
        self.version_label = label("")
        self.folder_label = paragraph("", "muted")
        self._fill_cards()
        self._lay_out()
        self.size_card.scale_chosen.connect(self.text_scale_chosen)

    def set_sheet(self, sheet: BureauSheet) -> None:
        """Show the settings."""
        self._sheet = sheet
        self.bureau_card.set_fact("名称", sheet.unit_name)
        self.bureau_card.set_fact("区划代码", sheet.unit_code)
        self.bureau_card.set_fact("经办人", sheet.person_name)
        self.bureau_card.set_fact("工作年度", f"{sheet.working_year}年")
        self.key_chip.set_look(_UNLOCKED if sheet.is_unlocked else _LOCKED)
        self.lock_button.setEnabled(sheet.is_unlocked)
        self._show_token(sheet.token_label)
        self.size_card.show_scale(sheet.text_scale)
        self.version_label.setText(f"预算绩效工作台　{sheet.version}".strip())
        self.folder_label.setText(f"数据保存在 {sheet.folder}")

    def _show_token(self, label_of_token: str) -> None:
        """Where the key lies that signs what goes out."""
        on_token = bool(label_of_token)
        self.token_label.setText(
            f"签发方式：UKey“{label_of_token}”" if on_token else "签发方式：本机密钥文件"
        )
        self.token_button.setText("更换签发用的 UKey…" if on_token else "改用 UKey 签发…")
        self.bureau_button.setText("修改 UKey 的 PIN 码…" if on_token else "修改签发密码…")
        self.module_button.setVisible(on_token)

    def _fill_cards(self) -> None:
        self.key_card.head.addWidget(self.key_chip)
        told = (
            "开具回执、下发通知只要签发密码；登记和注销签名、下发任务参数包还要根密码。"
            "每次打开程序只问一次，离开座位时可以锁上。根密钥和密码请分开保管，忘记后不能找回。"
        )
        self.key_card.body.addWidget(paragraph(told, "muted"))
        self.key_card.body.addWidget(self.token_label)
        keys = (self.root_button, self.bureau_button, self.lock_button, self.token_button, self.module_button)
        self.key_card.body.addLayout(WrappingRow(*keys))
        about = self.about_card.body
        about.addWidget(self.version_label)
        about.addWidget(self.folder_label)
        about.addWidget(paragraph("本程序只能处理非涉密信息。", "care"))
        about.addLayout(row(button("打开数据文件夹", "link", clicked=self._on_folder), None))

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (left, (self.bureau_card, self.key_card, self.shared_card, self.size_card)),
            (right, (self.backup_card, self.about_card)),
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

    def _on_folder(self) -> None:
        if self._sheet is not None:
            self.folder_requested.emit(self._sheet.folder)
