"""Reviews in the store (审核的存取): where each review stands, decisions and remarks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from models.domain.review import ReviewComment, ReviewDecision, ReviewFile, ReviewLevel


class ReviewRepository(Protocol):
    """Reviews of filings (审核)."""

    def file(self, filing_id: str) -> ReviewFile | None:
        """Where the review of a filing stands; None while there is none."""
        ...

    def files(self, level: ReviewLevel | None = None) -> Sequence[ReviewFile]:
        """Every review, or those whose turn a level is, by filing id."""
        ...

    def files_of(self, filing_ids: Collection[str]) -> Sequence[ReviewFile]:
        """The reviews of some filings, in no order."""
        ...

    def save_file(self, file: ReviewFile, *, expected_revision: int | None) -> ReviewFile:
        """Insert (expected None) or update when the stored revision is the expected one; the saved review.

        The first save gives revision 1. Raises RevisionConflict when another reviewer was faster, and changes nothing
        then.
        """
        ...

    def add_decision(self, decision: ReviewDecision) -> None:
        """Keep a decision; none is ever replaced."""
        ...

    def decisions(self, filing_ids: Sequence[str] | None = None) -> Sequence[ReviewDecision]:
        """Decisions on some filings or on all, oldest first, those taken back among them."""
        ...

    def decisions_of_year(self, budget_year: int) -> Sequence[ReviewDecision]:
        """Decisions on all filings of a budget year, oldest first, those taken back among them."""
        ...

    def withdraw_decision(self, decision_id: str, at: datetime, by: str, reason: str) -> None:
        """Take a decision back; it stays on record. StorageProblem when there is none in force of that id."""
        ...

    def put_comment(self, comment: ReviewComment) -> None:
        """Add or replace a remark by its id."""
        ...

    def comments(self, filing_ids: Sequence[str] | None = None) -> Sequence[ReviewComment]:
        """Remarks on some filings or on all, oldest first."""
        ...
