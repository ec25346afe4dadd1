"""Who is there, and their password (登录项): what the start page and the dialog ask alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.field import Field
from ui.widgets.password_field import PasswordField, WaitCountdown

if TYPE_CHECKING:
    from models.domain.desk_user import DeskUser

_NOBODY = "（请选择）"


class SignInFields(QWidget):
    """A name out of the list and a password (登录项); a wrong one counts down to the next try."""

    changed = Signal()
    recovery_requested = Signal()

    def __init__(self, people: Sequence[DeskUser] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person = chooser(people)
        self.person.setAccessibleName("操作人员")
        self.password = PasswordField()
        self.password.setAccessibleName("登录密码")
        self.wait = WaitCountdown()
        self.recovery_button = button("忘记密码…", "link", clicked=self.recovery_requested.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Field("操作人员", self.person))
        column.addWidget(Field("登录密码", self.password))
        column.addWidget(self.wait)
        column.addLayout(row(self.recovery_button, None))
        self.password.textChanged.connect(lambda _text: self.changed.emit())
        self.person.currentIndexChanged.connect(lambda _row: self._on_person())
        self.wait.elapsed.connect(self.changed)

    def set_people(self, people: Sequence[DeskUser]) -> None:
        """Offer other people; who was chosen stays chosen."""
        before = self.person.currentData()
        self.person.blockSignals(True)
        fill(self.person, people)
        self.person.setCurrentIndex(max(self.person.findData(before), 0))
        self.person.blockSignals(False)
        self.changed.emit()

    def user_id(self) -> str:
        """Who was chosen, "" for nobody."""
        return str(self.person.currentData() or "")

    def is_ready(self) -> bool:
        """Somebody, with a password, and no wait."""
        return bool(self.user_id() and self.password.text()) and not self.wait.seconds_left

    def show_wrong_password(self, sentence: str, wait_seconds: int) -> None:
        """A password was wrong: say so and count down."""
        self.wait.start(sentence, wait_seconds)
        self.changed.emit()

    def forget(self) -> None:
        """Nothing typed stays on the screen."""
        self.password.clear()
        self.wait.stop()

    def _on_person(self) -> None:
        """Another person, another password."""
        self.forget()
        self.changed.emit()


def chooser(people: Sequence[DeskUser]) -> QComboBox:
    """Those who are in place, none chosen yet."""
    box = QComboBox()
    fill(box, people)
    return box


def fill(box: QComboBox, people: Sequence[DeskUser]) -> None:
    """Offer those who are in place."""
    box.clear()
    box.addItem(_NOBODY, "")
    for user in people:
        if user.is_active:
            box.addItem(f"{user.name}（{user.office}）" if user.office else user.name, user.user_id)
