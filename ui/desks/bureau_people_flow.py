"""People and log at the bureau's desk (操作人员与操作日志控制)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import DeskError, WrongPassword
from services import audit_log, people, workspaces
from services.audit_log import LogCheck
from services.changes import ChangeSet, Topic
from services.desk_people import present_user
from services.job import JobContext
from services.workspaces import Workspace
from ui.bureau.kit_view import KitView
from ui.bureau.person_dialog import PersonDialog, PersonDraft
from ui.bureau.sign_in_dialogs import RecoveryDialog, SignInDialog
from ui.desks.base import DeskController, DeskParts
from ui.desks.bureau_refresh import Refresher
from ui.widgets.change_password_dialog import ChangePasswordDialog

_Asking = SignInDialog | RecoveryDialog | ChangePasswordDialog


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page shows (操作人员页数据)."""

    people: tuple[DeskUser, ...]
    present: DeskUser
    offices: tuple[str, ...]


class PeopleFlow(DeskController):
    """Behind the pages 操作人员 and 操作日志."""

    def __init__(self, parts: DeskParts, view: KitView, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._view = view
        self._shown: _Shown | None = None
        self._refresher = Refresher(parts.jobs, parts.door, self._prepare, self._show)
        page, log = view.people, view.log
        page.add_requested.connect(self._on_add)
        page.change_requested.connect(self._on_change)
        page.password_requested.connect(self._on_password)
        page.recovery_requested.connect(self._on_recovery)
        page.switch_requested.connect(self._on_switch)
        log.wanted.connect(self._on_log_wanted)
        log.check_requested.connect(self._on_check)
        self.refresh()

    def on_change(self, change: ChangeSet) -> None:
        """People, offices and whatever is logged show here."""
        if change.topics & {Topic.SETTINGS, Topic.REGISTERS}:
            self.refresh()
        if self._view.log.isVisible():
            self._view.log.ask()

    def refresh(self) -> None:
        """Read the people anew."""
        self._refresher.request()

    def _prepare(self) -> Callable[[JobContext], _Shown]:
        workspace = self.workspace
        return lambda _ctx: _read(workspace)

    def _show(self, shown: _Shown) -> None:
        self._shown = shown
        may_manage = UserRole.ADMINISTRATOR in shown.present.roles
        self._view.people.set_people(shown.people, shown.present, may_manage=may_manage)

    # People -----------------------------------------------------------------------------------

    def _on_add(self) -> None:
        shown = self._shown
        if shown is None:
            return
        dialog = PersonDialog(None, shown.offices, people.LEAST_LENGTH, self.frame)
        by = shown.present.name

        def submit(draft: PersonDraft) -> None:
            self.run_for(
                dialog,
                lambda _ctx: people.add_person(
                    self.workspace, by, draft.name, draft.roles, draft.office, draft.password
                ),
                lambda user: self._view.show_told(f"已添加操作人员{user.name}。"),
            )

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    def _on_change(self, user: DeskUser) -> None:
        shown = self._shown
        if shown is None:
            return
        dialog = PersonDialog(user, shown.offices, people.LEAST_LENGTH, self.frame)
        by = shown.present.name

        def submit(draft: PersonDraft) -> None:
            self.run_for(
                dialog,
                lambda _ctx: people.change_person(
                    self.workspace, by, user.user_id, draft.roles, draft.office, is_active=draft.is_active
                ),
                lambda changed: self._view.show_told(f"已修改操作人员{changed.name}。"),
            )

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    # Passwords --------------------------------------------------------------------------------

    def _on_password(self) -> None:
        if self._shown is not None and self._shown.present.roles:
            self._ask_password(self._shown.present, "请用只有自己知道的密码。")

    def _ask_password(self, user: DeskUser, intro: str) -> None:
        dialog = ChangePasswordDialog(
            f"修改登录密码　{user.name}", intro, "登录密码", people.LEAST_LENGTH, self.frame
        )

        def submit(old: str, new: str) -> None:
            self.run_for(
                dialog,
                lambda _ctx: self._change_password(user, old, new),
                lambda _none: self._view.show_told(f"{user.name}的登录密码已修改，请记牢新的密码。"),
                lambda error: _show_refused(dialog, error),
            )

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    def _change_password(self, user: DeskUser, old: str, new: str) -> None:
        people.set_password(self.workspace, user.user_id, old, new)
        self._sit_down(user)

    def _on_recovery(self) -> None:
        if self._shown is None:
            return
        chosen = self._view.people.table.chosen()
        dialog = RecoveryDialog(self._shown.people, chosen, people.LEAST_LENGTH, self.frame)

        def submit(user_id: str, confirming: Sequence[tuple[str, str]], new: str) -> None:
            self.run_for(
                dialog,
                lambda _ctx: self._recover(user_id, confirming, new),
                lambda _none: self._view.show_told("登录密码已重设，本人首次登录时要改成自己的密码。"),
                lambda error: _show_refused(dialog, error),
            )

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    def _recover(self, user_id: str, confirming: Sequence[tuple[str, str]], new: str) -> None:
        people.recover(self.workspace, user_id, confirming, new)
        self.workspace.changes.tell(Topic.SETTINGS)

    # Who works here ---------------------------------------------------------------------------

    def _on_switch(self) -> None:
        if self._shown is None:
            return
        dialog = SignInDialog(self._shown.people, self.frame)

        def submit(user_id: str, password: str) -> None:
            self.run_for(
                dialog,
                lambda _ctx: self._sign_in(user_id, password),
                self._on_signed_in,
                lambda error: _show_refused(dialog, error),
            )

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    def _sign_in(self, user_id: str, password: str) -> DeskUser:
        user = people.sign_in(self.workspace, user_id, password)
        if not user.must_change:
            self._sit_down(user)
        return user

    def _sit_down(self, user: DeskUser) -> None:
        """What is decided from now on bears the name of this person."""
        profile = replace(self.workspace.profile, person_name=user.name)
        workspaces.save_profile(self.workspace, profile)
        self.workspace.changes.tell(Topic.SETTINGS)

    def _on_signed_in(self, user: DeskUser) -> None:
        if user.must_change:
            self._ask_password(user, "这是首次登录，请先改成只有自己知道的密码，改好即登录。")
        else:
            self._view.show_told(f"现在由{user.name}办理。")

    # Log --------------------------------------------------------------------------------------

    def _on_log_wanted(self, text: str) -> None:
        self.run(lambda _ctx: audit_log.newest(self.workspace, text), self._view.log.set_entries)

    def _on_check(self) -> None:
        def done(found: LogCheck) -> None:
            self._view.log.show_check(found.words, found.broken_at is None)

        self.run(lambda _ctx: audit_log.check_log(self.workspace), done)


def _show_refused(dialog: _Asking, error: DeskError) -> None:
    """Say what was wrong; a wrong password counts down to the next try."""
    if isinstance(error, WrongPassword):
        dialog.show_wrong_password(f"{error.what.rstrip('。')}。", error.wait_seconds)
    else:
        dialog.show_problem(error.sentence)


def _read(workspace: Workspace) -> _Shown:
    """Everybody, who works here, and the offices the registers know."""
    with workspace.store.reading() as work:
        offices = {unit.bureau_office for unit in work.registers.units()} - {""}
    return _Shown(tuple(people.people(workspace)), present_user(workspace), tuple(sorted(offices)))
