"""Asking for a signing password (签名密码对话框), with the growing wait after a wrong one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme import px
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.password_field import NewPassword, PasswordField, WaitCountdown
from ui.widgets.placing import resize_within_screen


class PasswordDialog(DeskDialog):
    """Asks for one or more passwords (输入密码); `submitted` carries them in order."""

    submitted = Signal(object)

    def __init__(
        self,
        title: str,
        intro: str,
        names: tuple[str, ...] = ("签名密码",),
        accept_text: str = "确定",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, accept_text, parent, intro=intro)
        resize_within_screen(self, px(440), px(210 + 70 * len(names)))
        self.fields = tuple(PasswordField() for _ in names)
        for name, field in zip(names, self.fields, strict=True):
            self.body.addWidget(Field(name, field))
            field.textChanged.connect(self._judge)
        self.wait = WaitCountdown()
        self.wait.elapsed.connect(self._judge)
        self.body.addWidget(self.wait)
        self.body.addStretch(1)
        self._judge()

    def show_wrong_password(self, sentence: str, wait_seconds: int) -> None:
        """The password did not open the key: say so and count down until the next try."""
        self.set_busy(False)
        self.wait.start(sentence, wait_seconds)
        self._judge()
        self.fields[0].selectAll()
        self.fields[0].setFocus()

    def submit(self) -> None:
        """Hand the passwords over; whoever asked closes the dialog."""
        self.submitted.emit(tuple(field.text() for field in self.fields))

    def _judge(self) -> None:
        complete = all(field.text() for field in self.fields)
        self.accept_button.setEnabled(complete and self.wait.seconds_left == 0)


class NewPasswordDialog(DeskDialog):
    """Sets a password for a new key (设置签名密码); `submitted` carries it."""

    submitted = Signal(str)

    def __init__(
        self,
        title: str,
        intro: str,
        min_length: int,
        accept_text: str = "设置",
        parent: QWidget | None = None,
        *,
        what: str = "新的签名密码",
    ) -> None:
        super().__init__(title, accept_text, parent, intro=intro)
        resize_within_screen(self, px(480), px(400))
        self.password = NewPassword(what, min_length)
        self.password.changed.connect(self._judge)
        self.body.addWidget(self.password)
        self.body.addStretch(1)
        self._judge()

    def submit(self) -> None:
        """Hand the password over; whoever asked closes the dialog."""
        self.submitted.emit(self.password.password())

    def _judge(self) -> None:
        self.accept_button.setEnabled(self.password.is_acceptable())
