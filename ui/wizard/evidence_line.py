"""One file in the list of evidence (佐证材料行): picture, name, size and day, where else it is used, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QImage, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from models.domain.evidence import Evidence, ending_of
from models.domain.file_size import size_words
from ui.icons import icon
from ui.theme import COLOURS, px
from ui.widgets.dates import full_date
from ui.widgets.labels import ElidedLabel, paragraph
from ui.widgets.picture import Thumbnail
from ui.wizard.evidence_wishes import (
    ChangeWords,
    EvidenceWish,
    OpenFile,
    RemoveFile,
    SaveFiles,
    ShrinkPhotos,
)

THUMBNAIL = 40
"""Side of a thumbnail, in logical pixels at the usual text size."""

_ICON = 22
"""Height of the icon that stands for a file that is no picture."""

_ICONS = {"pdf": "pdf", "ofd": "pdf", "xls": "excel", "xlsx": "excel", "et": "excel", "csv": "excel"}


class EvidenceLine(QFrame):
    """One attached or received file (佐证材料行); Enter or a double click opens it."""

    wished = Signal(object)

    def __init__(
        self,
        item: Evidence,
        *,
        reuse: Sequence[str] = (),
        is_open: bool,
        is_picture: bool,
        warning: str = "",
        where: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.item = item
        self._is_open, self._is_picture = is_open, is_picture
        self.setProperty("role", "evidence-line")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        kind = _ICONS.get(ending_of(item.file.name), "show" if is_picture else "attachment")
        self.picture = Thumbnail(THUMBNAIL, _ICON, kind, COLOURS.faint)
        self.name = ElidedLabel(item.file.name)
        self.facts = ElidedLabel(_facts(item), "note")
        self.notes = tuple(text for text in (item.file.note, where) if text)
        self.remarks = tuple(text for text in (_reuse_words(reuse), warning) if text)
        self.menu_button = QToolButton()
        self.menu_button.setIcon(icon("more", COLOURS.muted))
        self.menu_button.setIconSize(QSize(px(16), px(16)))
        self.menu_button.setToolTip("打开、改名、移除…" if is_open else "打开、另存…")
        self.menu_button.setAccessibleName(f"{item.file.name}的操作")
        self.menu_button.clicked.connect(self._open_menu_below)
        self.setAccessibleName("，".join((item.file.name, _facts(item), *self.notes, *self.remarks)))
        self._lay_out()

    def _lay_out(self) -> None:
        """Picture, the words one below the other, the menu."""
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(self.name)
        words.addWidget(self.facts)
        for text in self.notes:
            words.addWidget(ElidedLabel(text, "note"))
        for text in self.remarks:
            words.addWidget(paragraph(text, "care"))
        line = QHBoxLayout(self)
        line.setContentsMargins(px(4), px(5), px(2), px(5))
        line.setSpacing(px(8))
        line.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self.menu_button, 0, Qt.AlignmentFlag.AlignTop)

    def show_thumbnail(self, image: QImage) -> None:
        """Show the picture itself instead of the icon."""
        self.picture.show_image(image)

    def actions_offered(self) -> list[tuple[str, EvidenceWish]]:
        """What can be done with this file, in the menu's order."""
        evidence_id = self.item.evidence_id
        offered: list[tuple[str, EvidenceWish]] = [
            ("打开", OpenFile(evidence_id)),
            ("另存…", SaveFiles((evidence_id,))),
        ]
        if self._is_open:
            offered.append(("改名和说明…", ChangeWords(evidence_id)))
            if self._is_picture:
                offered.append(("缩小照片…", ShrinkPhotos((evidence_id,))))
            offered.append(("移除", RemoveFile(evidence_id)))
        return offered

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete removes, F2 renames."""
        evidence_id = self.item.evidence_id
        wishes: dict[int, EvidenceWish] = {
            Qt.Key.Key_Return: OpenFile(evidence_id),
            Qt.Key.Key_Enter: OpenFile(evidence_id),
        }
        if self._is_open:
            wishes |= {Qt.Key.Key_Delete: RemoveFile(evidence_id), Qt.Key.Key_F2: ChangeWords(evidence_id)}
        wish = wishes.get(event.key())
        if wish is None:
            super().keyPressEvent(event)
        else:
            self.wished.emit(wish)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens."""
        self.wished.emit(OpenFile(self.item.evidence_id))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same menu as the button's."""
        self._open_menu(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Keep Delete and F2 from the window's shortcuts while the line has the focus."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_F2)
        ):
            event.accept()
            return True
        return super().event(event)

    def _open_menu_below(self) -> None:
        self._open_menu(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height())))

    def _open_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, wish in self.actions_offered():
            action = QAction(words, menu)
            action.triggered.connect(lambda _checked=False, wish=wish: self.wished.emit(wish))
            menu.addAction(action)
        menu.popup(point)


def _facts(item: Evidence) -> str:
    """1.2 MB　2026年9月1日."""
    return f"{size_words(item.file.size)}　{full_date(item.added_at)}"


def _reuse_words(places: Sequence[str]) -> str:
    """提示：同一文件还用于 …."""
    if not places:
        return ""
    more = f"，等 {len(places)} 处" if len(places) > 1 else ""
    return f"提示：同一文件还用于 {places[0]}{more}"
