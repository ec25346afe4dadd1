"""Figures as a table model (汇总表数据): one row per group and the total, one column per figure, beside another year's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from services.figures.counting import Group
from services.figures.measures import COUNT, NOTHING, Kind, Measure, shown
from ui.theme import ALIGN_LEFT, ALIGN_RIGHT, COLOURS, font

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A group with the same one of the year compared with (汇总行)."""

    group: Group
    before: Group | None = None
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A column: a figure of this year, of the year before, or the change from it."""

    measure: Measure
    is_before: bool = False
    is_change: bool = False


class FigureModel(QAbstractTableModel):
    """Rows of figures (汇总表数据)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._places: list[_Place] = []
        self._rows: list[FigureRow] = []
        self._before_year: int | None = None

    def set_figures(
        self,
        name: str,
        measures: Sequence[Measure],
        rows: Sequence[FigureRow],
        before_year: int | None = None,
    ) -> None:
        """Show other figures; with a year to compare every figure stands beside that year's and the change."""
        self.beginResetModel()
        self._name, self._rows, self._before_year = name, list(rows), before_year
        self._places = []
        for measure in measures:
            self._places.append(_Place(measure))
            if before_year is not None:
                self._places += [_Place(measure, is_before=True), _Place(measure, is_change=True)]
        self.endResetModel()

    def row(self, number: int) -> FigureRow:
        """The row of that number."""
        return self._rows[number]

    def behind(self, index: QModelIndex) -> tuple[Group, Measure, bool] | None:
        """Group and figure of a cell, and whether it is the other year's; None where nothing stands behind it."""
        row = self._rows[index.row()]
        place = self._places[index.column() - 1] if index.column() else _Place(COUNT)
        group = row.before if place.is_before else row.group
        if place.is_change or group is None or not place.measure.behind(group):
            return None
        return group, place.measure, place.is_before

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Groups and the total."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The group's name, then the figures."""
        return 0 if parent.isValid() else len(self._places) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Heads of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN_RIGHT if section else ALIGN_LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == 0:
            return self._name
        place = self._places[section - 1]
        if place.is_before:
            return f"{self._before_year}年"
        return "增减" if place.is_change else place.measure.label

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, alignment, weight and colour of a cell."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN_RIGHT if index.column() else ALIGN_LEFT
        if role == Qt.ItemDataRole.FontRole and row.is_total:
            return font(bold=True)
        if role == Qt.ItemDataRole.ForegroundRole and index.column():
            place = self._places[index.column() - 1]
            return QColor(COLOURS.muted) if place.is_before or place.is_change else None
        return None

    def _words(self, row: FigureRow, column: int) -> str:
        if column == 0:
            return row.group.name
        place = self._places[column - 1]
        value = place.measure.value(row.group.figures)
        before = place.measure.value(row.before.figures) if row.before else None
        if place.is_before:
            return shown(before, place.measure.kind)
        if not place.is_change:
            return shown(value, place.measure.kind)
        if value is None or before is None:
            return NOTHING
        return _signed(shown(value - before, place.measure.kind), value > before, place.measure.kind)


def _signed(words: str, is_more: bool, kind: Kind) -> str:
    """A change with its sign; of a rate in percentage points."""
    words = words.removesuffix("%") + " 个百分点" if kind is Kind.RATE else words
    return f"+{words}" if is_more else words
