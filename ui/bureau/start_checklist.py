"""The way of a new bureau (准备工作): unit register, project register, kit, copies of the root; what is done and what comes next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ui.theme import COLOURS, set_role
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.labels import label
from ui.widgets.picture import Picture

STEPS = (
    ("导入单位名录", "单位代码、名称、主管部门、归口股室，从 Excel 或 CSV 表格读入", "从表格导入…"),
    ("导入年度预算项目名录", "各项目应报哪些表，按名录计算应报、未报", "从表格导入…"),
    ("下发任务参数包", "把任务、名录、校验规则和证书装进一个签名文件，交给各单位装入", "去下发…"),
    ("备份根密钥", "把根密钥写到两个介质，打印保管页归档；电脑损坏时靠它恢复", "去备份…"),
)


class StartChecklist(Card):
    """The steps in order (准备工作); `step_requested` carries the step's number from 0."""

    step_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("先做好几件事，就可以开始接收", parent)
        self.body.setSpacing(8)
        self._lines: list[tuple[Picture, QLabel, QPushButton]] = []
        for number, (title, hint, action) in enumerate(STEPS):
            picture, words = Picture(17), label(f"{number + 1}．{title}", "strong")
            doing = button(action, clicked=partial(self.step_requested.emit, number))
            line = row(picture, words, label(hint, "muted"), None, doing)
            self.body.addLayout(line)
            self._lines.append((picture, words, doing))

    def set_done(self, done: tuple[bool, bool, bool, bool]) -> None:
        """Tick what is done; the first step that is not is the one to take. Hidden when all are done."""
        self.setVisible(not all(done))
        following = done.index(False) if not all(done) else -1
        for number, (picture, words, doing) in enumerate(self._lines):
            name, colour = ("done_solid", COLOURS.good) if done[number] else ("empty", COLOURS.edge)
            if number == following:
                name, colour = "forward", COLOURS.accent
            picture.show_icon(name, colour)
            set_role(words, "strong" if number == following else "muted" if done[number] else "")
            set_role(doing, "primary" if number == following else "plain")
            doing.setVisible(not done[number])
            doing.setEnabled(number <= following or following < 0)

    def step_button(self, number: int) -> QPushButton:
        """The button of a step."""
        return self._lines[number][2]
