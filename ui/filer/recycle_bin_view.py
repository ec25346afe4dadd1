"""The recycle bin (回收站): projects put aside, with their forms; nothing is ever thrown away here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.domain.project import Project
from ui.widgets.buttons import button
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import ListCard, Page
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable

COLUMNS: tuple[Column[Project], ...] = (
    Column("项目名称", lambda project: project.name, share=1),
    Column("项目代码", lambda project: project.project_code or "（还没有代码）"),
    Column("类别", lambda project: project.category),
)


class RecycleBinView(Page):
    """Projects put aside (回收站)."""

    restore_requested = Signal(str)
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("回收站", "放进来的项目连同填过的表都保留着，可以随时恢复", parent)
        self.back_button = button("返回", "quiet", "back", clicked=self.back_requested.emit)
        self.restore_button = button("恢复", "primary", "restore", clicked=self._on_restore)
        self.head.insertWidget(0, self.back_button)
        self.head.addWidget(self.restore_button)
        self.table: RecordTable[Project] = RecordTable(COLUMNS)
        self.table.setAccessibleName("回收站里的项目")
        self.card = ListCard(self.table, EmptyState("回收站是空的", icon_name="delete"))
        self.body.addWidget(self.card, 1)
        self.setFocusProxy(self.table)
        self.table.record_chosen.connect(lambda project: self.restore_button.setEnabled(project is not None))
        self.table.record_opened.connect(lambda _project: self._on_restore())
        self.restore_button.setEnabled(False)

    def set_projects(self, projects: Sequence[Project]) -> None:
        """Show what is in the bin."""
        self.table.set_records(projects)
        self.card.show_content(bool(projects))

    def _on_restore(self) -> None:
        project = self.table.chosen()
        if project is not None:
            self.restore_requested.emit(project.project_id)
