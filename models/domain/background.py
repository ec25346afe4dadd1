"""What earlier filings and the budget say of a filing (填报背景资料), so that nothing is typed twice.

Plain records that services put together and forms read; every one of them may be absent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.domain.filing import Answers, FilingStatus


@dataclass(frozen=True, slots=True)
class ApprovedTarget:
    """A target as approved with the budget (批复的绩效目标), domain §0.3.

    `answers` are those of the target declaration in force, changed by approved adjustments;
    `amount_fen` is the approved budget in 分; `adjustments` counts the adjustments in it.
    `is_by_hand` tells that the unit noted the approval itself, from the paper.
    """

    answers: Answers
    document_number: str = ""
    approved_on: date | None = None
    amount_fen: int | None = None
    adjustments: int = 0
    is_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class PeriodFiling:
    """Monitoring of an earlier period (前期监控): its text, its last month (1…12) and its answers."""

    period: str
    month: int
    answers: Answers


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What the treasury has paid for a project (支付进度), in 分: up to a day, from a list taken in."""

    spending_fen: int
    as_of: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class UnitFiling:
    """Another filing of the same unit and budget year (同单位填报件), for overall forms and summaries.

    Amounts in 分, `score` in points, None where the form has none.
    """

    form_id: str
    project_id: str
    project_code: str
    project_name: str
    status: FilingStatus
    answers: Answers
    amount_fen: int | None = None
    score: Decimal | None = None
    grade: str = ""
    unit_code: str = ""
    unit_name: str = ""
