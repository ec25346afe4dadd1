"""A bureau begins (财政部门首次使用): its name and code, who works there, the working year."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from services.setup_names import division_fault, name_fault, person_fault
from ui.first_start.judged_field import JudgedField
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
        self.code.setPlaceholderText("例如：990000")
        self.person.setPlaceholderText("姓名")
        self.year = QSpinBox()
        self.year.setRange(working_year - 5, working_year + 5)
        self.year.setValue(working_year)
        self.year.setSuffix(" 年")
        facts = Card("财政部门")
        self._judged = (
            JudgedField("财政部门名称", self.name, name_fault),
            JudgedField("区划代码", self.code, division_fault),
            JudgedField("经办人", self.person, person_fault),
        )
        name, code, person = self._judged
        for left, right in ((name, code), (person, Field("工作年度", self.year))):
            facts.body.addLayout(beside(left, right))
        self.body.addWidget(facts)
        self.body.addStretch(1)
        for field in self._judged:
            field.judged.connect(self.changed)

    def is_complete(self) -> bool:
        """Whether name, code and person are there and can be used."""
        return all(field.is_good() for field in self._judged)

    def first_control(self) -> QWidget:
        """The bureau's name."""
        return self.name
