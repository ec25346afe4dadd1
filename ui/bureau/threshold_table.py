"""Figures of the checks (校验界限): one line each, changed in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from services.check_thresholds import Threshold
from ui.bureau.threshold_words import words_of
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.table import DeskTable

Index = QModelIndex | QPersistentModelIndex
VALUE = 2

COLUMNS: tuple[Column[Threshold], ...] = (
    Column("校验", lambda threshold: threshold.setting),
    Column("界限", lambda threshold: words_of(threshold)[0]),
    Column("现在的值", lambda threshold: threshold.text, is_right=True),
    Column("单位", lambda threshold: words_of(threshold)[1]),
)


class ThresholdModel(RecordModel[Threshold]):
    """The figures (校验界限数据); `changed` carries a threshold and the text typed."""

    changed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The value can be typed over."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == VALUE else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The editor begins with the value as shown."""
        if role == Qt.ItemDataRole.EditRole and index.isValid() and index.column() == VALUE:
            return self.record(index.row()).text
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed; whoever keeps the kit shows the new figures, or says why not."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() != VALUE:
            return False
        threshold, text = self.record(index.row()), str(value).strip()
        if text == threshold.text:
            return False
        self.changed.emit(threshold, text)
        return True


class ThresholdTable(DeskTable):
    """The table of figures (校验界限); Enter or double click edits."""

    changed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, row_height=32)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.AnyKeyPressed | trigger.EditKeyPressed)
        self.thresholds = ThresholdModel(self)
        self.setModel(self.thresholds)
        self.setAccessibleName("校验界限")
        header = self.horizontalHeader()
        for column in (0, 2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.thresholds.changed.connect(self.changed)
        self.opened.connect(lambda index: self.edit(index.siblingAtColumn(VALUE)))

    def set_thresholds(self, thresholds: Sequence[Threshold]) -> None:
        """Show the figures; the line one was at stays."""
        row = self.currentIndex().row()
        self.thresholds.set_records(thresholds)
        if 0 <= row < len(thresholds):
            self.setCurrentIndex(self.thresholds.index(row, VALUE))
