"""Taking a file in (选择文件): drop it here or choose it; the same path either way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from ui.theme import COLOURS
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.picture import Picture


def choose_file(
    parent: QWidget, title: str, name_filter: str, chosen: Callable[[str], object], folder: str = ""
) -> QFileDialog:
    """Open the file dialog without blocking; `chosen` is called with the path as text."""
    dialog = QFileDialog(parent, title, folder, name_filter)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog


def choose_folder(
    parent: QWidget, title: str, chosen: Callable[[str], object], folder: str = ""
) -> QFileDialog:
    """Open the folder dialog without blocking; `chosen` is called with the path as text."""
    dialog = QFileDialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog


class FileDrop(QFrame):
    """A field files are dropped on, with a button for those who choose (文件拖放区)."""

    file_chosen = Signal(object)

    def __init__(
        self,
        text: str,
        action: str,
        name_filter: str,
        parent: QWidget | None = None,
        *,
        takes_many: bool = False,
    ) -> None:
        super().__init__(parent)
        self._filter, self._takes_many = name_filter, takes_many
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        picture = Picture(30, "take_in", COLOURS.faint)
        self.text_label = label(text, "muted")
        self.button = button(action, clicked=self.browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for item in (picture, self.text_label, self.button):
            column.addWidget(item, 0, Qt.AlignmentFlag.AlignHCenter)

    def browse(self) -> None:
        """Choose in the file dialog; several at once where several are welcome, as they are when dropped."""
        dialog = choose_file(self, self.button.text().rstrip("…"), self._filter, self._take_one)
        if self._takes_many:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
            dialog.filesSelected.connect(self._take_all)

    def _take_one(self, path: str) -> None:
        if not self._takes_many:
            self.take(path)

    def _take_all(self, paths: list[str]) -> None:
        for path in paths:
            self.take(path)

    def take(self, path: str) -> None:
        """Hand the path on."""
        self.file_chosen.emit(Path(path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome local files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The file went elsewhere."""
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take every local file that was dropped."""
        self._light(False)
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.take(url.toLocalFile())

    def _light(self, over: bool) -> None:
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)
