"""Deciding on filings (审核决定): one level after the other, alone or many at once, every decision reversible.

Domain §0.3: passing review is not approval. The last level's 审核通过 makes a filing 审核通过; 入库 and 批复 come after
and are other things (`services.review.enlisting`, `services.review.approving`).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.domain.desk_user import DeskUser
from models.domain.errors import DeskError, InputError, RevisionConflict
from models.domain.filing import Filing, FilingStatus, may_move
from models.domain.project import Unit
from models.domain.review import CommentState, ReviewDecision, ReviewFile, ReviewLevel, ReviewOutcome
from models.domain.review_rule import ReviewRule, ReviewStep
from services.changes import Topic
from services.ex_ante import conclusions_of
from services.handed_out import handed_out
from services.permissions import NotAllowed, note_refusal, require_level
from services.ports.store import UnitOfWork
from services.review.assignments import assignments
from services.review.rules import (
    awaits_department,
    level_after,
    review_of,
    review_rule,
    steps_at,
    waiting_words,
)
from services.review.scores import grading_rule, points_of, refuse_unexplained, settled_grade
from services.workspaces import DeskRole, Workspace

WHERE = "审核"
OPEN = (FilingStatus.RECEIVED, FilingStatus.IN_REVIEW)
"""States in which a level may decide."""


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """What a reviewer decides (审核意见); grade, points, conclusion and amounts (分) where the form has them.

    `is_signed_elsewhere` marks one that came on an office's sheet.
    """

    outcome: ReviewOutcome
    opinion: str
    grade: str = ""
    points: str = ""
    conclusion: str = ""
    submitted_fen: int | None = None
    approved_fen: int | None = None
    is_signed_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of many decided at once (批量审核结果); `refused` says of each why it was left alone."""

    decided: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A filing with what decides on it (审核现状)."""

    filing: Filing
    unit: Unit
    rule: ReviewRule
    file: ReviewFile
    steps: tuple[ReviewStep, ...]

    @property
    def step(self) -> ReviewStep | None:
        """The step whose turn it is."""
        return next((step for step in self.steps if step.level is self.file.level), None)


def standing(workspace: Workspace, work: UnitOfWork, filing_id: str) -> Standing:
    """Where a filing's review stands; InputError when it cannot be reviewed here."""
    known = handed_out(workspace)
    filing = work.filings.get(filing_id)
    kit = known.kit_of(filing.task_id) if filing else None
    unit = known.unit(filing.unit_code) if filing else None
    if filing is None or kit is None or unit is None:
        raise InputError("找不到这份表，或任务参数包里已没有它的任务", "请刷新列表后再试", WHERE)
    years = work.projects.years(filing.project_id) if filing.project_id else ()
    offices = [year.bureau_office for year in years if year.budget_year == filing.budget_year]
    office = next(iter(offices), "") or unit.bureau_office
    rule, desk = review_rule(kit), workspace.profile.role
    kept = work.reviews.file(filing_id)
    file = assignments(work).settled(review_of(kept, filing, rule, unit, office, desk), unit.code, office)
    return Standing(filing, unit, rule, file, steps_at(rule, filing.form_id, unit, desk))


def decide(
    workspace: Workspace, who: DeskUser, filing_id: str, seen_revision: int, draft: DecisionDraft
) -> ReviewFile:
    """Decide at the level whose turn it is. `seen_revision` is the review's as the reviewer saw it.

    NotAllowed when the reviewer may not; InputError when something is missing; RevisionConflict when another was faster.
    """
    try:
        with workspace.store.writing() as work:
            saved = _decide(workspace, work, who, filing_id, seen_revision, draft)
            work.commit()
    except NotAllowed as refused:
        note_refusal(workspace, who, refused, filing_id)
        raise
    workspace.changes.tell(Topic.FILINGS)
    return saved


def decide_many(
    workspace: Workspace, who: DeskUser, chosen: Sequence[tuple[str, int]], draft: DecisionDraft
) -> BulkResult:
    """The same decision on many filings, each in its own transaction: one that cannot be decided stops no other."""
    decided, refused = [], []
    for filing_id, seen in chosen:
        try:
            with workspace.store.writing() as work:
                _decide(workspace, work, who, filing_id, seen, draft)
                work.commit()
            decided.append(filing_id)
        except DeskError as problem:
            refused.append((filing_id, problem.sentence))
    workspace.changes.tell(Topic.FILINGS)
    return BulkResult(tuple(decided), tuple(refused))


