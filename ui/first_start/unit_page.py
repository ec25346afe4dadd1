"""Which unit one is (选择单位): out of the kit's register, found by name or code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from models.domain.project import Unit
from services.one_line import comparable
from services.setup_names import plain_code
from ui.first_start.step_page import StepPage
from ui.theme import px
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import paragraph
from ui.widgets.page import ListCard
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable
from ui.widgets.search_field import SearchField

_KNOWN = (
    "这台电脑上已有“{name}”的工作区。要接着填，请退回“您在哪里使用”，点“打开已有的工作区…”；"
    "继续下去会另建一个空的，签名也要重新登记。"
)
COLUMNS: tuple[Column[Unit], ...] = (
    Column("单位名称", lambda unit: unit.name, share=1),
    Column("单位代码", lambda unit: unit.code),
    Column("主管部门", lambda unit: unit.department_name or unit.name),
    Column("归口股室", lambda unit: unit.bureau_office),
)


class UnitPage(StepPage):
    """Picks the unit (选择单位)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("您是哪个单位", "单位名录由财政部门随任务参数包下发。", parent=parent)
        self._units: tuple[Unit, ...] = ()
        self._known: tuple[str, ...] = ()
        self.search = SearchField("输入单位名称或代码", self)
        self.table: RecordTable[Unit] = RecordTable(COLUMNS, row_height=34)
        self.table.setAccessibleName("单位名录")
        self.table.setMinimumHeight(px(220))
        nothing = EmptyState(
            "没有找到", hint="请核对名称或代码；名录里没有本单位的，请联系财政部门。", icon_name="search"
        )
        self.card = ListCard(self.table, nothing)
        self.body.addWidget(self.search)
        self.known_note = paragraph("", "care")
        self.known_note.hide()
        self.body.addWidget(self.card, 1)
        self.body.addWidget(self.known_note)
        self.search.searched.connect(self._show)
        self.search.left_downwards.connect(self._enter_table)
        self.table.record_chosen.connect(lambda _unit: self._on_chosen())

    def set_units(self, units: Sequence[Unit]) -> None:
        """Offer the register's units."""
        self._units = tuple(units)
        self.search.clear()
        self._show("")

    def set_known(self, names: Sequence[str]) -> None:
        """The names of workspaces that are on this machine already."""
        self._known = tuple(names)

    def unit(self) -> Unit | None:
        """The unit picked."""
        return self.table.chosen()

    def is_complete(self) -> bool:
        """Whether one was picked."""
        return self.unit() is not None

    def first_control(self) -> QWidget:
        """The search field."""
        return self.search

    def _show(self, text: str) -> None:
        name, code = comparable(text), plain_code(text)
        fitting = [u for u in self._units if name in comparable(u.name) or u.code.startswith(code)]
        self.table.set_records(fitting)
        self.card.show_content(bool(fitting))
        if len(fitting) == 1:
            self.table.selectRow(0)
        self._on_chosen()

    def _on_chosen(self) -> None:
        """A second desk of the same unit would have another signature and none of what was filled in."""
        unit = self.unit()
        known = [name for name in self._known if unit is not None and name.startswith(f"{unit.name}（")]
        self.known_note.setText(_KNOWN.format(name=known[0]) if known else "")
        self.known_note.setVisible(bool(known))
        self.changed.emit()

    def _enter_table(self) -> None:
        if self.table.records.rowCount() and self.unit() is None:
            self.table.selectRow(0)
        self.table.setFocus()
