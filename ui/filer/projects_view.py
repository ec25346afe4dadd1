"""All projects of the unit (项目): a list that leads to each project's page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.domain.money import AmountUnit, format_amount
from models.domain.project import Project
from ui.platform.platform_menu import PlatformMenu
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import label
from ui.widgets.page import ListCard, Page
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable
from ui.widgets.search_field import SearchField

ProjectLine = tuple[Project, int | None]
"""A project and its newest amount in 分."""


def _amount(line: ProjectLine) -> str:
    return "" if line[1] is None else format_amount(line[1], AmountUnit.WAN_YUAN)


COLUMNS: tuple[Column[ProjectLine], ...] = (
    Column("项目名称", lambda line: line[0].name, share=1),
    Column("项目代码", lambda line: line[0].project_code or "（还没有代码）"),
    Column("类别", lambda line: line[0].category),
    Column("预算数（万元）", _amount, is_right=True),
)


class ProjectsView(Page):
    """Projects on this desk (项目列表)."""

    project_requested = Signal(str)
    new_project_requested = Signal()
    register_requested = Signal()
    recycle_bin_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("项目", "每个项目一页，按预算年度列出各环节的表", parent)
        self._lines: tuple[ProjectLine, ...] = ()
        self.table: RecordTable[ProjectLine] = RecordTable(COLUMNS)
        self.table.setAccessibleName("项目列表")
        self.search = SearchField("搜索项目名称或代码", self)
        self.search.setMinimumWidth(220)
        self.count_label = label("", "muted")
        self.platform = PlatformMenu()
        tools = row(
            button("取用名录项目…", clicked=self.register_requested.emit),
            button("新建项目", clicked=self.new_project_requested.emit),
            self.platform,
            button("回收站", "quiet", "delete", clicked=self.recycle_bin_requested.emit),
            self.count_label,
            None,
            self.search,
            spacing=8,
        )
        empty = EmptyState(
            "还没有项目", "取用名录项目…", hint="名录里没有的，点“新建项目”。", icon_name="project"
        )
        empty.wanted.connect(self.register_requested)
        self.card = ListCard(self.table, empty, tools)
        self.body.addWidget(self.card, 1)
        self.setFocusProxy(self.table)
        self.search.searched.connect(self._show)
        self.search.left_downwards.connect(self.table.setFocus)
        self.table.record_opened.connect(lambda line: self.project_requested.emit(line[0].project_id))

    def set_projects(self, lines: Sequence[ProjectLine]) -> None:
        """Show the unit's projects."""
        self._lines = tuple(lines)
        self._show(self.search.text().strip())

    def _show(self, text: str) -> None:
        fitting = [line for line in self._lines if text in line[0].name or text in line[0].project_code]
        self.table.set_records(fitting)
        self.count_label.setText(f"共 {len(fitting)} 个" if fitting else "没有符合的项目")
        self.card.show_content(bool(self._lines))