def _decide(
    workspace: Workspace,
    work: UnitOfWork,
    who: DeskUser,
    filing_id: str,
    seen_revision: int,
    draft: DecisionDraft,
) -> ReviewFile:
    stands = standing(workspace, work, filing_id)
    if stands.file.revision != seen_revision:
        raise RevisionConflict("这份表刚刚由另一位审核人员处理过", "请重新打开这份表，看过对方的意见后再处理")
    require_level(work, who, turn_of(stands), stands.file)
    return record(workspace, work, who, stands, draft)


def turn_of(stands: Standing) -> ReviewStep:
    """The step that decides now; InputError when there is none."""
    if stands.step is None or stands.filing.status not in OPEN:
        said = f"这份表{stands.filing.status.label}，现在没有待审的环节"
        raise InputError(said, "请刷新列表后再试", WHERE)
    return stands.step


def record(
    workspace: Workspace, work: UnitOfWork, who: DeskUser, stands: Standing, draft: DecisionDraft
) -> ReviewFile:
    """Keep the decision of the level whose turn it is and take the filing on; who may was asked before.

    InputError when something is missing; RevisionConflict when another was faster.
    """
    precedes = refuse_incomplete(workspace, work, stands, draft)
    now, filing, file = workspace.tools.clock.now(), stands.filing, stands.file
    assert file.level is not None, "refused above"
    decision = _decision(stands, who, draft, now)
    work.reviews.add_decision(decision)
    goes_on = draft.outcome in (ReviewOutcome.PASS, ReviewOutcome.RECHECK)
    after = level_after(stands.rule, filing.form_id, stands.unit, workspace.profile.role, file.level)
    level = after if goes_on else None
    saved = work.reviews.save_file(
        replace(file, level=level, assigned_to="", updated_at=now), expected_revision=file.revision or None
    )
    if draft.outcome is ReviewOutcome.RETURN:
        target = FilingStatus.RETURNED
    else:
        target = FilingStatus.PASSED if goes_on and level is None else FilingStatus.IN_REVIEW
    move(workspace, work, filing, target)
    detail = {"version": filing.version, "level": decision.level.value, "outcome": decision.outcome.value}
    said = f"{stands.step.shown_title if stands.step else WHERE}：{draft.outcome.label}"
    if precedes:
        said += "（主管部门审核前先行办理）"
    work.audit.append(now, who.name, "review", filing.filing_id, said, detail)
    return saved


def _decision(stands: Standing, who: DeskUser, draft: DecisionDraft, now: datetime) -> ReviewDecision:
    """The record of a decision on the level whose turn it is."""
    assert stands.file.level is not None, "checked before"
    return ReviewDecision(
        decision_id=secrets.token_hex(8),
        filing_id=stands.filing.filing_id,
        version=stands.filing.version,
        level=stands.file.level,
        outcome=draft.outcome,
        opinion=draft.opinion.strip(),
        decided_by=who.name,
        decided_at=now,
        grade=draft.grade,
        points=draft.points,
        conclusion=draft.conclusion,
        submitted_fen=draft.submitted_fen,
        approved_fen=draft.approved_fen,
        is_signed_elsewhere=draft.is_signed_elsewhere,
    )


def move(workspace: Workspace, work: UnitOfWork, filing: Filing, target: FilingStatus) -> None:
    """Take a filing to a state along its chain, through 审核中 where it has not been there."""
    status, now = filing.status, workspace.tools.clock.now()
    if status is target:
        return
    if not may_move(status, target) and status is FilingStatus.RECEIVED:
        work.filings.set_status(filing.filing_id, FilingStatus.IN_REVIEW, now)
        status = FilingStatus.IN_REVIEW
    if not may_move(status, target):
        raise InputError(f"这份表{status.label}，不能改为“{target.label}”", "请刷新列表后再试", WHERE)
    work.filings.set_status(filing.filing_id, target, now)


def _precedes(work: UnitOfWork, stands: Standing, draft: DecisionDraft) -> bool:
    """Whether this decision comes before the department's; InputError where it may not, or no reason is given."""
    filing = stands.filing
    is_unsigned = any(paper.version == filing.version for paper in work.papers.of(filing.filing_id))
    decisions = work.reviews.decisions([filing.filing_id])
    if not awaits_department(stands.rule, filing, stands.unit, decisions, is_unsigned=is_unsigned):
        return False
    what, remedy = waiting_words(stands.unit)
    if not stands.rule.bureau_may_precede:
        raise InputError(what, remedy, WHERE)
    if not draft.opinion.strip():
        raise InputError(what, "确需先行办理的，请在审核意见里写明理由", WHERE)
    return True


