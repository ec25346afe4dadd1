"""Approvals as a list (批复登记记录): what was noted, from which document, by whom; the one in force first."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.domain.approval import Approval
from models.domain.money import AmountUnit, format_amount
from ui.widgets.dates import full_date, full_time
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable


def _amount(approval: Approval) -> str:
    fen = approval.amount_fen
    return "" if fen is None else format_amount(fen, AmountUnit.WAN_YUAN)


def _what(approval: Approval) -> str:
    return f"第 {approval.adjustments} 次调整" if approval.adjustments else "年初批复"


COLUMNS: tuple[Column[Approval], ...] = (
    Column("预算年度", lambda approval: f"{approval.budget_year}年"),
    Column("内容", _what),
    Column("批复文号", lambda approval: approval.document_number, share=1),
    Column("批复日期", lambda approval: full_date(approval.approved_on) if approval.approved_on else ""),
    Column("批复金额（万元）", _amount, is_right=True),
    Column("登记时间", lambda approval: full_time(approval.noted_at)),
    Column("登记人", lambda approval: approval.noted_by),
)


class ApprovalTable(RecordTable[Approval]):
    """Approvals of one project or unit (批复登记记录); `of_one_year` leaves the year out, it stands above then."""

    def __init__(self, parent: QWidget | None = None, *, of_one_year: bool = False) -> None:
        super().__init__(COLUMNS[1:] if of_one_year else COLUMNS, parent)
        self.setAccessibleName("批复登记记录")
