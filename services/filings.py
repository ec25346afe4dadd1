"""Filings on the clerk's desk (填报): opening, saving each batch, history, exemption, reopening."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from forms import answers as answers_of
from forms import registry
from forms.checks import catalog
from forms.checks.engine import CheckReport
from forms.context import FormContext
from forms.findings import FindingCounts, Place, count_findings, place_of
from forms.schema import FormSpec
from models.domain.approval import Approval
from models.domain.errors import InputError, RevisionConflict
from models.domain.filing import AnswerChange, Answers, Filing, FilingStatus, may_move
from models.domain.project import FilingTask
from models.domain.repeated_task import time_id, time_of
from services.approval_states import ADJUSTMENT_FORM, APPROVED, TARGET_FORMS, target_form_of
from services.changes import Topic
from services.contexts import build_context
from services.handed_in import as_handed_in
from services.indicator_library import desk_library
from services.ports.approvals import ApprovalPlace
from services.ports.store import FilingFigures, FilingQuery, UnitOfWork
from services.workspaces import Workspace

Authors = Mapping[str, tuple[Any, str]]
"""Value and person by place, of what somebody else filled in (代填人)."""


@dataclass(frozen=True)
class OpenFiling:
    """A filing opened for filling in (打开的填报件); `is_new` while it has never been saved.

    `refusal` is what the reviewer said of one that was refused (不予通过), "" for any other.
    `approval` is what an approved target, or an adjustment of one, was approved with.
    """

    filing: Filing
    form: FormSpec
    context: FormContext
    is_new: bool
    refusal: str = ""
    approval: Approval | None = None

    @property
    def title(self) -> str:
        """What the place calls the form."""
        return self.context.title(self.form)

    @property
    def next_time(self) -> FilingTask | None:
        """The task for filing this once more in the same year (再次调整); None until this time is approved."""
        task = self.context.task
        if not task.is_repeatable or self.filing.status is not FilingStatus.APPROVED:
            return None
        base, number = time_of(task.task_id)
        return self.context.kit.task(time_id(base, number + 1))


def open_filing(workspace: Workspace, task_id: str, project_id: str = "") -> OpenFiling:
    """The filing of a task and project, or a blank one that is stored with its first change."""
    kit = workspace.current_kit().kit
    task = kit.task(task_id)
    if task is None:
        raise InputError("任务参数包里没有这项任务", "请装入最新的任务参数包")
    unit = workspace.profile.unit
    with workspace.store.reading() as work:
        context = build_context(work, kit, task, unit, project_id, desk_library(workspace, work))
        found = work.filings.find(FilingQuery(unit_code=unit.code, task_id=task_id, project_id=project_id))
        refusal = _refusal(workspace, work, found)
        was_approved = _is_last_time_approved(work, unit.code, task_id, project_id)
        context = as_handed_in(work, context, found[0]) if found else context
        approval = _approval_of(work, found[0]) if found else None
    form = registry.form(task.form_id)
    if found:
        return OpenFiling(found[0], form, context, is_new=False, refusal=refusal, approval=approval)
    if not was_approved:
        raise InputError("上一次调整还没有登记批复", "请先登记上一次的批复，再办理下一次")
    return OpenFiling(_blank(form, context, project_id), form, context, is_new=True)


def _refusal(workspace: Workspace, work: UnitOfWork, found: Sequence[Filing]) -> str:
    """The opinion on a filing that was refused, in words."""
    if not found or found[0].status is not FilingStatus.REFUSED:
        return ""
    from services.review_results import refusals  # only where any was refused

    return next((told.words(workspace) for told in refusals(work, found[:1]).values()), "")


def _approval_of(work: UnitOfWork, filing: Filing) -> Approval | None:
    """What makes a filing binding: of a target the approval in force, of an adjustment the one it led to."""
    if filing.status not in APPROVED or filing.form_id not in (*TARGET_FORMS, ADJUSTMENT_FORM):
        return None
    form_id = target_form_of(filing.project_id)
    place = ApprovalPlace(filing.unit_code, filing.project_id, filing.budget_year, form_id)
    number = time_of(filing.task_id)[1] if filing.form_id == ADJUSTMENT_FORM else None
    approvals = work.approvals.of(place)
    return next((one for one in approvals if number in (None, one.adjustments)), None)


def _is_last_time_approved(work: UnitOfWork, unit_code: str, task_id: str, project_id: str) -> bool:
    """Whether what a further time stands on is binding; a first time stands on nothing."""
    base, number = time_of(task_id)
    if number == 1:
        return True
    before = FilingQuery(unit_code=unit_code, task_id=time_id(base, number - 1), project_id=project_id)
    return any(filing.status is FilingStatus.APPROVED for filing in work.filings.overview(before))


def _blank(form: FormSpec, context: FormContext, project_id: str) -> Filing:
    """A filing that nobody has written in yet."""
    return Filing(
        filing_id=f"F{secrets.token_hex(10)}",
        task_id=context.task.task_id,
        form_id=form.form_id,
        form_version=form.version,
        budget_year=context.budget_year,
        unit_code=context.unit.code,
        project_id=project_id,
        answers=answers_of.blank_answers(form, context),
    )


def check(opened: OpenFiling, answers: Answers) -> CheckReport:
    """All findings of the answers."""
    return catalog.runner(opened.form, opened.context).run(answers)


def figures_of(opened: OpenFiling, answers: Answers, counts: FindingCounts) -> FilingFigures:
    """What of a filing lists and boards ask for."""
    scoring = opened.form.scoring
    score, grade = scoring.result(answers) if scoring else (None, None)
    return FilingFigures(
        amount_fen=opened.form.amount_of(answers),
        score=score,
        grade=grade,
        indicator_rows=tuple(answers.get("indicators") or ()),
        progress=answers_of.progress(opened.form, opened.context, answers),
        blocking=counts.blocking,
        to_explain=counts.to_explain,
    )


def save_draft(
    workspace: Workspace,
    opened: OpenFiling,
    answers: Answers,
    explanations: Mapping[str, str],
    counts: FindingCounts | None = None,
    authors: Authors | None = None,
) -> OpenFiling:
    """Keep answers and explanations with their history; the opened filing as it now stands.

    `authors` names who filled in what came from elsewhere; everything else is the desk's own person's.

    Raises InputError when the filing is not open for changes, StorageProblem when it was saved by
    another window in between or the disk does not take it; the caller keeps the answers then.
    """
    before = opened.filing
    if not before.status.is_editable:
        raise InputError(f"这份表{before.status.label}，不能直接修改", "请先点“修改”")
    if counts is None:
        counts = count_findings(check(opened, answers).findings, explanations)
    now = workspace.tools.clock.now()
    wanted = replace(before, answers=answers, explanations=explanations, updated_at=now)
    with workspace.store.writing() as work:
        _refuse_second(work, opened)
        saved = work.filings.save(
            wanted,
            figures_of(opened, answers, counts),
            expected_revision=None if opened.is_new else before.revision,
        )
        work.filings.add_history(_history(workspace, before, answers, authors))
        work.commit()
    workspace.changes.tell(Topic.FILINGS, initiator=opened)
    return replace(opened, filing=saved, is_new=False)


def _refuse_second(work: UnitOfWork, opened: OpenFiling) -> None:
    """Raise RevisionConflict when a new filing's place was taken by another window meanwhile."""
    if opened.is_new and work.filings.overview(_same_place(opened.filing)):
        raise RevisionConflict("这份表刚在另一个窗口里开始填写", "请重新打开这份表")


