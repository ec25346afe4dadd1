"""Changing a signing password (修改密码对话框): the old one, the new one twice, the wait after a wrong one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme import px
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.password_field import NewPassword, PasswordField, WaitCountdown
from ui.widgets.placing import resize_within_screen


class ChangePasswordDialog(DeskDialog):
    """Asks for the old and the new password (修改密码); `submitted` carries both."""

    submitted = Signal(str, str)

    def __init__(
        self, title: str, intro: str, name: str, min_length: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, "修改", parent, intro=intro)
        resize_within_screen(self, px(480), px(490))
        self.old = PasswordField()
        self.new = NewPassword(f"新的{name}", min_length)
        self.wait = WaitCountdown()
        self.body.addWidget(Field(f"原来的{name}", self.old))
        self.body.addWidget(self.wait)
        self.body.addWidget(self.new)
        self.body.addStretch(1)
        self.old.textChanged.connect(self._judge)
        self.new.changed.connect(self._judge)
        self.wait.elapsed.connect(self._judge)
        self.finished.connect(lambda _result: self.wait.stop())
        self._judge()

    def show_wrong_password(self, sentence: str, wait_seconds: int) -> None:
        """The old password was wrong: say so, count down, keep the new one as typed."""
        self.wait.start(sentence, wait_seconds)
        self._judge()
        self.old.selectAll()
        self.old.setFocus()

    def set_busy(self, busy: bool) -> None:
        """While it is being changed nothing can be pressed twice; afterwards only what may be pressed."""
        super().set_busy(busy)
        if not busy:
            self._judge()

    def submit(self) -> None:
        """Hand both over; whoever asked closes the dialog."""
        self.submitted.emit(self.old.text(), self.new.password())

    def _judge(self) -> None:
        ready = bool(self.old.text()) and self.new.is_acceptable() and not self.wait.seconds_left
        self.accept_button.setEnabled(ready)
