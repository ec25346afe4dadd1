"""A new project (新建项目): only the name is needed, the rest may come later."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from models.domain.money import AmountError
from services.projects import NewProject
from ui.theme import px
from ui.widgets.amount_field import AmountField
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field, beside
from ui.widgets.placing import resize_within_screen

NON_SECRET = "本程序只能处理非涉密信息，涉密项目请不要录入。"


class NewProjectDialog(DeskDialog):
    """Name, code, category, budget year and amount of a project (新建项目)."""

    submitted = Signal(object)

    def __init__(
        self,
        budget_years: Sequence[int],
        current_year: int,
        categories: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "新建项目",
            "新建",
            parent,
            intro=f"名录里已有的项目请用“取用名录项目…”，不必重新录入。\n{NON_SECRET}",
        )
        resize_within_screen(self, px(520), px(510))
        self.name = QLineEdit()
        self.name.setPlaceholderText("例如：农村公路养护")
        self.code = QLineEdit()
        self.code.setPlaceholderText("还没有代码的可以不填")
        self.category = QComboBox()
        self.category.addItem("（不选）", "")
        for category in categories:
            self.category.addItem(category, category)
        self.year = QComboBox()
        for year in budget_years:
            self.year.addItem(f"{year}年", year)
        self.year.setCurrentIndex(max(self.year.findData(current_year), 0))
        self.amount = AmountField("预算数")
        self._name_field = Field("项目名称", self.name, "与预算一体化系统里的名称一致", required=True)
        self.body.addWidget(self._name_field)
        self.body.addWidget(Field("项目代码", self.code))
        self.body.addLayout(beside(Field("项目类别", self.category), Field("预算年度", self.year)))
        self.body.addWidget(self.amount)
        self.body.addStretch(1)
        self.name.textChanged.connect(lambda: self._name_field.set_problem(""))

    def submit(self) -> None:
        """Emit the project; what is wrong is said beside its field."""
        name = self.name.text().strip()
        if not name:
            self._name_field.set_problem("请填写项目名称")
            self.name.setFocus()
            return
        try:
            amount = self.amount.amount_fen()
        except AmountError:
            self.amount.edit.setFocus()
            return
        year = int(self.year.currentData())
        code, category = self.code.text().strip(), str(self.category.currentData())
        self.submitted.emit(NewProject(name, year, code, category, amount))
