"""What the bureau said of a unit's form (财政部门的意见), and what the unit answered: read out of what went through this department.

The words belong to bureau and unit: the department reads them to know why a form came back and whether the next version
does what was asked, it answers and changes none of them. So they are never kept among its own remarks; they are read
anew from the own copies of the slips handed on and of the versions that came since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from models.domain.errors import InputError
from models.domain.message import MessageType
from models.domain.review import CommentState, ReviewComment, opinion_id
from services.filing_reading import MalformedFiling, RemarkAnswer, read_filings
from services.ports.exchange import TrustMaterial
from services.ports.store import PackageRecord
from services.received_filings import answered
from services.returned import remarks_in_slip
from services.review_results import FOR_UNIT, refusals
from services.workspaces import DeskRole, Workspace


def bureau_remarks(workspace: Workspace, filing_id: str) -> tuple[ReviewComment, ...]:
    """The bureau's remarks and opinions on a filing with the unit's answers, the newest version first.

    None at other desks than a department's. Own copies that can no longer be read are passed over: then a remark
    stands there as one not answered.
    """
    if workspace.profile.role is not DeskRole.DEPARTMENT:
        return ()
    with workspace.store.reading() as work:
        slips = work.packages.find(FOR_UNIT, MessageType.RETURN_SLIP.value)
        filing = work.filings.get(filing_id)
        refused = refusals(work, [filing]) if filing is not None else {}
    found: dict[str, ReviewComment] = {}
    for record in slips:
        if any(told == filing_id for told, _version in record.filing_versions):
            for comment in _said(workspace, record, filing_id):
                before = found.get(comment.comment_id)
                if before is None or before.version < comment.version:  # asked again with a later version
                    found[comment.comment_id] = comment
    if found:
        for version, at, answers in _answers(workspace, filing_id):
            for told in answers:
                if told.comment_id in found:
                    found[told.comment_id] = _with(found[told.comment_id], told, version, at)
    for said in refused.values():
        key = opinion_id(filing_id, said.version)
        found[key] = ReviewComment(
            key, filing_id, said.version, said.level, "", "", said.opinion, said.decided_by, said.decided_at
        )
    return tuple(sorted(found.values(), key=lambda item: -item.version))


def _with(comment: ReviewComment, told: RemarkAnswer, version: int, at: datetime) -> ReviewComment:
    """A remark with what a version says of it; asked again later, it is open beside the earlier answer.

    A general opinion is answered by words alone: something else in the form always reads otherwise.
    """
    is_opinion = not comment.place and not comment.is_compulsory
    if is_opinion and not told.answer:
        return comment
    with_words = answered(comment, told, at)
    return with_words if version > comment.version else replace(with_words, state=CommentState.OPEN)


def _answers(
    workspace: Workspace, filing_id: str
) -> Iterator[tuple[int, datetime, tuple[RemarkAnswer, ...]]]:
    """What each version of a filing says of remarks, the oldest first."""
    with workspace.store.reading() as work:
        kept = [
            (version, work.packages.get(version.manifest_sha256))
            for version in work.filings.versions(filing_id)
        ]
    for version, record in sorted(kept, key=lambda item: item[0].version):
        payload = _payload(workspace, record) if record is not None else None
        if payload is None:
            continue
        try:
            sent = next((one for one in read_filings(payload) if one.filing_id == filing_id), None)
        except MalformedFiling:
            continue
        if sent is not None:
            yield version.version, version.at, sent.remarks


def _said(workspace: Workspace, record: PackageRecord, filing_id: str) -> list[ReviewComment]:
    """What one slip says of the filing."""
    payload = _payload(workspace, record)
    try:
        return remarks_in_slip(payload, workspace.archive / record.archive_name, filing_id) if payload else []
    except InputError:
        return []


def _payload(workspace: Workspace, record: PackageRecord) -> Mapping[str, Any] | None:
    """The content of an own copy; None when it is not what was kept."""
    copy, now = workspace.archive / record.archive_name, workspace.tools.clock.now()
    judged = workspace.tools.reader.judge(copy, TrustMaterial(), now, inspect_documents=False)
    return judged.payload if judged.manifest_sha256 == record.manifest_sha256 else None
