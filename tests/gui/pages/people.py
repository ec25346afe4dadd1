"""Page object of 操作人员 and 操作日志: entering people, passwords, who works here, reading the log."""

from __future__ import annotations

from models.domain.desk_user import UserRole
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.desk_clerk import ClerkPage
from tests.gui.pages.passwords import ChangePassword
from tests.gui.pages.sign_in import choose
from ui.bureau.kit_view import KitView
from ui.bureau.person_dialog import PersonDialog
from ui.bureau.sheet_dialogs import SheetCodeDialog, SheetRecoveryDialog, SheetStartDialog
from ui.bureau.sign_in_dialogs import (
    ColleagueRecoveryDialog,
    ForgottenDialog,
    RecoveryDialog,
    SignInDialog,
)
from ui.department.people_view import PeopleView
from ui.widgets.change_password_dialog import ChangePasswordDialog


class PeopleDeskPage:
    """The two pages about people (操作人员、操作日志)."""

    def __init__(self, desk: BureauDeskPage | ClerkPage) -> None:
        self.desk = desk
        self.view: KitView | PeopleView = desk.kit() if isinstance(desk, BureauDeskPage) else of(desk)
        self.page = self.view.people
        self.view.tabs.setCurrentWidget(self.page)
        desk.settle()

    # What stands there ------------------------------------------------------------------------

    def rows(self) -> list[tuple[str, str, str]]:
        """Name, roles and state of every line."""
        model = self.page.table.records
        return [
            tuple(str(model.index(row, column).data()) for column in (0, 1, model.columnCount() - 2))  # type: ignore[misc]
            for row in range(model.rowCount())
        ]

    def told(self) -> str:
        return f"{self.view.notice.words.text()}{self.desk.frame.notice.words.text()}"

    def present(self) -> str:
        return self.page.present_label.words()

    # People -----------------------------------------------------------------------------------

    def add(self, name: str, roles: tuple[UserRole, ...], password: str, office: str = "") -> None:
        (self.page.add_button if self.rows() else self.page.empty.button).click()
        dialog = self.desk.dialog(PersonDialog)
        dialog.name.setText(name)
        for role in roles:
            if not dialog.roles[role].isChecked():
                dialog.roles[role].click()
        dialog.office.setCurrentText(office)
        assert dialog.password is not None
        assert not dialog.accept_button.isEnabled()
        dialog.password.first.setText(password)
        dialog.password.second.setText(password)
        dialog.accept_button.click()
        self._gone(PersonDialog)

    def change(self, row: int) -> PersonDialog:
        self.page.table.selectRow(row)
        self.page.change_button.click()
        return self.desk.dialog(PersonDialog)

    def sign_in(self, name: str, password: str) -> SignInDialog:
        self.page.switch_button.click()
        dialog = self.desk.dialog(SignInDialog)
        choose(dialog.person, name)
        dialog.password.setText(password)
        dialog.accept_button.click()
        self.desk.settle()
        return dialog

    def change_password(self, old: str, new: str) -> None:
        """The dialog is on the screen already."""
        changing = ChangePassword(self.desk.qtbot, self.desk.dialog(ChangePasswordDialog), self.desk.settle)
        changing.type(old, new)
        changing.go_on()
        self._gone(ChangePasswordDialog)

    def recover(self, name: str, confirming: tuple[tuple[str, str], tuple[str, str]], new: str) -> None:
        self.page.recovery_button.click()
        self.confirm(name, confirming, new)

    def confirm(self, name: str, confirming: tuple[tuple[str, str], tuple[str, str]], new: str) -> None:
        """Fill in the recovery that is on the screen already."""
        dialog = self.desk.dialog(RecoveryDialog)
        choose(dialog.person, name)
        for (person, password), (who, field) in zip(confirming, dialog.confirming, strict=True):
            choose(who, person)
            field.setText(password)
        dialog.new.first.setText(new)
        dialog.new.second.setText(new)
        dialog.accept_button.click()
        self._gone(RecoveryDialog)

    @staticmethod
    def confirm_as_colleague(
        desk: BureauDeskPage | ClerkPage, name: str, other: tuple[str, str], key: str, new: str
    ) -> None:
        """The same at a department of two."""
        dialog = desk.dialog(ColleagueRecoveryDialog)
        choose(dialog.person, name)
        choose(dialog.colleague, other[0])
        dialog.password.setText(other[1])
        dialog.key.setText(key)
        dialog.new.first.setText(new)
        dialog.new.second.setText(new)
        dialog.accept_button.click()
        desk.qtbot.waitUntil(lambda: not desk.has_dialog(ColleagueRecoveryDialog), timeout=20_000)
        desk.settle()

    # The sheet --------------------------------------------------------------------------------

    def make_sheet(self, own: str, other: tuple[str, str]) -> str:
        """The sheet for the safe; the code as it was written down."""
        self.page.sheet_button.click()
        start = self.desk.dialog(SheetStartDialog)
        assert not start.accept_button.isEnabled()
        start.own.setText(own)
        choose(start.other, other[0])
        start.password.setText(other[1])
        start.accept_button.click()
        self._gone(SheetStartDialog)
        shown = self.desk.dialog(SheetCodeDialog)
        code = shown.code.code()
        shown.accept_button.click()
        assert shown.code.isHidden()
        assert not shown.accept_button.isEnabled()
        shown.typed.setText(code[1:])
        shown.accept_button.click()
        self.desk.settle()
        assert "不一样" in shown.problem()
        shown.typed.setText(code)
        shown.accept_button.click()
        self._gone(SheetCodeDialog)
        return code

    @staticmethod
    def use_sheet(desk: BureauDeskPage | ClerkPage, name: str, code: str, new: str) -> None:
        """From the dialog of a forgotten password that is on the screen already."""
        asked = desk.dialog(ForgottenDialog)
        choose(asked.person, name)
        asked.sheet_button.click()
        dialog = desk.dialog(SheetRecoveryDialog)
        dialog.code.setText(code)
        dialog.allowed.setText("陈局长")
        dialog.new.first.setText(new)
        dialog.new.second.setText(new)
        dialog.accept_button.click()
        desk.qtbot.waitUntil(lambda: not desk.has_dialog(SheetRecoveryDialog), timeout=20_000)
        desk.settle()

    # Log --------------------------------------------------------------------------------------

    def log(self, text: str = "") -> list[str]:
        """What the log says, newest first, searched for a text."""
        self.view.tabs.setCurrentWidget(self.view.log)
        page = self.view.log
        with self.desk.qtbot.waitSignal(page.wanted):
            page.search.setText("")
            page.search.setText(text)
            page.search.textChanged.emit(text)
        self.desk.settle()
        model = page.table.records
        return [model.record(row).what for row in range(model.rowCount())]

    def check_log(self) -> str:
        self.view.log.check_button.click()
        self.desk.settle()
        return self.view.log.notice.words.text()

    def _gone(self, kind: type) -> None:
        self.desk.qtbot.waitUntil(lambda: not self.desk.has_dialog(kind), timeout=20_000)
        self.desk.settle()


def of(clerk: ClerkPage) -> PeopleView:
    """The page of a department's people, reached from its settings."""
    clerk.go_to("设置")
    clerk.desk.settings.view.people_card.people_button.click()
    clerk.settle()
    page = clerk.frame.page("people")
    assert isinstance(page, PeopleView)
    return page
