"""A look at the practice county (先看演示): which desk to open."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from services.workspaces import DeskRole
from ui.first_start.choice_card import ChoiceCard
from ui.first_start.step_page import StepPage
from ui.widgets.labels import paragraph


class PracticePage(StepPage):
    """Chooses the desk to look at (先看演示)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "先看哪一端",
            "示例县有 12 个单位、60 个项目，数据都是虚构的，每个画面都标着“演示数据”。",
            "打开",
            parent,
        )
        self.filer = ChoiceCard("填报端", "以示例县柳林镇人民政府的身份填表、校验、生成报送文件", "unit")
        self.bureau = ChoiceCard("财政端", "以示例县财政局的身份下发任务、接收报送文件、开具回执", "finance")
        self.body.addWidget(self.filer)
        self.body.addWidget(self.bureau)
        self.body.addWidget(paragraph("第一次打开要准备演示数据，需要稍等一会儿。", "muted"))
        self.body.addStretch(1)
        self.filer.set_chosen(True)
        self.filer.chosen.connect(lambda _on: self._choose(self.filer, self.bureau))
        self.bureau.chosen.connect(lambda _on: self._choose(self.bureau, self.filer))

    def role(self) -> DeskRole:
        """The desk chosen."""
        return DeskRole.BUREAU if self.bureau.is_chosen() else DeskRole.FILER

    def first_control(self) -> QWidget:
        """The first card."""
        return self.filer

    def _choose(self, wanted: ChoiceCard, other: ChoiceCard) -> None:
        wanted.set_chosen(True)
        other.set_chosen(False)
        self.changed.emit()
