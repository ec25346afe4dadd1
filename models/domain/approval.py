"""Approvals of targets (绩效目标批复): which target became binding with which document, domain §0.3.

An approval is never changed: a correction, or an adjustment during the year, is another one after it, and
the last one is in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.domain.background import ApprovedTarget
from models.domain.filing import Answers


@dataclass(frozen=True, slots=True)
class Approval:
    """One approval as noted at a desk (批复登记).

    `project_id` is "" for a unit as a whole; `form_id` that of the target declaration; `amount_fen` the
    approved budget in 分, None where the document names none; `answers` the whole declaration in force from
    then on; `adjustments` counts the adjustments of the year in it; `is_by_hand` when the unit typed it from
    the paper; `noted_at` is timezone-aware.
    """

    unit_code: str
    project_id: str
    budget_year: int
    form_id: str
    document_number: str
    approved_on: date | None
    amount_fen: int | None
    answers: Answers
    noted_at: datetime
    noted_by: str = ""
    adjustments: int = 0
    is_by_hand: bool = False

    @property
    def target(self) -> ApprovedTarget:
        """The approved target as forms see it."""
        return ApprovedTarget(
            self.answers,
            self.document_number,
            self.approved_on,
            self.amount_fen,
            self.adjustments,
            self.is_by_hand,
        )
