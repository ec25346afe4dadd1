"""Who is there (登录): stands before everything else while nobody is signed in at a desk that knows its people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.bureau.sign_in_fields import SignInFields
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.labels import label, paragraph

if TYPE_CHECKING:
    from models.domain.desk_user import DeskUser

_INTRO = "请选择自己的姓名，输入登录密码。以后办理的事项记在您的名下。"


class SignInPage(QWidget):
    """Asks who is there (登录页); `submitted` carries id and password, `left` that the window is to be closed."""

    submitted = Signal(str, str)
    recovery_requested = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._is_busy = False
        self.unit_label = label("", "title")
        self.fields = SignInFields()
        self.problem_label = paragraph("", "problem")
        self.problem_label.hide()
        self.accept_button = button("登录", "primary", clicked=self.submit)
        self.leave_button = button("退出程序", clicked=self.left.emit)
        self.card = Card("")
        self.card.setFixedWidth(px(420))
        self.card.body.setSpacing(12)
        for part in (self.unit_label, paragraph(_INTRO, "muted"), self.fields, self.problem_label):
            self.card.body.addWidget(part)
        self.card.body.addLayout(row(self.leave_button, None, self.accept_button))
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(row(None, self.card, None))
        column.addStretch(3)
        self.card.hide()
        self.fields.changed.connect(self._judge)
        self.fields.recovery_requested.connect(self.recovery_requested)
        self._judge()

    def ask(self, people: Sequence[DeskUser], unit_name: str) -> None:
        """Show who there is; until then the page is blank."""
        self.unit_label.setText(unit_name)
        self.fields.set_people(people)
        self.card.show()
        (self.fields.password if self.fields.user_id() else self.fields.person).setFocus()

    def submit(self) -> None:
        """Hand both over."""
        if self.fields.is_ready() and not self._is_busy:
            self.show_problem("")
            self.submitted.emit(self.fields.user_id(), self.fields.password.text())

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong, "" for nothing."""
        self.problem_label.setText(sentence)
        self.problem_label.setVisible(bool(sentence))

    def show_wrong_password(self, sentence: str, wait_seconds: int) -> None:
        """A password was wrong: say so and count down."""
        self.fields.show_wrong_password(sentence, wait_seconds)

    def set_busy(self, busy: bool) -> None:
        """While a password is being tried nothing can be pressed twice."""
        self._is_busy = busy
        self.fields.setDisabled(busy)
        self._judge()

    def forget(self) -> None:
        """Nothing typed stays on the screen."""
        self.fields.forget()
        self.show_problem("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter signs in from any field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)

    def _judge(self) -> None:
        self.accept_button.setEnabled(self.fields.is_ready() and not self._is_busy)
