"""What the unit signs with (签名方式): a password chosen twice or a token, with why it is asked for and what if it is lost."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from services.setup_names import person_fault
from ui.first_start.judged_field import JudgedField
from ui.first_start.step_page import StepPage
from ui.widgets.card import Card
from ui.widgets.labels import paragraph
from ui.widgets.signing_means import SigningMeans

TITLE = "设置签名密码"
TOKEN_TITLE = "用 UKey 签名"
WHY = (
    "生成报送文件时要输入签名密码，财政部门据此确认文件是本单位报送、内容没有被改动。",
    "密码只在这台电脑上使用，不会写进任何文件。",
    "密码不能找回。忘记了可以更换签名，填过的表不受影响，财政部门重新核对一次即可。",
)


TOKEN_WHY = (
    "先装好 UKey 厂家的驱动程序，插好 UKey。签名密钥放在 UKey 里，本机不存密钥，也不用另设签名密码。",
    "生成报送文件时插上 UKey、输入它的 PIN 码，财政部门据此确认文件是本单位报送、内容没有被改动。",
    "PIN 码不会保存。UKey 丢失或 PIN 码锁定时可以更换签名，填过的表不受影响，财政部门重新核对一次即可。",
)


class SignPage(StepPage):
    """Name of the filer, and the password of a key in a file or the token with one (设置签名)."""

    def __init__(self, min_length: int, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, next_text="完成", parent=parent)
        self.person = QLineEdit()
        self.person.setPlaceholderText("姓名")
        self.means = SigningMeans("签名密码", min_length)
        self.password = self.means.password
        card = Card()
        self._person_field = JudgedField(
            "填报人", self.person, person_fault, help_text="写进签名，印在封面上"
        )
        card.body.addWidget(self._person_field)
        card.body.addWidget(self.means)
        self.body.addWidget(card)
        self._why = (_reasons("为什么要设密码", WHY), _reasons("用 UKey 要知道", TOKEN_WHY))
        for why in self._why:
            self.body.addWidget(why)
        self.body.addStretch(1)
        self._person_field.judged.connect(self.changed)
        self.means.changed.connect(self._on_means)
        self._on_means()

    def _on_means(self) -> None:
        is_token = self.means.is_token()
        self.title_label.setText(TOKEN_TITLE if is_token else TITLE)
        for why, is_shown in zip(self._why, (not is_token, is_token), strict=True):
            why.setVisible(is_shown)
        self.changed.emit()

    def person_name(self) -> str:
        """The filer's name."""
        return self.person.text().strip()

    def is_complete(self) -> bool:
        """Whether the name is there, and password or token serve."""
        return self._person_field.is_good() and self.means.is_complete()

    def first_control(self) -> QWidget:
        """The name; the PIN once a token is chosen."""
        is_found = self.means.is_token() and self.means.chooser.place() is not None
        return self.means.chooser.pin if is_found and self.person_name() else self.person


def _reasons(title: str, sentences: tuple[str, ...]) -> Card:
    """A card of sentences."""
    why = Card(title)
    for sentence in sentences:
        why.body.addWidget(paragraph(f"· {sentence}", "muted"))
    return why
