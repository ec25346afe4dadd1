"""The matrix as a table (填报总表): a click or Enter opens the form at the right place, a menu does the rest."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QWidget

from models.domain.filing_status import FilingStatus
from ui.filer.matrix_model import AMOUNT, FIRST_TASK, NAME, MatrixModel
from ui.theme import px
from ui.widgets.chip_delegate import ChipDelegate
from ui.widgets.table import DeskTable

_WIDEST = 190
"""A task's column takes no more than this for its longest words."""
_REOPENABLE = (FilingStatus.SEALED, FilingStatus.RECEIVED)


class MatrixTable(DeskTable):
    """Projects × tasks (填报总表); wishes carry task id and project id, "" for the unit as a whole."""

    filing_requested = Signal(str, str)
    project_requested = Signal(str)
    exempt_requested = Signal(str, str)
    reopen_requested = Signal(str, str)
    bin_requested = Signal(str)
    approval_requested = Signal(str, str)

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._needed: list[int] = []
        """What the states of each task column need; empty to be measured anew."""
        self._room = 0
        """Width of the viewport; asking for that widget itself makes Qt's binding build all its widget classes."""
        self.setProperty("cells", True)
        self.setAccessibleName("填报任务总表")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setMouseTracking(True)
        self.setModel(model)
        self._chips = ChipDelegate(self)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumHeight(px(38))
        model.modelReset.connect(self._on_reset)
        self.clicked.connect(self._on_clicked)
        self.opened.connect(self._on_opened)
        self.doubleClicked.disconnect()

    def menu_at(self, index: QModelIndex) -> QMenu:
        """What can be done with a cell, or with a project on its name."""
        menu = QMenu(self)
        row, cell = self._rows.row(index.row()), self._rows.cell(index)
        if cell is None:
            words = "打开项目" if row.project_id else "打开单位各年度情况"
            menu.addAction(words).triggered.connect(lambda: self.project_requested.emit(row.project_id))
            if row.project_id:
                menu.addSeparator()
                menu.addAction("放入回收站").triggered.connect(
                    lambda: self.bin_requested.emit(row.project_id)
                )
            return menu
        place = (cell.task_id, row.project_id)
        if not cell.opens:
            return menu
        opening = menu.addAction("打开")
        opening.triggered.connect(lambda: self.filing_requested.emit(*place))
        if cell.is_approvable:
            menu.addAction("登记批复…").triggered.connect(lambda: self.approval_requested.emit(*place))
        if cell.status in _REOPENABLE:
            menu.addAction("修改后重新报送").triggered.connect(lambda: self.reopen_requested.emit(*place))
        elif cell.status is FilingStatus.EXEMPT:
            menu.addAction("改为需要填报").triggered.connect(lambda: self.reopen_requested.emit(*place))
        elif not cell.is_optional and (cell.status is None or cell.status.is_editable):
            menu.addAction("无需填报…").triggered.connect(lambda: self.exempt_requested.emit(*place))
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the cell under the mouse, or of the current one when a key asked."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        menu = self.menu_at(index)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if menu.actions():
            below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft() + QPoint(px(12), 0))
            menu.popup(event.globalPos() if by_mouse else below)
        else:
            menu.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._room = event.size().width()
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size needs other widths."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._needed = []
            self._share_width()

    def _on_reset(self) -> None:
        self._needed = []
        for column in range(FIRST_TASK, self._rows.columnCount()):
            self.setItemDelegateForColumn(column, self._chips)
        self._share_width()

    def _share_width(self) -> None:
        """Tasks get equal columns, wider where a state and its points need it, the name what is left, never less than twelve characters."""
        tasks = self._rows.columnCount() - FIRST_TASK
        if tasks <= 0:
            return
        width, amount = self._room, px(118)
        task = max(px(122), min(px(170), round((width - amount) * 0.62) // tasks))
        self.setColumnWidth(AMOUNT, amount)
        if len(self._needed) != tasks:
            columns = range(FIRST_TASK, FIRST_TASK + tasks)
            self._needed = [self._chips.width_of(self._rows.words_of(column)) for column in columns]
        wanted = [max(task, min(px(_WIDEST), needed)) for needed in self._needed]
        for column, wide in enumerate(wanted, FIRST_TASK):
            self.setColumnWidth(column, wide)
        self.setColumnWidth(NAME, max(px(176), width - amount - sum(wanted)))

    def _on_clicked(self, index: QModelIndex) -> None:
        self._open(index)

    def _on_opened(self, index: QModelIndex) -> None:
        self._open(index)

    def _open(self, index: QModelIndex) -> None:
        row, cell = self._rows.row(index.row()), self._rows.cell(index)
        if cell is None:
            self.project_requested.emit(row.project_id)
        elif cell.opens:
            self.filing_requested.emit(cell.task_id, row.project_id)
