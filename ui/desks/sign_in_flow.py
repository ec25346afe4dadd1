"""Signing in at a bureau's or department's desk (登录控制): at the start, when somebody else sits down, and after the desk was locked.

While nobody is signed in at a desk that knows its people, nothing but the sign-in page is shown. Work that goes on
(an intake) goes on behind it; what was typed is kept in the name of whoever typed it before somebody else sits down.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from models.domain.desk_user import DeskUser
from models.domain.errors import Cancelled, DeskError, WrongPassword
from services import people, token_keys
from services.changes import ChangeSet, Topic
from services.desk_people import lone_person, present_user, seat_lone_person, stand_up
from services.own_certificates import UNIT
from services.people import Recovery
from services.workspaces import Workspace
from ui.bureau.sign_in_dialogs import (
    ColleagueRecoveryDialog,
    KeyRecoveryDialog,
    RecoveryDialog,
    SignInDialog,
)
from ui.bureau.sign_in_page import SignInPage
from ui.desks.base import DeskController, DeskParts
from ui.theme import Tone
from ui.widgets.change_password_dialog import ChangePasswordDialog

SWITCH, LOCK, PASSWORD = "switch", "lock", "password"
MENU = ((SWITCH, "换人…"), (LOCK, "锁定"), (PASSWORD, "修改登录密码…"))
"""What the menu at the person's name in the top bar offers."""
Asking = (
    SignInDialog
    | RecoveryDialog
    | KeyRecoveryDialog
    | ColleagueRecoveryDialog
    | ChangePasswordDialog
    | SignInPage
)
Leaving = Callable[[Callable[[], object]], object]


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who is there (在席情况): everybody registered, who is signed in, what helps who forgot their password.

    `signs_in` is False where nobody is asked: nobody is registered, or one person alone at a department. `secret` is
    what opens the department's key, "" where it has none.
    """

    people: tuple[DeskUser, ...]
    present: DeskUser
    recovery: Recovery
    signs_in: bool
    secret: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether somebody has to sign in first."""
        return any(user.is_active for user in self.people) and not self.present.roles


