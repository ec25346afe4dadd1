"""Backups as a card of the settings (备份与恢复): made now, taken elsewhere, put back; the same at every desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.widgets.backup_table import backup_table
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.dates import near_time
from ui.widgets.labels import label, paragraph
from ui.widgets.wrapping import WrappingRow, together

if TYPE_CHECKING:
    from services.ports.store import Backup

_HINT = (
    "每天第一次打开时、升级数据之前自动备份；恢复前会先把现在的内容备份一份。"
    "没填完的内容可以另存备份，备份不是报送文件，也不含签名密码。"
)
_COPY_TIP = "把现在的全部内容存成一个备份文件，可以放在 U 盘上；不是报送文件，不能用来报送"


class BackupCard(Card):
    """The list of backups and what can be done with them (备份与恢复)."""

    backup_requested = Signal()
    copy_requested = Signal()
    restore_requested = Signal(object)
    restore_file_requested = Signal()

    def __init__(self) -> None:
        super().__init__("备份与恢复")
        self.table = backup_table()
        self.last_backup = label("", "muted")
        self.restore_button = button("恢复选中的备份…", clicked=self._on_restore)
        copy = button("另存备份到…", icon_name="carrier", clicked=self.copy_requested.emit)
        copy.setToolTip(_COPY_TIP)
        now = button("立即备份", clicked=self.backup_requested.emit)
        from_file = button("用别处的备份恢复…", "link", clicked=self.restore_file_requested.emit)
        self.body.addLayout(
            WrappingRow(self.last_backup, together(copy, now), stretching=(self.last_backup,))
        )
        self.body.addWidget(self.table)
        self.body.addLayout(WrappingRow(self.restore_button, from_file))
        self.body.addWidget(paragraph(_HINT, "muted"))
        self.table.record_chosen.connect(lambda backup: self.restore_button.setEnabled(backup is not None))
        self.restore_button.setEnabled(False)

    def set_backups(self, backups: Sequence[Backup], today: date) -> None:
        """Show the backups, newest first."""
        self.table.set_records(backups)
        last = f"上次备份 {near_time(backups[0].made_at, today)}" if backups else "还没有备份"
        self.last_backup.setText(last)
        self.table.setVisible(bool(backups))
        self.restore_button.setVisible(bool(backups))

    def _on_restore(self) -> None:
        backup = self.table.chosen()
        if backup is not None:
            self.restore_requested.emit(backup)
