"""Chips in table cells (状态列): a delegate that paints what the model gives under `CHIP_ROLE`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QWidget

from ui.theme import px
from ui.widgets.chip import ChipLook, ChipPainter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QLocale
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

CHIP_ROLE = Qt.ItemDataRole.UserRole + 100
"""Under this role a model hands out a ChipLook; the words also stand under DisplayRole, for searching and reading."""


class ChipDelegate(QStyledItemDelegate):
    """Paints the cell's ground as every other cell, then the chip (状态列)."""

    def __init__(self, parent: QObject | None = None, *, centred: bool = True) -> None:
        super().__init__(parent)
        self._centred = centred
        self._is_wordless = False
        self._painter: ChipPainter | None = None
        if isinstance(parent, QWidget):
            parent.installEventFilter(self)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, then chip."""
        look = index.data(CHIP_ROLE)
        if not isinstance(look, ChipLook):
            super().paint(painter, option, index)
            return
        # The base class paints the ground: an option made and a style asked for here would cost more than the chip.
        self._is_wordless = True
        super().paint(painter, option, index)
        self._is_wordless = False
        room: Any = option
        inner = room.rect.adjusted(px(4 if self._centred else 9), 0, -px(4), 0)
        self._chips().paint(painter, inner, look, centred=self._centred)

    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        """The words of a cell, none while its ground is painted for a chip."""
        return "" if self._is_wordless else super().displayText(value, locale)

    def width_of(self, words: Iterable[str]) -> int:
        """The width that chips with these words need, an icon before each."""
        chips = self._chips()
        widths = [chips.size(ChipLook(word, icon="check")).width() for word in words]
        return max(widths, default=0) + px(16)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The chip with a little air."""
        look = index.data(CHIP_ROLE)
        if not isinstance(look, ChipLook):
            return super().sizeHint(option, index)
        size = self._chips().size(look)
        return QSize(size.width() + px(16), size.height() + px(10))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Forget fonts of the old text size; the base class would take the view for an editor of a cell."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._painter = None
        return False

    def _chips(self) -> ChipPainter:
        if self._painter is None:
            self._painter = ChipPainter()
        return self._painter
