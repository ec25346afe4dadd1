"""Who works here now (切换操作人员), and a forgotten password made good by two others (双人恢复)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from models.domain.desk_user import DeskUser
from ui.theme import px
from ui.widgets.card import row
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.password_field import NewPassword, PasswordField, WaitCountdown
from ui.widgets.placing import resize_within_screen

_NOBODY = "（请选择）"


class _WaitingDialog(DeskDialog):
    """A dialog that waits after a wrong password and keeps what was typed."""

    def __init__(self, title: str, accept_text: str, intro: str, parent: QWidget | None) -> None:
        super().__init__(title, accept_text, parent, intro=intro)
        self.wait = WaitCountdown()
        self.wait.elapsed.connect(self.judge)
        self.finished.connect(lambda _result: self.wait.stop())

    def show_wrong_password(self, sentence: str, wait_seconds: int) -> None:
        """A password was wrong: say so and count down."""
        self.wait.start(sentence, wait_seconds)
        self.judge()

    def set_busy(self, busy: bool) -> None:
        """Afterwards only what may be pressed."""
        super().set_busy(busy)
        if not busy:
            self.judge()

    def judge(self) -> None:
        """Whether the wish may be sent."""
        self.accept_button.setEnabled(self.is_complete() and not self.wait.seconds_left)

    def is_complete(self) -> bool:
        """Whether everything asked for was given."""
        return True


class SignInDialog(_WaitingDialog):
    """Asks who works here and for their password (切换操作人员); `submitted` carries id and password."""

    submitted = Signal(str, str)

    def __init__(self, people: Sequence[DeskUser], parent: QWidget | None = None) -> None:
        intro = "登录以后，审核决定和操作日志记在这个人名下。"
        super().__init__("切换操作人员", "登录", intro, parent)
        resize_within_screen(self, px(440), px(340))
        self.person = _chooser(people)
        self.password = PasswordField()
        self.body.addWidget(Field("操作人员", self.person))
        self.body.addWidget(Field("登录密码", self.password))
        self.body.addWidget(self.wait)
        self.body.addStretch(1)
        self.password.textChanged.connect(lambda _text: self.judge())
        self.person.currentIndexChanged.connect(lambda _row: self._on_person())
        self.judge()

    def submit(self) -> None:
        """Hand both over; whoever asked closes the dialog."""
        self.submitted.emit(str(self.person.currentData()), self.password.text())

    def is_complete(self) -> bool:
        """Somebody, with a password."""
        return bool(self.person.currentData() and self.password.text())

    def _on_person(self) -> None:
        """Another person, another password."""
        self.password.clear()
        self.wait.stop()
        self.judge()


class RecoveryDialog(_WaitingDialog):
    """A forgotten password made good (双人恢复); `submitted` carries id, both confirmations and the new password."""

    submitted = Signal(str, object, str)

    def __init__(
        self,
        people: Sequence[DeskUser],
        forgotten: DeskUser | None,
        min_length: int,
        parent: QWidget | None = None,
    ) -> None:
        intro = "由另外两位操作人员各自输入自己的登录密码确认，其中一位是系统管理员。恢复后本人首次登录时要改密码。"
        super().__init__("忘记密码（双人恢复）", "重设密码", intro, parent)
        resize_within_screen(self, px(600), px(600))
        self.person = _chooser(people)
        if forgotten is not None:
            self.person.setCurrentIndex(max(self.person.findData(forgotten.user_id), 0))
        self.confirming = tuple((_chooser(people), PasswordField()) for _ in range(2))
        self.new = NewPassword("新的登录密码", min_length)
        self.body.addWidget(Field("忘记密码的人", self.person))
        for number, (who, password) in zip("一二", self.confirming, strict=True):
            fields = row(Field(f"确认人{number}", who), Field("确认人的登录密码", password))
            fields.setStretch(0, 1)
            fields.setStretch(1, 1)
            self.body.addLayout(fields)
        self.body.addWidget(self.wait)
        self.body.addWidget(self.new)
        self.body.addStretch(1)
        for box in (self.person, *(who for who, _ in self.confirming)):
            box.currentIndexChanged.connect(lambda _row: self.judge())
        for _, password in self.confirming:
            password.textChanged.connect(lambda _text: self.judge())
        self.new.changed.connect(self.judge)
        self.judge()

    def submit(self) -> None:
        """Hand everything over; whoever asked closes the dialog."""
        given = tuple((str(who.currentData()), password.text()) for who, password in self.confirming)
        self.submitted.emit(str(self.person.currentData()), given, self.new.password())

    def is_complete(self) -> bool:
        """Three different people, two passwords, and a new one."""
        ids = {self.person.currentData(), *(who.currentData() for who, _ in self.confirming)}
        is_given = all(password.text() for _, password in self.confirming)
        return all(ids) and len(ids) == 3 and is_given and self.new.is_acceptable()


def _chooser(people: Sequence[DeskUser]) -> QComboBox:
    """Those who are in place, none chosen yet."""
    box = QComboBox()
    box.addItem(_NOBODY, "")
    for user in people:
        if user.is_active:
            box.addItem(user.name, user.user_id)
    return box
