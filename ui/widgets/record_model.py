"""Lists of records (列表数据): columns are declared, rows are records as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.theme import ALIGN_LEFT, ALIGN_RIGHT
from ui.widgets.chip import ChipLook
from ui.widgets.chip_delegate import CHIP_ROLE

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column (列): its head, the words of a record, and a chip where a state is shown.

    `share` is the column's part of the width left over; 0 means as wide as its words.
    """

    head: str
    words: Callable[[T], str]
    chip: Callable[[T], ChipLook | None] | None = None
    is_right: bool = False
    share: int = 0
    tip: Callable[[T], str] | None = None


class RecordModel(QAbstractTableModel, Generic[T]):
    """Records in declared columns (列表数据)."""

    def __init__(self, columns: Sequence[Column[T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._records: list[T] = []

    def set_records(self, records: Sequence[T]) -> None:
        """Show other records."""
        self.beginResetModel()
        self._records = list(records)
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column[T]]) -> None:
        """Show the same records under other columns, as many as before."""
        assert len(columns) == len(self.columns), "widths and delegates stay"
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def record(self, row: int) -> T:
        """The record of a row."""
        return self._records[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Records."""
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Columns declared."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Heads of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN_RIGHT if column.is_right else ALIGN_LEFT
        return column.head if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, chip, alignment and tip of a cell."""
        if not index.isValid():
            return None
        column, record = self.columns[index.column()], self._records[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(record)
        if role == CHIP_ROLE and column.chip is not None:
            return column.chip(record)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN_RIGHT if column.is_right else ALIGN_LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return (column.tip or column.words)(record) or None
        return None
