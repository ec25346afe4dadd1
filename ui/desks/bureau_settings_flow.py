"""Settings of the bureau's desk (设置控制): keys locked, text size, backups."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from services import token_keys
from services.changes import ChangeSet, Topic
from ui.bureau.records import BureauSheet
from ui.bureau.settings_view import BureauSettingsView
from ui.desks.backup_flow import BackupFlow
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.bureau_key_access import KeyAccess
from ui.desks.password_flow import PasswordFlow
from ui.desks.shared_database_flow import SharedDatabaseFlow
from ui.desks.token_flow import TokenFlow
from ui.theme import apply_theme
from ui.version import program_version

PAGE = "settings"


class BureauSettingsFlow(DeskController):
    """The page 设置 of the bureau's desk; `restore_requested` is answered by whoever opened the desk."""

    restore_requested = Signal(object)

    def __init__(self, parts: DeskParts, access: KeyAccess, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._access = access
        self.view = BureauSettingsView()
        self.frame.add_page(PAGE, self.view)
        self.view.lock_requested.connect(access.lock)
        self.passwords = PasswordFlow(parts, self)
        self.view.password_requested.connect(self.passwords.change)
        self.tokens = TokenFlow(parts, self)
        self.view.token_requested.connect(lambda: self.tokens.begin_at_bureau(access))
        self.view.module_requested.connect(lambda: self.tokens.choose_module("bureau"))
        self.view.text_scale_chosen.connect(self._on_scale)
        self.backups = BackupFlow(parts, self.view.backup_card, self)
        self.backups.restore_requested.connect(self.restore_requested)
        self.shared = SharedDatabaseFlow(parts, self.view.shared_card, self)
        self.shared.moved.connect(self.backups.make_due)
        self.view.folder_requested.connect(open_outside)
        access.lock_changed.connect(lambda _unlocked: self.refresh())
        self.refresh()

    def close(self) -> None:
        """Hear no more changes."""
        self.backups.close()
        self.shared.close()
        self.passwords.close()
        self.tokens.close()
        super().close()

    def on_change(self, change: ChangeSet) -> None:
        """The working year and where the key lies show here."""
        if change.topics & {Topic.SETTINGS, Topic.KEYS}:
            self.refresh()

    def refresh(self) -> None:
        """Show everything anew."""
        profile, place = self.workspace.profile, token_keys.place_of(self.workspace, "bureau")
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
                token_label="" if place is None else place.label,
            )
        )
        self.backups.refresh()
        self.shared.refresh()

    def _on_scale(self, scale: float) -> None:
        home = self.parts.home
        home.write(home.read()._replace(text_scale=scale))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, scale)
        self.refresh()
