"""The signing password (签名密码): chosen twice, with why it is asked for and what happens when it is forgotten."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.first_start.step_page import StepPage
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.labels import paragraph
from ui.widgets.password_field import NewPassword

WHY = (
    "生成报送文件时要输入签名密码，财政部门据此确认文件是本单位报送、内容没有被改动。",
    "密码只在这台电脑上使用，不会写进任何文件。",
    "密码不能找回。忘记了可以更换签名，填过的表不受影响，财政部门重新核对一次即可。",
)


class SignPage(StepPage):
    """Name of the filer and the password of the key (设置签名密码)."""

    def __init__(self, min_length: int, parent: QWidget | None = None) -> None:
        super().__init__("设置签名密码", next_text="完成", parent=parent)
        self.person = QLineEdit()
        self.person.setPlaceholderText("姓名")
        self.password = NewPassword("签名密码", min_length)
        card = Card()
        card.body.addWidget(Field("填报人", self.person, "写进签名，印在封面上", required=True))
        card.body.addWidget(self.password)
        why = Card("为什么要设密码")
        for sentence in WHY:
            why.body.addWidget(paragraph(f"· {sentence}", "muted"))
        self.body.addWidget(card)
        self.body.addWidget(why)
        self.body.addStretch(1)
        self.person.textChanged.connect(lambda _text: self.changed.emit())
        self.password.changed.connect(self.changed)

    def person_name(self) -> str:
        """The filer's name."""
        return self.person.text().strip()

    def is_complete(self) -> bool:
        """Whether name and password serve."""
        return bool(self.person_name()) and self.password.is_acceptable()

    def first_control(self) -> QWidget:
        """The name."""
        return self.person
