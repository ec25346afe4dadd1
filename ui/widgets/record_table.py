"""A table over declared columns (列表): chips where there are states, widths by share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.widgets.chip_delegate import ChipDelegate
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.table import ROW_HEIGHT, DeskTable

T = TypeVar("T")


class RecordTable(DeskTable, Generic[T]):
    """Records in a table (列表); `record_opened` by double click or Enter, `record_chosen` by selecting."""

    record_opened = Signal(object)
    record_chosen = Signal(object)

    def __init__(
        self, columns: Sequence[Column[T]], parent: QWidget | None = None, *, row_height: int = ROW_HEIGHT
    ) -> None:
        super().__init__(parent, row_height=row_height)
        self.records: RecordModel[T] = RecordModel(columns, self)
        self.setModel(self.records)
        self._chips = ChipDelegate(self, centred=False)
        header = self.horizontalHeader()
        for number, column in enumerate(columns):
            if column.chip is not None:
                self.setItemDelegateForColumn(number, self._chips)
            stretched = QHeaderView.ResizeMode.Stretch if column.share else None
            header.setSectionResizeMode(number, stretched or QHeaderView.ResizeMode.ResizeToContents)
        self.opened.connect(self._on_opened)
        self.selectionModel().currentRowChanged.connect(self._on_chosen)

    def set_records(self, records: Sequence[T]) -> None:
        """Show other records; the row one was at stays chosen."""
        row = self.currentIndex().row()
        self.records.set_records(records)
        if 0 <= row < len(records):
            self.selectRow(row)
        else:
            self.record_chosen.emit(None)

    def chosen(self) -> T | None:
        """The record chosen, None when there is none."""
        index = self.currentIndex()
        return self.records.record(index.row()) if index.isValid() else None

    def _on_opened(self, index: QModelIndex) -> None:
        self.record_opened.emit(self.records.record(index.row()))

    def _on_chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.record_chosen.emit(self.records.record(index.row()) if index.isValid() else None)
