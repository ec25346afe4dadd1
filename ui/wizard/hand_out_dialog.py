"""Handing a form out (分发给项目负责人): which parts, to whom, until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from forms.schema import StepSpec
from services.hand_outs import HandOutNote, HandOutWish
from ui.theme import px
from ui.widgets.dates import near_time
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import label, paragraph
from ui.widgets.placing import resize_within_screen

_MOST_NOTES = 3


class HandOutDialog(DeskDialog):
    """Asks what is to be handed out (分发给项目负责人); `submitted` carries a HandOutWish."""

    submitted = Signal(object)

    def __init__(
        self,
        steps: Sequence[StepSpec],
        notes: Sequence[HandOutNote],
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        intro = (
            "生成一份 Excel，只有要填的格子可以改。对方填好发回后，用“收回填好的表”逐项合并，"
            "这期间您仍可继续填写本表。"
        )
        super().__init__("分发给项目负责人", "选择存放位置…", parent, intro=intro)
        resize_within_screen(self, px(560), px(470))
        self.person, self.until = QLineEdit(), QLineEdit()
        self.person.setPlaceholderText("例：陈勇（农业服务中心），可以不填")
        self.until.setPlaceholderText("例：9月10日，可以不填")
        for field, name in ((self.person, "交给谁填"), (self.until, "最晚什么时候发回")):
            field.setMaxLength(30)
            field.setAccessibleName(name)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(9))
        grid.addWidget(label("交给谁填"), 0, 0)
        grid.addWidget(self.person, 0, 1)
        grid.addWidget(label("最晚发回"), 1, 0)
        grid.addWidget(self.until, 1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(label("请对方填写的部分", "section"))
        self.boxes = {step.key: QCheckBox(step.title) for step in steps}
        for key, box in self.boxes.items():
            box.setChecked(key != "basics" or len(self.boxes) == 1)
            box.toggled.connect(self._on_toggled)
            self.body.addWidget(box)
        told = "；".join(_told(note, today) for note in notes[:_MOST_NOTES])
        earlier = paragraph(f"以前分发过：{told}。" if told else "", "muted")
        earlier.setVisible(bool(told))
        self.body.addWidget(earlier)
        self.body.addStretch(1)
        self._on_toggled()

    def submit(self) -> None:
        """Hand on what was asked for."""
        steps = tuple(key for key, box in self.boxes.items() if box.isChecked())
        self.submitted.emit(HandOutWish(steps, self.person.text().strip(), self.until.text().strip()))

    def _on_toggled(self, _checked: bool = False) -> None:
        self.accept_button.setEnabled(any(box.isChecked() for box in self.boxes.values()))


def _told(note: HandOutNote, today: date) -> str:
    """陈勇，9月3日 10:20."""
    return f"{note.person or '未写姓名'}，{near_time(note.given_at, today)}"
