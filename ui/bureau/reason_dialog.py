"""Asking for a reason (填写理由): what will happen, and one line that goes on record."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import px
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.labels import paragraph
from ui.widgets.placing import resize_within_screen


class ReasonDialog(DeskDialog):
    """Asks why (填写理由); `submitted` carries the reason as typed."""

    submitted = Signal(str)

    def __init__(self, title: str, text: str, accept_text: str, parent: QWidget | None = None) -> None:
        super().__init__(title, accept_text, parent)
        resize_within_screen(self, px(500), px(300))
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.body.addWidget(paragraph(text))
        self.body.addWidget(Field("理由", self.reason, "记入历史，与经办人、日期一起留存。", required=True))
        self.body.addStretch(1)

    def submit(self) -> None:
        """Hand the reason on; whoever asked closes the dialog."""
        self.submitted.emit(self.reason.text())
