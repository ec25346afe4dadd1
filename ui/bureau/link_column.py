"""Actions in lists (操作列): words in the accent at the end of a line, pressed by one click."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import ALIGN_LEFT, COLOURS, px
from ui.widgets.record_table import RecordTable

T = TypeVar("T")


class _LinkDelegate(QStyledItemDelegate):
    """Paints the cell's ground as every other cell, then the words in the accent, chosen or not."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, then words; the style sheet would give chosen lines its own colour."""
        ground: Any = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        words, ground.text = ground.text, ""
        view = ground.widget
        if view is not None:
            view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, view)
        painter.save()
        painter.setPen(QColor(COLOURS.accent))
        painter.setFont(ground.font)
        room = ground.rect.adjusted(px(9), 0, -px(4), 0)
        fitting = ground.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(ALIGN_LEFT), fitting)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The words with air on both sides."""
        hint = super().sizeHint(option, index)
        hint.setWidth(hint.width() + px(10))
        return hint


class LinkColumn(QObject):
    """Makes a column of a record table pressable (操作列); `pressed` carries the record."""

    pressed = Signal(object)

    def __init__(self, table: RecordTable[T], column: int) -> None:
        super().__init__(table)
        self._table, self._column = table, column
        self._delegate = _LinkDelegate(table)
        table.setItemDelegateForColumn(column, self._delegate)
        table.clicked.connect(self._on_clicked)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == self._column and index.data():
            self.pressed.emit(self._table.records.record(index.row()))
