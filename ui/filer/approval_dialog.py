"""Noting an approval from the paper (登记批复): document number, date, amount; earlier notes stay listed below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from models.domain.money import AmountError, AmountUnit, format_amount
from services.approval_notes import ApprovalNote, ApprovalSheet
from ui.filer.approval_table import ApprovalTable
from ui.theme import px
from ui.widgets.amount_field import AmountField
from ui.widgets.card import Card
from ui.widgets.day_field import DayField
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field, beside
from ui.widgets.labels import label
from ui.widgets.placing import resize_within_screen


class ApprovalDialog(DeskDialog):
    """Asks what the approving document says (登记批复); `submitted` carries an `ApprovalNote`."""

    submitted = Signal(object)

    def __init__(self, sheet: ApprovalSheet, parent: QWidget | None = None) -> None:
        super().__init__("登记批复", "登记", parent, intro=_intro(sheet))
        has_history = bool(sheet.history)
        resize_within_screen(self, px(900 if has_history else 560), px(560 if has_history else 400))
        self.number = QLineEdit()
        self.number.setPlaceholderText("例如：示财预〔2027〕1号")
        self.day = DayField("批复日期", required=True)
        self.amount = AmountField("批复金额")
        self._number_field = Field("批复文号", self.number, "照批复文件抄写，包括年号和序号", required=True)
        self.body.addWidget(self._number_field)
        self.body.addLayout(beside(self.day, self.amount))
        if has_history:
            self.table = ApprovalTable(of_one_year=True)
            self.table.set_records(sheet.history)
            self.table.setMinimumHeight(px(82))
            card = Card(margin=1)
            card.body.addWidget(self.table)
            self.body.addWidget(label("已登记的批复（第一行为现行）", "section"))
            self.body.addWidget(card, 1)
        else:
            self.body.addStretch(1)
        self._begin_with(sheet.proposed)
        self.number.textChanged.connect(lambda: self._number_field.set_problem(""))

    def submit(self) -> None:
        """Emit the note; what is wrong is said beside its field and the keyboard goes there."""
        if not self.number.text().strip():
            self._number_field.set_problem("请填写批复文件的文号")
            self.number.setFocus()
            return
        if not self.day.check():
            self.day.edit.setFocus()
            return
        try:
            amount = self.amount.amount_fen()
        except AmountError:
            self.amount.edit.setFocus()
            return
        self.submitted.emit(ApprovalNote(self.number.text().strip(), self.day.day(), amount))

    def _begin_with(self, note: ApprovalNote) -> None:
        self.number.setText(note.document_number)
        self.day.set_day(note.approved_on)
        if note.amount_fen is not None:
            self.amount.edit.setText(format_amount(note.amount_fen, AmountUnit.WAN_YUAN, grouped=False))


def _intro(sheet: ApprovalSheet) -> str:
    """What is noted here, and what follows from it."""
    head = f"{sheet.subject}　{sheet.task_name}"
    if sheet.corrects:
        return f"{head}。更正后的批复从现在起有效，原来登记的内容保留在下面。"
    return f"{head}。登记以后，监控和自评都以这次批复为准，不能再直接修改。"
