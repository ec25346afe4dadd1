"""Reviews (审核的存取): one row per review with its revision; decisions and remarks beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from models.domain.errors import RevisionConflict, StorageProblem
from models.domain.review import (
    CommentState,
    ReviewComment,
    ReviewDecision,
    ReviewFile,
    ReviewLevel,
    ReviewOutcome,
)
from models.store.review_tables import review_comments, review_decisions, review_files
from models.store.row_writing import put_row
from models.store.tables import filings
from models.store.values import (
    fen_column,
    moment_column,
    optional_moment_column,
    read_moment,
    read_optional_moment,
)

_FILE = tuple(
    review_files.c[name]
    for name in ("filing_id", "version", "level", "office", "assigned_to", "revision", "updated_at")
)
_LEVELS: Mapping[str, ReviewLevel | None] = {"": None, **{level.value: level for level in ReviewLevel}}


class SqlReviews:
    """Reviews of filings (审核)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def file(self, filing_id: str) -> ReviewFile | None:
        """Where the review of a filing stands; None while there is none."""
        wanted = select(*_FILE).where(review_files.c.filing_id == filing_id)
        found = self._connection.execute(wanted).first()
        return None if found is None else _file(found)

    def files(self, level: ReviewLevel | None = None) -> Sequence[ReviewFile]:
        """Every review, or those whose turn a level is, by filing id."""
        wanted = select(*_FILE).order_by(review_files.c.filing_id)
        if level is not None:
            wanted = wanted.where(review_files.c.level == level.value)
        return [_file(row) for row in self._connection.execute(wanted).all()]

    def files_of(self, filing_ids: Collection[str]) -> Sequence[ReviewFile]:
        """The reviews of some filings, in no order."""
        wanted = select(*_FILE).where(review_files.c.filing_id.in_(filing_ids))
        return [_file(row) for row in self._connection.execute(wanted).all()]

    def save_file(self, file: ReviewFile, *, expected_revision: int | None) -> ReviewFile:
        """Insert (expected None) or update when the stored revision is the expected one; the saved review.

        Raises RevisionConflict when another reviewer was faster, and changes nothing then.
        """
        revision = 1 if expected_revision is None else expected_revision + 1
        values = {
            "version": file.version,
            "level": file.level.value if file.level else "",
            "office": file.office,
            "assigned_to": file.assigned_to,
            "revision": revision,
            "updated_at": optional_moment_column(file.updated_at),
        }
        if expected_revision is None:
            if self.file(file.filing_id) is not None:
                raise _conflict()
            self._connection.execute(insert(review_files).values(filing_id=file.filing_id, **values))
        else:
            columns = review_files.c
            own = (columns.filing_id == file.filing_id, columns.revision == expected_revision)
            if self._connection.execute(update(review_files).where(*own).values(values)).rowcount != 1:
                raise _conflict()
        saved = self.file(file.filing_id)
        assert saved is not None, "just written"
        return saved

    def add_decision(self, decision: ReviewDecision) -> None:
        """Keep a decision; none is ever replaced."""
        self._connection.execute(insert(review_decisions).values(_decision_row(decision)))

    def decisions(self, filing_ids: Sequence[str] | None = None) -> Sequence[ReviewDecision]:
        """Decisions on some filings or on all, oldest first, those taken back among them."""
        wanted = select(review_decisions).order_by(review_decisions.c.decision_number)
        if filing_ids is not None:
            wanted = wanted.where(review_decisions.c.filing_id.in_(filing_ids))
        return [_decision(row) for row in self._connection.execute(wanted)]

    def decisions_of_year(self, budget_year: int) -> Sequence[ReviewDecision]:
        """Decisions on all filings of a budget year, oldest first, those taken back among them."""
        of_year = review_decisions.c.filing_id == filings.c.filing_id
        wanted = select(review_decisions).join(filings, of_year).where(filings.c.budget_year == budget_year)
        ordered = wanted.order_by(review_decisions.c.decision_number)
        return [_decision(row) for row in self._connection.execute(ordered)]

    def withdraw_decision(self, decision_id: str, at: datetime, by: str, reason: str) -> None:
        """Take a decision back; it stays on record. StorageProblem when there is none in force of that id."""
        columns = review_decisions.c
        own = (columns.decision_id == decision_id, columns.withdrawn_at.is_(None))
        values = {"withdrawn_at": moment_column(at), "withdrawn_by": by, "withdrawn_reason": reason}
        if self._connection.execute(update(review_decisions).where(*own).values(values)).rowcount != 1:
            raise StorageProblem("这条审核决定已经撤回", "请重新打开这份表")

    def put_comment(self, comment: ReviewComment) -> None:
        """Add or replace a remark by its id."""
        put_row(self._connection, review_comments, _comment_row(comment))

    def comments(self, filing_ids: Sequence[str] | None = None) -> Sequence[ReviewComment]:
        """Remarks on some filings or on all, oldest first."""
        columns = review_comments.c
        wanted = select(review_comments).order_by(columns.made_at, columns.comment_id)
        if filing_ids is not None:
            wanted = wanted.where(columns.filing_id.in_(filing_ids))
        return [_comment(row) for row in self._connection.execute(wanted)]