def _same_place(filing: Filing) -> FilingQuery:
    """The filing of the same unit, task and project; there is never more than one."""
    return FilingQuery(unit_code=filing.unit_code, task_id=filing.task_id, project_id=filing.project_id)


def stored(workspace: Workspace, opened: OpenFiling) -> Filing | None:
    """The filing as the database has it now, whatever task it belongs to by now; None when it was never saved."""
    with workspace.store.reading() as work:
        found = work.filings.get(opened.filing.filing_id)
        return found or next(iter(work.filings.find(_same_place(opened.filing))), None)


def opened_again(workspace: Workspace, opened: OpenFiling) -> OpenFiling | None:
    """The same filing under the kit in force and the task it belongs to by now; None when the kit has none for it."""
    filing = stored(workspace, opened) or opened.filing
    if workspace.current_kit().kit.task(filing.task_id) is None:
        return None
    return open_filing(workspace, filing.task_id, filing.project_id)


def set_aside(workspace: Workspace, kept: Filing, given_up: Answers) -> None:
    """Keep in the history what was typed here and given up for what another window saved, place by place."""
    with workspace.store.writing() as work:
        work.filings.add_history(_history(workspace, replace(kept, answers=given_up), kept.answers))
        work.commit()


def _history(
    workspace: Workspace, before: Filing, answers: Answers, authors: Authors | None = None
) -> Sequence[AnswerChange]:
    """One record per changed place, under the name of whoever filled it in."""
    now, person = workspace.tools.clock.now(), workspace.profile.person_name
    return [
        AnswerChange(before.filing_id, path, was, is_now, now, _author(authors, path, is_now) or person)
        for path, was, is_now in answers_of.differences(before.answers, answers)
    ]


