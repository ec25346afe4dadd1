"""Page object of the sign-in page: who is there, locked and unlocked, the menu at the person's name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.desk_clerk import ClerkPage
from tests.gui.pages.passwords import ChangePassword
from ui.bureau.sign_in_page import SignInPage
from ui.desks.bureau_desk import BureauDesk
from ui.desks.department_desk import DepartmentDesk
from ui.widgets.change_password_dialog import ChangePasswordDialog


class SignInGate:
    """What stands before the desk while nobody is signed in (登录页)."""

    def __init__(self, desk: BureauDeskPage | ClerkPage) -> None:
        self.desk = desk
        assert isinstance(desk.desk, BureauDesk | DepartmentDesk)
        self.page: SignInPage = desk.desk.sign_in.page

    def is_shown(self) -> bool:
        """The page is there, and nothing of the desk behind it."""
        frame = self.desk.frame
        assert self.page.isVisible() != frame.stack.isVisible() == frame.navigation.isVisible()
        return self.page.isVisible()

    def names(self) -> list[str]:
        box = self.page.fields.person
        return [box.itemText(row) for row in range(1, box.count())]

    def enter(self, name: str, password: str) -> None:
        choose(self.page.fields.person, name)
        self.page.fields.password.setText(password)
        self.desk.qtbot.keyClick(self.page.fields.password, Qt.Key.Key_Return)
        self.desk.settle()

    def change_first(self, old: str, new: str) -> None:
        """The first password is changed at once."""
        changing = ChangePassword(self.desk.qtbot, self.desk.dialog(ChangePasswordDialog), self.desk.settle)
        changing.type(old, new)
        changing.go_on()
        self.desk.qtbot.waitUntil(lambda: not self.desk.has_dialog(ChangePasswordDialog), timeout=20_000)
        self.desk.settle()

    def work(self, words: str) -> None:
        """Choose from the menu at the person's name."""
        actions = self.desk.frame.top_bar.person_button.menu().actions()
        next(action for action in actions if action.text() == words).trigger()
        self.desk.settle()

    def person(self) -> str:
        return self.desk.frame.top_bar.person_button.text()

    def problem(self) -> str:
        return self.page.problem_label.text()


def choose(box: QComboBox, words: str) -> None:
    """Choose by the beginning of a name."""
    row = box.findText(words, Qt.MatchFlag.MatchStartsWith)
    assert row >= 0
    box.setCurrentIndex(row)
