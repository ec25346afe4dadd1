"""The forms of one package (报送文件里的表): open one, or save PDF and workbook of all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.domain.money import AmountUnit, format_amount
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.dialog import DeskDialog
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from services.package_forms import PackageForm


def _amount(form: PackageForm) -> str:
    return "" if form.amount_fen is None else format_amount(form.amount_fen, AmountUnit.WAN_YUAN)


COLUMNS: tuple[Column[PackageForm], ...] = (
    Column("项目（单位）", lambda form: form.subject, share=1),
    Column("表名", lambda form: form.form_title),
    Column("预算年度", lambda form: f"{form.budget_year}年"),
    Column("金额（万元）", _amount, is_right=True),
    Column("版本", lambda form: f"第 {form.version} 版"),
)


class PackageFormsDialog(DeskDialog):
    """Lists the forms (报送文件内容); `form_requested` carries one, `save_requested` all of them."""

    form_requested = Signal(object)
    save_requested = Signal(object)

    def __init__(self, unit_name: str, forms: Sequence[PackageForm], parent: QWidget | None = None) -> None:
        super().__init__(f"{unit_name}的报送文件", "打开选中的表", parent, intro=f"共 {len(forms)} 份表")
        resize_within_screen(self, px(820), px(440))
        self.table: RecordTable[PackageForm] = RecordTable(COLUMNS)
        self.table.setAccessibleName("报送文件里的表")
        self.table.set_records(forms)
        self.table.selectRow(0)
        self.table.record_opened.connect(self.form_requested)
        self.body.addWidget(self.table, 1)
        everything = tuple(forms)
        saving = button(
            "全部另存 PDF 和 Excel…", icon_name="export", clicked=lambda: self.save_requested.emit(everything)
        )
        self.buttons.insertWidget(0, saving)

    def submit(self) -> None:
        """Open the form chosen."""
        form = self.table.chosen()
        if form is not None:
            self.form_requested.emit(form)
