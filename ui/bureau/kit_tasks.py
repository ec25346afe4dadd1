"""The tasks of a kit being prepared (任务列表): added, changed and taken out here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from forms import registry
from models.domain.kit import ParameterKit
from models.domain.project import Filer, FilingTask
from ui.bureau.task_dialog import TaskDialog
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.dates import full_date
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable


def _stage(task: FilingTask) -> str:
    return task.stage.label if task.stage else task.period or "—"


def _who(task: FilingTask) -> str:
    """Categories of units, or departments."""
    everybody = "主管部门" if task.filer is Filer.DEPARTMENT else "全部单位"
    return "、".join(task.unit_categories) or everybody


class KitTasks(Card):
    """A table of tasks (任务列表); `task_kept` carries one added or changed, `task_removed` an id."""

    task_kept = Signal(object)
    task_removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("填报任务", parent)
        self._working_year = 0
        self._categories: tuple[str, ...] = ()
        self.add_button = button("增加任务…", icon_name="add", clicked=lambda: self.edit(None))
        self.edit_button = button("修改…", icon_name="edit", clicked=self._on_edit)
        self.remove_button = button("去掉", icon_name="remove", clicked=self._on_remove)
        for item in (self.add_button, self.edit_button, self.remove_button):
            self.head.addWidget(item)
        self._kit: ParameterKit | None = None
        self.table: RecordTable[FilingTask] = RecordTable(self._columns(), row_height=34)
        self.table.setAccessibleName("填报任务")
        self.body.addWidget(self.table)
        self.table.record_opened.connect(self.edit)
        self.table.record_chosen.connect(self._on_chosen)
        self._on_chosen(None)

    def set_tasks(
        self, tasks: Sequence[FilingTask], working_year: int, categories: Sequence[str], kit: ParameterKit
    ) -> None:
        """Show the tasks; `categories` are those of the unit register, forms are called as the kit calls them."""
        self._working_year, self._categories, self._kit = working_year, tuple(categories), kit
        self.table.set_records(tasks)
        self.table.setFixedHeight(px(34 * max(min(len(tasks), 8), 1) + 36))

    def edit(self, task: FilingTask | None) -> TaskDialog:
        """Open a task, or a new one."""
        dialog = TaskDialog(task, self._working_year, self._categories, self.window())
        dialog.submitted.connect(self.task_kept)
        dialog.submitted.connect(lambda _task: dialog.accept())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _columns(self) -> tuple[Column[FilingTask], ...]:
        return (
            Column("任务", lambda task: task.name, share=1),
            Column("表", self._form_name),
            Column("预算年度", lambda task: f"{task.budget_year}年"),
            Column("阶段", _stage),
            Column("开始", lambda task: full_date(task.opens_on)),
            Column("截止", lambda task: full_date(task.closes_on)),
            Column("哪些单位", _who),
        )

    def _form_name(self, task: FilingTask) -> str:
        """The place's own name of a form, else its short title."""
        short = registry.head(task.form_id).short_title
        return self._kit.form_title(task.form_id, task.budget_year, short) if self._kit else short

    def _on_edit(self) -> None:
        task = self.table.chosen()
        if task is not None:
            self.edit(task)

    def _on_remove(self) -> None:
        task = self.table.chosen()
        if task is not None:
            self.task_removed.emit(task.task_id)

    def _on_chosen(self, task: FilingTask | None) -> None:
        self.edit_button.setEnabled(task is not None)
        self.remove_button.setEnabled(task is not None)
