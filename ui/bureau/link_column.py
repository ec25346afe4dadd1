"""Actions in lists (操作列): words in the accent at the end of a line, pressed by one click."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QStyledItemDelegate

from ui.theme import COLOURS
from ui.widgets.record_table import RecordTable

T = TypeVar("T")


class _LinkDelegate(QStyledItemDelegate):
    """Paints words in the accent."""

    def initStyleOption(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        """Another colour for the words, chosen or not."""
        super().initStyleOption(option, index)
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, QColor(COLOURS.accent))


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
