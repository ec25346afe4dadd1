"""States of a filing and how it goes from one to the other (填报件状态): apart from the filing itself, for lists."""

from __future__ import annotations

import enum
from collections.abc import Mapping


class FilingStatus(enum.StrEnum):
    """State of a filing (填报件状态), domain §0.3 and glossary 91."""

    DRAFT = "draft"
    SEALED = "sealed"
    RECEIVED = "received"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    REFUSED = "refused"
    PASSED = "passed"
    ENLISTED = "enlisted"
    APPROVED = "approved"
    UNFUNDED = "unfunded"
    ADJUSTED = "adjusted"
    EXEMPT = "exempt"

    @property
    def label(self) -> str:
        """The word people see."""
        return _STATUS_LABELS[self]

    @property
    def is_editable(self) -> bool:
        """Whether the clerk may change answers in this state."""
        return self in (FilingStatus.DRAFT, FilingStatus.RETURNED)


_STATUS_LABELS = {
    FilingStatus.DRAFT: "填报中",
    FilingStatus.SEALED: "已封装",
    FilingStatus.RECEIVED: "已接收",
    FilingStatus.IN_REVIEW: "审核中",
    FilingStatus.RETURNED: "退回修改",
    FilingStatus.REFUSED: "不予通过",
    FilingStatus.PASSED: "审核通过",
    FilingStatus.ENLISTED: "已入库",
    FilingStatus.APPROVED: "已批复",
    FilingStatus.UNFUNDED: "未安排预算",
    FilingStatus.ADJUSTED: "已调整",
    FilingStatus.EXEMPT: "无需填报",
}

_MOVES: Mapping[FilingStatus, frozenset[FilingStatus]] = {
    # Returned while it is being changed already: what the clerk wrote stays.
    FilingStatus.DRAFT: frozenset({FilingStatus.SEALED, FilingStatus.RETURNED, FilingStatus.EXEMPT}),
    FilingStatus.EXEMPT: frozenset({FilingStatus.DRAFT}),
    FilingStatus.SEALED: frozenset({FilingStatus.DRAFT, FilingStatus.RECEIVED, FilingStatus.RETURNED}),
    FilingStatus.RECEIVED: frozenset({FilingStatus.IN_REVIEW, FilingStatus.RETURNED, FilingStatus.DRAFT}),
    # Back to 已接收, and from 退回修改 back to review: a decision was taken back before anybody was told.
    FilingStatus.IN_REVIEW: frozenset(
        {FilingStatus.RETURNED, FilingStatus.REFUSED, FilingStatus.PASSED, FilingStatus.RECEIVED}
    ),
    # Where a unit was told so; it opens again only by a return, or goes on where the refusal was taken back.
    FilingStatus.REFUSED: frozenset({FilingStatus.RETURNED, FilingStatus.PASSED}),
    FilingStatus.RETURNED: frozenset({FilingStatus.DRAFT, FilingStatus.SEALED, FilingStatus.IN_REVIEW}),
    FilingStatus.PASSED: frozenset({FilingStatus.IN_REVIEW, FilingStatus.ENLISTED}),
    FilingStatus.ENLISTED: frozenset({FilingStatus.APPROVED, FilingStatus.UNFUNDED, FilingStatus.PASSED}),
    FilingStatus.APPROVED: frozenset({FilingStatus.ADJUSTED}),
    FilingStatus.UNFUNDED: frozenset({FilingStatus.APPROVED}),
    FilingStatus.ADJUSTED: frozenset({FilingStatus.ADJUSTED}),
}


def may_move(before: FilingStatus, after: FilingStatus) -> bool:
    """Whether a filing may go from one state to the other (state chain of domain §0.3)."""
    return after in _MOVES[before]