def _refuse_contradiction(workspace: Workspace, filing: Filing, draft: DecisionDraft) -> None:
    """Points and grade agree, and the grade does not bar what was decided: one rule for the page and the sheets."""
    if draft.points:
        points_of(draft.points)
    kit = handed_out(workspace).kit_of(filing.task_id)
    rule = grading_rule(filing.form_id, filing.budget_year, kit) if kit else None
    settled_grade(rule, draft.points, draft.grade, draft.outcome)


def _refuse_unsupported(workspace: Workspace, filing: Filing, draft: DecisionDraft) -> None:
    """What is concluded not to be supported does not pass (domain §0.3)."""
    if draft.outcome is not ReviewOutcome.PASS or not draft.conclusion:
        return
    kit = handed_out(workspace).kit_of(filing.task_id)
    scheme = kit.ex_ante_scheme if kit else None
    band = scheme.band(draft.conclusion) if scheme else None
    if band is not None and not band.is_support:
        raise InputError(f"结论是“{draft.conclusion}”，不能审核通过", "请选“不予通过”，或改定结论", WHERE)


def _refuse_unconcluded(
    workspace: Workspace, work: UnitOfWork, stands: Standing, step: ReviewStep, draft: DecisionDraft
) -> None:
    """The bureau's last level passes no ex-ante evaluation on which nobody here has concluded anything (domain §0.3)."""
    filing, desk = stands.filing, workspace.profile.role
    if draft.outcome is not ReviewOutcome.PASS or draft.conclusion or desk is not DeskRole.BUREAU:
        return
    if level_after(stands.rule, filing.form_id, stands.unit, desk, step.level) is not None:
        return
    kit = handed_out(workspace).kit_of(filing.task_id)
    choices = conclusions_of(filing.form_id, kit) if kit else ()
    is_concluded = any(
        item.conclusion and item.is_in_force and item.version == filing.version
        for item in work.reviews.decisions([filing.filing_id])
        if item.level is not ReviewLevel.DEPARTMENT
    )
    if choices and not is_concluded:
        remedy = f"请打开这份表，选定结论（{'、'.join(choices)}）"
        raise InputError("还没有定评估结论，不能审核通过", remedy, WHERE)


def _refuse_unexplained_grade(
    work: UnitOfWork, filing: Filing, step: ReviewStep, draft: DecisionDraft
) -> None:
    """C47: another grade than the unit's own, or than the level before gave, wants words."""
    said = [
        item
        for item in work.reviews.decisions([filing.filing_id])
        if item.is_in_force and item.version == filing.version
    ]
    own = "" if filing.form_id == "target_review" else str(filing.answers.get("grade") or "")
    refuse_unexplained(step.shown_title, own, said, draft.grade, draft.opinion)


def refuse_incomplete(workspace: Workspace, work: UnitOfWork, stands: Standing, draft: DecisionDraft) -> bool:
    """Raise InputError for a decision that lacks something or that the level may not make.

    True where it comes before the department's.
    """
    step, filing = turn_of(stands), stands.filing
    if draft.outcome is ReviewOutcome.RETURN and not step.may_return:
        raise InputError(f"“{step.shown_title}”不能退回修改", "请写明意见后转下一环节", WHERE)
    comments = work.reviews.comments([filing.filing_id])
    pending = [item for item in comments if item.state is CommentState.OPEN]
    if draft.outcome is ReviewOutcome.RETURN and not (draft.opinion.strip() or pending):
        raise InputError("退回修改没有写明要改什么", "请在要改的地方写意见，或填写总的退回意见", WHERE)
    if draft.outcome is ReviewOutcome.REFUSE and not draft.opinion.strip():
        raise InputError("没有写明不予通过的理由", "请填写审核意见", WHERE)
    _refuse_contradiction(workspace, filing, draft)
    _refuse_unsupported(workspace, filing, draft)
    _refuse_unconcluded(workspace, work, stands, step, draft)
    _refuse_unexplained_grade(work, filing, step, draft)
    cut = (draft.submitted_fen, draft.approved_fen)
    if draft.approved_fen is not None and (
        draft.approved_fen < 0 or (cut[0] is not None and cut[0] < draft.approved_fen)
    ):
        raise InputError("审定金额小于 0 或大于送审金额", "请核对审定金额", WHERE)
    return workspace.profile.role is DeskRole.BUREAU and _precedes(work, stands, draft)
