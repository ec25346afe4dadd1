"""Noting what an office said on its sheet (登记股室审核意见): row by row, each in its own transaction, never over another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import DeskError, RevisionConflict
from services.changes import Topic
from services.permission_table import Action
from services.permissions import require_of
from services.ports.store import UnitOfWork
from services.review.deciding import BulkResult, record, refuse_incomplete, standing
from services.review.opinion_sheet import TITLE, setting_of
from services.review.opinion_sheet_back import OpinionPreview, OpinionRow, RowProblem, office_obstacle
from services.workspaces import Workspace


def merge_sheet(
    workspace: Workspace, who: DeskUser, preview: OpinionPreview, chosen: Sequence[OpinionRow]
) -> BulkResult:
    """Note the chosen rows of a sheet as its office's decisions; what cannot be noted any more stops no other.

    NotAllowed names who may.
    """
    acting = require_of(workspace, who, Action.OPINION_SHEETS)
    noted, refused = [], []
    for row in chosen:
        try:
            with workspace.store.writing() as work:
                _note(workspace, work, acting, preview, row)
                work.commit()
            noted.append(row.filing_id)
        except DeskError as problem:
            refused.append((row.filing_id, problem.sentence))
    if noted:
        now = workspace.tools.clock.now()
        said = f"据{preview.office}的{TITLE}登记审核意见 {len(noted)} 份"
        with workspace.store.writing() as work:
            detail = {"file": preview.file_name, "filings": sorted(noted)}
            work.audit.append(now, acting.name, "opinion_sheet", preview.sheet_id, said, detail)
            work.commit()
    workspace.changes.tell(Topic.FILINGS)
    return BulkResult(tuple(noted), tuple(refused))


def _note(
    workspace: Workspace, work: UnitOfWork, who: DeskUser, preview: OpinionPreview, row: OpinionRow
) -> None:
    """One row, if everything still stands as it was read."""
    if row.draft is None or row.reviewed_on is None:
        raise RowProblem(row.problem or "这一行没有填写")
    stands = standing(workspace, work, row.filing_id)
    if stands.file.revision != row.revision:
        raise RevisionConflict(
            "这份表刚刚由另一位审核人员处理过", "请重新收回这份意见表，看过对方的意见后再登记"
        )
    kept = work.settings.get(setting_of(preview.sheet_id)) or {"rows": {}}
    obstacle = office_obstacle(stands, preview.office, kept["rows"][row.filing_id])
    if obstacle:
        raise RowProblem(obstacle)
    refuse_incomplete(workspace, work, stands, row.draft)
    day = row.reviewed_on
    note = f"（据{TITLE}登记：{row.reviewer} {day.year}年{day.month}月{day.day}日审核，{who.name}登记）"
    office = DeskUser(
        f"office:{preview.office}",
        f"{row.reviewer}（{preview.office}）",
        (UserRole.OFFICE_REVIEWER,),
        preview.office,
    )
    draft = replace(row.draft, opinion=f"{row.draft.opinion}{note}", is_signed_elsewhere=True)
    record(workspace, work, office, stands, draft)
