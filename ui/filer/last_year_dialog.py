"""Which form is to be begun with last year's answers (从上年带入): a list, one click opens the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.filer.matrix_words import task_head
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.dialog import DeskDialog
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import paragraph
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from services.last_year import LastYear, LastYearChoice

_SHOWN = 6
"""How many continuing projects are named before “等”."""

COLUMNS: tuple[Column[LastYearChoice], ...] = (
    Column("项目", lambda choice: choice.subject, share=1),
    Column("要填的表", lambda choice: task_head(choice.task)[0]),
    Column("预算年度", lambda choice: f"{choice.task.budget_year}年"),
    Column("上年填过的", lambda choice: f"{choice.offered} 处可带入", is_right=True),
)


class LastYearDialog(DeskDialog):
    """Lists the forms not begun that last year's answers can serve (从上年带入).

    `submitted` carries task id and project id; `register_requested` asks for the register's projects.
    """

    submitted = Signal(str, str)
    register_requested = Signal()

    def __init__(self, found: LastYear, parent: QWidget | None = None) -> None:
        super().__init__(
            "从上年带入",
            "打开并带入",
            parent,
            intro="下面是还没有开始填、上一年度填过的表。点一份表就打开它，再逐项勾选要带入的内容。",
        )
        resize_within_screen(self, px(720), px(460))
        self.table: RecordTable[LastYearChoice] = RecordTable(COLUMNS, row_height=34)
        self.table.setAccessibleName("可从上年带入的表")
        self.table.setMinimumHeight(px(120))
        self.table.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.table.set_records(found.choices)
        self.empty: EmptyState | None = None
        if found.choices:
            card = Card(margin=1)
            card.body.addWidget(self.table)
            self.body.addWidget(card, 1)
            self.table.selectRow(0)
        else:
            self.table.hide()
            self.intro.hide()
            self.empty = EmptyState(
                "没有可以从上年带入的表",
                hint="还没有开始填的表里，没有哪一份在上一年度填过；已经开始填的表，打开后在右上角“更多”里带入。",
                icon_name="restore",
            )
            self.body.addWidget(self.empty, 1)
        self._offer_register(found.continuing)
        self.accept_button.setEnabled(bool(found.choices))
        self.table.clicked.connect(lambda _index: self.submit())
        self.table.record_opened.connect(lambda _choice: self.submit())

    def submit(self) -> None:
        """Emit the form chosen; the second click of a double click finds the dialog gone."""
        choice = self.table.chosen()
        if choice is not None and self.isVisible():
            self.submitted.emit(choice.task.task_id, choice.project_id)

    def _offer_register(self, names: tuple[str, ...]) -> None:
        """Name the projects of last year that are in this year's register, and offer to take them from it."""
        self.register_button = button("取用名录项目…", clicked=self.register_requested.emit)
        self.buttons.insertWidget(0, self.register_button)
        self.register_button.setVisible(bool(names))
        if names:
            more = f"等 {len(names)} 个项目" if len(names) > _SHOWN else ""
            listed = f"“{'”“'.join(names[:_SHOWN])}”{more}"
            words = f"延续项目：{listed}已列入本年名录，还没有取用。取用后就可以从上年带入。"
            self.body.addWidget(paragraph(words, "muted"))
