"""Who works here now (切换操作人员), and a forgotten password made good by two others (双人恢复) or the key passwords."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.domain.desk_user import DeskUser
from ui.bureau.sign_in_fields import SignInFields, chooser
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.password_field import NewPassword, PasswordField, WaitCountdown
from ui.widgets.placing import resize_within_screen


class WaitingDialog(DeskDialog):
    """A dialog that waits after a wrong password and keeps what was typed."""

    def __init__(
        self,
        title: str,
        accept_text: str,
        intro: str,
        parent: QWidget | None,
        wait: WaitCountdown | None = None,
    ) -> None:
        super().__init__(title, accept_text, parent, intro=intro)
        self.wait = wait or WaitCountdown()
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


class SignInDialog(WaitingDialog):
    """Asks who works here and for their password (切换操作人员); `submitted` carries id and password."""

    submitted = Signal(str, str)
    recovery_requested = Signal()

    def __init__(self, people: Sequence[DeskUser], parent: QWidget | None = None) -> None:
        intro = "登录以后，审核决定和操作日志记在这个人名下。已经输入过的签名密码、签发密码要重新输入。"
        self.fields = SignInFields(people)
        super().__init__("切换操作人员", "登录", intro, parent, self.fields.wait)
        resize_within_screen(self, px(460), px(400))
        self.person, self.password = self.fields.person, self.fields.password
        self.body.addWidget(self.fields)
        self.body.addStretch(1)
        self.fields.changed.connect(self.judge)
        self.fields.recovery_requested.connect(self.recovery_requested)
        self.judge()

    def submit(self) -> None:
        """Hand both over; whoever asked closes the dialog."""
        self.submitted.emit(self.fields.user_id(), self.password.text())

    def is_complete(self) -> bool:
        """Somebody, with a password."""
        return bool(self.fields.user_id() and self.password.text())


_THREE = "同一个人选了两次。忘记密码的人不能给自己确认，两位确认人要是不同的人。"


class ForgottenDialog(WaitingDialog):
    """What every way of making a password good asks: whose, and the new one.

    `sheet_requested` when nobody can confirm and the sheet in the safe is to be used; offered where there is one.
    """

    sheet_requested = Signal()

    def __init__(
        self,
        title: str,
        intro: str,
        people: Sequence[DeskUser],
        forgotten: str,
        min_length: int,
        parent: QWidget | None,
    ) -> None:
        super().__init__(title, "重设密码", intro, parent)
        self.person = chooser(people)
        self.person.setCurrentIndex(max(self.person.findData(forgotten), 0))
        self.new = NewPassword("新的登录密码", min_length)
        self.sheet_button = button("没有人能确认？用恢复单…", "link", clicked=self.sheet_requested.emit)
        self.sheet_button.hide()
        self.buttons.insertWidget(0, self.sheet_button)
        self.body.addWidget(Field("忘记密码的人", self.person))
        self.person.currentIndexChanged.connect(lambda _row: self.judge())
        self.new.changed.connect(self.judge)

    def ask_for(self, first: Field, second: Field) -> None:
        """Two fields side by side, equally wide."""
        fields = row(first, second)
        fields.setStretch(0, 1)
        fields.setStretch(1, 1)
        self.body.addLayout(fields)

    def end_with(self, passwords: Iterable[PasswordField]) -> None:
        """The waiting and the new password below what was asked for; every password typed is judged."""
        for password in passwords:
            password.textChanged.connect(lambda _text: self.judge())
        self.body.addWidget(self.wait)
        self.body.addWidget(self.new)
        self.body.addStretch(1)
        self.judge()

    def user_id(self) -> str:
        """Whose password was forgotten."""
        return str(self.person.currentData() or "")

    def offer_sheet(self, is_offered: bool) -> None:
        """Whether there is a sheet that could be used instead."""
        self.sheet_button.setVisible(is_offered)


class RecoveryDialog(ForgottenDialog):
    """A forgotten password made good (双人恢复); `submitted` carries id, both confirmations and the new password."""

    submitted = Signal(str, object, str)

    def __init__(
        self, people: Sequence[DeskUser], forgotten: str, min_length: int, parent: QWidget | None = None
    ) -> None:
        intro = (
            "由另外两位操作人员各自输入自己的登录密码确认，其中一位是系统管理员；没有别的系统管理员时，任意两位即可。"
            "恢复后本人首次登录时要改密码。"
        )
        super().__init__("忘记密码（双人恢复）", intro, people, forgotten, min_length, parent)
        resize_within_screen(self, px(600), px(620))
        self.confirming = tuple((chooser(people), PasswordField()) for _ in range(2))
        for number, (who, password) in zip("一二", self.confirming, strict=True):
            self.ask_for(Field(f"确认人{number}", who), Field("确认人的登录密码", password))
            who.currentIndexChanged.connect(lambda _row: self._on_person())
        self.person.currentIndexChanged.connect(lambda _row: self._on_person())
        self.end_with(password for _who, password in self.confirming)

    def _on_person(self) -> None:
        """One person chosen twice is said at once, for then nothing can be pressed."""
        chosen = [self.user_id(), *(str(who.currentData() or "") for who, _ in self.confirming)]
        named = [user_id for user_id in chosen if user_id]
        self.show_problem(_THREE if len(set(named)) < len(named) else "")
        self.judge()

    def submit(self) -> None:
        """Hand everything over; whoever asked closes the dialog."""
        given = tuple((str(who.currentData()), password.text()) for who, password in self.confirming)
        self.submitted.emit(self.user_id(), given, self.new.password())

    def is_complete(self) -> bool:
        """Three different people, two passwords, and a new one."""
        ids = {self.user_id(), *(str(who.currentData()) for who, _ in self.confirming)}
        is_given = all(password.text() for _, password in self.confirming)
        return all(ids) and len(ids) == 3 and is_given and self.new.is_acceptable()


class ColleagueRecoveryDialog(ForgottenDialog):
    """The same at a department of two (同事恢复): the other confirms, with the 签名密码 where there is a key.

    `submitted` carries id, the other's id and password, the key's password and the new one.
    """

    submitted = Signal(str, str, str, str, str)

    def __init__(
        self,
        people: Sequence[DeskUser],
        forgotten: str,
        secret: str,
        min_length: int,
        parent: QWidget | None = None,
    ) -> None:
        by = f"，并输入本部门的{secret}" if secret else ""
        intro = f"由另一位操作人员输入自己的登录密码确认{by}。恢复后本人首次登录时要改密码。"
        super().__init__("忘记密码", intro, people, forgotten, min_length, parent)
        resize_within_screen(self, px(520), px(600))
        self.colleague, self.password, self.key = chooser(people), PasswordField(), PasswordField()
        self.ask_for(Field("确认人", self.colleague), Field("确认人的登录密码", self.password))
        self._needs_key = bool(secret)
        if secret:
            self.body.addWidget(Field(secret, self.key))
        self.colleague.currentIndexChanged.connect(lambda _row: self.judge())
        self.end_with((self.password, self.key))

    def submit(self) -> None:
        """Hand everything over; whoever asked closes the dialog."""
        other = str(self.colleague.currentData())
        self.submitted.emit(self.user_id(), other, self.password.text(), self.key.text(), self.new.password())

    def is_complete(self) -> bool:
        """Two different people, the passwords, and a new one."""
        ids = {self.user_id(), str(self.colleague.currentData() or "")}
        given = self.password.text() and (self.key.text() or not self._needs_key)
        return all(ids) and len(ids) == 2 and bool(given) and self.new.is_acceptable()


class KeyRecoveryDialog(ForgottenDialog):
    """The same where too few people are left (密钥密码恢复): confirmed with 根密码 and 签发密码, kept by two people.

    `secret` is 签发密码, or the PIN where that key lies on a token.
    """

    submitted = Signal(str, str, str, str)

    def __init__(
        self,
        people: Sequence[DeskUser],
        forgotten: str,
        secret: str,
        min_length: int,
        parent: QWidget | None = None,
    ) -> None:
        intro = f"在用的操作人员不足三位，由保管根密码和{secret}的人确认。恢复后本人首次登录时要改密码。"
        super().__init__("忘记密码", intro, people, forgotten, min_length, parent)
        resize_within_screen(self, px(520), px(560))
        self.keys = (PasswordField(), PasswordField())
        self.ask_for(Field("根密码", self.keys[0]), Field(secret, self.keys[1]))
        self.end_with(self.keys)

    def submit(self) -> None:
        """Hand everything over; whoever asked closes the dialog."""
        root, bureau = (password.text() for password in self.keys)
        self.submitted.emit(self.user_id(), root, bureau, self.new.password())

    def is_complete(self) -> bool:
        """Somebody, both passwords, and a new one."""
        return bool(self.user_id()) and all(p.text() for p in self.keys) and self.new.is_acceptable()