class SignInFlow(DeskController):
    """Asks who is there (登录控制); `seated` carries who works here now, `left` tells that whoever did is gone.

    `leaving` calls what it is given once everything typed is kept; without it there is nothing to wait for.
    """

    seated = Signal(object, bool)
    left = Signal()

    def __init__(
        self, parts: DeskParts, parent: QObject | None = None, leaving: Leaving | None = None
    ) -> None:
        super().__init__(parts, parent)
        self.page = SignInPage()
        self._leaving: Leaving = leaving or (lambda then: then())
        nobody = DeskUser("", parts.workspace.profile.person_name, ())
        self._sitting = Sitting((), nobody, Recovery.TWO_OTHERS, signs_in=False)
        self.page.submitted.connect(self._on_page)
        self.page.recovery_requested.connect(lambda: self.recover(self.page.fields.user_id()))
        self.page.left.connect(self.frame.close)
        self.frame.top_bar.person_work_requested.connect(self._on_work)
        self.refresh()

    def on_change(self, change: ChangeSet) -> None:
        """People, and who is there, are settings of the desk."""
        if Topic.SETTINGS in change.topics:
            self.refresh()

    def close(self) -> None:
        """Nothing typed stays."""
        self.page.forget()
        super().close()

    def refresh(self) -> None:
        """Read anew who there is."""
        workspace = self.workspace
        self.run(lambda _ctx: _read(workspace), self._show)

    def _show(self, sitting: Sitting) -> None:
        before, self._sitting = self._sitting, sitting
        if before.present.roles and before.present.user_id != sitting.present.user_id:
            self.left.emit()
        if sitting.is_asked:
            self.frame.show_gate(self.page)
            self.page.ask(sitting.people, self.workspace.profile.unit.name)
        else:
            self.page.forget()
            self.frame.lift_gate()
        self.frame.top_bar.set_person_work(MENU if sitting.signs_in else ())
        self.seated.emit(sitting.present, bool(sitting.people))

    # Signing in -------------------------------------------------------------------------------

    def switch(self) -> None:
        """Ask for somebody else; until they have signed in nothing changes."""
        dialog = SignInDialog(self._sitting.people, self.frame)
        dialog.recovery_requested.connect(lambda: self.recover(dialog.fields.user_id()))

        def submit(user_id: str, password: str) -> None:
            self.run_for(
                dialog,
                lambda _ctx: people.enter(self.workspace, user_id, password),
                self._on_entered,
                partial(_show_refused, dialog),
            )

        dialog.submitted.connect(lambda *given: self._leaving(lambda: submit(*given)))
        self.open_dialog(dialog)

    def lock(self) -> None:
        """Leave the desk; it goes on where it was for whoever signs in next."""
        self.frame.show_gate(self.page)
        self._leaving(lambda: None)
        self.run(lambda _ctx: stand_up(self.workspace, "锁定"))

    def _on_page(self, user_id: str, password: str) -> None:
        self.page.set_busy(True)

        def done(user: DeskUser) -> None:
            self.page.set_busy(False)
            self._on_entered(user)

        def failed(error: BaseException) -> None:
            self.page.set_busy(False)
            if isinstance(error, DeskError) and not isinstance(error, Cancelled):
                _show_refused(self.page, error)
            else:
                self.parts.door.show(error)

        self.run(lambda _ctx: people.enter(self.workspace, user_id, password), done, failed)

    def _on_entered(self, user: DeskUser) -> None:
        if user.must_change:
            self.change_password(user, "这是首次登录，请先改成只有自己知道的密码，改好即登录。")
        else:
            self._tell(f"现在由{user.name}办理。")

    # Passwords --------------------------------------------------------------------------------

    def change_password(self, user: DeskUser, intro: str = "请用只有自己知道的密码。") -> None:
        """Ask for another password of one's own, and work here from then on."""
        dialog = ChangePasswordDialog(
            f"修改登录密码　{user.name}", intro, "登录密码", people.LEAST_LENGTH, self.frame
        )

        def submit(old: str, new: str) -> None:
            self.run_for(
                dialog,
                lambda _ctx: people.enter_anew(self.workspace, user.user_id, old, new),
                lambda _none: self._tell(f"{user.name}的登录密码已修改，请记牢新的密码。"),
                partial(_show_refused, dialog),
            )

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    def recover(self, forgotten: str = "") -> None:
        """Make a forgotten password good: two others confirm; where there are not two, see `Recovery`."""
        if self._sitting.recovery is Recovery.KEYS:
            self._recover_with_keys(forgotten)
            return
        if self._sitting.recovery is Recovery.COLLEAGUE:
            self._recover_with_colleague(forgotten)
            return
        dialog = RecoveryDialog(self._sitting.people, forgotten, people.LEAST_LENGTH, self.frame)

        def submit(user_id: str, confirming: Sequence[tuple[str, str]], new: str) -> None:
            self.run_for(
                dialog,
                lambda _ctx: people.recover(self.workspace, user_id, confirming, new),
                self._on_recovered,
                partial(_show_refused, dialog),
            )

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    def _recover_with_keys(self, forgotten: str) -> None:
        dialog = KeyRecoveryDialog(self._sitting.people, forgotten, people.LEAST_LENGTH, self.frame)

        def submit(user_id: str, root: str, bureau: str, new: str) -> None:
            self.run_for(
                dialog,
                lambda _ctx: people.recover_with_keys(self.workspace, user_id, root, bureau, new),
                self._on_recovered,
                partial(_show_refused, dialog),
            )

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    def _recover_with_colleague(self, forgotten: str) -> None:
        sitting = self._sitting
        dialog = ColleagueRecoveryDialog(
            sitting.people, forgotten, sitting.secret, people.LEAST_LENGTH, self.frame
        )

        def submit(user_id: str, other: str, password: str, key: str, new: str) -> None:
            self.run_for(
                dialog,
                lambda _ctx: people.recover_with_colleague(
                    self.workspace, user_id, (other, password), key, new
                ),
                self._on_recovered,
                partial(_show_refused, dialog),
            )

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    def _on_recovered(self, _none: object) -> None:
        told = "登录密码已重设，本人首次登录时要改成自己的密码。"
        if self.frame.has_gate():
            self.page.forget()
            self.page.show_problem(told)
        self._tell(told)

    def _on_work(self, wanted: str) -> None:
        """What the menu at the person's name asks for."""
        if wanted == SWITCH:
            self.switch()
        elif wanted == LOCK:
            self.lock()
        elif self._sitting.present.roles:
            self.change_password(self._sitting.present)

    def _tell(self, words: str) -> None:
        self.frame.notice.show_notice(words, Tone.GOOD)


def _show_refused(asking: Asking, error: DeskError) -> None:
    """Say what was wrong; a wrong password counts down to the next try."""
    if isinstance(error, WrongPassword):
        asking.show_wrong_password(f"{error.what.rstrip('。')}。", error.wait_seconds)
    else:
        asking.show_problem(error.sentence)


def _read(workspace: Workspace) -> Sitting:
    """Everybody, and who works here; who is alone at a department sits down unasked."""
    seat_lone_person(workspace)
    known = tuple(people.people(workspace))
    signs_in = any(user.is_active for user in known) and lone_person(workspace, known) is None
    has_key = UNIT in workspace.vault.names()
    return Sitting(
        known,
        present_user(workspace),
        people.recovery_way(workspace),
        signs_in,
        token_keys.secret_name(workspace, UNIT) if has_key else "",
    )
