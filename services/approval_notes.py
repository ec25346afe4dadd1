"""Noting approvals at the unit's desk (登记批复): from the paper, before the bureau's own list is there.

The clerk enters document number, date and amount; the target takes every step of its state chain up to 已批复.
A correction is another note after it, so what was noted before stays on record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from forms import registry
from forms.target_adjustment_rows import adjusted_answers
from models.domain.approval import Approval
from models.domain.background import ApprovedTarget
from models.domain.errors import InputError
from models.domain.filing import Filing, FilingStatus, may_move
from models.domain.project import FilingTask
from services.approval_states import ADJUSTMENT_FORM, APPROVED, CHAIN, obstacle, target_form_of
from services.approvals import approval_of
from services.changes import Topic
from services.ports.approvals import ApprovalPlace
from services.ports.store import FilingQuery, UnitOfWork
from services.workspaces import Workspace

_WHERE = "登记批复"


@dataclass(frozen=True, slots=True)
class ApprovalNote:
    """What the clerk copied from the document (批复登记内容); `amount_fen` in 分, None where it names none."""

    document_number: str
    approved_on: date | None
    amount_fen: int | None


@dataclass(frozen=True, slots=True)
class ApprovalSheet:
    """What the dialog begins with (批复登记表): the place, what is proposed, and what was noted, newest first.

    `corrects` tells that a note now corrects the one made last.
    """

    subject: str
    task_name: str
    proposed: ApprovalNote
    history: tuple[Approval, ...]
    corrects: bool = False


def approval_sheet(workspace: Workspace, task_id: str, project_id: str = "") -> ApprovalSheet:
    """What is known of a target's approval; InputError when the target was never filed."""
    task = _task(workspace, task_id)
    unit = workspace.profile.unit
    with workspace.store.reading() as work:
        filing = _filing(work, unit.code, task, project_id)
        project = work.projects.get(project_id) if project_id else None
        history = tuple(work.approvals.of(_place(unit.code, project_id, task.budget_year)))
    corrects = bool(history) and filing.status in APPROVED
    if corrects:
        last = history[0]
        proposed = ApprovalNote(last.document_number, last.approved_on, last.amount_fen)
    else:
        proposed = ApprovalNote("", None, registry.form(task.form_id).amount_of(filing.answers))
    return ApprovalSheet(project.name if project else unit.name, task.name, proposed, history, corrects)


def approvals_of(workspace: Workspace, project_id: str) -> Sequence[Approval]:
    """Every approval noted for a project (or the unit as a whole), all budget years, the newest year first."""
    unit = workspace.profile.unit
    found: list[Approval] = []
    with workspace.store.reading() as work:
        years = {item.budget_year for item in work.projects.years(project_id)} if project_id else set()
        years |= {task.budget_year for task in workspace.kit_head(work).tasks}
        for year in sorted(years, reverse=True):
            found += work.approvals.of(_place(unit.code, project_id, year))
    return found


def note_by_hand(workspace: Workspace, task_id: str, project_id: str, note: ApprovalNote) -> Approval:
    """Note an approval from the paper and move the target to 已批复; InputError says what is missing or not allowed."""
    refuse_incomplete(note, workspace.today)
    task = _task(workspace, task_id)
    with workspace.store.writing() as work:
        filing = _filing(work, workspace.profile.unit.code, task, project_id)
        approval = note_in(workspace, work, filing, note, is_by_hand=True)
        work.commit()
    workspace.changes.tell(Topic.FILINGS)
    return approval


def note_in(
    workspace: Workspace, work: UnitOfWork, filing: Filing, note: ApprovalNote, *, is_by_hand: bool
) -> Approval:
    """Note an approval of a filed target or adjustment within a unit of work; InputError when it cannot be."""
    if reason := obstacle(filing.status):
        is_refused = filing.status is FilingStatus.REFUSED
        remedy = "财政部门改作批复的，请装入批复通知" if is_refused else "请先生成报送文件报送"
        raise InputError(reason, remedy, _WHERE)
    history = work.approvals.of(_place(filing.unit_code, filing.project_id, filing.budget_year))
    target = replace(_target(filing, history, note), is_by_hand=is_by_hand)
    approval = approval_of(workspace, filing.unit_code, filing.project_id, filing.budget_year, target)
    work.approvals.add(approval)
    walk_to_approved(workspace, work, filing)
    if filing.form_id == ADJUSTMENT_FORM:
        _note_adjusted(workspace, work, filing)
    return approval


