"""A page of first start (首次使用步骤): title, one sentence, content; tells whether one may go on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.labels import label, paragraph


class StepPage(QWidget):
    """What every step has in common (步骤页)."""

    changed = Signal()

    def __init__(
        self, title: str, intro: str = "", next_text: str = "下一步", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.next_text = next_text
        self.title_label = label(title, "title")
        self.intro = paragraph(intro, "subtitle")
        if not intro:
            self.intro.hide()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 6, 0)
        self.body.setSpacing(12)
        self.body.addWidget(self.title_label)
        self.body.addWidget(self.intro)

    def is_complete(self) -> bool:
        """Whether one may go on."""
        return True

    def first_control(self) -> QWidget | None:
        """The control the keyboard starts at."""
        return None
