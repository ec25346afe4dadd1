"""Which filings an approval may be noted for (可登记批复的状态), and an approval in one line; light, for the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms import registry
from forms.form_head import FormSubject
from models.domain.filing_status import FilingStatus
from models.domain.money import AmountUnit, format_amount

if TYPE_CHECKING:
    from models.domain.approval import Approval

TARGET_FORMS = ("performance_target", "overall_expenditure_target")
"""The forms that become binding with the budget."""

ADJUSTMENT_FORM = "target_adjustment"
"""The form that changes an approved target; its own approval makes the changed target binding."""

CHAIN = (
    FilingStatus.SEALED,
    FilingStatus.RECEIVED,
    FilingStatus.IN_REVIEW,
    FilingStatus.PASSED,
    FilingStatus.ENLISTED,
    FilingStatus.APPROVED,
)
"""The steps a target takes to its approval, domain §0.3; paper that says 批复 stands for all of them."""

APPROVED = (FilingStatus.APPROVED, FilingStatus.ADJUSTED)
"""States of a target that is binding."""


def target_form_of(project_id: str) -> str:
    """The target declaration of a project, or of the unit as a whole where `project_id` is ""."""
    wanted = FormSubject.PROJECT if project_id else FormSubject.UNIT
    return next(form_id for form_id in TARGET_FORMS if registry.head(form_id).subject is wanted)


def obstacle(status: FilingStatus) -> str:
    """Why no approval can be noted for a filing in that state, "" when it can."""
    if status in CHAIN or status in (*APPROVED, FilingStatus.UNFUNDED):
        return ""
    if status is FilingStatus.REFUSED:
        return f"这份表{status.label}，不能登记批复"
    return f"这份表{status.label}，还没有报送"


def can_be_noted(form_id: str, status: FilingStatus) -> bool:
    """Whether an approval may be noted for a filing of that form in that state."""
    return form_id in (*TARGET_FORMS, ADJUSTMENT_FORM) and not obstacle(status)


def approval_words(approval: Approval) -> str:
    """An approval in a line: number, date, amount in 万元."""
    parts = [f"批复文号 {approval.document_number}"]
    if (day := approval.approved_on) is not None:
        parts.append(f"{day.year}年{day.month}月{day.day}日")
    if approval.amount_fen is not None:
        parts.append(f"批复金额 {format_amount(approval.amount_fen, AmountUnit.WAN_YUAN)} 万元")
    return "　".join(parts)
