"""设置 at the clerk's desk (设置控制): kit, signature, text size, backups."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

import resources
from models.domain.kit import ParameterKit, TrustMode
from models.domain.message import RequestPurpose
from services import key_care, kits, sealing, setup, token_keys
from services.changes import ChangeSet, Topic
from services.key_care import KeyState
from services.key_names import HEAD, UNIT
from services.ports.tokens import TokenPlace
from services.setup import MINIMUM_PASSWORD_LENGTH
from services.workspaces import DeskRole
from ui.desks.backup_flow import BackupFlow
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.key_care_flow import KeyCareFlow
from ui.desks.password_flow import PasswordFlow
from ui.desks.token_flow import TokenFlow
from ui.filer.records import KeyCard, KitCard, SettingsSheet
from ui.filer.settings_view import SettingsView
from ui.theme import apply_theme
from ui.version import program_version
from ui.widgets.dates import day_here
from ui.widgets.file_drop import choose_file
from ui.widgets.password_dialog import NewPasswordDialog
from ui.widgets.reading_dialog import ReadingDialog


class SettingsFlow(DeskController):
    """The settings page (设置); `restore_requested` closes the desk first, so whoever opened it does it."""

    kit_file_chosen = Signal(object)
    restore_requested = Signal(object)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self.view = SettingsView()
        self.frame.add_page("settings", self.view)
        self.view.kit_requested.connect(self._on_kit)
        self.view.key_requested.connect(self._on_key)
        self.tokens = TokenFlow(parts, self)
        self.care = KeyCareFlow(parts, self.tokens, self)
        self.view.registration_requested.connect(self.care.request)
        self.view.head_requested.connect(self.care.set_head)
        self.view.head_request_requested.connect(lambda: self.care.request(HEAD))
        self.passwords = PasswordFlow(parts, self)
        self.view.password_requested.connect(lambda: self.passwords.change("unit"))
        self.view.head_password_requested.connect(lambda: self.passwords.change(HEAD))
        self.view.token_requested.connect(lambda: self.tokens.begin("unit"))
        self.view.module_requested.connect(lambda: self.tokens.choose_module("unit"))
        self.view.head_token_requested.connect(lambda: self.tokens.begin(HEAD))
        self.view.head_module_requested.connect(lambda: self.tokens.choose_module(HEAD))
        self.view.text_scale_chosen.connect(self._on_scale)
        self.backups = BackupFlow(parts, self.view.backup_card, self)
        self.backups.restore_requested.connect(self.restore_requested)
        self.view.folder_requested.connect(lambda folder: open_outside(Path(folder)))
        self.view.licences_requested.connect(self._on_licences)

    def close(self) -> None:
        """Hear no more changes."""
        self.backups.close()
        self.passwords.close()
        self.care.close()
        self.tokens.close()
        super().close()

    def on_change(self, change: ChangeSet) -> None:
        """Kit and key show here."""
        if change.topics & {Topic.KITS, Topic.KEYS, Topic.SETTINGS}:
            self.refresh()

    def refresh(self) -> None:
        """Read everything anew."""
        self.run(lambda _ctx: self._sheet(), self.view.set_sheet)
        self.backups.refresh()

    def _sheet(self) -> SettingsSheet:
        workspace = self.workspace
        stored = workspace.current_kit()
        kit = stored.kit
        key = None
        states = {state.name: state for state in key_care.key_states(workspace)}
        if "unit" in workspace.vault.names():
            info = workspace.vault.certificate("unit")
            place = token_keys.place_of(workspace, "unit")
            key = KeyCard(
                info.subject.person_name,
                info.fingerprint,
                day_here(info.not_after),
                not info.is_self_signed,
                "" if place is None else place.label,
                _due_words(states.get(UNIT)),
            )
        return SettingsSheet(
            unit=workspace.profile.unit,
            person_name=workspace.profile.person_name,
            kit=KitCard(
                kit.name,
                kit.version,
                kit.issuer_name,
                kits.code_of_kit(workspace, stored),
                stored.taken_at,
                kit.is_builtin,
            ),
            key=key,
            text_scale=self.parts.home.read().text_scale,
            folder=workspace.folder,
            version=program_version(),
            head=_head_card(states.get(HEAD), token_keys.place_of(workspace, HEAD)),
            needs_head=sealing.needs_countersignature(kit),
            awaits_registration=key is not None and not key.is_registered and self._asks_beforehand(kit),
        )

    def _asks_beforehand(self, kit: ParameterKit) -> bool:
        """Whether the key has to be registered before it is used: where the kit says so, and at a department.

        A department's slips count under the bureau's certificate only, whatever the kit asks of units.
        """
        is_department = self.workspace.profile.role is DeskRole.DEPARTMENT
        return kit.trust_mode is TrustMode.CERTIFICATE or (is_department and not kit.is_builtin)

    def _on_licences(self) -> None:
        ReadingDialog("许可说明", resources.path("help", "licences.md"), self.frame).open()

    def _on_kit(self) -> None:
        choose_file(
            self.frame,
            "选择任务参数包",
            "任务参数包 (*.asice)",
            lambda path: self.kit_file_chosen.emit(Path(path)),
        )

    def _on_key(self) -> None:
        has_key = "unit" in self.workspace.vault.names()
        title = "更换签名" if has_key else "设置签名密码"
        intro = (
            "会生成一个新的签名，旧的签名作废留存。填过的表和生成过的文件不受影响，下一次报送时财政部门会重新核对签名核对码。"
            if has_key
            else "签名密码只在生成报送文件时使用，不能找回，请记牢；忘记时可以更换签名。"
        )
        dialog = NewPasswordDialog(title, intro, MINIMUM_PASSWORD_LENGTH, parent=self.frame)

        def submit(password: str) -> None:
            self.run_for(dialog, lambda _ctx: setup.make_unit_key(self.workspace, password))

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    def _on_scale(self, scale: float) -> None:

        home = self.parts.home
        home.write(home.read()._replace(text_scale=scale))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, scale)


_DUE = {RequestPurpose.RENEWAL: "生成续期申请…", RequestPurpose.REPLACEMENT: "生成补办申请…"}


def _due_words(state: KeyState | None) -> str:
    """What the request that is due is called, "" where none is; a key that ended must be replaced first."""
    if state is None or state.due is None:
        return ""
    is_over = state.due is RequestPurpose.REPLACEMENT and not state.certificate.is_self_signed
    return "" if is_over else _DUE.get(state.due, "")


def _head_card(state: KeyState | None, place: TokenPlace | None) -> KeyCard | None:
    """The key of 单位负责人, None while there is none."""
    if state is None:
        return None
    info = state.certificate
    return KeyCard(
        info.subject.person_name,
        info.fingerprint,
        state.valid_until,
        not info.is_self_signed,
        "" if place is None else place.label,
        _due_words(state),
    )