def _conflict() -> RevisionConflict:
    return RevisionConflict("这份表刚刚由另一位审核人员处理过", "请重新打开这份表，看过对方的意见后再处理")


def _moment(text: str) -> datetime:
    found = read_optional_moment(text)
    assert found is not None, "the column is never NULL"
    return found


def _file(row: Row[Any]) -> ReviewFile:
    """A row of `_FILE` as a review; by place, for a queue reads a hundred thousand of them."""
    values: Sequence[Any] = row
    key, version, level, office, assigned_to, revision, at = values
    moment = None if at is None else read_moment(at)
    return ReviewFile(key, version, _LEVELS[level], office, assigned_to, revision, moment)


def _decision_row(decision: ReviewDecision) -> dict[str, Any]:
    """A decision as a row."""
    return {
        "decision_id": decision.decision_id,
        "filing_id": decision.filing_id,
        "version": decision.version,
        "level": decision.level.value,
        "outcome": decision.outcome.value,
        "opinion": decision.opinion,
        "decided_by": decision.decided_by,
        "decided_at": moment_column(decision.decided_at),
        "grade": decision.grade,
        "points": decision.points,
        "conclusion": decision.conclusion,
        "submitted_fen": fen_column(decision.submitted_fen),
        "approved_fen": fen_column(decision.approved_fen),
        "is_signed_elsewhere": int(decision.is_signed_elsewhere),
        "withdrawn_at": optional_moment_column(decision.withdrawn_at),
        "withdrawn_by": decision.withdrawn_by,
        "withdrawn_reason": decision.withdrawn_reason,
    }


def _decision(row: Row[Any]) -> ReviewDecision:
    """A row as a decision."""
    return ReviewDecision(
        decision_id=row.decision_id,
        filing_id=row.filing_id,
        version=row.version,
        level=ReviewLevel(row.level),
        outcome=ReviewOutcome(row.outcome),
        opinion=row.opinion,
        decided_by=row.decided_by,
        decided_at=_moment(row.decided_at),
        grade=row.grade,
        points=row.points,
        conclusion=row.conclusion,
        submitted_fen=row.submitted_fen,
        approved_fen=row.approved_fen,
        is_signed_elsewhere=bool(row.is_signed_elsewhere),
        withdrawn_at=read_optional_moment(row.withdrawn_at),
        withdrawn_by=row.withdrawn_by,
        withdrawn_reason=row.withdrawn_reason,
    )


def _comment_row(comment: ReviewComment) -> dict[str, Any]:
    """A remark as a row."""
    return {
        "comment_id": comment.comment_id,
        "filing_id": comment.filing_id,
        "version": comment.version,
        "level": comment.level.value,
        "place": comment.place,
        "label": comment.label,
        "text": comment.text,
        "author": comment.author,
        "made_at": moment_column(comment.made_at),
        "seen": comment.seen,
        "proposed": comment.proposed,
        "is_compulsory": int(comment.is_compulsory),
        "state": comment.state.value,
        "answer": comment.answer,
        "answered_by": comment.answered_by,
        "answered_at": optional_moment_column(comment.answered_at),
        "settled_at": optional_moment_column(comment.settled_at),
    }


def _comment(row: Row[Any]) -> ReviewComment:
    """A row as a remark."""
    return ReviewComment(
        comment_id=row.comment_id,
        filing_id=row.filing_id,
        version=row.version,
        level=ReviewLevel(row.level),
        place=row.place,
        label=row.label,
        text=row.text,
        author=row.author,
        made_at=_moment(row.made_at),
        seen=row.seen,
        proposed=row.proposed,
        is_compulsory=bool(row.is_compulsory),
        state=CommentState(row.state),
        answer=row.answer,
        answered_by=row.answered_by,
        answered_at=read_optional_moment(row.answered_at),
        settled_at=read_optional_moment(row.settled_at),
    )
