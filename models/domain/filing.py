"""A filing (填报件): one form of one project or unit for one task, with its answers and state."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Answers = Mapping[str, Any]
"""Answers by field key (填报内容): JSON values; a table is a list of rows, each a dict with `row_id`.

Amounts are integer 分 under keys ending in `_fen`, weights and rates are strings. Text that could
not be read stays as typed, so nothing a person wrote is ever lost.
"""


class FilingStatus(enum.StrEnum):
    """State of a filing (填报件状态), domain §0.3 and glossary 91."""

    DRAFT = "draft"
    SEALED = "sealed"
    RECEIVED = "received"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
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
    FilingStatus.PASSED: "审核通过",
    FilingStatus.ENLISTED: "已入库",
    FilingStatus.APPROVED: "已批复",
    FilingStatus.UNFUNDED: "未安排预算",
    FilingStatus.ADJUSTED: "已调整",
    FilingStatus.EXEMPT: "无需填报",
}

_MOVES: Mapping[FilingStatus, frozenset[FilingStatus]] = {
    FilingStatus.DRAFT: frozenset({FilingStatus.SEALED, FilingStatus.EXEMPT}),
    FilingStatus.EXEMPT: frozenset({FilingStatus.DRAFT}),
    FilingStatus.SEALED: frozenset({FilingStatus.DRAFT, FilingStatus.RECEIVED, FilingStatus.RETURNED}),
    FilingStatus.RECEIVED: frozenset({FilingStatus.IN_REVIEW, FilingStatus.RETURNED, FilingStatus.DRAFT}),
    # Back to 已接收, and from 退回修改 back to review: a decision was taken back before anybody was told.
    FilingStatus.IN_REVIEW: frozenset({FilingStatus.RETURNED, FilingStatus.PASSED, FilingStatus.RECEIVED}),
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


@dataclass(frozen=True, slots=True)
class Filing:
    """A filing (填报件). `project_id` is "" for a form of the unit as a whole.

    `version` counts submissions (第几版): 0 while never sealed, the number sealed last otherwise.
    `revision` counts saves and guards against two writers. `explanations` answer 需说明 findings by
    their explanation key. `unit_code` says whose it is, also at the bureau.
    """

    filing_id: str
    task_id: str
    form_id: str
    form_version: str
    budget_year: int
    unit_code: str
    project_id: str = ""
    status: FilingStatus = FilingStatus.DRAFT
    answers: Answers = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    version: int = 0
    revision: int = 0
    exempt_reason: str = ""
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One change of one answer (填报内容历史): place, value before and after as JSON values, when and who."""

    filing_id: str
    path: str
    before: Any
    after: Any
    changed_at: datetime
    changed_by: str = ""
