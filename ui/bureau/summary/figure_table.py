"""The table of figures (汇总表): a click on any number shows the filings behind it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from ui.bureau.summary.figure_model import FigureModel
from ui.theme import px
from ui.widgets.table import DeskTable

_NAME_LEAST, _NAME_MOST = 120, 250


class FigureTable(DeskTable):
    """Figures by group (汇总表); `figure_opened` carries (group, figure, of the other year) by click or Enter."""

    figure_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, row_height=32)
        self.figures = FigureModel(self)
        self.setModel(self.figures)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_opened)
        self.opened.connect(self._on_entered)
        self.figures.modelReset.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name takes what the figures leave."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Figures as wide as their words; the name gets what is left, within limits."""
        header, taken = self.horizontalHeader(), 0
        for column in range(1, self.figures.columnCount()):
            wide = max(self.sizeHintForColumn(column), header.sectionSizeHint(column)) + px(4)
            header.resizeSection(column, wide)
            taken += wide
        if self.figures.columnCount():
            left = self.viewport().width() - taken
            wanted = min(max(self.sizeHintForColumn(0) + px(8), px(_NAME_LEAST)), px(_NAME_MOST))
            header.resizeSection(0, max(left, wanted if left < px(_NAME_LEAST) else px(_NAME_LEAST)))

    def _on_entered(self, index: QModelIndex) -> None:
        """Enter, or a double click whose first click has opened it already."""
        if self.isVisible():
            self._on_opened(index)

    def _on_opened(self, index: QModelIndex) -> None:
        found = self.figures.behind(index)
        if found is not None:
            self.figure_opened.emit(found)
