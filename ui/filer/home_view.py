"""The filer's home (工作台): how far each task is, and the matrix that leads into every form."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.filer.matrix_columns import columns_of, stage_cards
from ui.filer.matrix_model import NAME, MatrixModel
from ui.filer.matrix_table import MatrixTable
from ui.filer.matrix_words import StatusGroup, task_head
from ui.filer.task_cards import TaskCards
from ui.theme import px, set_role
from ui.widgets.buttons import MenuButton, button
from ui.widgets.card import Card, row
from ui.widgets.labels import label, paragraph
from ui.widgets.page import tool_bar
from ui.widgets.search_field import SearchField
from ui.widgets.wrapping import WrappingRow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from services.matrix import Matrix
    from services.returned_forms import ReturnedForms
    from ui.filer.returned_bar import ReturnedBar
    from ui.widgets.empty_state import EmptyState


_FIRST_STEPS = (
    "财政部门下发的名录里有本单位的项目，可以直接取用，也可以从一体化导出表带入；都没有的，点“新建项目”。"
)


class HomeView(QWidget):
    """Task cards above, projects × tasks below (填报工作台).

    Wishes about a form carry task id and project id ("" for the unit as a whole).
    """

    filing_requested = Signal(str, str)
    project_requested = Signal(str)
    exempt_requested = Signal(str, str)
    reopen_requested = Signal(str, str)
    bin_requested = Signal(str)
    approval_requested = Signal(str, str)
    seal_requested = Signal()
    platform_requested = Signal()
    last_year_requested = Signal()
    workbook_requested = Signal()
    new_project_requested = Signal()
    register_requested = Signal()
    recycle_bin_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        # Every part is made where it stays: moving one to another parent dresses all that is in it anew.
        self._card = Card(parent=self)
        self._body = QStackedWidget(self._card)
        self.model = MatrixModel(self)
        self.table = MatrixTable(self.model, self._body)
        self.cards = TaskCards(self)
        self.seal_button = button("生成报送文件…", "primary", clicked=self.seal_requested.emit)
        self.platform_button = button("从一体化导出表带入…", clicked=self.platform_requested.emit)
        self.last_year_button = button("从上年带入", clicked=self.last_year_requested.emit)
        self.workbook_button = button("从 Excel 导入…", clicked=self.workbook_requested.emit)
        self.new_button = button("新建项目", clicked=self.new_project_requested.emit)
        self.more_button = button("更多 ▾", "menu", clicked=self._on_more)
        self.more_button.setToolTip("取用名录项目、回收站")
        self.returned: ReturnedBar | None = None
        self.search = SearchField("搜索项目", self)
        self.status_filter = MenuButton()
        self.status_filter.set_choices([(group, group.value) for group in StatusGroup], StatusGroup.ALL)
        self._deadline = [label("", "subtitle"), label("", "subtitle"), label("", "subtitle")]
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    @cached_property
    def empty(self) -> EmptyState:
        """What is shown before there is any project; made when there is none."""
        from ui.widgets.empty_state import EmptyState

        made = EmptyState(
            "还没有项目",
            "取用名录项目…",
            hint=_FIRST_STEPS,
            icon_name="project",
        )
        made.wanted.connect(self.register_requested)
        self._body.addWidget(made)
        return made

    @cached_property
    def first_steps(self) -> QWidget:
        """What to do next where only the unit's own forms are there; made when there is no project."""
        made = QWidget(self._card)
        words = paragraph(f"还没有项目。{_FIRST_STEPS}", "muted")
        line = row(words, button("取用名录项目…", clicked=self.register_requested.emit))
        line.setStretch(0, 1)
        line.setContentsMargins(14, 9, 14, 9)
        made.setLayout(line)
        self._card.body.addWidget(made)
        return made

    @cached_property
    def more_menu(self) -> QMenu:
        """What is seldom wanted; made when it is first opened."""
        from PySide6.QtWidgets import QMenu

        made = QMenu(self)
        made.addAction("取用名录项目…", self.register_requested.emit)
        made.addAction("回收站", self.recycle_bin_requested.emit)
        return made

    @cached_property
    def nothing_found(self) -> EmptyState:
        """What is shown where no project fits search and filter; made when none does."""
        from ui.widgets.empty_state import EmptyState

        made = EmptyState("没有符合条件的项目", "显示全部", icon_name="search")
        made.wanted.connect(self._on_show_all)
        self._body.addWidget(made)
        return made

    def set_matrix(self, matrix: Matrix) -> None:
        """Show the state of things; the cell one was at stays the current one."""
        here = self.table.currentIndex()
        place = (here.row(), here.column())
        self._matrix_is_empty = not matrix.rows
        has_projects = any(row.project_id for row in matrix.rows)
        if "first_steps" in self.__dict__ or not has_projects:
            self.first_steps.setVisible(bool(matrix.rows) and not has_projects)
        self.cards.set_cards(stage_cards(matrix, columns_of(matrix)))
        self.model.set_matrix(matrix)
        self._tell_deadline(matrix)
        again = self.model.index(*place)
        if again.isValid():
            self.table.setCurrentIndex(again)
        self._choose_body()

    def show_returned(self, returned: ReturnedForms) -> None:
        """Say above the tasks how many forms were returned, and by when they are wanted back."""
        if self.returned is None and returned.count:
            from ui.filer.returned_bar import ReturnedBar

            self.returned = ReturnedBar(self)
            self.returned.action_requested.connect(self.show_only_returned)
            self._column.insertWidget(1, self.returned)
        if self.returned is not None:
            self.returned.show_returned(returned)

    def show_only_returned(self) -> None:
        """Only the projects with a returned form, the cursor in the table."""
        self.search.clear()
        self.status_filter.choose(StatusGroup.RETURNED)
        self.focus_table()

    def focus_table(self) -> None:
        """Put the keyboard on the matrix."""
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, NAME))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(22, 16, 22, 16)
        column.setSpacing(13)
        head = QHBoxLayout()
        column.addLayout(head)
        column.addWidget(self.cards)
        column.addWidget(self._card, 1)
        head.setSpacing(4)
        head.addWidget(label("填报任务", "title"))
        head.addSpacing(9)
        for part in self._deadline:
            part.setContentsMargins(0, 4, 0, 0)
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.seal_button)
        finding = self._finding()
        tools = WrappingRow(
            self.platform_button,
            self.last_year_button,
            self.workbook_button,
            self.new_button,
            self.more_button,
            finding,
            stretching=(finding,),
        )
        self._body.addWidget(self.table)
        self._body.setMinimumHeight(px(110))
        # The page is asked how high it is at a width; the matrix scrolls, so it asks for its least height then.
        self._body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._card.body.setContentsMargins(1, 1, 1, 1)
        self._card.body.setSpacing(0)
        self._card.body.addWidget(tool_bar(tools, self._card))
        self._card.body.addWidget(self._body, 1)

    def _finding(self) -> QWidget:
        """Search and filter at the right end, as narrow as their words where room is scarce."""
        self.search.setPlaceholderText(
            "搜索项目"
        )  # the key stands in the status bar, and here it would be cut off
        self.search.setToolTip("按名称或代码搜索项目（Ctrl+F）")
        self.search.setMinimumWidth(150)
        self.search.setMaximumWidth(240)
        self.search.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made = QWidget(self._card)
        line = row(None, self.search, self.status_filter, spacing=8)
        line.setStretch(1, 3)
        line.setContentsMargins(0, 0, 0, 0)
        made.setLayout(line)
        return made

    def _connect(self) -> None:
        self.table.filing_requested.connect(self.filing_requested)
        self.table.project_requested.connect(self.project_requested)
        self.table.exempt_requested.connect(self.exempt_requested)
        self.table.reopen_requested.connect(self.reopen_requested)
        self.table.bin_requested.connect(self.bin_requested)
        self.table.approval_requested.connect(self.approval_requested)
        self.search.searched.connect(self._on_filtered)
        self.search.left_downwards.connect(self.focus_table)
        self.status_filter.chosen.connect(self._on_filtered)
        self._matrix_is_empty = True

    def _on_filtered(self, _value: object = None) -> None:
        group = self.status_filter.value()
        self.model.set_filter(
            self.search.text().strip(), group if isinstance(group, StatusGroup) else StatusGroup.ALL
        )
        self._choose_body()

    def _on_more(self) -> None:
        self.more_menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _on_show_all(self) -> None:
        self.search.clear()
        self.status_filter.choose(StatusGroup.ALL)

    def _choose_body(self) -> None:
        if self._matrix_is_empty:
            self._body.setCurrentWidget(self.empty)
        elif self.model.rowCount() == 0:
            self._body.setCurrentWidget(self.nothing_found)
        else:
            self._body.setCurrentWidget(self.table)

    def _tell_deadline(self, matrix: Matrix) -> None:
        """离 绩效目标申报 截止还有 12 天: the nearest task that is not finished."""
        waiting = [card for card in matrix.cards if card.done < card.total]
        near = min(waiting, key=lambda card: card.days_left, default=None)
        before, name, after = self._deadline
        if near is None:
            _say(before, "本年度的填报任务都已完成" if matrix.cards else "", "subtitle")
            _say(name, "", "subtitle")
            _say(after, "", "subtitle")
            return
        late = near.days_left < 0
        _say(before, "" if late else "离", "subtitle")
        _say(name, task_head(near.task)[0], "deadline-late" if late else "deadline")
        left = "今天截止" if near.days_left == 0 else f"截止还有 {near.days_left} 天"
        _say(after, f"已逾期 {-near.days_left} 天" if late else left, "subtitle")


def _say(part: QLabel, text: str, role: str) -> None:
    """Words and role of one part of the deadline's sentence."""
    set_role(part, role)
    part.setText(text)
    part.setVisible(bool(text))