def walk_to_approved(workspace: Workspace, work: UnitOfWork, filing: Filing) -> None:
    """Take a filing through every allowed state up to 已批复; one that is there already stays."""
    now = workspace.tools.clock.now()
    status = filing.status
    steps = CHAIN[CHAIN.index(status) + 1 :] if status in CHAIN else ()
    if status is FilingStatus.UNFUNDED:
        steps = (FilingStatus.APPROVED,)
    for step in steps:
        assert may_move(status, step), (status, step)
        work.filings.set_status(filing.filing_id, step, now)
        status = step


def refuse_incomplete(note: ApprovalNote, today: date) -> None:
    """Raise InputError for a note that no document can stand for."""
    if not note.document_number.strip():
        raise InputError("没有填写批复文号", "请填写批复文件的文号", _WHERE)
    if note.approved_on is None:
        raise InputError("没有填写批复日期", "请按批复文件填写年月日", _WHERE)
    if note.approved_on > today:
        raise InputError("批复日期晚于今天", "请核对批复文件上的日期", _WHERE)
    if note.amount_fen is not None and note.amount_fen < 0:
        raise InputError("批复金额小于 0", "请核对批复文件上的金额", _WHERE)


def _target(filing: Filing, history: Sequence[Approval], note: ApprovalNote) -> ApprovedTarget:
    """The target that becomes binding: as filed, or as approved before where only the note is corrected."""
    before = history[0] if history and filing.status in APPROVED else None
    if filing.form_id == ADJUSTMENT_FORM and before is None:
        return _adjusted_target(filing, history, note)
    return ApprovedTarget(
        answers=before.answers if before else filing.answers,
        document_number=note.document_number,
        approved_on=note.approved_on,
        amount_fen=note.amount_fen,
        adjustments=before.adjustments if before else 0,
        is_by_hand=True,
    )


def _adjusted_target(filing: Filing, history: Sequence[Approval], note: ApprovalNote) -> ApprovedTarget:
    """The approved target with the adjustment in it; InputError when there is none it could have begun from."""
    if not history:
        raise InputError("这个项目的绩效目标还没有登记批复", "请先登记绩效目标的批复", _WHERE)
    last = history[0]
    if filing.answers.get("adjustment_number") != str(last.adjustments + 1):
        raise InputError(
            f"这份调整表不是按现行批复（{last.document_number}）填的", "请修改后重新报送，再登记批复", _WHERE
        )
    answers = adjusted_answers(last.answers, filing.answers)
    return ApprovedTarget(
        answers,
        note.document_number,
        note.approved_on,
        note.amount_fen,
        last.adjustments + 1,
        is_by_hand=True,
    )


def _note_adjusted(workspace: Workspace, work: UnitOfWork, adjustment: Filing) -> None:
    """The project's approved target declarations become 已调整."""
    query = FilingQuery(
        unit_code=adjustment.unit_code,
        form_id=target_form_of(adjustment.project_id),
        budget_year=adjustment.budget_year,
        project_id=adjustment.project_id,
        status=FilingStatus.APPROVED,
    )
    for target in work.filings.find(query):
        work.filings.set_status(target.filing_id, FilingStatus.ADJUSTED, workspace.tools.clock.now())


def _task(workspace: Workspace, task_id: str) -> FilingTask:
    task = workspace.current_kit().kit.task(task_id)
    if task is None:
        raise InputError("任务参数包里没有这项任务", "请装入最新的任务参数包", _WHERE)
    return task


def _filing(work: UnitOfWork, unit_code: str, task: FilingTask, project_id: str) -> Filing:
    """The target filed for a task; InputError when there is none."""
    query = FilingQuery(unit_code=unit_code, task_id=task.task_id, project_id=project_id)
    found = work.filings.find(query)
    if not found or task.form_id not in (target_form_of(project_id), ADJUSTMENT_FORM):
        raise InputError("这里没有可以登记批复的绩效目标", "请先填报绩效目标", _WHERE)
    return found[0]


def _place(unit_code: str, project_id: str, budget_year: int) -> ApprovalPlace:
    return ApprovalPlace(unit_code, project_id, budget_year, target_form_of(project_id))
