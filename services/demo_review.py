"""The review in the demonstration (演示审核): one form returned with a remark, corrected and sent again, then a list approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from models.domain.desk_user import DeskUser, UserRole
from models.domain.filing import Filing, FilingStatus
from models.domain.review import ReviewOutcome
from services import filings, intake, sealing
from services.approval_notes import ApprovalNote
from services.approved_messages import take_approvals
from services.job import JobContext
from services.ports.exchange import UnlockedKey
from services.ports.store import FilingQuery
from services.practice import PROJECT_TARGET, PracticeBureau
from services.remark_answers import answer, remarks_of
from services.returned import take_return_slip
from services.review.approval_messages import issue_notices, waiting_for_notice
from services.review.approving import ApprovalLine, approvable, approve
from services.review.deciding import DecisionDraft, decide
from services.review.enlisting import enlist
from services.review.queue import line_of
from services.review.remarks import RemarkDraft, remark
from services.review.return_slips import issue_return_slips, waiting_for_slip
from services.workspaces import Workspace

_PLACE, _LABEL = "annual_target", "年度目标"


def returned_and_corrected(bureau: PracticeBureau, unit: Workspace, stick: Path, password: str) -> int:
    """A target of the unit comes back with a remark, is answered, and goes in again; filings received."""
    desk, quiet = bureau.workspace, JobContext()
    reviewer = DeskUser("practice", desk.profile.person_name, tuple(UserRole))
    target = next(iter(_targets(desk, unit, FilingStatus.RECEIVED)), None)
    if target is None:
        return 0
    words = RemarkDraft(_PLACE, _LABEL, "请在目标里写明完成的时间。", str(target.answers.get(_PLACE) or ""))
    remark(desk, reviewer, target.filing_id, words)
    decide(
        desk, reviewer, target.filing_id, 0, DecisionDraft(ReviewOutcome.RETURN, "请按意见修改后重新报送。")
    )
    for record in issue_return_slips(desk, waiting_for_slip(desk), bureau.keys.bureau, stick, quiet):
        take_return_slip(unit, Path(record.source_path))
    _correct(unit, target)
    sealed = sealing.seal(unit, [target.filing_id], stick, password, quiet)
    return intake.receive(desk, [sealed.written.path], quiet).filings


def _targets(desk: Workspace, unit: Workspace, status: FilingStatus) -> Sequence[Filing]:
    """Project targets of a unit in a state at the bureau, of the year that is being prepared."""
    year = desk.profile.working_year + 1
    query = FilingQuery(
        unit_code=unit.profile.unit.code, form_id=PROJECT_TARGET, budget_year=year, status=status
    )
    with desk.store.reading() as work:
        return work.filings.find(query)


def _correct(unit: Workspace, target: Filing) -> None:
    """Change what was remarked on and answer it."""
    opened = filings.open_filing(unit, target.task_id, target.project_id)
    text = f"{str(opened.filing.answers.get(_PLACE) or '').rstrip('。')}，12月底前全部完成。"
    filings.save_draft(unit, opened, {**opened.filing.answers, _PLACE: text}, opened.filing.explanations)
    for item in remarks_of(unit, target.filing_id, {**opened.filing.answers, _PLACE: text}):
        if item.comment.place:
            answer(unit, item.comment.comment_id, "已写明完成时间。")


def approved_as_a_list(bureau: PracticeBureau, unit: Workspace, stick: Path, key: UnlockedKey) -> int:
    """What the unit corrected passes review, enters the library and is approved; the unit is told. How many.

    The other targets wait for whoever opens the bureau's practice desk.
    """
    desk = bureau.workspace
    reviewer = DeskUser("practice", desk.profile.person_name, tuple(UserRole))
    ids = [item.filing_id for item in _targets(desk, unit, FilingStatus.RECEIVED) if item.version > 1]
    for filing_id in ids:
        line = line_of(desk, filing_id)
        while line is not None and line.is_waiting:
            decide(desk, reviewer, filing_id, line.file.revision, DecisionDraft(ReviewOutcome.PASS, "同意。"))
            line = line_of(desk, filing_id)
    enlist(desk, reviewer, ids)
    year = desk.profile.working_year + 1
    chosen = [line for line in approvable(desk, year) if line.filing.filing_id in ids]
    if not chosen:
        return 0
    day = desk.today - timedelta(days=1)
    note = ApprovalNote(f"示财预〔{desk.profile.working_year}〕9号", day, None)
    lines = [_at_full_amount(line) for line in chosen]
    approve(desk, reviewer, note, lines)
    for record in issue_notices(desk, waiting_for_notice(desk, year), key, stick, JobContext()):
        take_approvals(unit, Path(record.source_path))
    return len(lines)


def _at_full_amount(line: ApprovalLine) -> ApprovalLine:
    """Approved as submitted."""
    return replace(line, approved_fen=line.submitted_fen)
