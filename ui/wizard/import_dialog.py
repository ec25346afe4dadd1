"""From Excel, first step (从 Excel 导入·核对各列): the table found, what each column was taken for, what was read.

Every correction goes out as a wish; whoever holds the workbook reads it anew and shows the result here.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QTabWidget, QVBoxLayout, QWidget

from forms.hand_filled.mapping import SURE, ColumnChoice, ColumnMapping
from forms.hand_filled.official_layout import WHOLE_FORMS
from forms.hand_filled.stated import StatedIndicator, StatedTable, Unread
from models.domain.money import AmountUnit, format_amount
from services.excel_import import ReadTable
from ui.theme import Tone, px
from ui.widgets.buttons import MenuButton
from ui.widgets.card import row
from ui.widgets.chip import ChipLook
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import label, paragraph
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable
from ui.wizard.column_words import UNREAD_WORDS, column_words, role_words, roles_for
from ui.wizard.offers_dialog import UNREAD_COLUMNS


def _sureness(choice: ColumnChoice) -> ChipLook:
    """What a column is taken for, with how sure that is."""
    words = role_words(choice)
    if words == UNREAD_WORDS:
        return ChipLook(words, Tone.PLAIN, "none")
    return (
        ChipLook(words, Tone.GOOD, "check")
        if choice.confidence >= SURE
        else ChipLook(words, Tone.CARE, "care")
    )


def _heads(choice: ColumnChoice) -> str:
    return "".join(choice.head.split())


CHOICE_COLUMNS: tuple[Column[ColumnChoice], ...] = (
    Column("列", column_words),
    Column("表头", _heads, share=1),
    Column("当作", role_words, chip=_sureness),
    Column("依据", lambda choice: choice.why, share=1),
)
ROW_COLUMNS: tuple[Column[StatedIndicator], ...] = (
    Column("一级", lambda row: row.first_level, share=1),
    Column("二级", lambda row: row.second_level, share=1),
    Column("三级指标", lambda row: row.third_level, share=1),
    Column("指标值", lambda row: row.planned_text or "", share=1),
    Column("完成值", lambda row: row.actual_text or "", share=1),
    Column("分值", lambda row: row.full_score.text),
)


class ImportDialog(DeskDialog):
    """Shows a workbook as it was read (从 Excel 导入).

    `table_chosen` (position), `role_chosen` (column's choice, role), `unit_chosen` (AmountUnit) are wishes;
    `submitted` goes on to what would be taken over.
    """

    table_chosen = Signal(object)
    role_chosen = Signal(object, str)
    unit_chosen = Signal(object)
    submitted = Signal()

    def __init__(
        self, file_name: str, form_id: str, titles: dict[str, str], parent: QWidget | None = None
    ) -> None:
        intro = f"{file_name}　请核对每一列当作什么；认错的，选中那一行在下面改，右边随即重新读取。"
        super().__init__("从 Excel 导入", "下一步：核对内容", parent, intro=intro)
        resize_within_screen(self, px(1140), px(640))
        self._form_id, self._titles = form_id, titles
        self.tables, self.unit = MenuButton("表："), MenuButton("金额单位：")
        self.wrong_form = paragraph("", "problem")
        self.columns: RecordTable[ColumnChoice] = RecordTable(CHOICE_COLUMNS, row_height=32)
        self.columns.setAccessibleName("各列的含义")
        self.role = QComboBox()
        self.role.setAccessibleName("这一列当作")
        self.role.setMinimumWidth(px(170))
        self.role_label = label("这一列当作：", "muted")
        self.facts = paragraph("", "muted")
        self.facts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.rows: RecordTable[StatedIndicator] = RecordTable(ROW_COLUMNS, row_height=30)
        self.rows.setAccessibleName("读出的指标")
        self.unread: RecordTable[Unread] = RecordTable(UNREAD_COLUMNS, row_height=32)
        self.unread.setAccessibleName("没有认出的内容")
        self.tabs = QTabWidget()
        self._columns_side = QWidget()
        self._lay_out()
        self.tables.chosen.connect(self.table_chosen)
        self.unit.chosen.connect(self.unit_chosen)
        self.columns.record_chosen.connect(self._on_column)
        self.role.activated.connect(self._on_role)

    def show_tables(self, tables: Sequence[ReadTable], current: int) -> None:
        """Offer the tables of the workbook."""
        self.tables.set_choices([(n, self._named(table)) for n, table in enumerate(tables)], current)

    def show_reading(self, stated: StatedTable, mapping: ColumnMapping) -> None:
        """Show a table as it reads now."""
        here = self.columns.currentIndex().row()
        is_ours = stated.form == self._form_id
        title = self._titles.get(self._form_id, "")
        other = self._titles.get(stated.form, "别的表")
        self.wrong_form.setText(
            "" if is_ours else f"这张表是“{other}”，现在打开的是“{title}”，不能带入这里。"
        )
        self.wrong_form.setVisible(not is_ours)
        self.accept_button.setEnabled(is_ours)
        unit = mapping.amount_unit or AmountUnit.WAN_YUAN
        self.unit.set_choices([(one, one.label) for one in AmountUnit], unit)
        self.unit.setToolTip(mapping.amount_unit_why or "表里没有写金额单位，按万元读取")
        self.facts.setText(_facts(stated))
        self.rows.set_records(stated.indicators + stated.medium_indicators)
        self.unread.set_records(stated.unread)
        by_labels = stated.form in WHOLE_FORMS
        self._columns_side.setVisible(not by_labels)
        self.tabs.setTabVisible(0, not by_labels)
        self.tabs.setVisible(not by_labels or bool(stated.unread))
        self.tabs.setTabText(0, f"读出的指标 {len(stated.indicators) + len(stated.medium_indicators)} 行")
        self.tabs.setTabText(1, f"没有认出 {len(stated.unread)} 处")
        self.columns.set_records(mapping.choices)
        if mapping.choices:
            self.columns.selectRow(max(here, 0))

    def submit(self) -> None:
        """Go on to what would be taken over."""
        self.submitted.emit()

    def _named(self, table: ReadTable) -> str:
        """工作表“表一”A1:H40 项目支出绩效自评表 农村公路养护."""
        stated = table.stated
        form = self._titles.get(stated.form, "没有认出是什么表")
        return f"工作表“{stated.sheet}” {stated.cells}　{form}　{stated.project_name[:20]}".rstrip()

    def _lay_out(self) -> None:
        left, right = self._columns_side, QWidget()
        for side, parts in (
            (left, (self.columns, row(self.role_label, self.role, None))),
            (right, (self.facts, self.tabs)),
        ):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(px(8))
            for part in parts:
                if isinstance(part, QWidget):
                    column.addWidget(part, 1 if part in (self.columns, self.tabs) else 0)
                else:
                    column.addLayout(part)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.rows, "读出的指标")
        self.tabs.addTab(self.unread, "没有认出")
        self.columns.setMinimumHeight(px(160))
        self.tabs.setMinimumHeight(px(150))
        self.body.addLayout(row(self.tables, self.unit, None))
        self.body.addWidget(self.wrong_form)
        line = row(left, right, spacing=px(16))
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        self.body.addLayout(line, 1)

    def _on_column(self, choice: ColumnChoice | None) -> None:
        """Offer what the chosen column can be taken for."""
        self.role.clear()
        self.role.setEnabled(choice is not None and not choice.option)
        if choice is None:
            return
        self.role_label.setText(f"{column_words(choice)}当作：")
        for role, words in roles_for(choice):
            self.role.addItem(words, role)
        self.role.setCurrentIndex(self.role.findData(choice.role))

    def _on_role(self, _index: int) -> None:
        choice, role = self.columns.chosen(), self.role.currentData()
        if choice is not None and isinstance(role, str) and role != choice.role:
            self.role_chosen.emit(choice, role)


def _facts(stated: StatedTable) -> str:
    """What stands above the rows, on a line or two."""
    parts = [
        f"项目：{stated.project_name}" if stated.project_name else "",
        f"单位：{stated.implementing_unit}" if stated.implementing_unit else "",
        f"年度：{stated.fiscal_year}" if stated.fiscal_year else "",
        *(
            f"{fund.label} {format_amount(fund.annual_budget_fen, AmountUnit.WAN_YUAN)} 万元"
            for fund in stated.funds
            if fund.annual_budget_fen is not None
        ),
        f"主要任务 {len(stated.tasks)} 项" if stated.tasks else "",
    ]
    told = "　".join(part for part in parts if part)
    if stated.form in WHOLE_FORMS:
        return f"{told}\n\n这种表按栏目名称读取，不用核对各列；点“下一步”逐项核对读出的内容。".strip()
    return told or "表头没有读出项目名称和资金"
