"""A new root (更换或重建根证书): what happened to the old one, and two new passwords; said before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QRadioButton, QVBoxLayout, QWidget

from services.root_change import RootLoss
from services.setup import MINIMUM_PASSWORD_LENGTH
from ui.theme import px, set_role
from ui.widgets.card import row
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import paragraph
from ui.widgets.password_field import NewPassword
from ui.widgets.placing import resize_within_screen

_SUCCEED = "新的根证书由原来的根证书签认。单位的签名自动换发新证书，随下一次任务参数包交给各单位，以前收到的文件照常能核对。"
_REPLACE = (
    "原来的根证书不能签认新的。重建后必须重新下发任务参数包，每个单位都要凭新的盖章核对单逐组核对后装入。"
)
_OFF_TOKEN = "签发密钥现在在 UKey“{label}”里。办理后先用密钥文件和上面的签发密码，办完可以马上重新改用 UKey。"
_LOST = "根密钥丢失，没有落到别人手里：以前签的文件照常有效"
_EXPOSED = "根密钥或根密码可能被他人知道：原来的根证书立即作废"


@dataclass(frozen=True, slots=True)
class NewRootWish:
    """What was chosen (新根证书的要求): both passwords, and what happened to the old root (None: nothing)."""

    root: str
    bureau: str
    loss: RootLoss | None


class NewRootDialog(DeskDialog):
    """Asks for a new root's passwords; `submitted` carries a `NewRootWish`.

    `token_label` names the UKey the bureau's own key lies on now, "" for a key file.
    """

    submitted = Signal(object)

    def __init__(self, *, asks_loss: bool, token_label: str = "", parent: QWidget | None = None) -> None:
        title = "重建根证书" if asks_loss else "更换根证书"
        super().__init__(
            title, title.removesuffix("根证书"), parent, intro=_REPLACE if asks_loss else _SUCCEED
        )
        resize_within_screen(self, px(700), px(520))
        if asks_loss:
            set_role(self.accept_button, "danger")
        self.losses = {RootLoss.LOST: QRadioButton(_LOST), RootLoss.EXPOSED: QRadioButton(_EXPOSED)}
        self.root = NewPassword("新的根密码", MINIMUM_PASSWORD_LENGTH)
        self.bureau = NewPassword("新的签发密码", MINIMUM_PASSWORD_LENGTH)
        self.confirm = QCheckBox("已报分管领导同意，确定办理(&Y)")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        for choice in self.losses.values():
            choice.setVisible(asks_loss)
            choice.toggled.connect(lambda _on: self._judge())
            column.addWidget(choice)
        # Side by side: below one another they are higher than the screen at large text.
        passwords = row(self.root, self.bureau, spacing=18)
        passwords.setStretch(0, 1)
        passwords.setStretch(1, 1)
        column.addLayout(passwords)
        if token_label:
            column.addWidget(paragraph(_OFF_TOKEN.format(label=token_label), "care"))
        column.addWidget(paragraph("两个密码不能相同，请分开保管；忘记根密码就只能重建。", "muted"))
        column.addWidget(self.confirm)
        column.addStretch(1)
        self.body.addWidget(inside, 1)
        self._asks_loss = asks_loss
        self.root.changed.connect(self._judge)
        self.bureau.changed.connect(self._judge)
        self.confirm.toggled.connect(lambda _on: self._judge())
        self._judge()

    def submit(self) -> None:
        """Ask for it; whoever does so closes the dialog."""
        loss = next((one for one, choice in self.losses.items() if choice.isChecked()), None)
        self.submitted.emit(NewRootWish(self.root.password(), self.bureau.password(), loss))

    def _judge(self) -> None:
        chosen = not self._asks_loss or any(choice.isChecked() for choice in self.losses.values())
        typed = self.root.is_acceptable() and self.bureau.is_acceptable()
        self.accept_button.setEnabled(chosen and typed and self.confirm.isChecked())
