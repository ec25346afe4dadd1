"""A project's own page (项目页): its budget years × stages; each cell opens its form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from models.domain.approval import Approval
from models.domain.money import AmountUnit, format_amount
from ui.filer.approval_table import ApprovalTable
from ui.filer.matrix_words import cell_look
from ui.filer.records import ProjectSheet
from ui.theme import ALIGN_LEFT, ALIGN_RIGHT, px
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.chip_delegate import CHIP_ROLE, ChipDelegate
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import label
from ui.widgets.page import ListCard, Page, tool_bar
from ui.widgets.table import DeskTable

YEAR, AMOUNT, FUND, FIRST_STAGE = 0, 1, 2, 3
Index = QModelIndex | QPersistentModelIndex


class ProjectModel(QAbstractTableModel):
    """Budget years × stages (项目年度与环节)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet: ProjectSheet | None = None

    def set_sheet(self, sheet: ProjectSheet | None) -> None:
        """Show another project."""
        self.beginResetModel()
        self._sheet = sheet
        self.endResetModel()

    def task_at(self, index: Index) -> str:
        """Id of the task a cell opens, "" when it opens nothing."""
        if self._sheet is None or not index.isValid() or index.column() < FIRST_STAGE:
            return ""
        cell = self._sheet.years[index.row()].cells[index.column() - FIRST_STAGE]
        return cell.task_id if cell is not None and cell.opens else ""

    def approvable_tasks(self) -> list[str]:
        """Ids of the tasks whose filings an approval may be noted for, the newest year first."""
        years = self._sheet.years if self._sheet is not None else ()
        return [
            cell.task_id for year in years for cell in year.cells if cell is not None and cell.is_approvable
        ]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Budget years."""
        return 0 if parent.isValid() or self._sheet is None else len(self._sheet.years)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Year, amount, fund type and the stages."""
        return 0 if parent.isValid() or self._sheet is None else FIRST_STAGE + len(self._sheet.stages)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of the columns."""
        if orientation != Qt.Orientation.Horizontal or self._sheet is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            if section >= FIRST_STAGE:
                return Qt.AlignmentFlag.AlignCenter
            return ALIGN_RIGHT if section == AMOUNT else ALIGN_LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return ("预算年度", "预算数（万元）", "资金性质", *self._sheet.stages)[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words and chips."""
        if not index.isValid() or self._sheet is None:
            return None
        year, column = self._sheet.years[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN_RIGHT if column == AMOUNT else ALIGN_LEFT
        cell = year.cells[column - FIRST_STAGE] if column >= FIRST_STAGE else None
        if role == CHIP_ROLE and cell is not None:
            return cell_look(cell)
        if role == Qt.ItemDataRole.ToolTipRole and cell is not None:
            return cell.reason or None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if column == YEAR:
            return f"{year.budget_year}年"
        if column == AMOUNT:
            return "" if year.budget_fen is None else format_amount(year.budget_fen, AmountUnit.WAN_YUAN)
        return year.fund_type if column == FUND else cell.word if cell is not None else ""


class ProjectPage(Page):
    """One project (项目页)."""

    filing_requested = Signal(str, str)
    approval_requested = Signal(str, str)
    bin_requested = Signal(str)
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("项目", parent=parent)
        self._project_id = ""
        self._approved_forms: Mapping[tuple[int, int], str] = {}
        self.back_button = button("返回", "quiet", "back", clicked=self.back_requested.emit)
        self.bin_button = button("放入回收站", "quiet", "delete", clicked=self._on_bin)
        self.head.insertWidget(0, self.back_button)
        self.head.addWidget(self.bin_button)
        self.model = ProjectModel(self)
        self.table = DeskTable()
        self.table.setProperty("cells", True)
        self.table.setAccessibleName("项目各年度填报情况")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setModel(self.model)
        self.table.doubleClicked.disconnect()
        self._chips = ChipDelegate(self.table)
        self.card = ListCard(self.table, EmptyState("这个项目还没有预算年度", icon_name="calendar"))
        self.body.addWidget(self.card, 2)
        self.table.setMinimumHeight(px(110))
        self.approval_button = button("登记批复…", clicked=self._on_approval)
        self.approvals = ApprovalTable()
        self.approvals.setMinimumHeight(px(80))
        self.approval_hint = label("绩效目标批复以后在这里登记，监控和自评会自动带入", "muted")
        card = Card()
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.setSpacing(0)
        card.body.addWidget(
            tool_bar(row(label("批复情况", "section"), self.approval_hint, None, self.approval_button))
        )
        card.body.addWidget(self.approvals, 1)
        self.body.addWidget(card)
        self.setFocusProxy(self.table)
        self.table.clicked.connect(self._open)
        self.table.opened.connect(self._open)
        self.approvals.record_opened.connect(self._on_approval_opened)

    def set_sheet(self, sheet: ProjectSheet) -> None:
        """Show a project."""
        self._project_id, self._approved_forms = sheet.project.project_id, sheet.approved_forms
        self.title_label.setText(sheet.project.name)
        self.bin_button.setVisible(bool(sheet.project.project_id))
        facts = (sheet.project.project_code, sheet.project.category)
        self.hint_label.setText("　".join(fact for fact in facts if fact))
        self.model.set_sheet(sheet)
        header = self.table.horizontalHeader()
        for column in range(self.model.columnCount()):
            is_stage = column >= FIRST_STAGE
            mode = QHeaderView.ResizeMode.Stretch if is_stage else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(column, mode)
            if is_stage:
                self.table.setItemDelegateForColumn(column, self._chips)
            else:
                self.table.setColumnWidth(column, px((110, 140, 150)[column]))
        self.card.show_content(bool(sheet.years))
        self.approvals.set_records(sheet.approvals)
        self.approvals.setVisible(bool(sheet.approvals))
        self.approval_hint.setVisible(not sheet.approvals)
        self.approval_button.setEnabled(bool(self.model.approvable_tasks()))

    def _open(self, index: QModelIndex) -> None:
        task_id = self.model.task_at(index)
        if task_id:
            self.filing_requested.emit(task_id, self._project_id)

    def _on_approval(self) -> None:
        """Note the approval of the target one stands at, else of the newest year's."""
        tasks = self.model.approvable_tasks()
        here = self.model.task_at(self.table.currentIndex())
        if tasks:
            self.approval_requested.emit(here if here in tasks else tasks[0], self._project_id)

    def _on_approval_opened(self, approval: Approval) -> None:
        """Open the form an approval was given for: the target, or that adjustment of it."""
        task_id = self._approved_forms.get((approval.budget_year, approval.adjustments))
        if task_id:
            self.filing_requested.emit(task_id, self._project_id)

    def _on_bin(self) -> None:
        self.bin_requested.emit(self._project_id)
