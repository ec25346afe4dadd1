"""Dialogs about the unit's keys (签名办理): 单位负责人's key, and a renewal with the same or a new key."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from ui.theme import px
from ui.widgets.dates import full_date
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.password_field import NewPassword, PasswordField, WaitCountdown
from ui.widgets.placing import resize_within_screen
from ui.widgets.signing_means import SigningMeans

_HEAD = (
    "报送文件要由填报人和单位负责人两个人签名时，负责人在这里设置自己的签名。密码或 UKey 由负责人本人掌握，"
    "与填报人的不能共用；也可以在负责人自己的电脑上设置。"
)
_RENEWAL = "证书有效期至{day}。续期申请用现在的签名来签，财政部门直接签发新证书，不用再盖章核对。"


class HeadKeyDialog(DeskDialog):
    """Name of 单位负责人, and a password or a token (设置负责人签名); `submitted` carries name and either.

    `offers_token` where this copy of the program can read tokens.
    """

    submitted = Signal(object)

    def __init__(
        self, before: str, min_length: int, parent: QWidget | None = None, *, offers_token: bool = False
    ) -> None:
        title = "更换单位负责人签名" if before else "设置单位负责人签名"
        super().__init__(title, "设置", parent, intro=_HEAD)
        resize_within_screen(self, px(560), px(690 if offers_token else 520))
        self.name = QLineEdit(before)
        self.name.setMaxLength(60)
        self.means = SigningMeans("负责人签名密码", min_length, offers_token=offers_token)
        self.password = self.means.password
        self.body.addWidget(Field("单位负责人姓名", self.name, required=True))
        self.body.addWidget(self.means)
        self.body.addStretch(1)
        self.name.textChanged.connect(self._judge)
        self.means.changed.connect(self._judge)
        self.means.chooser.told.connect(self.show_problem)
        self._judge()

    def submit(self) -> None:
        """Hand the name, and the password or the token chosen, over; whoever asked closes the dialog."""
        self.submitted.emit((self.name.text(), self.means.secret()))

    def refuse(self, sentence: str) -> None:
        """It did not work: say why; a PIN is typed anew."""
        self.set_busy(False)
        self.show_problem(sentence)
        if self.means.is_token():
            self.means.chooser.type_pin_anew()

    def _judge(self) -> None:
        self.accept_button.setEnabled(bool(self.name.text().strip()) and self.means.is_complete())


class RenewalDialog(DeskDialog):
    """A renewal (续期申请); `submitted` carries the password, and the one of a new key where one is wanted."""

    submitted = Signal(object)

    def __init__(
        self,
        secret: str,
        valid_until: date,
        min_length: int,
        *,
        offers_new: bool,
        parent: QWidget | None = None,
    ) -> None:
        told = _RENEWAL.format(day=full_date(valid_until))
        super().__init__("生成续期申请", "生成", parent, intro=told)
        resize_within_screen(self, px(520), px(560))
        self.current = PasswordField()
        self.wait = WaitCountdown()
        self.renewed = QCheckBox("同时换新的密钥和密码（装入新证书后启用）(&N)")
        self.renewed.setVisible(offers_new)
        self.new_password = NewPassword("新的签名密码", min_length)
        self.new_password.hide()
        self.body.addWidget(Field(secret, self.current))
        self.body.addWidget(self.wait)
        self.body.addWidget(self.renewed)
        self.body.addWidget(self.new_password)
        self.body.addStretch(1)
        self.renewed.toggled.connect(self.new_password.setVisible)
        for signal in (self.current.textChanged, self.renewed.toggled):
            signal.connect(lambda _value: self._judge())
        self.new_password.changed.connect(self._judge)
        self.wait.elapsed.connect(self._judge)
        self._judge()

    def show_wrong_password(self, sentence: str, wait_seconds: int) -> None:
        """The password did not open the key."""
        self.set_busy(False)
        self.wait.start(sentence, wait_seconds)
        self._judge()

    def submit(self) -> None:
        """Hand the passwords over; whoever asked closes the dialog."""
        new = self.new_password.password() if self.renewed.isChecked() else ""
        self.submitted.emit((self.current.text(), new))

    def _judge(self) -> None:
        chosen = not self.renewed.isChecked() or self.new_password.is_acceptable()
        self.accept_button.setEnabled(bool(self.current.text()) and chosen and self.wait.seconds_left == 0)
