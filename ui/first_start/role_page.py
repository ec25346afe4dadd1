"""Who one is (选择身份): unit and department may be both; bureau and practice stand alone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.first_start.choice_card import ChoiceCard
from ui.first_start.step_page import StepPage
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.file_drop import choose_folder


class RolePage(StepPage):
    """The four cards of first start (选择身份)."""

    existing_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "您在哪里使用", "乡镇既填自己的表、又汇总下属单位的，前两项可以同时选。", parent=parent
        )
        self.unit = ChoiceCard("预算单位", "填报绩效目标等表，生成报送文件交给主管部门或财政部门", "unit")
        self.department = ChoiceCard(
            "主管部门", "接收、审核下级单位的报送文件，汇总报送财政部门；也填报本部门的表", "department"
        )
        self.bureau = ChoiceCard("财政部门", "下发任务参数包，接收、核验和审核各单位的报送文件", "finance")
        self.practice = ChoiceCard(
            "先看演示", "用示例县的虚构数据看一看，三端都能打开，不影响正式使用", "practice"
        )
        grid = QGridLayout()
        grid.setSpacing(12)
        cards = (self.unit, self.department, self.bureau, self.practice)
        for number, card in enumerate(cards):
            grid.addWidget(card, number // 2, number % 2)
            card.chosen.connect(lambda _on, card=card: self._on_chosen(card))
        self.body.addLayout(grid)
        existing = button("打开已有的工作区…", "link", clicked=self._on_existing)
        self.body.addLayout(row(existing, None))
        self.body.addStretch(1)

    def is_complete(self) -> bool:
        """Whether something was chosen."""
        return any(card.is_chosen() for card in (self.unit, self.department, self.bureau, self.practice))

    def first_control(self) -> QWidget:
        """The first card."""
        return self.unit

    def _on_chosen(self, card: ChoiceCard) -> None:
        """Bureau and practice put the others out; unit and department go together."""
        if card.is_chosen():
            alone = card in (self.bureau, self.practice)
            for other in (self.unit, self.department, self.bureau, self.practice):
                if other is not card and (alone or other in (self.bureau, self.practice)):
                    other.set_chosen(False)
        self.changed.emit()

    def _on_existing(self) -> None:
        choose_folder(self, "选择工作区所在的文件夹", self.existing_requested.emit)
