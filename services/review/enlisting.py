"""入库 (enlisting): what passed review goes into the project library; not the same as being approved (domain §0.3)."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.desk_user import DeskUser
from models.domain.errors import InputError
from models.domain.filing import FilingStatus
from services.approval_states import ADJUSTMENT_FORM, TARGET_FORMS
from services.changes import Topic
from services.permission_table import Action
from services.permissions import require_of
from services.workspaces import Workspace

_WHERE = "项目入库"


def enlist(workspace: Workspace, who: DeskUser, filing_ids: Sequence[str]) -> int:
    """Put targets that passed review into the library, all or none; how many. InputError names the first that cannot.

    NotAllowed names who may.
    """
    return _move(workspace, who, filing_ids, FilingStatus.PASSED, FilingStatus.ENLISTED)


def take_out(workspace: Workspace, who: DeskUser, filing_ids: Sequence[str]) -> int:
    """Take targets out of the library again, back to 审核通过; how many."""
    return _move(workspace, who, filing_ids, FilingStatus.ENLISTED, FilingStatus.PASSED)


def _move(
    workspace: Workspace,
    who: DeskUser,
    filing_ids: Sequence[str],
    before: FilingStatus,
    after: FilingStatus,
) -> int:
    require_of(workspace, who, Action.ENLIST)
    now = workspace.tools.clock.now()
    with workspace.store.writing() as work:
        for filing_id in filing_ids:
            filing = work.filings.get(filing_id)
            if filing is None or filing.form_id not in (*TARGET_FORMS, ADJUSTMENT_FORM):
                raise InputError("选中的表里有不是绩效目标的", "请只选择绩效目标申报表", _WHERE)
            if filing.status is not before:
                subject = str(filing.answers.get("project_name") or "整体支出绩效目标")
                is_undecided = filing.status is FilingStatus.IN_REVIEW  # also what was refused
                stands = "没有审核通过" if is_undecided else filing.status.label
                raise InputError(f"“{subject}”{stands}", f"请只选择{before.label}的表", _WHERE)
            work.filings.set_status(filing_id, after, now)
            work.audit.append(
                now, who.name, "enlist", filing_id, f"改为{after.label}", {"version": filing.version}
            )
        work.commit()
    workspace.changes.tell(Topic.FILINGS)
    return len(filing_ids)
