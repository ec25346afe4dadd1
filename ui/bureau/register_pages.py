"""Registers of the bureau (单位名录、年度预算项目名录): what is in them, and taking tables in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms import registry
from models.domain.money import AmountUnit, format_amount
from models.domain.project import RegisterEntry, Unit
from ui.bureau.fitting_table import FittingTable
from ui.platform.platform_menu import PlatformMenu
from ui.widgets.buttons import MenuButton, button
from ui.widgets.card import row
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import ElidedLabel
from ui.widgets.page import ListCard
from ui.widgets.record_model import Column
from ui.widgets.search_field import SearchField

T = TypeVar("T")

UNIT_COLUMNS: tuple[Column[Unit], ...] = (
    Column("单位代码", lambda unit: unit.code),
    Column("单位名称", lambda unit: unit.name, share=1),
    Column("主管部门", lambda unit: unit.department_name, share=1),
    Column("归口股室", lambda unit: unit.bureau_office),
    Column("类别", lambda unit: unit.category),
    Column("联系人", lambda unit: unit.contact_name),
    Column("电话", lambda unit: unit.contact_phone),
)


def amount_words(fen: int | None) -> str:
    """万元 with thousands separators, "" while no amount is known."""
    return "" if fen is None else format_amount(fen, AmountUnit.WAN_YUAN)


def forms_words(entry: RegisterEntry) -> str:
    """应报各表 by short title; why none is due; all forms where the register names none."""
    if entry.exempt_reason and not entry.forms_due:
        return f"无需报：{entry.exempt_reason}"
    titles = [registry.head(f).short_title for f in entry.forms_due if registry.has(f)]
    return "、".join(titles) or "任务要求的各表"


ENTRY_COLUMNS: tuple[Column[RegisterEntry], ...] = (
    Column("项目代码", lambda entry: entry.project_code or "（暂无）"),
    Column("项目名称", lambda entry: entry.project_name, share=1),
    Column("单位代码", lambda entry: entry.unit_code),
    Column("类别", lambda entry: entry.category),
    Column("股室", lambda entry: entry.bureau_office),
    Column("预算数（万元）", lambda entry: amount_words(entry.budget_fen), is_right=True),
    Column("应报各表", forms_words, share=1),
)


class RegisterPage(QWidget, Generic[T]):
    """A register with its count, a search and 从表格导入… (名录页)."""

    import_requested = Signal()

    def __init__(
        self, columns: Sequence[Column[T]], optional: Sequence[int], empty: EmptyState, name: str
    ) -> None:
        super().__init__()
        self._records: tuple[T, ...] = ()
        self.count_label = ElidedLabel("", "muted")
        self.search = SearchField(f"搜索{name}", self)
        self.search.setMinimumWidth(150)
        self.search.setMaximumWidth(260)
        self.import_button = button("从表格导入…", icon_name="take_in", clicked=self.import_requested.emit)
        self.table: FittingTable[T] = FittingTable(columns, optional, row_height=34)
        self.table.setAccessibleName(name)
        self.tools = row(self.import_button, self.count_label, self.search, spacing=10)
        self.tools.setStretch(1, 1)
        self.tools.setStretch(2, 1)
        self.card = ListCard(self.table, empty, self.tools)
        empty.wanted.connect(self.import_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.card)
        self.search.searched.connect(lambda _text: self._show())
        self.search.left_downwards.connect(self.table.setFocus)

    def set_records(self, records: Sequence[T], told: str) -> None:
        """Show the register and one line about it."""
        self._records = tuple(records)
        self.count_label.set_words(told)
        self.card.show_content(bool(records))
        self._show()

    def _show(self) -> None:
        wanted = self.search.text().strip()
        columns = self.table.records.columns
        self.table.set_records(
            [r for r in self._records if not wanted or any(wanted in column.words(r) for column in columns)]
        )


class UnitsPage(RegisterPage[Unit]):
    """The unit register (单位名录); `removal_requested` carries the unit chosen."""

    removal_requested = Signal(object)

    def __init__(self) -> None:
        empty = EmptyState(
            "单位名录还是空的",
            "从表格导入…",
            hint="表头要有“单位代码”“单位名称”，还可以有主管部门、归口业务股室、类别、联系人、电话、职责。",
            icon_name="unit",
        )
        super().__init__(UNIT_COLUMNS, (4, 6, 5), empty, "单位")
        self.remove_button = button("移除单位…", icon_name="remove", clicked=self._on_remove)
        self.remove_button.setEnabled(False)
        self.remove_button.setToolTip("先在下面选中一个单位")
        self.tools.insertWidget(1, self.remove_button)
        self.table.record_chosen.connect(lambda unit: self.remove_button.setEnabled(unit is not None))

    def set_units(self, units: Sequence[Unit]) -> None:
        """Show the units."""
        departments = len({unit.department_code or unit.code for unit in units})
        chosen = self.table.chosen()
        self.set_records(units, f"共 {len(units)} 个单位，{departments} 个主管部门")
        now = self.table.chosen()
        if chosen is not None and now is not None and now.code != chosen.code:  # another unit moved up
            self.table.clearSelection()
            self.table.setCurrentIndex(self.table.rootIndex())

    def _on_remove(self) -> None:
        unit = self.table.chosen()
        if unit is not None:
            self.removal_requested.emit(unit)


class EntriesPage(RegisterPage[RegisterEntry]):
    """The project register of a budget year (年度预算项目名录); `year_chosen` carries the year."""

    def __init__(self) -> None:
        empty = EmptyState(
            "这个预算年度还没有项目名录",
            "从表格导入…",
            hint="表头要有“项目名称”“单位代码”，还可以有项目代码、类别、股室、预算数、资金性质、应报各表、不报原因。",
            icon_name="project",
        )
        super().__init__(ENTRY_COLUMNS, (3, 4, 2), empty, "项目")
        self._registers: Mapping[int, Sequence[RegisterEntry]] = {}
        self.year_button = MenuButton()
        self.year_button.chosen.connect(lambda _year: self._show_year())
        self.tools.insertWidget(0, self.year_button)
        self.platform = PlatformMenu()
        self.tools.insertWidget(2, self.platform)

    def set_registers(self, registers: Mapping[int, Sequence[RegisterEntry]], default_year: int) -> None:
        """Show the registers by budget year; the year one was at stays."""
        self._registers = registers
        current = self.year_button.value()
        year = current if current in registers else default_year
        self.year_button.set_choices([(year, f"{year}年预算") for year in registers], year)
        self._show_year()

    def year(self) -> int:
        """The budget year shown."""
        year = self.year_button.value()
        assert isinstance(year, int)
        return year

    def _show_year(self) -> None:
        entries = self._registers.get(self.year(), ())
        total = sum(entry.budget_fen or 0 for entry in entries)
        exempt = sum(bool(entry.exempt_reason) and not entry.forms_due for entry in entries)
        told = f"共 {len(entries)} 个项目，预算数合计 {amount_words(total)} 万元"
        self.set_records(entries, f"{told}，无需报 {exempt} 个" if exempt else told)
