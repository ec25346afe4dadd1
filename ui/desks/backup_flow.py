"""Backups at any desk (备份控制): made now, written to a stick, put back after a question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from services import backup_copies
from services.job import JobContext
from services.ports.store import Backup
from ui.desks.base import DeskController, DeskParts
from ui.widgets.backup_card import BackupCard
from ui.widgets.backup_table import BACKUP_FILTER
from ui.widgets.confirm_dialog import ConfirmDialog
from ui.widgets.dates import full_time
from ui.widgets.file_drop import choose_file, choose_folder


class BackupFlow(DeskController):
    """Behind the card 备份与恢复; `restore_requested` closes the desk first, so whoever opened it does it."""

    restore_requested = Signal(object)

    def __init__(self, parts: DeskParts, card: BackupCard, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._card = card
        card.backup_requested.connect(self._on_backup)
        card.copy_requested.connect(self._on_copy)
        card.restore_requested.connect(self._on_restore)
        card.restore_file_requested.connect(self._on_restore_file)

    def refresh(self) -> None:
        """Read the backups anew."""
        self.run(lambda _ctx: self._backups(), self._show)

    def make_due(self) -> None:
        """Make today's backup where there is none yet, as after the data were moved; then show them."""
        store, now = self.workspace.store, self.workspace.tools.clock.now()

        def work(_ctx: JobContext) -> None:
            if store.due_for_daily(now):
                store.backup("daily", now)

        self.run(work, lambda _none: self.refresh())

    def _backups(self) -> Sequence[Backup]:
        return self.workspace.tools.opener.backups(self.workspace.folder)

    def _show(self, found: Sequence[Backup]) -> None:
        self._card.set_backups(found, self.workspace.today)
        self.frame.status.set_backup(found[0].made_at if found else None, self.workspace.today)

    def _on_backup(self) -> None:
        def done(_path: Path) -> None:
            self.frame.notice.show_notice(f"已备份（{full_time(now)}），可以在下面的列表里恢复。")
            self.refresh()

        now = self.workspace.tools.clock.now()
        self.run(lambda _ctx: self.workspace.store.backup("manual", now), done)

    def _on_copy(self) -> None:
        choose_folder(self.frame, "备份存到", lambda folder: self.save_copy(Path(folder)))

    def save_copy(self, folder: Path) -> None:
        """Write a backup of everything into a folder (a stick)."""

        def done(path: Path) -> None:
            words = f"已另存备份：{path}。这是备份，不是报送文件，不能用来报送。"
            self.frame.notice.show_notice(words)
            self.refresh()

        self.run(lambda _ctx: backup_copies.save_copy(self.workspace, folder), done)

    def _on_restore_file(self) -> None:
        choose_file(self.frame, "选择备份文件", BACKUP_FILTER, lambda path: self.restore_file(Path(path)))

    def restore_file(self, path: Path) -> None:
        """Look at a backup from elsewhere, then ask as for one of the list."""
        workspace = self.workspace
        self.run(
            lambda _ctx: backup_copies.look_at_copy(workspace.tools, path, workspace.folder),
            self._on_restore,
        )

    def _on_restore(self, backup: Backup) -> None:
        what = f"“{backup.path.name}”" if backup.reason == backup_copies.COPY else full_time(backup.made_at)
        text = f"会先把现在的内容备份一份，再恢复到 {what} 的备份。备份之后填写、接收和办理的内容需要重做。"
        dialog = ConfirmDialog("恢复备份", text, "恢复", self.frame, danger=True)
        dialog.confirmed.connect(lambda: self.restore_requested.emit(backup))
        self.open_dialog(dialog)
