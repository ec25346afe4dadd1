"""审核结果 that reach the unit in a 批复通知: refused (不予通过) with the reviewer's opinion, or passed after all.

Passing review needs no message of its own, domain §0.3; a refusal does, since nothing follows it. Where a refusal was
taken back after the unit had been told and the form then passed, that is told as well. They travel under a key of their
own, in a notice without approvals: a program that does not know the key finds nothing in the notice and refuses it,
instead of taking a refused target for one that got no money.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from models.domain.errors import InputError
from models.domain.filing import Filing, FilingStatus, may_move
from models.domain.message import MessageType
from models.domain.review import ReviewLevel
from services.approval_states import TARGET_FORMS
from services.ex_ante import EX_ANTE_FORM
from services.one_line import MAX_NAME, one_line
from services.ports.store import FilingOverview, UnitOfWork
from services.received import RECEIVED
from services.workspaces import Workspace

KEY = "reviewed"
"""Where results stand in the payload, and in the note of a notice taken in."""

REFUSABLE = (*TARGET_FORMS, EX_ANTE_FORM)
"""Forms that review may refuse."""

FOR_UNIT = "for_unit"
"""Direction of a message that a department only hands on."""

_LONGEST = 2000
_STEPS = (FilingStatus.SEALED, FilingStatus.RECEIVED, FilingStatus.IN_REVIEW, FilingStatus.PASSED)
_TEXTS = ("filing_id", "form_id", "result", "level", "opinion", "decided_by", "decided_at", "decision_id")
_COUNTS = ("version", "budget_year")


class Result(enum.StrEnum):
    """What review came to (审核结果), as a notice tells it."""

    REFUSED = "refused"
    PASSED = "passed"

    @property
    def status(self) -> FilingStatus:
        """The state that a form it is told of gets."""
        return FilingStatus.REFUSED if self is Result.REFUSED else FilingStatus.PASSED

    @property
    def label(self) -> str:
        """不予通过, 审核通过."""
        return self.status.label


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """The result of a version's review (审核结果), with who decided and the opinion."""

    filing_id: str
    version: int
    form_id: str
    budget_year: int
    result: Result
    level: ReviewLevel
    opinion: str
    decided_by: str
    decided_at: datetime
    decision_id: str

    def words(self, workspace: Workspace) -> str:
        """Opinion, person and day, for the people of a desk."""
        at = workspace.local(self.decided_at)
        opinion = " ".join(self.opinion.split())
        return f"{self.level.label}意见：{opinion}（{self.decided_by}，{at.year}年{at.month}月{at.day}日）"


def result_json(told: ReviewResult) -> dict[str, Any]:
    """A result as it travels and as it is kept."""
    return {
        "filing_id": told.filing_id,
        "version": told.version,
        "form_id": told.form_id,
        "budget_year": told.budget_year,
        "result": told.result.value,
        "level": told.level.value,
        "opinion": told.opinion,
        "decided_by": told.decided_by,
        "decided_at": told.decided_at.isoformat(),
        "decision_id": told.decision_id,
    }


def results_in(payload: Mapping[str, Any], path: Path) -> tuple[ReviewResult, ...]:
    """The results a notice tells, none where it has no such key; InputError when they are not as the format says."""
    found = payload.get(KEY, [])
    results = [_result(item) for item in found] if isinstance(found, list) else [None]
    sound = tuple(one for one in results if one is not None)
    if len(sound) != len(results) or len({one.filing_id for one in sound}) != len(sound):
        raise InputError("批复通知的内容不完整", "请向财政部门重新索取", path.name)
    return sound


