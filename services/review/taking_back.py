"""Taking a decision back (撤回审核决定): the last one, with a reason, while nobody was told of it (F70)."""

from __future__ import annotations

from dataclasses import replace

from models.domain.desk_user import DeskUser
from models.domain.errors import InputError
from models.domain.filing import FilingStatus
from models.domain.message import MessageType
from models.domain.review import ReviewDecision, ReviewOutcome
from services.changes import Topic
from services.permissions import NotAllowed, as_known
from services.ports.store import UnitOfWork
from services.review.deciding import OPEN, WHERE, move, standing
from services.workspaces import Workspace


def withdraw(workspace: Workspace, who: DeskUser, decision_id: str, reason: str) -> None:
    """Take the last decision on a filing back (撤回); it stays on record with the reason (F70).

    InputError without a reason, for any but the last decision, after the unit has been told, or when the filing has gone on.
    """
    told = reason.strip()
    if not told:
        raise InputError("没有写明撤回的理由", "请填写理由", WHERE)
    now = workspace.tools.clock.now()
    with workspace.store.writing() as work:
        decision = next((d for d in work.reviews.decisions() if d.decision_id == decision_id), None)
        if decision is None or not decision.is_in_force:
            raise InputError("这条审核决定已经撤回", "请重新打开这份表", WHERE)
        stands = standing(workspace, work, decision.filing_id)
        before = [
            item
            for item in work.reviews.decisions([decision.filing_id])
            if item.is_in_force and item.version == stands.filing.version
        ]
        if not before or before[-1].decision_id != decision_id:
            raise InputError("这之后还有别的审核决定", "请先撤回后面的决定", WHERE)
        users = work.users.all()
        if not as_known(users, who).may_decide(decision.level, stands.file.office):
            able = "、".join(u.name for u in users if u.may_decide(decision.level, stands.file.office))
            who_may = able or "有权限的人员"
            raise NotAllowed(f"{who.name}没有“{decision.level.label}”的权限", f"请由{who_may}撤回", WHERE)
        _refuse_told(work, decision)
        work.reviews.withdraw_decision(decision_id, now, who.name, told)
        work.reviews.save_file(
            replace(stands.file, level=decision.level, assigned_to="", updated_at=now),
            expected_revision=stands.file.revision or None,
        )
        if stands.filing.status not in OPEN:
            move(workspace, work, stands.filing, FilingStatus.IN_REVIEW)
        if len(before) == 1:
            filing = work.filings.get(decision.filing_id)
            assert filing is not None, "it stands"
            move(workspace, work, filing, FilingStatus.RECEIVED)
        work.audit.append(
            now, who.name, "withdraw", decision.filing_id, f"撤回审核决定：{told}", {"decision": decision_id}
        )
        work.commit()
    workspace.changes.tell(Topic.FILINGS)


def _refuse_told(work: UnitOfWork, decision: ReviewDecision) -> None:
    """A return whose slip went out cannot be taken back: the unit has been told to change the form."""
    if decision.outcome is not ReviewOutcome.RETURN:
        return
    for record in work.packages.find("sent", MessageType.RETURN_SLIP.value):
        if (decision.filing_id, decision.version) in record.filing_versions:
            raise InputError("退回修改通知已经生成", "请与单位联系，等修改后重新报送", WHERE)
