"""People and log at a bureau's or department's desk (操作人员与操作日志控制)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from models.domain.desk_user import DeskUser, UserRole
from services import audit_log, people
from services.audit_log import LogCheck
from services.changes import ChangeSet, Topic
from services.desk_people import present_user
from services.job import JobContext
from services.permission_table import Action
from services.permissions import may
from services.review.reassigning import offices
from services.workspaces import DeskRole, Workspace
from ui.bureau.kit_view import KitView
from ui.bureau.person_dialog import PersonDialog, PersonDraft
from ui.department.people_view import PeopleView
from ui.desks.base import DeskController, DeskParts
from ui.desks.bureau_refresh import Refresher
from ui.desks.sign_in_flow import SignInFlow


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page shows (操作人员页数据)."""

    people: tuple[DeskUser, ...]
    present: DeskUser
    roles: tuple[UserRole, ...]
    offices: tuple[str, ...]


class PeopleFlow(DeskController):
    """Behind the pages 操作人员 and 操作日志."""

    def __init__(
        self,
        parts: DeskParts,
        view: KitView | PeopleView,
        sign_in: SignInFlow,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parts, parent)
        self._view, self._sign_in = view, sign_in
        self._shown: _Shown | None = None
        self._refresher = Refresher(parts.jobs, parts.door, self._prepare, self._show)
        page, log = view.people, view.log
        page.add_requested.connect(self._on_add)
        page.change_requested.connect(self._on_change)
        page.password_requested.connect(self._on_password)
        page.recovery_requested.connect(lambda: sign_in.recover(self._chosen()))
        page.sheet_requested.connect(sign_in.make_sheet)
        page.switch_requested.connect(sign_in.switch)
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
        may_manage = may(shown.present, Action.PEOPLE)
        self._view.people.set_people(shown.people, shown.present, may_manage=may_manage)

    # People -----------------------------------------------------------------------------------

    def _on_add(self) -> None:
        shown = self._shown
        if shown is None:
            return
        is_own = not shown.people and self.workspace.profile.role is DeskRole.DEPARTMENT
        own_name = self.workspace.profile.person_name if is_own else ""
        dialog = PersonDialog(
            None, shown.roles, shown.offices, people.LEAST_LENGTH, self.frame, own_name=own_name
        )

        def submit(draft: PersonDraft) -> None:
            self.run_for(
                dialog,
                lambda _ctx: people.add_person(
                    self.workspace, draft.name, draft.roles, draft.office, draft.password
                ),
                lambda user: self._view.show_told(
                    f"已登记{user.name}，可以添加同事了。" if is_own else f"已添加操作人员{user.name}。"
                ),
            )

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    def _on_change(self, user: DeskUser) -> None:
        shown = self._shown
        if shown is None:
            return
        dialog = PersonDialog(user, shown.roles, shown.offices, people.LEAST_LENGTH, self.frame)

        def submit(draft: PersonDraft) -> None:
            self.run_for(
                dialog,
                lambda _ctx: people.change_person(
                    self.workspace, user.user_id, draft.roles, draft.office, is_active=draft.is_active
                ),
                lambda changed: self._view.show_told(f"已修改操作人员{changed.name}。"),
            )

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    def _on_password(self) -> None:
        if self._shown is not None and self._shown.present.roles:
            self._sign_in.change_password(self._shown.present)

    def _chosen(self) -> str:
        """Id of the person one stands at, "" for nobody."""
        user = self._view.people.table.chosen()
        return user.user_id if user else ""

    # Log --------------------------------------------------------------------------------------

    def _on_log_wanted(self, text: str) -> None:
        self.run(lambda _ctx: audit_log.newest(self.workspace, text), self._view.log.set_entries)

    def _on_check(self) -> None:
        def done(found: LogCheck) -> None:
            self._view.log.show_check(found.words, found.is_whole)

        self.run(lambda _ctx: audit_log.check_log(self.workspace), done)


def _read(workspace: Workspace) -> _Shown:
    """Everybody, who works here, and the offices the registers know."""
    known, roles = tuple(people.people(workspace)), people.roles_here(workspace)
    return _Shown(known, present_user(workspace), roles, offices(workspace))
