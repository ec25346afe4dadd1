"""Tables that give up columns rather than words (自适应列表): what matters least goes first when room is short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme import px
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable
from ui.widgets.table import ROW_HEIGHT

T = TypeVar("T")


class FittingTable(RecordTable[T]):
    """A record table that hides `optional` columns, in that order, while stretched ones would get too little.

    `least` is the least width in logical pixels of a stretched column at normal text size.
    """

    def __init__(
        self,
        columns: Sequence[Column[T]],
        optional: Sequence[int],
        parent: QWidget | None = None,
        *,
        least: int = 150,
        row_height: int = ROW_HEIGHT,
    ) -> None:
        self._optional = tuple(optional)
        self._least = least
        self._fixed: dict[int, int] = {}
        super().__init__(columns, parent, row_height=row_height)

    def set_records(self, records: Sequence[T]) -> None:
        """Show other records, which may need other widths."""
        super().set_records(records)
        self._measure()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room, other columns."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """A new text size means new widths."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._fixed:
            self._measure()
            self._fit()

    def _measure(self) -> None:
        """Width of each column that is as wide as its words."""
        header = self.horizontalHeader()
        for number, column in enumerate(self.records.columns):
            if not column.share:
                self.setColumnHidden(number, False)
                wanted = max(self.sizeHintForColumn(number), header.sectionSizeHint(number))
                self._fixed[number] = wanted

    def _fit(self) -> None:
        """Hide as little as possible."""
        columns = self.records.columns
        shown = set(range(len(columns)))
        for number in (None, *self._optional):
            shown -= {number}
            need = sum(px(self._least) if columns[n].share else self._fixed.get(n, 0) for n in sorted(shown))
            if need <= self.viewport().width():
                break
        for number in range(len(columns)):
            if self.isColumnHidden(number) == (number in shown):
                self.setColumnHidden(number, number not in shown)
