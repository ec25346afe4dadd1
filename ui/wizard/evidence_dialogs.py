"""Questions about evidence (佐证材料对话框): another name or note; photographs before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from models.domain.evidence import Evidence
from models.domain.file_size import size_words
from ui.photos import SmallerPhoto
from ui.theme import px
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable


@dataclass(frozen=True, slots=True)
class ShrunkPhoto:
    """A photograph and its smaller copy (照片与缩小后)."""

    item: Evidence
    smaller: SmallerPhoto

    @property
    def saved(self) -> int:
        """Bytes that are saved."""
        return self.item.file.size - len(self.smaller.content)


class WordsDialog(DeskDialog):
    """Another name and a note for a file (改名和说明); `words_chosen` carries both."""

    words_chosen = Signal(str, str)

    def __init__(self, item: Evidence, parent: QWidget | None = None) -> None:
        super().__init__("改名和说明", "保存", parent)
        resize_within_screen(self, px(460), px(310))
        self.name = QLineEdit(item.file.name)
        self.note = QLineEdit(item.file.note)
        self.note.setMaxLength(100)
        self.body.addWidget(Field("文件名", self.name, "后缀不会改变", required=True))
        self.body.addWidget(Field("说明", self.note, "例：2027年3月第一标段现场"))
        self.body.addStretch(1)

    def submit(self) -> None:
        """Tell the words; whoever keeps them closes the dialog."""
        self.words_chosen.emit(self.name.text(), self.note.text())


class ShrinkDialog(DeskDialog):
    """Photographs before and after (缩小照片); `photos_accepted` carries those to be taken."""

    photos_accepted = Signal(object)

    def __init__(self, photos: Sequence[ShrunkPhoto], parent: QWidget | None = None) -> None:
        saved = sum(photo.saved for photo in photos)
        intro = (
            f"缩小后共减少 {size_words(saved)}。报送缩小后的照片；原照片放进“已移除”，报送前可以恢复，"
            "电脑上的原文件不会改动。"
        )
        super().__init__("缩小照片", "使用缩小后的照片", parent, intro=intro)
        resize_within_screen(self, px(640), px(400))
        self.photos = tuple(photos)
        self.table: RecordTable[ShrunkPhoto] = RecordTable(
            (
                Column("照片", lambda photo: photo.item.file.name, share=1),
                Column("原来", lambda p: _words(p.item.file.size, p.smaller.before)),
                Column("缩小后", lambda p: _words(len(p.smaller.content), p.smaller.after)),
            )
        )
        self.table.setAccessibleName("缩小照片对照")
        self.table.set_records(photos)
        self.body.addWidget(self.table, 1)

    def submit(self) -> None:
        """Take the smaller copies."""
        self.photos_accepted.emit(self.photos)


def _words(size: int, pixels: tuple[int, int]) -> str:
    """3.2 MB（4000×3000）."""
    return f"{size_words(size)}（{pixels[0]}×{pixels[1]}）"
