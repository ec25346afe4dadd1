"""Returned forms at the clerk's desk (装入退回修改通知): the form opens again, remarks stand at their places (F68).

Nothing the clerk has changed since is touched: a slip brings words, never answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from models.domain.errors import InputError
from models.domain.filing import Filing, FilingStatus
from models.domain.message import MessageType
from models.domain.review import ReviewComment, ReviewLevel, opinion_id
from services.bureau_messages import read_message
from services.changes import Topic
from services.one_line import MAX_NAME, one_line
from services.ports.store import UnitOfWork
from services.received import keep_received
from services.workspaces import Workspace

_LONGEST = 2000
_REOPENED = (FilingStatus.SEALED, FilingStatus.RECEIVED, FilingStatus.REFUSED, FilingStatus.PASSED)
"""Refused, or passed after that, are those whose result was told here and taken back since."""


@dataclass(frozen=True, slots=True)
class TakenSlip:
    """A slip taken in (已装入的退回修改通知).

    `reopened` forms are open again; `kept` were already being changed and keep what was written; `newer` were sent
    anew since and stay as they are.
    """

    sender: str
    answer_by: date | None
    reopened: tuple[str, ...]
    kept: tuple[str, ...]
    newer: tuple[str, ...]
    comment_count: int
    was_known: bool


def take_return_slip(workspace: Workspace, path: Path) -> TakenSlip:
    """Take a slip in; a second time changes nothing. InputError when it is not for this unit or names none of its forms."""
    message = read_message(workspace, path, MessageType.RETURN_SLIP)
    payload, manifest = message.payload, message.judged.manifest_sha256 or ""
    items = _items(payload, path)
    with workspace.store.reading() as work:
        was_known = work.packages.get(manifest) is not None
        known = {item["filing_id"]: work.filings.get(item["filing_id"]) for item in items}
    if not any(known.values()):
        raise InputError("本机没有这份通知退回的表", "请在生成报送文件的电脑上装入", path.name)
    facts = {
        "from_unit": one_line(message.sender),
        "answer_by": str(payload.get("answer_by", ""))[:10],
        "filings": [[item["filing_id"], item["version"]] for item in items],
    }
    if not was_known:
        keep_received(workspace, path, message.judged, facts)
    now = workspace.tools.clock.now()
    outcome: dict[str, list[str]] = {"reopened": [], "kept": [], "newer": []}
    count = 0
    with workspace.store.writing() as work:
        for item in items:
            filing = known[item["filing_id"]]
            if filing is None:
                continue
            outcome[_open_again(work, filing, item["version"], now)].append(filing.filing_id)
            count += _put_comments(work, filing, item)
        work.commit()
    workspace.changes.tell(Topic.FILINGS, Topic.PACKAGES)
    return TakenSlip(
        message.sender,
        _day(payload.get("answer_by")),
        tuple(outcome["reopened"]),
        tuple(outcome["kept"]),
        tuple(outcome["newer"]),
        count,
        was_known,
    )


def noted_versions(payload: Mapping[str, Any], path: Path) -> list[tuple[str, int]]:
    """(filing, version) of everything a slip returns; InputError when it is not built as the format says."""
    return [(item["filing_id"], item["version"]) for item in _items(payload, path)]


def remarks_in_slip(payload: Mapping[str, Any], path: Path, filing_id: str) -> list[ReviewComment]:
    """What a slip says of one filing, its general opinion before the remarks; InputError as `noted_versions`."""
    return [
        comment
        for item in _items(payload, path)
        if item["filing_id"] == filing_id
        for comment in _said(filing_id, item)
    ]


def _items(payload: Mapping[str, Any], path: Path) -> list[dict[str, Any]]:
    """The returned filings a slip names; InputError when it is not built as the format says."""
    items = payload.get("filings")
    sound = isinstance(items, list) and bool(items) and all(_is_item(item) for item in items)
    if not sound:
        raise InputError("退回修改通知的内容不完整", "请向财政部门重新索取", path.name)
    assert isinstance(items, list), "sound"
    return items


def _is_item(item: Any) -> bool:
    if not isinstance(item, dict) or type(item.get("version")) is not int:
        return False
    texts = ("filing_id", "level", "opinion", "decided_by", "decided_at")
    if not all(isinstance(item.get(key), str) for key in texts) or item["level"] not in set(ReviewLevel):
        return False
    comments = item.get("comments")
    return isinstance(comments, list) and all(_is_comment(comment) for comment in comments)


def _is_comment(item: Any) -> bool:
    texts = ("comment_id", "level", "place", "label", "text", "seen", "proposed", "author", "made_at")
    if not isinstance(item, dict) or not all(isinstance(item.get(key), str) for key in texts):
        return False
    return item["level"] in set(ReviewLevel) and _moment(item["made_at"]) is not None


def _open_again(work: UnitOfWork, filing: Filing, version: int, now: datetime) -> str:
    """Open the form for changes, where the version returned is the one sent last; one being changed is returned too."""
    if filing.version != version:
        return "newer"
    if filing.status in _REOPENED or filing.status is FilingStatus.DRAFT:
        if filing.status is FilingStatus.PASSED:
            work.filings.set_status(filing.filing_id, FilingStatus.IN_REVIEW, now)
        work.filings.set_status(filing.filing_id, FilingStatus.RETURNED, now)
        return "kept" if filing.status is FilingStatus.DRAFT else "reopened"
    return "reopened" if filing.status is FilingStatus.RETURNED else "kept"


def _put_comments(work: UnitOfWork, filing: Filing, item: Mapping[str, Any]) -> int:
    """Keep the remarks, the general opinion as one on the whole form; those of this version known already stay.

    A remark the reviewer opened again comes with a later version: it is open again here, beside the earlier answer.
    """
    known = {comment.comment_id: comment for comment in work.reviews.comments([filing.filing_id])}
    count = 0
    for comment in _said(filing.filing_id, item):
        before = known.get(comment.comment_id)
        if before is not None and before.version >= comment.version:
            continue
        work.reviews.put_comment(replace(comment, answer=before.answer if before else ""))
        count += 1
    return count


def _said(filing_id: str, item: Mapping[str, Any]) -> list[ReviewComment]:
    """The general opinion of a return, where there is one, and its remarks."""
    found = [_comment(filing_id, item["version"], raw) for raw in item["comments"]]
    return [_opinion(filing_id, item), *found] if item["opinion"].strip() else found


def _comment(filing_id: str, version: int, raw: Mapping[str, Any]) -> ReviewComment:
    made_at = _moment(raw["made_at"])
    assert made_at is not None, "checked when read"
    return ReviewComment(
        comment_id=raw["comment_id"][:MAX_NAME],
        filing_id=filing_id,
        version=version,
        level=ReviewLevel(raw["level"]),
        place=raw["place"][:MAX_NAME],
        label=one_line(raw["label"])[:MAX_NAME],
        text=raw["text"][:_LONGEST],
        author=one_line(raw["author"])[:MAX_NAME],
        made_at=made_at,
        seen=raw["seen"][:_LONGEST],
        proposed=raw["proposed"][:_LONGEST],
        is_compulsory=bool(raw.get("is_compulsory")),
    )


def _opinion(filing_id: str, item: Mapping[str, Any]) -> ReviewComment:
    """The general opinion of the return, as a remark on the whole form.

    It need not be answered by itself where remarks say the rest; alone it is all that is asked.
    """
    return ReviewComment(
        comment_id=opinion_id(filing_id, item["version"]),
        filing_id=filing_id,
        version=item["version"],
        level=ReviewLevel(item["level"]),
        place="",
        label="",
        text=item["opinion"][:_LONGEST],
        author=one_line(item["decided_by"])[:MAX_NAME],
        made_at=_moment(item["decided_at"]) or datetime(2000, 1, 1, tzinfo=UTC),
        is_compulsory=not item["comments"],
    )


def _moment(text: str) -> datetime | None:
    """A moment with its zone; None when it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
