"""登记预算批复 (noting a document's list): number, date, and the targets it approves with their amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QWidget

from models.domain.money import AmountError, AmountUnit, format_amount, parse_amount
from services.approval_notes import ApprovalNote
from services.review.approving import ApprovalLine, ApprovalList
from ui.theme import px
from ui.widgets.buttons import MenuButton, button
from ui.widgets.card import Card, row
from ui.widgets.day_field import DayField
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field, beside
from ui.widgets.labels import label, paragraph
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.table import DeskTable
from ui.widgets.tick_table import TickModel

if TYPE_CHECKING:
    from collections.abc import Collection

Index = QModelIndex | QPersistentModelIndex
INTRO = "批复以后绩效目标随预算生效，监控和自评以它为准。金额改为 0 的，登记为未安排预算。"
SHOWN_FAULTS = 6
_AMOUNT = 4


def _wan(fen: int | None) -> str:
    return "" if fen is None else format_amount(fen, AmountUnit.WAN_YUAN)


COLUMNS: tuple[Column[ApprovalLine], ...] = (
    Column("单位", lambda line: line.unit.name, share=1),
    Column("项目", lambda line: line.subject, share=1),
    Column("状态", lambda line: line.filing.status.label, tip=lambda line: line.document_number),
    Column("申报金额（万元）", lambda line: _wan(line.submitted_fen) or "—", is_right=True),
    Column("批复金额（万元）", lambda line: _wan(line.approved_fen), is_right=True),
)


class ApprovalLineModel(TickModel[ApprovalLine]):
    """Targets that can be approved (可批复清单); the last column is typed in 万元. `declined` says what was no amount."""

    declined = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, lambda _line: True, parent)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Amounts can be typed."""
        flags = super().flags(index)
        is_amount = index.isValid() and index.column() == _AMOUNT
        return flags | Qt.ItemFlag.ItemIsEditable if is_amount else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """An amount is edited as it is shown, without separators."""
        if role == Qt.ItemDataRole.EditRole and index.isValid() and index.column() == _AMOUNT:
            fen = self.record(index.row()).approved_fen
            return "" if fen is None else format_amount(fen, AmountUnit.WAN_YUAN, grouped=False)
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take an amount over and tick its line; a blank one names none."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() != _AMOUNT:
            return super().setData(index, value, role)
        text = str(value).strip()
        try:
            fen = parse_amount(text, AmountUnit.WAN_YUAN) if text else None
        except AmountError as error:
            self.declined.emit(f"{self.record(index.row()).subject}的批复金额“{text}”：{error.sentence}")
            return False
        row_, line = index.row(), self.record(index.row())
        if fen == line.approved_fen:
            return True
        self._records[row_] = replace(line, approved_fen=fen)
        self._set(self._ticks | {row_})
        self.dataChanged.emit(index, index)
        return True


