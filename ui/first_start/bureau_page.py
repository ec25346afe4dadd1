"""A bureau begins (财政部门首次使用): its name and code, and two passwords kept apart."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from services.setup import BureauSetup
from ui.first_start.step_page import StepPage
from ui.widgets.card import Card
from ui.widgets.field import Field, beside
from ui.widgets.labels import paragraph
from ui.widgets.password_field import NewPassword

ADVICE = (
    "根密码用来签发单位的签名证书。建议由两人共同设置、各记一半，写在纸上封存入柜，平时不用。",
    "签发密码用来签发任务参数包和回执，日常使用。两个密码要不一样。",
    "两个密码都不能找回；根密码丢失后，全部单位的签名要重新核对登记。",
)


class BureauPage(StepPage):
    """Bureau, person and passwords (财政部门设置)."""

    def __init__(self, min_length: int, working_year: int, parent: QWidget | None = None) -> None:
        super().__init__("建立财政端工作区", next_text="建立", parent=parent)
        self.name, self.code, self.person = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setPlaceholderText("例如：示例县财政局")
        self.code.setPlaceholderText("6 位，例如 990000")
        self.year = QSpinBox()
        self.year.setRange(working_year - 5, working_year + 5)
        self.year.setValue(working_year)
        self.year.setSuffix(" 年")
        self.root = NewPassword("根密码", min_length)
        self.bureau = NewPassword("签发密码", min_length)
        facts = Card("财政部门")
        for left, right in (
            (Field("财政部门名称", self.name, required=True), Field("区划代码", self.code, required=True)),
            (Field("经办人", self.person, required=True), Field("工作年度", self.year)),
        ):
            facts.body.addLayout(beside(left, right))
        passwords = Card("两个密码")
        for sentence in ADVICE:
            passwords.body.addWidget(paragraph(f"· {sentence}", "muted"))
        passwords.body.addLayout(beside(self.root, self.bureau))
        self.same_label = paragraph("根密码与签发密码相同，请设置两个不同的密码", "problem")
        self.same_label.hide()
        passwords.body.addWidget(self.same_label)
        self.body.addWidget(facts)
        self.body.addWidget(passwords)
        self.body.addStretch(1)
        for edit in (self.name, self.code, self.person):
            edit.textChanged.connect(lambda _text: self.changed.emit())
        for password in (self.root, self.bureau):
            password.changed.connect(self._on_password)

    def setup(self) -> BureauSetup:
        """What was typed."""
        return BureauSetup(
            self.code.text().strip(),
            self.name.text().strip(),
            self.person.text().strip(),
            self.year.value(),
            self.root.password(),
            self.bureau.password(),
        )

    def is_complete(self) -> bool:
        """Whether everything is there and the passwords differ."""
        typed = all(edit.text().strip() for edit in (self.name, self.code, self.person))
        return typed and self.root.is_acceptable() and self.bureau.is_acceptable() and not self._are_same()

    def first_control(self) -> QWidget:
        """The bureau's name."""
        return self.name

    def _are_same(self) -> bool:
        return self.root.is_acceptable() and self.root.password() == self.bureau.password()

    def _on_password(self) -> None:
        self.same_label.setVisible(self._are_same())
        self.changed.emit()
