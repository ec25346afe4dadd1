"""What one signs with (签名方式): a password for a key in a file, or a hardware token."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from services.ports.tokens import TokenChoice
from ui.widgets.password_field import NewPassword
from ui.widgets.token_chooser import TokenChooser

_PASSWORD = "设置密码，签名密钥保存在本机(&P)"
_TOKEN = "用 UKey 签名，不另设密码(&U)"


class SigningMeans(QWidget):
    """A password or a token (签名方式); only the password where no token can be read.

    `token_wanted` when the token is chosen for the first time: whoever shows it looks for modules then.
    """

    changed = Signal()
    token_wanted = Signal()

    def __init__(
        self, what: str, min_length: int, *, offers_token: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.by_password, self.by_token = QRadioButton(_PASSWORD), QRadioButton(_TOKEN)
        self.password, self.chooser = NewPassword(what, min_length), TokenChooser()
        self._has_looked = False
        group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for choice in (self.by_password, self.by_token):
            group.addButton(choice)
            column.addWidget(choice)
        column.addWidget(self.password)
        column.addWidget(self.chooser)
        self.by_password.setChecked(True)
        self.by_token.toggled.connect(self._on_toggled)
        self.password.changed.connect(self.changed)
        self.chooser.changed.connect(self.changed)
        self.chooser.hide()
        self.offer_token(offers_token)

    def offer_token(self, is_offered: bool) -> None:
        """Whether there is a choice."""
        self.by_password.setVisible(is_offered)
        self.by_token.setVisible(is_offered)

    def is_token(self) -> bool:
        """Whether the token was chosen."""
        return self.by_token.isChecked()

    def is_complete(self) -> bool:
        """Whether the password serves, or token, PIN and key are chosen."""
        return self.chooser.is_complete() if self.is_token() else self.password.is_acceptable()

    def secret(self) -> str | TokenChoice:
        """The password, or the token with its PIN; only once complete."""
        choice = self.chooser.choice() if self.is_token() else None
        return choice or self.password.password()

    def _on_toggled(self, is_token: bool) -> None:
        self.password.setVisible(not is_token)
        self.chooser.setVisible(is_token)
        self.chooser.told.emit("")
        if is_token and not self._has_looked:
            self._has_looked = True
            self.token_wanted.emit()
        self.changed.emit()
