"""打印密钥保管页: who was there, which media lie where, who keeps the password; the rest the program knows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from services.ceremony import Keeping
from ui.theme import px
from ui.widgets.card import Card
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.labels import label
from ui.widgets.placing import resize_within_screen

_WITNESSES = 4


class CeremonyDialog(DeskDialog):
    """What the page cannot know (保管情况); `submitted` carries a `Keeping`. All may stay empty and be written by hand."""

    submitted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("打印密钥保管页", "保存为 PDF…", parent, intro="不填的留空，打印后手写。")
        resize_within_screen(self, px(620), px(660))
        self.witnesses = [(QLineEdit(), QLineEdit()) for _ in range(_WITNESSES)]
        self.places = [(QLineEdit(), QLineEdit()) for _ in range(2)]
        self.keeper = QLineEdit()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(_table("在场人员", ("姓名", "职务"), self.witnesses))
        column.addWidget(_table("两份介质", ("名称、编号", "存放地点、保管人"), self.places))
        column.addWidget(Field("根密码保管人", self.keeper))
        column.addStretch(1)
        self.body.addWidget(inside, 1)

    def submit(self) -> None:
        """Hand over what was filled in."""
        self.submitted.emit(
            Keeping(
                tuple((name.text(), duty.text()) for name, duty in self.witnesses),
                tuple((name.text(), place.text()) for name, place in self.places),
                self.keeper.text(),
            )
        )


def _table(title: str, heads: tuple[str, str], lines: list[tuple[QLineEdit, QLineEdit]]) -> Card:
    """Two columns of fields under their heads."""
    card, grid = Card(title), QGridLayout()
    for column, head in enumerate(heads):
        grid.addWidget(label(head, "caption"), 0, column)
    for number, pair in enumerate(lines, 1):
        for column, field in enumerate(pair):
            field.setMaxLength(40)
            field.setAccessibleName(f"{title}第 {number} 行{heads[column]}")
            grid.addWidget(field, number, column)
    card.body.addLayout(grid)
    return card
