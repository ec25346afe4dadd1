"""Approved targets at a desk (批复登记): noted once, read by every later form of the year.

Who notes them (the bureau from its list, the unit from the paper) builds on `note_approval`; forms of the
execution year read `approved_target` through their context.
"""

from __future__ import annotations

from models.domain.approval import Approval
from models.domain.background import ApprovedTarget
from models.domain.errors import InputError
from services.approval_states import target_form_of as target_form_of  # noqa: PLC0414 (told here as well)
from services.changes import Topic
from services.ports.approvals import ApprovalPlace
from services.ports.store import UnitOfWork
from services.workspaces import Workspace


def approved_target(
    work: UnitOfWork, unit_code: str, project_id: str, budget_year: int
) -> ApprovedTarget | None:
    """The approved target in force of a project (or of the unit as a whole) and budget year, if one is noted."""
    place = ApprovalPlace(unit_code, project_id, budget_year, target_form_of(project_id))
    found = work.approvals.of(place)
    return found[0].target if found else None


def note_approval(
    workspace: Workspace, unit_code: str, project_id: str, budget_year: int, target: ApprovedTarget
) -> Approval:
    """Note a target as approved; it is in force for later forms from now on, as the earlier ones stay on record.

    InputError when there is no document number or the target has no indicator.
    """
    approval = approval_of(workspace, unit_code, project_id, budget_year, target)
    with workspace.store.writing() as work:
        work.approvals.add(approval)
        work.commit()
    workspace.changes.tell(Topic.FILINGS)
    return approval


def approval_of(
    workspace: Workspace, unit_code: str, project_id: str, budget_year: int, target: ApprovedTarget
) -> Approval:
    """The record of an approval made here and now; InputError when it cannot bind anybody."""
    if not target.document_number.strip():
        raise InputError("没有填写批复文号", "请填写批复文件的文号", "登记批复")
    if not target.answers.get("indicators"):
        raise InputError("这份绩效目标没有指标", "请先填好绩效目标再登记批复", "登记批复")
    return Approval(
        unit_code=unit_code,
        project_id=project_id,
        budget_year=budget_year,
        form_id=target_form_of(project_id),
        document_number=target.document_number.strip(),
        approved_on=target.approved_on,
        amount_fen=target.amount_fen,
        answers=dict(target.answers),
        noted_at=workspace.tools.clock.now(),
        noted_by=workspace.profile.person_name,
        adjustments=target.adjustments,
        is_by_hand=target.is_by_hand,
    )