class ApprovalListDialog(DeskDialog):
    """The document and its list (登记预算批复); `submitted` carries (ApprovalNote, lines)."""

    submitted = Signal(object, object)
    table_requested = Signal()
    year_chosen = Signal(int)

    def __init__(self, years: Sequence[int], year: int, parent: QWidget | None = None) -> None:
        super().__init__("登记预算批复", "登记", parent, intro=INTRO)
        resize_within_screen(self, px(940), px(640))
        self.number = QLineEdit()
        self.number.setPlaceholderText("例如：示财预〔2027〕1号")
        self._number_field = Field("批复文号", self.number, "照批复文件抄写，包括年号和序号", required=True)
        self.day = DayField("批复日期", required=True)
        self.year = MenuButton("预算年度 ")
        self.year.set_choices([(item, f"{item}年") for item in years], year)
        self.table_button = button("从表格读入…", icon_name="excel", clicked=self.table_requested.emit)
        self.table_button.setToolTip("表头要有“项目名称”“单位代码”“批复金额（万元）”，还可以有“项目代码”")
        self.all_button = button("全选", "link", clicked=lambda: self.lines.tick_all(True))
        self.none_button = button("全不选", "link", clicked=lambda: self.lines.tick_all(False))
        self.count_label = label("", "strong")
        self.faults_label = paragraph("", "care")
        self.lines = ApprovalLineModel(self)
        self.table = AmountTable(self.lines)
        self.table.setAccessibleName("可以批复的绩效目标")
        self._lay_out()
        self.year.chosen.connect(lambda value: self.year_chosen.emit(int(str(value))))
        self.lines.ticked.connect(lambda _count: self._show_count())
        self.lines.dataChanged.connect(lambda *_what: self._show_count())
        self.lines.declined.connect(self.show_problem)
        self.number.textChanged.connect(lambda: self._number_field.set_problem(""))

    def set_lines(self, lines: Sequence[ApprovalLine], ticked: Collection[str]) -> None:
        """Offer targets, those of `ticked` (filing ids) chosen; the amount asked for is proposed."""
        proposed = [
            replace(line, approved_fen=line.submitted_fen) if line.approved_fen is None else line
            for line in lines
        ]
        self.lines.set_records(proposed)
        self.lines.tick_where(lambda line: line.filing.filing_id in ticked)
        self.faults_label.hide()
        self.show_problem("" if lines else "这个年度还没有审核通过的绩效目标。请先完成审核。")

    def set_list(self, found: ApprovalList, rest: Sequence[ApprovalLine]) -> None:
        """Show what a table approves, ticked and first, and what in it could not be met."""
        met = {line.filing.filing_id for line in found.lines}
        others = [line for line in rest if line.filing.filing_id not in met]
        self.set_lines([*found.lines, *others], met)
        told = [f"“{found.file_name}”：对上 {len(found.lines)} 项"]
        if found.faults:
            told[0] += f"，{len(found.faults)} 行没有对上，没有读入："
            told += [f"第 {number} 行：{fault}" for number, fault in found.faults[:SHOWN_FAULTS]]
        if len(found.faults) > SHOWN_FAULTS:
            told.append(f"另有 {len(found.faults) - SHOWN_FAULTS} 行没有列出")
        self.faults_label.setText("\n".join(told))
        self.faults_label.show()

    def submit(self) -> None:
        """Hand document and list on; what is missing is said beside its field."""
        number = self.number.text().strip()
        if not number:
            self._number_field.set_problem("请填写批复文件的文号")
            self.number.setFocus()
            return
        if not self.day.check():
            self.day.edit.setFocus()
            return
        self.submitted.emit(ApprovalNote(number, self.day.day(), None), self.lines.chosen())

    def _lay_out(self) -> None:
        self.body.addLayout(beside(self._number_field, self.day))
        tools = row(self.year, self.table_button, self.all_button, self.none_button, None, self.count_label)
        self.body.addLayout(tools)
        card = Card(margin=1)
        card.body.addWidget(self.table)
        self.body.addWidget(card, 1)
        self.faults_label.hide()
        self.body.addWidget(self.faults_label)
        self._show_count()

    def _show_count(self) -> None:
        chosen = self.lines.chosen()
        total = sum(line.approved_fen or 0 for line in chosen)
        self.count_label.setText(f"已选 {len(chosen)} 项，批复 {_wan(total)} 万元")
        self.accept_button.setEnabled(bool(chosen))


class AmountTable(DeskTable):
    """The list to tick and type in (批复清单); Space ticks a line, Enter or typing changes its amount."""

    def __init__(self, model: ApprovalLineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent, row_height=34)
        self._lines = model
        self.setModel(model)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.AnyKeyPressed | trigger.EditKeyPressed)
        self.setMinimumHeight(px(180))
        header = self.horizontalHeader()
        for number, column in enumerate(COLUMNS):
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(number, mode.Stretch if column.share else mode.ResizeToContents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks; Enter and figures go to the amount of the line."""
        index = self.currentIndex()
        if not index.isValid() or self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self._lines.flip(index.row())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.text().isdigit():
            amount = self._lines.index(index.row(), _AMOUNT)
            self.setCurrentIndex(amount)
            if event.text().isdigit():
                super().keyPressEvent(event)
            else:
                self.edit(amount)
        else:
            super().keyPressEvent(event)
