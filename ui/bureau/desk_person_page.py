"""Who uses this computer (本机经办人): asked once at a desk that does not know it yet, before anything is done in a name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.field import Field
from ui.widgets.labels import label, paragraph

_INTRO = "这台电脑第一次打开这个工作区。请填写在这里办理业务的人，以后办理的事项记在这个名下；其他电脑上的姓名不变。"
_LONGEST = 30


class DeskPersonPage(QWidget):
    """Asks for a name (填写本机经办人); `submitted` carries it, `left` that the window is to be closed."""

    submitted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.unit_label = label("", "title")
        self.name = QLineEdit()
        self.name.setMaxLength(_LONGEST)
        self.accept_button = button("开始办理", "primary", clicked=self.submit)
        self.leave_button = button("退出程序", clicked=self.left.emit)
        card = Card("")
        card.setFixedWidth(px(420))
        card.body.setSpacing(12)
        for part in (self.unit_label, paragraph(_INTRO, "muted"), Field("姓名", self.name)):
            card.body.addWidget(part)
        card.body.addLayout(row(self.leave_button, None, self.accept_button))
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(row(None, card, None))
        column.addStretch(3)
        self.name.textChanged.connect(lambda _text: self._judge())
        self.name.returnPressed.connect(self.submit)
        self._judge()

    def ask(self, unit_name: str) -> None:
        """Ask for the person of this unit's desk."""
        self.unit_label.setText(unit_name)
        self.name.setFocus()

    def submit(self) -> None:
        """Hand the name over; a blank one is none."""
        if self.accept_button.isEnabled():
            self.submitted.emit(self.name.text().strip())

    def _judge(self) -> None:
        self.accept_button.setEnabled(bool(self.name.text().strip()))
