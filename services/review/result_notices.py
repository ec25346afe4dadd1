"""Which results of review a unit is to be told (待通知的审核结果): refusals, and what a refusal told became instead.

Told once per version and decision. A refusal taken back before anybody was told is never told; one taken back
afterwards is followed by its own result: a return slip, an approval, or, where the form passed, that it passed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from models.domain.filing import Filing, FilingStatus
from models.domain.review import ReviewDecision, ReviewLevel, ReviewOutcome
from services.ports.store import UnitOfWork
from services.review_results import REFUSABLE, Result, ReviewResult

REMEDY = "不予通过的表不再修改；财政部门撤回并退回修改的，按退回修改通知办理，改为审核通过的另行通知。"
"""What the page says below the list."""

_PASSED = (FilingStatus.PASSED, FilingStatus.ENLISTED)


def mark_of(told: ReviewResult) -> str:
    """What tells one result from another in the notes of what was sent."""
    return f"{_beginning(told.filing_id, told.version, told.result)}{told.decision_id}"


def results_to_tell(
    work: UnitOfWork, filings: Sequence[Filing], told: Collection[str]
) -> Mapping[str, ReviewResult]:
    """The results in force that units do not know, by filing; `told` are the marks of what they know."""
    beginnings = {mark.rpartition("|")[0] + "|" for mark in told}
    asked = {
        filing.filing_id: (filing, wanted)
        for filing in filings
        if filing.form_id in REFUSABLE and (wanted := _possible(filing, beginnings)) is not None
    }
    said: dict[str, list[ReviewDecision]] = defaultdict(list)
    for decision in work.reviews.decisions(list(asked)) if asked else ():
        version = asked[decision.filing_id][0].version
        is_own = (
            decision.level is not ReviewLevel.DEPARTMENT
        )  # a department gives its opinion, it does not decide
        if is_own and decision.is_in_force and decision.version == version:
            said[decision.filing_id].append(decision)
    results = {}
    for filing_id, (filing, wanted) in asked.items():
        result = _result(filing, wanted, said[filing_id])
        if result is not None and mark_of(result) not in told:
            results[filing_id] = result
    return results


def _possible(filing: Filing, beginnings: Collection[str]) -> Result | None:
    """The result a filing may have to be told with, by its state and what was told of this version."""
    if filing.status is FilingStatus.IN_REVIEW:
        return Result.REFUSED
    was_refused = _beginning(filing.filing_id, filing.version, Result.REFUSED) in beginnings
    return Result.PASSED if filing.status in _PASSED and was_refused else None


def _result(filing: Filing, wanted: Result, said: Sequence[ReviewDecision]) -> ReviewResult | None:
    """The bureau's last decision on the version, where it is the one in question."""
    last = said[-1] if said else None
    is_refusal = last is not None and last.outcome is ReviewOutcome.REFUSE
    if last is None or is_refusal is not (wanted is Result.REFUSED):
        return None
    return ReviewResult(
        filing.filing_id,
        filing.version,
        filing.form_id,
        filing.budget_year,
        wanted,
        last.level,
        last.opinion,
        last.decided_by,
        last.decided_at,
        last.decision_id,
    )


def _beginning(filing_id: str, version: int, result: Result) -> str:
    """How the marks of a version's results begin."""
    return f"{filing_id}|{version}|{result.value}|"
