"""Review of filings (审核): who looks at them level by level, what was decided, and what was remarked where.

Domain §0.2 and §0.3: department → office → performance office → leader. Decisions are only ever appended to; one
that is taken back stays on record with its reason (F70).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime


class ReviewLevel(enum.StrEnum):
    """A level of review (审核层级), in the order a filing goes through them."""

    DEPARTMENT = "department"
    OFFICE = "office"
    PERFORMANCE = "performance"
    LEADER = "leader"

    @property
    def label(self) -> str:
        """主管部门审核, 业务股室初审, 绩效股复审, 分管领导审定; a kit may name them otherwise."""
        return _LEVEL_LABELS[self]


_LEVEL_LABELS = {
    ReviewLevel.DEPARTMENT: "主管部门审核",
    ReviewLevel.OFFICE: "业务股室初审",
    ReviewLevel.PERFORMANCE: "绩效股复审",
    ReviewLevel.LEADER: "分管领导审定",
}


class ReviewOutcome(enum.StrEnum):
    """What a level decides (审核结论)."""

    PASS = "pass"
    RETURN = "return"
    RECHECK = "recheck"
    REFUSE = "refuse"

    @property
    def label(self) -> str:
        """审核通过, 退回修改, 列入复核, 不予通过 (a target rated 差, a project that is not supported)."""
        return _OUTCOME_LABELS[self]


_OUTCOME_LABELS = {
    ReviewOutcome.PASS: "审核通过",
    ReviewOutcome.RETURN: "退回修改",
    ReviewOutcome.RECHECK: "列入复核",
    ReviewOutcome.REFUSE: "不予通过",
}


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """Where the review of one submission stands (审核件).

    `version` is the filing's version under review; `level` the level whose turn it is, None when all have
    decided or the filing was returned. `office` is the bureau office in charge, `assigned_to` the id of the person
    it was given to, "" for anyone of that level. `revision` guards against two reviewers: 0 while never
    saved.
    """

    filing_id: str
    version: int
    level: ReviewLevel | None
    office: str = ""
    assigned_to: str = ""
    revision: int = 0
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """One decision (审核决定). Amounts in 分: `submitted_fen` 送审, `approved_fen` 审定; their difference is 审减.

    `grade` and `points` (text, as scores travel) are those of a target review or a re-score, "" where the
    form has none; `conclusion` is that of an ex-ante evaluation (予以支持…). `is_signed_elsewhere` marks an
    opinion that came on a sheet or in a department's package.
    """

    decision_id: str
    filing_id: str
    version: int
    level: ReviewLevel
    outcome: ReviewOutcome
    opinion: str
    decided_by: str
    decided_at: datetime
    grade: str = ""
    points: str = ""
    conclusion: str = ""
    submitted_fen: int | None = None
    approved_fen: int | None = None
    is_signed_elsewhere: bool = False
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_reason: str = ""

    @property
    def is_in_force(self) -> bool:
        """Whether it was not taken back."""
        return self.withdrawn_at is None

    @property
    def cut_fen(self) -> int | None:
        """审减: what was cut, None where an amount is missing."""
        if self.submitted_fen is None or self.approved_fen is None:
            return None
        return self.submitted_fen - self.approved_fen


_OPINION = "opinion-"


def opinion_id(filing_id: str, version: int) -> str:
    """The general opinion of a return as a remark (总体意见的编号), the same at the desk that returned and the unit's."""
    return f"{_OPINION}{filing_id}-{version}"


class CommentState(enum.StrEnum):
    """State of a remark (意见状态)."""

    OPEN = "open"
    ANSWERED = "answered"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """未处理, 已答复, 已解决, 已撤回."""
        return {"open": "未处理", "answered": "已答复", "settled": "已解决", "withdrawn": "已撤回"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """A remark anchored to a place of a form (审核意见), and its answer.

    `place` is a path of answers (`indicators/r3/planned_value`), "" for the form as a whole; `label` says the
    place in words as the reviewer saw it. `seen` is the value that was remarked on, as text, `proposed` what the
    reviewer would write there, "" for no proposal. `is_compulsory` asks for a change or an answer before
    the form may be sent again.
    """

    comment_id: str
    filing_id: str
    version: int
    level: ReviewLevel
    place: str
    label: str
    text: str
    author: str
    made_at: datetime
    seen: str = ""
    proposed: str = ""
    is_compulsory: bool = True
    state: CommentState = CommentState.OPEN
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    settled_at: datetime | None = None

    @property
    def is_opinion(self) -> bool:
        """Whether it is what a return says of the whole form (总体意见)."""
        return self.comment_id.startswith(_OPINION)
