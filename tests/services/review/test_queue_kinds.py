"""Lines of one kind answer every filter alike: a filter is asked once a kind, never once a line."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from itertools import product

from models.domain.filing_status import FilingStatus
from models.domain.project import Unit
from models.domain.review import (
    CommentState,
    ReviewComment,
    ReviewDecision,
    ReviewFile,
    ReviewLevel,
    ReviewOutcome,
)
from services.ports.filing_lists import FilingOverview
from services.review import queue_book
from services.review.queue import QueueFilter, QueueLine, QueueQuery, fits, is_of

_AT = datetime(2026, 9, 15, tzinfo=UTC)
_UNIT = Unit("901001", "测量镇人民政府")


def _decisions(outcome: ReviewOutcome | None, version: int, withdrawn: bool) -> tuple[ReviewDecision, ...]:
    if outcome is None:
        return ()
    at = _AT if withdrawn else None
    return (
        ReviewDecision(
            "d", "f", version, ReviewLevel.OFFICE, outcome, "同意。", "张敏", _AT, withdrawn_at=at
        ),
    )


def _comments(state: CommentState | None) -> tuple[ReviewComment, ...]:
    if state is None:
        return ()
    return (
        ReviewComment("c", "f", 2, ReviewLevel.OFFICE, "", "整张表", "请核对。", "张敏", _AT, state=state),
    )


def _lines() -> list[QueueLine]:
    """A line of everything a filter may look at, in every combination."""
    decided = [(None, 2, False), *product((ReviewOutcome.PASS, ReviewOutcome.RECHECK), (1, 2), (False, True))]
    return [
        QueueLine(
            FilingOverview("f", "t", "form", "", "901001", 2027, status, 2, None, _AT, 100, blocking, 0),
            _UNIT,
            None,
            ReviewFile("f", 2, level),
            (),
            _decisions(*said),
            _comments(state),
            unsigned,
            awaits,
            precede,
        )
        for status, level, blocking, said, state, unsigned, awaits, precede in product(
            (FilingStatus.RECEIVED, FilingStatus.PASSED),
            (None, ReviewLevel.OFFICE),
            (0, 1),
            decided,
            (None, CommentState.OPEN, CommentState.ANSWERED, CommentState.SETTLED),
            (False, True),
            (False, True),
            (False, True),
        )
    ]


def test_lines_of_a_kind_answer_alike():
    by_kind: dict[object, set[tuple[bool, ...]]] = defaultdict(set)
    for line in _lines():
        answers = *(fits(line, QueueQuery(shown)) for shown in QueueFilter), is_of(line, None)
        by_kind[queue_book._kind(line)].add(answers)
    assert len({answer for answers in by_kind.values() for answer in answers}) > 50
    assert [answers for answers in by_kind.values() if len(answers) > 1] == []
