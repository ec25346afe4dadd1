"""Heads of rows (行首): the row's name beside its number while the column that holds it is scrolled out of sight.

A monitoring table is twice as wide as a small screen: who chooses the likelihood at its right end must see of which
indicator.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTableView

from ui.item_models.form_table_model import FormTableModel
from ui.theme import px

_NAMING = "third_level"
_LONGEST = 8
_SEEN = 40
"""So many pixels of a column must be left for its text to count as seen."""


class RowHeads(QObject):
    """Names the rows of one table when that is needed (行名)."""

    def __init__(self, view: QTableView, model: FormTableModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self._is_naming = False
        view.horizontalScrollBar().valueChanged.connect(self._on_scrolled)

    def _column(self) -> int:
        """The column that names a row: 三级指标, else the first one."""
        keys = [spec.key for spec in self._model.column_specs()]
        return keys.index(_NAMING) if _NAMING in keys else 0

    def _name(self, row: int) -> str:
        """A row's name, short enough for its head."""
        text = " ".join(self._model.text(row, self._column()).split())
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

    def _on_scrolled(self, offset: int) -> None:
        across, column = self._view.horizontalHeader(), self._column()
        is_out = across.sectionPosition(column) + across.sectionSize(column) - offset < px(_SEEN)
        if is_out != self._is_naming:
            self._is_naming = is_out
            self._model.set_row_names(self._name if is_out else None)
            self._view.updateGeometries()
