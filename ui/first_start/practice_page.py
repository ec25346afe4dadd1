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
        self.department = ChoiceCard(
            "主管部门端", "以示例县教育体育局的身份接收、审核、汇总下级单位的报送文件", "department"
        )
        self.bureau = ChoiceCard("财政端", "以示例县财政局的身份下发任务、接收报送文件、开具回执", "finance")
        self._roles = {
            self.filer: DeskRole.FILER,
            self.department: DeskRole.DEPARTMENT,
            self.bureau: DeskRole.BUREAU,
        }
        for card in self._roles:
            self.body.addWidget(card)
            card.chosen.connect(lambda _on, card=card: self._choose(card))
        self.body.addWidget(paragraph("第一次打开要准备演示数据，需要稍等一会儿。", "muted"))
        self.body.addStretch(1)
        self.filer.set_chosen(True)

    def role(self) -> DeskRole:
        """The desk chosen."""
        return next(role for card, role in self._roles.items() if card.is_chosen())

    def first_control(self) -> QWidget:
        """The first card."""
        return self.filer

    def _choose(self, wanted: ChoiceCard) -> None:
        for card in self._roles:
            card.set_chosen(card is wanted)
        self.changed.emit()
