"""Grid of fields (填报项排列): two or three columns where there is room, one where there is not."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from forms.schema import FieldKind, FieldSpec
from ui.theme import font, px
from ui.wizard.fields.base import FieldWidget

_WIDE = frozenset({FieldKind.LONG_TEXT})
SHORT_LENGTH = 40
"""Fields that take no more characters stand three in a line."""


class FieldGrid(QWidget):
    """Lays a section's fields out by the width there is (填报项网格)."""

    def __init__(self, fields: list[FieldWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = fields
        self._columns = 0
        self._wanted = wanted_columns([field.spec for field in fields])
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(8))
        self._lay_out(self._wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer columns in a narrow window."""
        super().resizeEvent(event)
        least = QFontMetrics(font()).horizontalAdvance("填") * 17
        self._lay_out(max(1, min(self._wanted, event.size().width() // least)))

    def _lay_out(self, columns: int) -> None:
        """Put the fields into rows; long texts take a whole row."""
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.count():
            self._grid.takeAt(0)
        row = column = 0
        for field in self._fields:
            span = columns if field.spec.kind in _WIDE else 1
            if column + span > columns:
                row, column = row + 1, 0
            self._grid.addWidget(field, row, column, 1, span)
            column += span
        for number in range(3):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)


def wanted_columns(specs: list[FieldSpec]) -> int:
    """Three for amounts and short fields, one for long texts, two for the rest."""
    if all(spec.kind in _WIDE for spec in specs):
        return 1
    if all(spec.kind is FieldKind.MONEY or spec.max_length <= SHORT_LENGTH for spec in specs):
        return 3
    return 2
