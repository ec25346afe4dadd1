"""Lists to tick in (勾选列表): records with a box in the first column; some cannot be ticked and are grey."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QWidget

from ui.theme import COLOURS
from ui.widgets.chip_delegate import ChipDelegate
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.table import DeskTable

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex


class TickModel(RecordModel[T]):
    """Records with ticks (勾选列表数据); all that can be ticked are so at first."""

    ticked = Signal(int)

    def __init__(
        self, columns: Sequence[Column[T]], is_free: Callable[[T], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(columns, parent)
        self._is_free = is_free
        self._ticks: set[int] = set()

    def set_records(self, records: Sequence[T]) -> None:
        """Show other records."""
        self._ticks = {number for number, record in enumerate(records) if self._is_free(record)}
        super().set_records(records)
        self.ticked.emit(len(self._ticks))

    def chosen(self) -> tuple[T, ...]:
        """The records ticked, in order."""
        return tuple(self.record(number) for number in sorted(self._ticks))

    def is_free(self, row: int) -> bool:
        """Whether a record can be ticked."""
        return self._is_free(self.record(row))

    def free_count(self) -> int:
        """How many can be ticked."""
        return sum(self.is_free(number) for number in range(self.rowCount()))

    def tick_all(self, wanted: bool) -> None:
        """Tick or untick everything that can be."""
        self._set({n for n in range(self.rowCount()) if wanted and self.is_free(n)})

    def tick_where(self, wanted: Callable[[T], bool]) -> None:
        """Tick exactly what is wanted and can be."""
        records = [(n, self.record(n)) for n in range(self.rowCount())]
        self._set({n for n, record in records if self._is_free(record) and wanted(record)})

    def flip(self, row: int) -> None:
        """Tick a record, or untick it."""
        if self.is_free(row):
            self._set(self._ticks ^ {row})

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The box in the first column, the rest as any list."""
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid() and index.column() == 0:
            return Qt.CheckState.Checked if index.row() in self._ticks else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid() and not self.is_free(index.row()):
            return QColor(COLOURS.muted)
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick by the box."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid() or index.column() != 0:
            return False
        if not self.is_free(index.row()):
            return False
        wanted = Qt.CheckState(value) == Qt.CheckState.Checked
        self._set(self._ticks | {index.row()} if wanted else self._ticks - {index.row()})
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What cannot be ticked can still be chosen, read and opened."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        free = self.is_free(index.row())
        box = flag.ItemIsUserCheckable if free and index.column() == 0 else flag.NoItemFlags
        return flag.ItemIsSelectable | flag.ItemIsEnabled | box

    def _set(self, ticks: set[int]) -> None:
        self._ticks = ticks
        if self.rowCount():
            last = self.index(self.rowCount() - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit(len(self._ticks))


class _TickDelegate(QStyledItemDelegate):
    """Draws what cannot be ticked in grey."""

    def __init__(self, model: TickModel[Any], parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def initStyleOption(self, option: Any, index: Index) -> None:
        """Take the colour of life out of lines that cannot be ticked."""
        super().initStyleOption(option, index)
        if not self._model.is_free(index.row()):
            option.state &= ~QStyle.StateFlag.State_Enabled


class TickTable(DeskTable, Generic[T]):
    """A table to tick in (勾选列表); Space or Enter ticks the line one is at."""

    def __init__(
        self, columns: Sequence[Column[T]], is_free: Callable[[T], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, row_height=34)
        self.ticks: TickModel[T] = TickModel(columns, is_free, self)
        self.setModel(self.ticks)
        self._chips = ChipDelegate(self, centred=False)
        self.setItemDelegate(_TickDelegate(self.ticks, self))
        header = self.horizontalHeader()
        for number, column in enumerate(columns):
            if column.chip is not None:
                self.setItemDelegateForColumn(number, self._chips)
            stretched = QHeaderView.ResizeMode.Stretch if column.share else None
            header.setSectionResizeMode(number, stretched or QHeaderView.ResizeMode.ResizeToContents)
        self.opened.connect(self._on_opened)

    def _on_opened(self, index: QModelIndex) -> None:
        self.ticks.flip(index.row())
