"""Files that were written (已写入的文件): where they lie, one by one, with the way there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QWidget

from ui.bureau.records import WrittenFiles
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import paragraph
from ui.widgets.placing import resize_within_screen


class FilesDialog(DeskDialog):
    """Lists what a job has written (文件清单); `folder_requested` carries the folder."""

    folder_requested = Signal(object)

    def __init__(self, written: WrittenFiles, parent: QWidget | None = None) -> None:
        super().__init__(written.title, "完成", parent, intro=written.sentence)
        resize_within_screen(self, px(600), px(400))
        self.body.addWidget(paragraph(str(written.folder), "muted"))
        self.list = QListWidget()
        self.list.setAccessibleName("已写入的文件")
        self.list.addItems([_shown(path, written.folder) for path in written.files])
        self.body.addWidget(self.list, 1)
        self.reject_button.hide()
        opening = button(
            "打开所在文件夹",
            icon_name="open_folder",
            clicked=lambda: self.folder_requested.emit(written.folder),
        )
        self.buttons.insertWidget(0, opening)

    def offer(self, text: str, icon_name: str, wished: Callable[[], object]) -> None:
        """A further step beside the way to the folder."""
        self.offered = button(text, icon_name=icon_name, clicked=wished)
        self.buttons.insertWidget(1, self.offered)


def _shown(path: Path, folder: Path) -> str:
    """A file by its way from the folder: where it lies in a unit's folder, the unit is read before the number."""
    return " / ".join(path.relative_to(folder).parts) if path.is_relative_to(folder) else path.name
