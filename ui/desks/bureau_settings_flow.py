"""Settings of the bureau's desk (设置控制): keys locked, text size, backups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from services.changes import ChangeSet, Topic
from services.ports.store import Backup
from ui.bureau.records import BureauSheet
from ui.bureau.settings_view import BureauSettingsView
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.bureau_key_access import KeyAccess
from ui.theme import apply_theme
from ui.version import program_version

PAGE = "settings"


class BureauSettingsFlow(DeskController):
    """The page 设置 of the bureau's desk."""

    def __init__(self, parts: DeskParts, access: KeyAccess, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._access = access
        self.view = BureauSettingsView()
        self.frame.add_page(PAGE, self.view)
        self.view.lock_requested.connect(access.lock)
        self.view.text_scale_chosen.connect(self._on_scale)
        self.view.backup_requested.connect(self._on_backup)
        self.view.folder_requested.connect(open_outside)
        access.lock_changed.connect(lambda _unlocked: self.refresh())
        self.refresh()

    def on_change(self, change: ChangeSet) -> None:
        """The working year shows here."""
        if Topic.SETTINGS in change.topics:
            self.refresh()

    def refresh(self) -> None:
        """Show everything anew."""
        profile = self.workspace.profile
        self.view.set_sheet(
            BureauSheet(
                unit_name=profile.unit.name,
                unit_code=profile.unit.code,
                person_name=profile.person_name,
                working_year=profile.working_year,
                text_scale=self.parts.home.read().text_scale,
                folder=self.workspace.folder,
                version=program_version(),
                is_unlocked=self._access.is_unlocked,
            )
        )
        self.run(lambda _ctx: self._backups(), self._show_backups)

    def _backups(self) -> Sequence[Backup]:
        return self.workspace.tools.opener.backups(self.workspace.folder)

    def _show_backups(self, found: Sequence[Backup]) -> None:
        self.view.set_backups(found, self.workspace.today)
        self.frame.status.set_backup(found[0].made_at if found else None, self.workspace.today)

    def _on_scale(self, scale: float) -> None:
        home = self.parts.home
        home.write(replace(home.read(), text_scale=scale))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, scale)
        self.refresh()

    def _on_backup(self) -> None:
        def done(path: Path) -> None:
            self.frame.notice.show_notice(f"已备份到 {path.name}")
            self.run(lambda _ctx: self._backups(), self._show_backups)

        now = self.workspace.tools.clock.now()
        self.run(lambda _ctx: self.workspace.store.backup("manual", now), done)
