"""A bureau begins (财政部门首次使用): its name and code, who works there, the working year."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from ui.first_start.step_page import StepPage
from ui.widgets.card import Card
from ui.widgets.field import Field, beside


class BureauPage(StepPage):
    """Bureau and person (财政部门设置)."""

    def __init__(self, working_year: int, parent: QWidget | None = None) -> None:
        super().__init__(
            "建立财政端工作区", "名称和代码写进证书和任务参数包，请按机构全称填写。", parent=parent
        )
        self.name, self.code, self.person = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setPlaceholderText("例如：示例县财政局")
        self.code.setPlaceholderText("6 位，例如 990000")
        self.person.setPlaceholderText("姓名")
        self.year = QSpinBox()
        self.year.setRange(working_year - 5, working_year + 5)
        self.year.setValue(working_year)
        self.year.setSuffix(" 年")
        facts = Card("财政部门")
        for left, right in (
            (Field("财政部门名称", self.name, required=True), Field("区划代码", self.code, required=True)),
            (Field("经办人", self.person, required=True), Field("工作年度", self.year)),
        ):
            facts.body.addLayout(beside(left, right))
        self.body.addWidget(facts)
        self.body.addStretch(1)
        for edit in (self.name, self.code, self.person):
            edit.textChanged.connect(lambda _text: self.changed.emit())

    def is_complete(self) -> bool:
        """Whether name, code and person are there."""
        return all(edit.text().strip() for edit in (self.name, self.code, self.person))

    def first_control(self) -> QWidget:
        """The bureau's name."""
        return self.name
