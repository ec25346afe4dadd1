"""A kit that was issued (任务参数包已下发): its 核对码 goes on paper, its file to the units."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import label, paragraph
from ui.widgets.placing import resize_within_screen


class IssuedKitDialog(DeskDialog):
    """Tells where the kit lies and its 核对码 (任务参数包已下发)."""

    notice_requested = Signal()
    folder_requested = Signal(object)

    def __init__(
        self, name: str, version: int, path: Path, check_code: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "任务参数包已下发", "完成", parent, intro=f"{name}　第 {version} 版，已写入并校验无误。"
        )
        resize_within_screen(self, px(600), px(400))
        card = Card()
        card.body.addWidget(label("核对码", "muted"))
        self.code = CheckCodeLabel(check_code)
        card.body.addWidget(self.code)
        card.body.addWidget(paragraph(str(path), "muted"))
        self.body.addWidget(card)
        told = (
            "把文件交给各单位装入；核对码印在核对单上，随通知一起发出，"
            "单位第一次装入时逐组核对，防止装错或被换过。"
        )
        self.body.addWidget(paragraph(told))
        self.body.addStretch(1)
        self.reject_button.hide()
        self.buttons.insertWidget(
            0, button("保存核对单 PDF…", icon_name="print", clicked=self.notice_requested.emit)
        )
        self.buttons.insertWidget(
            1,
            button(
                "打开所在文件夹",
                icon_name="open_folder",
                clicked=lambda: self.folder_requested.emit(path.parent),
            ),
        )
