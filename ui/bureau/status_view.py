"""Reporting status (报送情况): who has sent what against what was due, unit by unit, form by form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QSplitter, QWidget

from forms import registry
from models.domain.money import AmountUnit, format_amount
from services.board_findings import BoardFinding
from services.bureau_summaries import SummaryChoice
from services.reporting_status import DueItem, DueState, UnitStatus
from ui.bureau.check_notes_panel import CheckNotesPanel
from ui.bureau.fitting_table import FittingTable
from ui.bureau.item_panes import ItemPanes
from ui.bureau.link_column import LinkColumn
from ui.bureau.task_progress import TaskProgressCards, task_progress
from ui.bureau.verdict_looks import due_look
from ui.theme import px
from ui.widgets.buttons import MenuButton, button
from ui.widgets.card import row
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import ElidedLabel
from ui.widgets.page import ListCard, Page
from ui.widgets.record_model import Column
from ui.widgets.search_field import SearchField


def _count(state: DueState) -> Column[UnitStatus]:
    return Column(state.label, lambda status: str(status.count(state) or "—"), is_right=True)


UNIT_COLUMNS: tuple[Column[UnitStatus], ...] = (
    Column("单位", lambda status: status.unit.name, share=1),
    Column("主管部门", lambda status: status.unit.department_name or status.unit.name, share=1),
    Column("股室", lambda status: status.unit.bureau_office),
    Column("应报", lambda status: str(status.due), is_right=True),
    _count(DueState.SENT),
    _count(DueState.MISSING),
    _count(DueState.EXEMPT),
    _count(DueState.UNLISTED),
)


def _amount(item: DueItem) -> str:
    return "" if item.amount_fen is None else format_amount(item.amount_fen, AmountUnit.WAN_YUAN)


def _state_tip(item: DueItem) -> str:
    return item.remark or item.state.label


ITEM_COLUMNS: tuple[Column[DueItem], ...] = (
    Column("项目（单位）", lambda item: item.name, share=1),
    Column("表", lambda item: item.form_name or registry.head(item.task.form_id).short_title),
    Column("金额（万元）", _amount, is_right=True),
    Column("状态", lambda item: item.state.label, chip=lambda item: due_look(item.state), tip=_state_tip),
    Column("", lambda item: "打开" if item.filing_id else ""),
)

_ALL = ""


class StatusView(Page):
    """The board (报送情况); `open_requested` carries a filing's id, `reminder_requested` the units shown,
    `summary_requested` the summary to be written.
    """

    open_requested = Signal(str)
    reminder_requested = Signal(object)
    reminder_book_requested = Signal(object)
    summary_requested = Signal(object)
    preparation_requested = Signal()
    unit_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("报送情况", "按任务参数包和年度预算项目名录计算应报", parent)
        self._board: tuple[UnitStatus, ...] = ()
        self._findings: tuple[BoardFinding, ...] = ()
        self._finding_unit = ""
        self.reminder_button = button("催报名单 ▾", "menu")
        self.reminder_button.setToolTip(
            "下面列出的单位中还没报的表，选了任务的只列这项任务；可以粘贴到通知或群里，也可以存成 Excel 表"
        )
        self.summary_button = button("汇总表 ▾", "menu")
        self.summary_button.setToolTip("把收到的表汇总成绩效目标汇总表、绩效自评结果汇总表")
        self.summary_menu = QMenu(self.summary_button)
        self.summary_button.setMenu(self.summary_menu)
        self.cards = TaskProgressCards()
        self.office = MenuButton()
        self.office.set_choices([(_ALL, "全部股室")], _ALL)
        self.only_missing = MenuButton()
        self.only_missing.set_choices([(False, "全部单位"), (True, "还有未报的单位")], False)
        self.search = SearchField("搜索单位", self)
        self.units: FittingTable[UnitStatus] = FittingTable(UNIT_COLUMNS, (1, 7, 2, 6), row_height=34)
        self.units.setAccessibleName("单位报送情况")
        self.items: FittingTable[DueItem] = FittingTable(ITEM_COLUMNS, (2, 1), row_height=34, least=96)
        self.items.setAccessibleName("所选单位的应报各表")
        self.links = LinkColumn(self.items, len(ITEM_COLUMNS) - 1)
        self.unit_label = ElidedLabel("", "strong")
        self.task_filter = MenuButton()
        self.empty = EmptyState(
            "还没有下发任务参数包，算不出应报",
            "去准备…",
            hint="先导入单位名录和项目名录，再下发任务参数包给各单位。",
            icon_name="tasks",
        )
        self._lay_out()
        self._offer_reminders()
        self._connect()
        self.set_board((), date.min)

    def set_board(self, board: Sequence[UnitStatus], today: date) -> None:
        """Show the board; the unit one was at stays chosen."""
        self._board = tuple(board)
        tasks = task_progress(board)
        self.cards.setVisible(bool(tasks))
        self.cards.set_tasks(tasks, today)
        offices = sorted({status.unit.bureau_office for status in board if status.unit.bureau_office})
        current = self.office.value() if self.office.value() in offices else _ALL
        self.office.set_choices([(_ALL, "全部股室"), *((name, name) for name in offices)], current)
        names = [(progress.task.task_id, progress.task.name) for progress in tasks]
        chosen = self.task_filter.value()
        chosen = chosen if any(task_id == chosen for task_id, _ in names) else _ALL
        self.task_filter.set_choices([(_ALL, "全部任务"), *names], chosen)
        self._show_units()

    def set_summaries(self, choices: Sequence[SummaryChoice]) -> None:
        """Offer the summaries that can be written."""
        self.summary_menu.clear()
        for choice in choices:
            action = self.summary_menu.addAction(choice.words)
            action.triggered.connect(lambda _checked=False, one=choice: self.summary_requested.emit(one))
        self.summary_button.setVisible(bool(choices))

    def set_findings(self, unit_code: str, findings: Sequence[BoardFinding]) -> None:
        """Show what is to be said of the unit chosen; another one's is left alone."""
        chosen = self.units.chosen()
        if chosen is not None and chosen.unit.code != unit_code:
            return
        self._findings = tuple(findings) if chosen is not None else ()
        self._show_findings()

    def shown(self) -> tuple[UnitStatus, ...]:
        """The units the filters let through."""
        wanted, office = self.search.text().strip(), self.office.value()
        return tuple(
            status
            for status in self._board
            if (not office or status.unit.bureau_office == office)
            and (not self.only_missing.value() or status.count(DueState.MISSING))
            and (not wanted or wanted in status.unit.name or status.unit.code.startswith(wanted))
        )

    def reminded(self) -> tuple[UnitStatus, ...]:
        """The units the filters let through, with what is due of the task chosen alone, or of every task."""
        task_id = self.task_filter.value()
        return tuple(
            replace(status, items=tuple(i for i in status.items if not task_id or i.task.task_id == task_id))
            for status in self.shown()
        )

    def choose_unit(self, code: str) -> bool:
        """Choose a unit; False when it is not shown."""
        for number in range(self.units.records.rowCount()):
            if self.units.records.record(number).unit.code == code:
                self.units.selectRow(number)
                return True
        return False

    def _offer_reminders(self) -> None:
        """What can be made of who has not sent what: words to paste, or a workbook."""
        menu = QMenu(self.reminder_button)
        self.copy_action = menu.addAction("复制成文字", lambda: self.reminder_requested.emit(self.reminded()))
        self.save_action = menu.addAction(
            "另存为 Excel…", lambda: self.reminder_book_requested.emit(self.reminded())
        )
        self.reminder_button.setMenu(menu)

    def _lay_out(self) -> None:
        self.head.addWidget(self.summary_button)
        self.head.addWidget(self.reminder_button)
        self.search.setMinimumWidth(120)
        left_tools = row(self.search, self.office, self.only_missing, spacing=8)
        left_tools.setStretch(0, 1)
        right_tools = row(self.unit_label, self.task_filter, spacing=8)
        right_tools.setStretch(0, 1)
        self.unit_card = ListCard(self.units, self.empty, left_tools)
        nothing = EmptyState("选一个单位，看它的应报各表", icon_name="unit")
        self.item_card = ListCard(self.items, nothing, right_tools)
        self.findings_panel = CheckNotesPanel("核对")
        self.panes = ItemPanes(self.item_card, self.findings_panel)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(px(12))
        self.splitter.setProperty("role", "pages")
        self.splitter.addWidget(self.unit_card)
        self.splitter.addWidget(self.panes)
        self.splitter.setStretchFactor(0, 55)
        self.splitter.setStretchFactor(1, 45)
        self.splitter.setSizes([550, 450])
        self.body.addWidget(self.cards)
        self.body.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _text: self._show_units())
        self.search.left_downwards.connect(self.units.setFocus)
        self.office.chosen.connect(lambda _value: self._show_units())
        self.only_missing.chosen.connect(lambda _value: self._show_units())
        self.task_filter.chosen.connect(lambda _value: self._show_items())
        self.units.record_chosen.connect(lambda _status: self._show_items())
        self.units.record_chosen.connect(self._on_unit)
        self.findings_panel.opened.connect(self._on_finding)
        self.items.record_opened.connect(self._on_opened)
        self.links.pressed.connect(self._on_opened)
        self.empty.wanted.connect(self.preparation_requested)

    def _show_units(self) -> None:
        chosen = self.units.chosen()
        shown = self.shown()
        self.units.set_records(shown)
        self.unit_card.show_content(bool(self._board))
        self.item_card.setVisible(bool(self._board))
        if shown and not (chosen is not None and self.choose_unit(chosen.unit.code)):
            self.units.selectRow(0)
        self._show_items()

    def _show_items(self) -> None:
        status, task_id = self.units.chosen(), self.task_filter.value()
        items = [i for i in status.items if not task_id or i.task.task_id == task_id] if status else []
        self.unit_label.set_words(status.unit.name if status else "")
        self.items.set_records(items)
        self.reminder_button.setEnabled(any(one.count(DueState.MISSING) for one in self.reminded()))
        self.item_card.show_content(status is not None)

    def _on_opened(self, item: DueItem) -> None:
        if item.filing_id:
            self.open_requested.emit(item.filing_id)

    def _on_unit(self, status: UnitStatus | None) -> None:
        """Another unit: what was said of the one before goes at once."""
        code = status.unit.code if status is not None else ""
        if code != self._finding_unit:
            self._finding_unit, self._findings = code, ()
            self._show_findings()
        self.unit_chosen.emit(status)

    def _show_findings(self) -> None:
        """What is to be said of the unit chosen."""
        self.findings_panel.show_findings([one.finding for one in self._findings])
        self.panes.set_count(len(self._findings))

    def _on_finding(self, number: int) -> None:
        """To the line it is about, and into its form where one came."""
        item = self._findings[number].item
        if item is None:
            return
        if self.task_filter.value() not in (_ALL, item.task.task_id):
            self.task_filter.choose(_ALL)
        for row_number in range(self.items.records.rowCount()):
            if self.items.records.record(row_number) == item:
                self.panes.show_items()
                self.items.selectRow(row_number)
                self.items.setFocus()
        self._on_opened(item)
