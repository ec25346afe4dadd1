"""Remarks anchored to places of a form (审核意见): made, answered at the unit, settled or taken back (F65)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from models.domain.desk_user import DeskUser
from models.domain.errors import InputError
from models.domain.review import CommentState, ReviewComment, ReviewLevel
from models.domain.review_rule import ReviewStep
from services.changes import Topic
from services.permissions import require_level
from services.review.deciding import WHERE, standing
from services.workspaces import Workspace

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class RemarkDraft:
    """What a reviewer writes at a place (审核意见): see `ReviewComment`."""

    place: str
    label: str
    text: str
    seen: str = ""
    proposed: str = ""
    is_compulsory: bool = True


def remark(workspace: Workspace, who: DeskUser, filing_id: str, draft: RemarkDraft) -> ReviewComment:
    """Put a remark on a place of a filing's present version; InputError when it says nothing or nobody's turn it is."""
    said, now = _said(draft.text), workspace.tools.clock.now()
    with workspace.store.writing() as work:
        stands = standing(workspace, work, filing_id)
        level = stands.file.level
        if level is None:
            raise InputError(
                f"这份表{stands.filing.status.label}，现在没有待审的环节", "请先撤回审核决定", WHERE
            )
        require_level(work, who, stands.step or ReviewStep(level), stands.file)
        comment = ReviewComment(
            comment_id=secrets.token_hex(8),
            filing_id=filing_id,
            version=stands.filing.version,
            level=level,
            place=draft.place,
            label=draft.label,
            text=said,
            author=who.name,
            made_at=now,
            seen=draft.seen,
            proposed=draft.proposed.strip(),
            is_compulsory=draft.is_compulsory,
        )
        work.reviews.put_comment(comment)
        work.commit()
    workspace.changes.tell(Topic.FILINGS)
    return comment


def change_remark(workspace: Workspace, who: DeskUser, comment_id: str, text: str) -> ReviewComment:
    """Word a remark of one's own differently while nobody has answered it; InputError otherwise."""
    found = _own(workspace, who, comment_id)
    return _put(workspace, replace(found, text=_said(text)))


def take_back_remark(workspace: Workspace, who: DeskUser, comment_id: str) -> ReviewComment:
    """Take a remark of one's own back; it stays on record as 已撤回."""
    return _put(workspace, replace(_own(workspace, who, comment_id), state=CommentState.WITHDRAWN))


def settle(workspace: Workspace, who: DeskUser, comment_id: str, *, is_settled: bool = True) -> ReviewComment:
    """Mark a remark as settled, or open again when the answer does not do."""
    found = _found(workspace, comment_id)
    if found.level is not ReviewLevel.LEADER and not any(role.level for role in who.roles):
        raise InputError(f"{who.name}没有审核权限", "请由审核人员办理", WHERE)
    now = workspace.tools.clock.now()
    state = CommentState.SETTLED if is_settled else CommentState.OPEN
    return _put(workspace, replace(found, state=state, settled_at=now if is_settled else None))


def _said(text: str) -> str:
    said = text.strip()
    if not said:
        raise InputError("意见是空的", "请写明这里要改什么", WHERE)
    if len(said) > LONGEST:
        raise InputError(f"意见超过 {LONGEST} 字", "请写简短些", WHERE)
    return said


def _found(workspace: Workspace, comment_id: str) -> ReviewComment:
    with workspace.store.reading() as work:
        found = next((item for item in work.reviews.comments() if item.comment_id == comment_id), None)
    if found is None or found.state is CommentState.WITHDRAWN:
        raise InputError("这条意见已经撤回", "请刷新后再试", WHERE)
    return found


def _own(workspace: Workspace, who: DeskUser, comment_id: str) -> ReviewComment:
    found = _found(workspace, comment_id)
    if found.author != who.name:
        raise InputError(f"这条意见是{found.author}写的", "请由本人修改", WHERE)
    if found.state is not CommentState.OPEN:
        raise InputError(f"这条意见{found.state.label}，不能再改", "请另写一条意见", WHERE)
    return found


def _put(workspace: Workspace, comment: ReviewComment) -> ReviewComment:
    with workspace.store.writing() as work:
        work.reviews.put_comment(comment)
        work.commit()
    workspace.changes.tell(Topic.FILINGS)
    return comment
