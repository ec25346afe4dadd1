"""Signing in at a bureau's or department's desk (登录控制): at the start, when somebody else sits down, and after the desk was locked.

While nobody is signed in at a desk that knows its people, nothing but the sign-in page is shown. Work that goes on
(an intake) goes on behind it; what was typed is kept in the name of whoever typed it before somebody else sits down.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from models.domain.desk_user import DeskUser
from models.domain.errors import Cancelled, DeskError, WrongPassword
from services import people
from services.changes import ChangeSet, Topic
from services.desk_people import stand_up
from services.people import Recovery
from services.sign_in_notices import acknowledge, notices_for
from ui.bureau.sheet_dialogs import SignInNoticesDialog
from ui.bureau.sign_in_dialogs import SignInDialog
from ui.bureau.sign_in_page import SignInPage
from ui.desks.base import DeskController, DeskParts
from ui.desks.recovery_flow import RecoveryFlow
from ui.desks.sitting import Sitting, read_sitting
from ui.theme import Tone
from ui.widgets.change_password_dialog import ChangePasswordDialog

SWITCH, LOCK, PASSWORD = "switch", "lock", "password"
MENU = ((SWITCH, "换人…"), (LOCK, "锁定"), (PASSWORD, "修改登录密码…"))
"""What the menu at the person's name in the top bar offers."""
NO_SHEET = "还没有恢复单：没有人能确认忘记的登录密码时，要靠它才能进入。请在“操作人员”里点“恢复单…”，生成后交单位负责人封存。"
Leaving = Callable[[Callable[[], object]], object]


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
        self.recovery = RecoveryFlow(parts, self)
        self._leaving: Leaving = leaving or (lambda then: then())
        nobody = DeskUser("", parts.workspace.profile.person_name, ())
        self._reminds = False
        self._sitting = Sitting((), nobody, Recovery.TWO_OTHERS, signs_in=False)
        self.page.submitted.connect(self._on_page)
        self.page.recovery_requested.connect(lambda: self.recover(self.page.fields.user_id()))
        self.page.left.connect(self.frame.close)
        self.recovery.recovered.connect(self._on_recovered)
        self.recovery.made.connect(self._tell)
        self.frame.top_bar.person_work_requested.connect(self._on_work)
        self.refresh()

    def on_change(self, change: ChangeSet) -> None:
        """People, and who is there, are settings of the desk."""
        if Topic.SETTINGS in change.topics:
            self.refresh()

    def close(self) -> None:
        """Nothing typed stays."""
        self.page.forget()
        self.recovery.close()
        super().close()

    def refresh(self) -> None:
        """Read anew who there is."""
        workspace = self.workspace
        self.run(lambda _ctx: read_sitting(workspace), self._show)

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
        if self._reminds and sitting.present.roles:
            self._reminds = False
            if sitting.lacks_sheet:
                self.frame.notice.show_notice(NO_SHEET, Tone.CARE)

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
                partial(_refuse, dialog),
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
                _refuse(self.page, error)
            else:
                self.parts.door.show(error)

        self.run(lambda _ctx: people.enter(self.workspace, user_id, password), done, failed)

    def _on_entered(self, user: DeskUser) -> None:
        if user.must_change:
            self.change_password(user, "这是首次登录，请先改成只有自己知道的密码，改好即登录。")
        else:
            self._tell(f"现在由{user.name}办理。")
            self._welcome(user)

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
                lambda _none: self._on_changed(user),
                partial(_refuse, dialog),
            )

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    def _on_changed(self, user: DeskUser) -> None:
        self._tell(f"{user.name}的登录密码已修改，请记牢新的密码。")
        self._welcome(user)

    def _welcome(self, user: DeskUser) -> None:
        """What was done to passwords meanwhile is read first; then what 系统管理员 should see to."""

        def show(notices: tuple[str, ...]) -> None:
            if not notices:
                return
            dialog = SignInNoticesDialog(notices, self.frame)
            dialog.submitted.connect(
                lambda: self.run_for(
                    dialog, lambda _ctx: acknowledge(self.workspace, user.user_id, len(notices))
                )
            )
            self.open_dialog(dialog)

        self._reminds = True
        self.run(lambda _ctx: tuple(notices_for(self.workspace, user.user_id)), show)
        self.refresh()

    def recover(self, forgotten: str = "") -> None:
        """Make a forgotten password good."""
        self.recovery.begin(self._sitting, forgotten)

    def make_sheet(self) -> None:
        """Make the sheet for the safe."""
        self.recovery.make_sheet(self._sitting)

    def _on_recovered(self, told: str) -> None:
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


def _refuse(asking: SignInDialog | ChangePasswordDialog | SignInPage, error: DeskError) -> None:
    """Say what was wrong; a wrong password counts down to the next try."""
    if isinstance(error, WrongPassword):
        asking.show_wrong_password(f"{error.what.rstrip('。')}。", error.wait_seconds)
    else:
        asking.show_problem(error.sentence)
