"""The target a later form stands on (对照批复的绩效目标): opened beside a self-evaluation or monitoring under review."""

from __future__ import annotations

from dataclasses import dataclass

from models.domain.approval import Approval
from models.domain.errors import InputError
from models.domain.filing import Answers, Filing, FilingStatus
from services.approval_states import approval_words, target_form_of
from services.archive import ReceivedForm, open_received
from services.ports.approvals import ApprovalPlace
from services.ports.store import FilingQuery, UnitOfWork
from services.workspaces import Workspace

BUILT_ON_TARGETS = (
    "monitoring",
    "overall_expenditure_monitoring",
    "self_evaluation",
    "overall_expenditure_self_evaluation",
    "target_adjustment",
    "target_review",
)
"""Forms that repeat a target's indicators, or judge them."""

_NOT_HERE = (FilingStatus.DRAFT, FilingStatus.EXEMPT)


@dataclass(frozen=True)
class TargetBeside:
    """A target to be read beside another form (对照的绩效目标); `answers` are the approved ones where it was approved."""

    received: ReceivedForm
    answers: Answers
    words: str
    is_approved: bool


def target_beside(workspace: Workspace, received: ReceivedForm) -> TargetBeside:
    """The target in force of a received form's project (or unit) and budget year; InputError when none came here."""
    filing = received.filing
    with workspace.store.reading() as work:
        found = _target(work, received)
        if found is None:
            raise InputError(
                f"没有收到{filing.budget_year}年的绩效目标", "请核对报送情况，或向单位索取批复的绩效目标"
            )
        place = ApprovalPlace(found.unit_code, found.project_id, found.budget_year, found.form_id)
        approvals = work.approvals.of(place)
    target = open_received(workspace, found.filing_id)
    if not approvals:
        words = f"还没有登记批复，下面是收到的第 {found.version} 版（{found.status.label}）"
        return TargetBeside(target, found.answers, words, is_approved=False)
    return TargetBeside(target, approvals[0].answers, _words(approvals[0]), is_approved=True)


def _words(approval: Approval) -> str:
    """The document, and that it was adjusted since."""
    adjusted = f"　已调整 {approval.adjustments} 次" if approval.adjustments else ""
    return f"{approval_words(approval)}{adjusted}"


def _target(work: UnitOfWork, received: ReceivedForm) -> Filing | None:
    """The target's filing by project, by the project's code where a desk set up anew gave it another id."""
    filing, project = received.filing, received.context.project
    query = FilingQuery(
        unit_code=filing.unit_code,
        form_id=target_form_of(filing.project_id),
        budget_year=filing.budget_year,
    )
    found = [item for item in work.filings.find(query) if item.status not in _NOT_HERE]
    own = [item for item in found if item.project_id == filing.project_id]
    if not own and project is not None and project.project_code:
        same = {
            p.project_id
            for p in work.projects.list(filing.unit_code)
            if p.project_code == project.project_code
        }
        own = [item for item in found if item.project_id in same]
    own.sort(key=lambda item: item.updated_at.timestamp() if item.updated_at else 0.0)
    return own[-1] if own else None
