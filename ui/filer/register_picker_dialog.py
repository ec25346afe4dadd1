"""Taking the year's projects from the register (取用名录项目)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from models.domain.money import AmountUnit, format_amount
from ui.theme import px
from ui.widgets.buttons import MenuButton
from ui.widgets.card import Card, row
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import label
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.tick_table import TickTable

if TYPE_CHECKING:
    from services.projects import RegisterChoice


def _amount(choice: RegisterChoice) -> str:
    fen = choice.entry.budget_fen
    return "" if fen is None else format_amount(fen, AmountUnit.WAN_YUAN)


def _note(choice: RegisterChoice) -> str:
    if choice.is_taken:
        return "已在本机"
    return f"无需填报：{choice.entry.exempt_reason}" if choice.entry.exempt_reason else ""


COLUMNS: tuple[Column[RegisterChoice], ...] = (
    Column("项目名称", lambda choice: choice.entry.project_name, share=1),
    Column("项目代码", lambda choice: choice.entry.project_code),
    Column("类别", lambda choice: choice.entry.category),
    Column("预算数（万元）", _amount, is_right=True),
    Column("说明", _note),
)
"""What is shown of a register line; those on the desk already are grey."""


class RegisterPickerDialog(DeskDialog):
    """Lists the unit's register projects of a budget year (取用名录项目); `submitted` carries the entries ticked."""

    submitted = Signal(object)

    def __init__(
        self,
        choices_by_year: Mapping[int, Sequence[RegisterChoice]],
        current_year: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "取用名录项目",
            "取用",
            parent,
            intro="下面是财政部门年度预算项目名录里本单位的项目。取用后项目代码、名称和预算数按名录带入。",
        )
        resize_within_screen(self, px(900), px(540))
        self._by_year = choices_by_year
        self.table: TickTable[RegisterChoice] = TickTable(COLUMNS, lambda choice: not choice.is_taken)
        self.table.setAccessibleName("名录项目")
        self.table.setMinimumHeight(px(150))
        self.model = self.table.ticks
        self.all_box = QCheckBox("全部选中")
        self.count_label = label("", "muted")
        self.year = MenuButton("预算年度 ")
        self.year.set_choices([(y, f"{y} 年") for y in choices_by_year], current_year)
        card = Card(margin=1)
        card.body.addWidget(self.table)
        self.body.addLayout(row(self.year, self.all_box, None, self.count_label))
        self.body.addWidget(card, 1)
        self.model.ticked.connect(self._on_ticked)
        self.year.chosen.connect(self._show_year)
        self.all_box.clicked.connect(self.model.tick_all)
        self._show_year(current_year)
        self.table.setFocus()

    def submit(self) -> None:
        """Emit the entries ticked."""
        self.submitted.emit(tuple(choice.entry for choice in self.model.chosen()))

    def _show_year(self, year: object) -> None:
        choices = self._by_year.get(year, ()) if isinstance(year, int) else ()
        self.model.set_records(choices)
        if not choices:
            self.count_label.setText(f"名录里没有本单位 {year} 年的项目，可以用“新建项目”。")

    def _on_ticked(self, count: int) -> None:
        free = self.model.free_count()
        self.count_label.setText(f"已选 {count} 个，共 {self.model.rowCount()} 个")
        self.all_box.setEnabled(free > 0)
        self.all_box.setChecked(free > 0 and count == free)
        self.accept_button.setEnabled(count > 0)