def _author(authors: Authors | None, path: str, value: Any) -> str:
    """Who filled in a value elsewhere, "" when it is not the value that came from there."""
    theirs, name = (authors or {}).get(path, (None, ""))
    if not name:
        return ""
    is_row = isinstance(value, Mapping) and isinstance(theirs, Mapping)
    is_same = all(value.get(key) == kept for key, kept in theirs.items()) if is_row else value == theirs
    return name if is_same else ""


def history(workspace: Workspace, filing_id: str, path: str | None = None) -> Sequence[AnswerChange]:
    """Changes of a filing or one place, newest first; of a cell also when its row came or went as a whole."""
    place = place_of(path) if path else Place("")
    with workspace.store.reading() as work:
        found = list(work.filings.history(filing_id, path))
        if place.column:
            rows = work.filings.history(filing_id, Place(place.field, place.row_id).path)
            found += [cell for row in rows if (cell := _of_cell(row, place)) is not None]
    return sorted(found, key=lambda change: change.changed_at, reverse=True)


def _of_cell(change: AnswerChange, place: Place) -> AnswerChange | None:
    """What the coming or going of a row meant for one of its cells; None when the cell was blank."""
    before, after = (
        row.get(place.column) if isinstance(row, Mapping) else None for row in (change.before, change.after)
    )
    return replace(change, path=place.path, before=before, after=after) if before != after else None


def reopen(workspace: Workspace, opened: OpenFiling) -> OpenFiling:
    """Open a sealed or received filing for a new version (修改后重新报送)."""
    filing = opened.filing
    if filing.status.is_editable:
        return opened
    if not may_move(filing.status, FilingStatus.DRAFT):
        raise InputError(
            f"这份表{filing.status.label}，现在不能修改", "请等财政部门的通知，退回修改的装入通知后再改"
        )
    given = opened.context
    with workspace.store.reading() as work:  # a draft is judged by what stands here today
        now = build_context(work, given.kit, given.task, given.unit, filing.project_id, given.library)
    return _with_status(workspace, replace(opened, context=now), FilingStatus.DRAFT, "")


def exempt(workspace: Workspace, task: FilingTask, project_id: str, reason: str) -> OpenFiling:
    """Note that nothing is to be filed, with the reason (无需填报)."""
    if not reason.strip():
        raise InputError("没有写明原因", "请写明为什么不需要填报", "无需填报")
    opened = open_filing(workspace, task.task_id, project_id)
    if not may_move(opened.filing.status, FilingStatus.EXEMPT):
        raise InputError(f"这份表{opened.filing.status.label}，不能改为无需填报", "请先点“修改”")
    return _with_status(workspace, opened, FilingStatus.EXEMPT, reason.strip())


def _with_status(workspace: Workspace, opened: OpenFiling, status: FilingStatus, reason: str) -> OpenFiling:
    """Move a filing to another state."""
    filing = replace(
        opened.filing, status=status, exempt_reason=reason, updated_at=workspace.tools.clock.now()
    )
    counts = count_findings(check(opened, filing.answers).findings, filing.explanations)
    with workspace.store.writing() as work:
        _refuse_second(work, opened)
        saved = work.filings.save(
            filing,
            figures_of(opened, filing.answers, counts),
            expected_revision=None if opened.is_new else opened.filing.revision,
        )
        work.commit()
    workspace.changes.tell(Topic.FILINGS)
    return replace(opened, filing=saved, is_new=False)


def payload_answers(answers: Answers) -> dict[str, Any]:
    """Answers as they travel: blanks left out, so that one content has one spelling."""
    return {key: value for key, value in answers.items() if not answers_of.is_blank(value)}
