"""The first thing anyone reads (首次提示): non-secret information only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.first_start.step_page import StepPage
from ui.theme import COLOURS
from ui.widgets.card import Card
from ui.widgets.labels import label, paragraph
from ui.widgets.picture import Picture

NOTICE = "本程序只能处理非涉密信息。"
RULES = (
    "涉密项目、涉密文件和工作秘密不要录入，也不要作为佐证材料添加。",
    "程序不连接互联网：填写的内容只保存在本单位的电脑上，报送时由您自己拷贝文件。",
    "电子签名用来识别报送单位、发现内容被改动，不代替单位公章。",
)


class NoticePage(StepPage):
    """The notice everybody acknowledges once (非涉密提示)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("使用前请知悉", next_text="我已知晓", parent=parent)
        picture = Picture(52, "shield", COLOURS.accent)
        card = Card(margin=28)
        card.body.setSpacing(14)
        card.body.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        words = label(NOTICE, "notice")
        card.body.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        for rule in RULES:
            card.body.addWidget(paragraph(f"· {rule}"))
        self.body.addWidget(card)
        self.body.addStretch(1)
