"""Filters with counts (筛选): 全部 n, 需要处理 n, one of them in force."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui.widgets.buttons import button


class FilterChips(QWidget):
    """A row of filters (筛选条); `chosen` carries the number of the one in force."""

    chosen = Signal(int)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(names)
        self._group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for number, name in enumerate(self._names):
            chip = button(name, "filter")
            chip.setCheckable(True)
            self._group.addButton(chip, number)
            line.addWidget(chip)
        self.chip(0).setChecked(True)
        self._group.idClicked.connect(self.chosen)

    def chip(self, number: int) -> QPushButton:
        """The button of a filter."""
        made = self._group.button(number)
        assert isinstance(made, QPushButton)
        return made

    def current(self) -> int:
        """Number of the filter in force."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Put a filter in force."""
        self.chip(number).setChecked(True)
        self.chosen.emit(number)

    def set_counts(self, counts: Sequence[int]) -> None:
        """Show how many each lets through."""
        for number, (name, count) in enumerate(zip(self._names, counts, strict=True)):
            self.chip(number).setText(f"{name} {count:,}")
