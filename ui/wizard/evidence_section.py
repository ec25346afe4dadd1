"""Evidence of one place (佐证材料分组): its files, a button to add some, and a field to drop them on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from models.domain.evidence import Evidence, ending_of
from services.evidence import EvidenceList
from services.evidence_places import reuse_key
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.labels import ElidedLabel, paragraph
from ui.wizard.evidence_line import EvidenceLine
from ui.wizard.evidence_wishes import AddFiles

STRAY = "所在的指标已删除，不随表报送；请移除，或撤销删除"


class EvidenceSection(QFrame):
    """Files of a row, or of the form as a whole (佐证材料分组)."""

    wished = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = ""
        self._kinds: tuple[str, ...] = ()
        self._is_open = False
        self.lines: list[EvidenceLine] = []
        self.setProperty("role", "drop")
        self.title = ElidedLabel(title, "strong")
        self.add_button = button("添加…", "link", "add", self.browse)
        self.add_button.setAccessibleName(f"添加佐证材料：{title}")
        self.empty = paragraph("", "note")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        head = row(self.title, self.add_button, spacing=4)
        head.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(9), px(5), px(5), px(6))
        column.setSpacing(px(2))
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addLayout(self._list)

    def show_title(self, words: str) -> None:
        """Name the place."""
        self.title.set_words(words)
        self.add_button.setAccessibleName(f"添加佐证材料：{words}")

    def show_items(
        self,
        place: str,
        items: Sequence[Evidence],
        shown: EvidenceList,
        thumbnails: Mapping[str, QImage],
        where: Callable[[Evidence], str] = lambda _item: "",
    ) -> None:
        """Show the files of a place; `where` names each file's row where they are of several."""
        self.place, self._kinds, self._is_open = place, shown.rules.kinds, shown.is_open
        self.setAcceptDrops(shown.is_open)
        self.add_button.setVisible(shown.is_open)
        self._clear()
        for item in items:
            line = EvidenceLine(
                item,
                reuse=shown.reuse.get(reuse_key(item.file), ()),
                is_open=shown.is_open,
                is_picture=ending_of(item.file.name) in shown.rules.picture_kinds,
                where=where(item),
                warning=STRAY if item.evidence_id in shown.stray and shown.is_open else "",
                parent=self,
            )
            line.wished.connect(self.wished)
            if item.file.sha256 in thumbnails:
                line.show_thumbnail(thumbnails[item.file.sha256])
            self._list.addWidget(line)
            self.lines.append(line)
        hint = "把文件拖到这里，或点“添加”。" if shown.is_open else "没有佐证材料。"
        self.empty.setText(hint)
        self.empty.setVisible(not items)

    def show_missing(self, is_missing: bool) -> None:
        """Say that the kit asks for evidence here and there is none."""
        if is_missing:
            self.empty.setText("这项指标需要佐证材料，还没有添加。")
        self.empty.setProperty("role", "care" if is_missing else "note")
        style = self.empty.style()
        style.unpolish(self.empty)
        style.polish(self.empty)

    def browse(self) -> None:
        """Choose files in the file dialog."""
        patterns = " ".join(f"*.{kind}" for kind in self._kinds)
        dialog = QFileDialog(self, "添加佐证材料", "", f"可以添加的文件 ({patterns})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.take)
        dialog.open()

    def take(self, paths: Iterable[str]) -> None:
        """Ask for files to be attached here."""
        wanted = tuple(Path(path) for path in paths)
        if wanted and self._is_open:
            self.wished.emit(AddFiles(self.place, wanted))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome local files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The files went elsewhere."""
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take every local file that was dropped, in one go."""
        self._light(False)
        event.acceptProposedAction()
        self.take([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def _clear(self) -> None:
        for line in self.lines:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []

    def _light(self, over: bool) -> None:
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)
