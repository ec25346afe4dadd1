"""Which form a workbook goes into (从 Excel 导入到哪里): asked where the table does not tell beyond doubt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.labels import paragraph
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from services.excel_places import PlaceCell, TablePlaces


def _outcome(places: TablePlaces) -> str:
    """Whether the table's place is known, beside the table."""
    cell = places.only
    if cell is None:
        return "请在下面选择"
    return "已认出" if cell.is_open or cell.status is None else f"已认出（{cell.status.label}）"


COLUMNS: tuple[Column[TablePlaces], ...] = (
    Column("表", lambda places: places.title),
    Column("项目", lambda places: places.stated.project_name or "—", share=1),
    Column("所在位置", lambda places: f"{places.stated.sheet} {places.stated.cells}".strip()),
    Column("识别结果", _outcome),
)


class ImportPlaceDialog(DeskDialog):
    """Asks which table of a workbook goes into which form (从 Excel 导入到哪里).

    `submitted` carries the table's position, task id and project id; `new_project_requested` position and task id.
    """

    submitted = Signal(int, str, str)
    new_project_requested = Signal(int, str)

    def __init__(self, file_name: str, tables: Sequence[TablePlaces], parent: QWidget | None = None) -> None:
        several = len(tables) > 1
        ask = "里面有几张表，请选择先导入哪一张" if several else "请选择导入到哪里"
        super().__init__("从 Excel 导入", "打开并核对", parent, intro=f"{file_name}　{ask}。")
        resize_within_screen(self, px(820 if several else 560), px(520 if several else 340))
        self.table: RecordTable[TablePlaces] = RecordTable(COLUMNS, row_height=34)
        self.table.setAccessibleName("文件里的表")
        self.table.setMinimumHeight(px(110))
        self.doubt = paragraph("", "care")
        self.task, self.project = QComboBox(), QComboBox()
        self.task_field = Field("任务", self.task)
        self.project_field = Field("项目", self.project)
        self.new_button = button("新建项目…", clicked=self._on_new_project)
        self.buttons.insertWidget(0, self.new_button)
        card = Card(margin=1)
        card.body.addWidget(self.table)
        card.setVisible(several)
        self.body.addWidget(card, 1)
        for part in (self.doubt, self.task_field, self.project_field):
            self.body.addWidget(part)
        if not several:
            self.body.addStretch(1)
        self.table.record_chosen.connect(self._on_table)
        self.table.record_opened.connect(lambda _places: self._on_accept())
        self.task.currentIndexChanged.connect(self._on_task)
        self.project.currentIndexChanged.connect(self._on_project)
        self.table.set_records(tables)
        self.table.selectRow(0)

    def submit(self) -> None:
        """Emit table and place."""
        places, task_id, project_id = self.table.chosen(), self.task.currentData(), self.project.currentData()
        if places is not None and task_id is not None and project_id is not None:
            self.submitted.emit(places.number, task_id, project_id)

    def _on_table(self, places: TablePlaces | None) -> None:
        if places is None:
            return
        self.show_problem("")
        self.doubt.setText(places.doubt)
        self.doubt.setVisible(bool(places.doubt))
        self.task.blockSignals(True)
        self.task.clear()
        for task in places.tasks:
            self.task.addItem(task.name, task.task_id)
        first = places.fitting[0].task.task_id if places.fitting else _of_year(places)
        self.task.setCurrentIndex(max(self.task.findData(first), 0))
        self.task.blockSignals(False)
        self.task_field.setVisible(len(places.tasks) > 1)
        self.project_field.setVisible(places.is_of_project)
        self.new_button.setVisible(places.is_of_project)
        self._on_task()

    def _on_task(self) -> None:
        """The projects that file the task, the one the table names chosen."""
        places, task_id = self.table.chosen(), self.task.currentData()
        if places is None:
            return
        fitting = [cell for cell in places.fitting if cell.task.task_id == task_id]
        named = {cell.project_id for cell in fitting}
        self.project.blockSignals(True)
        self.project.clear()
        if places.is_of_project:
            self.project.addItem("请选择项目", None)
        for cell in places.cells:
            if cell.task.task_id == task_id:
                self.project.addItem(_words(cell), cell.project_id)
        if len(named) == 1:
            self.project.setCurrentIndex(self.project.findData(named.pop()))
        self.project.blockSignals(False)
        self._on_project()

    def _on_project(self) -> None:
        self.accept_button.setEnabled(self.project.currentData() is not None)

    def _on_new_project(self) -> None:
        places = self.table.chosen()
        if places is not None:
            self.new_project_requested.emit(places.number, self.task.currentData())


def _of_year(places: TablePlaces) -> str:
    """The task of the year the table states, else the first."""
    of_year = (task for task in places.tasks if task.budget_year == places.stated.fiscal_year)
    return next(of_year, places.tasks[0]).task_id


def _words(cell: PlaceCell) -> str:
    """A project with its code, so that two of one name can be told apart, and its state where it is closed."""
    code = f"　{cell.project_code}" if cell.project_code else ""
    closed = "" if cell.is_open or cell.status is None else f"（{cell.status.label}）"
    return f"{cell.subject}{code}{closed}"
