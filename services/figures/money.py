"""送审 and 审定 (submitted and approved): what reviews and approvals decided about the money of a filing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.domain.filing_status import FilingStatus
from models.domain.review import ReviewDecision, ReviewLevel

if TYPE_CHECKING:
    from services.kept_rows import KeptRows
    from services.ports.store import FilingOverview, UnitOfWork

_ORDER = {level: number for number, level in enumerate(ReviewLevel)}


class Decided:
    """Decisions and approvals in force of a budget year (审定情况), read once."""

    def __init__(self, work: UnitOfWork, rows: KeptRows, budget_year: int) -> None:
        self._decisions = rows.decisions(budget_year)
        self._approved = {
            (approval.unit_code, approval.project_id, approval.form_id): approval.amount_fen
            for approval in work.approvals.in_force(budget_year)
        }

    def decision(self, filing: FilingOverview) -> ReviewDecision | None:
        """The decision of the highest level on the version in force; of one level the last."""
        found = self._of_version(filing)
        return max(found, key=lambda one: (_ORDER[one.level], one.decided_at)) if found else None

    def amounts(self, filing: FilingOverview) -> tuple[int, int] | None:
        """送审 and 审定 in 分: the approved budget first, else the highest level that decided on money; None before."""
        submitted = filing.amount_fen
        if submitted is not None and filing.status is FilingStatus.UNFUNDED:
            return submitted, 0
        approved = self._approved.get((filing.unit_code, filing.project_id, filing.form_id))
        if submitted is not None and approved is not None:
            return submitted, approved
        told = [one for one in self._of_version(filing) if one.cut_fen is not None]
        last = max(told, key=lambda one: (_ORDER[one.level], one.decided_at), default=None)
        if last is None or last.submitted_fen is None or last.approved_fen is None:
            return None
        return last.submitted_fen, last.approved_fen

    def _of_version(self, filing: FilingOverview) -> list[ReviewDecision]:
        said = self._decisions.get(filing.filing_id)
        if not said:
            return []
        return [one for one in said if one.is_in_force and one.version == filing.version]
