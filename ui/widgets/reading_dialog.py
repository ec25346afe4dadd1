"""A text to read (说明文字): licences and other pages that are looked at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from ui.theme import px
from ui.widgets.card import Card
from ui.widgets.dialog import DeskDialog
from ui.widgets.placing import resize_within_screen


class ReadingDialog(DeskDialog):
    """Shows a Markdown text (说明文字); nothing to decide."""

    def __init__(self, title: str, text_file: Path, parent: QWidget | None = None) -> None:
        super().__init__(title, "关闭", parent)
        resize_within_screen(self, px(680), px(520))
        self.reject_button.hide()
        self.text = QTextBrowser()
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setProperty("role", "reading")
        self.text.setOpenLinks(False)
        self.text.setMinimumHeight(px(300))
        self.text.document().setDocumentMargin(px(14))
        self.text.setMarkdown(text_file.read_text(encoding="utf-8").partition("\n")[2])
        card = Card(margin=1)
        card.body.addWidget(self.text)
        self.body.addWidget(card, 1)
