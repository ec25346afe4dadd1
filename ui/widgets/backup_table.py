"""Backups to choose from (备份列表)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.domain.file_size import size_words
from ui.theme import px
from ui.widgets.dates import full_time
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from services.ports.store import Backup

BACKUP_FILTER = "备份文件 (*.db)"

_REASONS = {
    "daily": "每日备份",
    "manual": "手工备份",
    "upgrade": "升级数据之前",
    "restore": "恢复备份之前",
}


def reason_words(backup: Backup) -> str:
    """Why a backup was made; a reason written in Chinese stands for itself."""
    return _REASONS.get(backup.reason, "其他备份" if backup.reason.isascii() else backup.reason)


COLUMNS: tuple[Column[Backup], ...] = (
    Column("备份时间", lambda backup: full_time(backup.made_at)),
    Column("原因", reason_words, share=1),
    Column("大小", lambda backup: size_words(backup.size), is_right=True),
)


def backup_table(parent: QWidget | None = None) -> RecordTable[Backup]:
    """A table of backups, newest first as they are given."""
    table: RecordTable[Backup] = RecordTable(COLUMNS, parent, row_height=32)
    table.setAccessibleName("备份列表")
    table.setMinimumHeight(px(140))
    return table
