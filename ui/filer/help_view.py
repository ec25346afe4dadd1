"""Help (帮助): the short manual and the keys; its text is a resource, its sections the list on the left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QListWidget, QTextBrowser, QWidget

from ui.theme import px
from ui.widgets.card import Card, row
from ui.widgets.page import Page

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent


def sections(text: str) -> list[tuple[str, str]]:
    """(title, Markdown) of every `## ` section."""
    parts = text.split("\n## ")[1:]
    return [(part.partition("\n")[0].strip(), part.partition("\n")[2].strip()) for part in parts]


class HelpView(Page):
    """The manual of a desk (帮助)."""

    def __init__(self, text_file: Path, parent: QWidget | None = None) -> None:
        super().__init__("帮助", "随时按 F1 打开", parent)
        self._sections = sections(text_file.read_text(encoding="utf-8"))
        self.topics = QListWidget()
        self.topics.setFrameShape(QFrame.Shape.NoFrame)
        self.topics.setAccessibleName("帮助目录")
        self.topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.topics.addItems([title for title, _ in self._sections])
        self.text = QTextBrowser()
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setProperty("role", "reading")
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(px(18))
        left, right = Card(margin=6), Card(margin=1)
        left.body.addWidget(self.topics)
        right.body.addWidget(self.text)
        columns = row(left, right, spacing=12)
        columns.setStretch(1, 1)
        self.body.addLayout(columns, 1)
        self.setFocusProxy(self.topics)
        self.topics.currentRowChanged.connect(self._on_row)
        self.topics.setCurrentRow(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Lines are measured anew: the style sheet gives them their size only once the page is shown."""
        super().showEvent(event)
        room = self.topics.sizeHintForColumn(0) + px(12)
        self.topics.setFixedWidth(min(max(px(190), room), px(320)))
        self.topics.scheduleDelayedItemsLayout()

    def show_topic(self, title: str) -> None:
        """Open at a section, where there is one of that title."""
        found = self.topics.findItems(title, Qt.MatchFlag.MatchExactly)
        if found:
            self.topics.setCurrentItem(found[0])

    def _on_row(self, number: int) -> None:
        title, body = self._sections[number]
        self.text.setMarkdown(f"### {title}\n\n{body}")
