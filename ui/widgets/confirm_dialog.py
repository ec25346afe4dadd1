"""A question before something that cannot simply be undone (确认)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme import px, set_role
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import paragraph
from ui.widgets.placing import resize_within_screen


class ConfirmDialog(DeskDialog):
    """Says what will happen and asks (确认); `confirmed` when the main button was pressed."""

    confirmed = Signal()

    def __init__(
        self, title: str, text: str, accept_text: str, parent: QWidget | None = None, *, danger: bool = False
    ) -> None:
        super().__init__(title, accept_text, parent)
        resize_within_screen(self, px(440), px(230))
        self.body.addWidget(paragraph(text))
        self.body.addStretch(1)
        if danger:
            set_role(self.accept_button, "danger")
            self.accept_button.setDefault(False)
            self.reject_button.setDefault(True)

    def submit(self) -> None:
        """Answer and close."""
        self.confirmed.emit()
        self.accept()
