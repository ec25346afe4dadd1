"""The bureau's two keys (财政部门密钥): the root under a password, the daily one under another password or on a token.

The root stays a key file, kept on two media in the safe: a token cannot be copied, and one that breaks would take the
county's trust with it. The page says so, so that nobody looks for a choice that is not there.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from services.ports.tokens import TokenChoice
from ui.first_start.step_page import StepPage
from ui.widgets.card import Card
from ui.widgets.labels import paragraph
from ui.widgets.password_field import NewPassword
from ui.widgets.signing_means import SigningMeans

ROOT = (
    "根密钥签发各单位的签名证书，保存为本机的密钥文件，用根密码打开。",
    "建立以后，请按“准备工作”的提示备份到两个介质，打印保管页，一起锁进保险柜。",
    "根密钥不放进 UKey：UKey 里的密钥备份不出来，UKey 一坏，全部单位都要重新核对登记。",
    "根密码建议由两人共同设置、各记一半，写在纸上封存。根密码不能找回。",
)
DAILY = (
    "签发密钥签发任务参数包、回执和各种通知，日常使用，可以放在 UKey 里。",
    "忘记签发密码，或 UKey 损坏、丢失，用根密码就能补办，各单位不用重新核对。",
)
TOKEN = "请先装好 UKey 厂家的驱动程序，插好 UKey。平时签回执、通知只输 UKey 的 PIN 码。"
SAME_PASSWORDS = "签发密码与根密码相同，请设置两个不同的密码"
SAME_PIN = "UKey 的 PIN 码与根密码相同，请点“上一步”另设根密码"


class BureauRootPage(StepPage):
    """The root's password (设置根密钥)."""

    def __init__(self, min_length: int, parent: QWidget | None = None) -> None:
        super().__init__("设置根密钥", "全县的签名都凭它认定，最要紧的是不丢、不外传。", parent=parent)
        self.root = NewPassword("根密码", min_length)
        self.body.addWidget(_card("根密钥（密钥文件，备份后锁进保险柜）", ROOT, self.root))
        self.body.addStretch(1)
        self.root.changed.connect(self.changed)

    def is_complete(self) -> bool:
        """Whether the password does."""
        return self.root.is_acceptable()

    def first_control(self) -> QWidget:
        """The password."""
        return self.root.first


class BureauKeyPage(StepPage):
    """What the bureau signs its messages with (设置签发密钥); `root_password` tells what must not open this key too."""

    def __init__(
        self, min_length: int, root_password: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        super().__init__("设置签发密钥", next_text="建立", parent=parent)
        self._root_password = root_password
        self.means = SigningMeans("签发密码", min_length)
        self.bureau = self.means.password
        self.same_label = paragraph("", "problem")
        self.same_label.hide()
        self._token_words = paragraph(f"· {TOKEN}", "muted")
        card = _card("签发密钥（日常使用）", DAILY, self._token_words, self.means, self.same_label)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.means.changed.connect(self.judge)
        self.judge()

    def is_complete(self) -> bool:
        """Whether password or token serve, and the root has another password."""
        return self.means.is_complete() and not self._are_same()

    def first_control(self) -> QWidget:
        """The password; the PIN once a token is found."""
        if not self.means.is_token():
            return self.bureau.first
        return self.means.chooser.pin if self.means.chooser.place() is not None else self.means.by_token

    def _are_same(self) -> bool:
        if not self.means.is_complete():
            return False
        secret = self.means.secret()
        return self._root_password() == (secret.pin if isinstance(secret, TokenChoice) else secret)

    def judge(self) -> None:
        """Hold what was typed against the root's password."""
        self._token_words.setVisible(self.means.is_token())
        self.same_label.setText(SAME_PIN if self.means.is_token() else SAME_PASSWORDS)
        self.same_label.setVisible(self._are_same())
        self.changed.emit()


def _card(title: str, sentences: tuple[str, ...], *contents: QWidget) -> Card:
    """A card of sentences, and what they are about below them."""
    card = Card(title)
    for sentence in sentences:
        card.body.addWidget(paragraph(f"· {sentence}", "muted"))
    for item in contents:
        card.body.addWidget(item)
    return card