def note_results(
    workspace: Workspace, work: UnitOfWork, results: Sequence[ReviewResult]
) -> tuple[dict[Result, int], tuple[str, ...]]:
    """Note results within a unit of work: how many of each are in force now, and why others were left alone."""
    noted, left = dict.fromkeys(Result, 0), []
    newest = _newest(_kept(work)) if results else {}
    for told in results:
        filing = work.filings.get(told.filing_id)
        if filing is None:
            left.append("有一份表不在本机")
            continue
        later = newest.get((told.filing_id, told.version))
        is_old = later is not None and later.decided_at > told.decided_at
        name = str(filing.answers.get("project_name") or "整体绩效目标")
        if (
            reason := f"“{name}”已装入过更新的审核结果"
            if is_old
            else _note(workspace, work, filing, told, name)
        ):
            left.append(reason)
        else:
            noted[told.result] += 1
    return noted, tuple(left)


def refusals(
    work: UnitOfWork, filings: Iterable[Filing] | Iterable[FilingOverview]
) -> Mapping[str, ReviewResult]:
    """What was said of those filings that stand refused, by filing; nothing is read where none does."""
    refused = {item.filing_id: item.version for item in filings if item.status is FilingStatus.REFUSED}
    if not refused:
        return {}
    said = _newest(one for one in _kept(work) if one.result is Result.REFUSED)
    return {key: said[key, version] for key, version in refused.items() if (key, version) in said}


def _newest(results: Iterable[ReviewResult]) -> dict[tuple[str, int], ReviewResult]:
    """The last result of each version; of two made at once the one that came later."""
    found: dict[tuple[str, int], ReviewResult] = {}
    for one in results:
        before = found.get((one.filing_id, one.version))
        if before is None or before.decided_at <= one.decided_at:
            found[one.filing_id, one.version] = one
    return found


def _kept(work: UnitOfWork) -> Iterator[ReviewResult]:
    """Every result that came to this desk, in the order it came."""
    for direction in (RECEIVED, FOR_UNIT):
        for record in reversed(work.packages.find(direction, MessageType.APPROVAL.value)):
            for item in record.verdict.get(KEY, ()):
                if (one := _result(item)) is not None:
                    yield one


def _note(workspace: Workspace, work: UnitOfWork, filing: Filing, told: ReviewResult, name: str) -> str:
    """Note one result; the reason when the filing is left alone, "" when done.

    As with approvals, what counts is the version that was sent: a form reopened since keeps what the clerk writes.
    """
    if filing.form_id not in REFUSABLE or filing.form_id != told.form_id:
        return f"“{name}”不是绩效目标申报表或事前绩效评估表"
    if filing.version != told.version or filing.status.is_editable:
        return f"“{name}”报送后又改过，{told.result.label}的是第 {told.version} 版"
    wanted, now = told.result.status, workspace.tools.clock.now()
    status = filing.status
    if status is wanted:
        return ""
    if status not in (*_STEPS, FilingStatus.REFUSED):
        return f"“{name}”{status.label}，与“{told.result.label}”不符，请与财政部门核对"
    while not may_move(status, wanted):
        back = status is FilingStatus.PASSED
        status = FilingStatus.IN_REVIEW if back else _STEPS[_STEPS.index(status) + 1]
        work.filings.set_status(filing.filing_id, status, now)
    work.filings.set_status(filing.filing_id, wanted, now)
    return ""


def _result(item: Any) -> ReviewResult | None:
    """One result as it travels; None when it is not built as the format says."""
    if not isinstance(item, dict) or not all(isinstance(item.get(key), str) for key in _TEXTS):
        return None
    if any(type(item.get(key)) is not int for key in _COUNTS):
        return None
    decided_at = _moment(item["decided_at"])
    if item["result"] not in set(Result) or item["level"] not in set(ReviewLevel) or decided_at is None:
        return None
    if item["result"] == Result.REFUSED and not item["opinion"].strip():
        return None
    return ReviewResult(
        filing_id=item["filing_id"],
        version=item["version"],
        form_id=item["form_id"],
        budget_year=item["budget_year"],
        result=Result(item["result"]),
        level=ReviewLevel(item["level"]),
        opinion=item["opinion"][:_LONGEST],
        decided_by=one_line(item["decided_by"])[:MAX_NAME],
        decided_at=decided_at,
        decision_id=item["decision_id"][:MAX_NAME],
    )


def _moment(text: str) -> datetime | None:
    """A moment with its zone; None when it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
