"""Answers to a reviewer's remarks (意见答复): open, changed, answered; they travel back with the next version (F65, F68)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from forms.answers import is_blank, value_at
from forms.findings import place_of
from models.domain.errors import InputError
from models.domain.filing import Answers
from models.domain.review import CommentState, ReviewComment
from services.changes import Topic
from services.ports.store import UnitOfWork
from services.workspaces import Workspace

_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark as the clerk sees it (要处理的意见). `is_changed`: what was remarked on reads otherwise now."""

    comment: ReviewComment
    is_changed: bool

    @property
    def is_done(self) -> bool:
        """Whether nothing more is asked of the clerk."""
        return (
            self.is_changed or self.comment.state is not CommentState.OPEN or not self.comment.is_compulsory
        )


@dataclass(frozen=True)
class RemarkSheet:
    """The remarks on a filing beside what was sent last (审核意见单), so that a desk can follow what is being typed.

    `sent` is None where nothing was sent from this desk.
    """

    comments: tuple[ReviewComment, ...] = ()
    sent: Answers | None = None

    def against(self, answers: Answers) -> tuple[Remark, ...]:
        """Every remark held against present answers, in the order they were made."""
        sent = self.sent
        return tuple(
            Remark(comment, sent is not None and _is_changed(comment, sent, answers))
            for comment in self.comments
        )


def sheet_of(workspace: Workspace, filing_id: str) -> RemarkSheet:
    """The remarks on a filing that were not taken back."""
    with workspace.store.reading() as work:
        return _sheet(work, filing_id)


def remarks_of(workspace: Workspace, filing_id: str, answers: Answers) -> tuple[Remark, ...]:
    """The remarks on a filing, held against its present answers, in the order they were made."""
    return sheet_of(workspace, filing_id).against(answers)


def remarks_in(work: UnitOfWork, filing_id: str, answers: Answers) -> tuple[Remark, ...]:
    """Like `remarks_of`, within a unit of work."""
    return _sheet(work, filing_id).against(answers)


def _sheet(work: UnitOfWork, filing_id: str) -> RemarkSheet:
    comments = work.reviews.comments([filing_id])
    if not comments:
        return RemarkSheet()
    sent = next(iter(work.filings.versions(filing_id)), None)
    kept = tuple(comment for comment in comments if comment.state is not CommentState.WITHDRAWN)
    return RemarkSheet(kept, sent.answers if sent is not None else None)


def answer(workspace: Workspace, comment_id: str, text: str) -> ReviewComment:
    """Answer a remark; an empty answer takes the earlier one back. InputError when it is too long or was settled."""
    said, now = text.strip(), workspace.tools.clock.now()
    if len(said) > _LONGEST:
        raise InputError(f"答复超过 {_LONGEST} 字", "请写简短些", "意见答复")
    with workspace.store.writing() as work:
        found = next((c for c in work.reviews.comments() if c.comment_id == comment_id), None)
        if found is None or found.state in (CommentState.SETTLED, CommentState.WITHDRAWN):
            raise InputError("这条意见已经了结", "请刷新后再看", "意见答复")
        state = CommentState.ANSWERED if said else CommentState.OPEN
        person = workspace.profile.person_name if said else ""
        changed = replace(
            found, state=state, answer=said, answered_by=person, answered_at=now if said else None
        )
        work.reviews.put_comment(changed)
        work.commit()
    workspace.changes.tell(Topic.FILINGS)
    return changed


def open_count(remarks: Sequence[Remark]) -> int:
    """How many remarks still ask for a change or an answer."""
    return sum(not remark.is_done for remark in remarks)


def answers_json(remarks: Sequence[Remark]) -> list[Mapping[str, Any]]:
    """What travels back with the next version: of each remark whether it was changed or answered."""
    return [
        {
            "comment_id": remark.comment.comment_id,
            "answer": remark.comment.answer,
            "answered_by": remark.comment.answered_by,
            "is_changed": "yes" if remark.is_changed else "",
        }
        for remark in remarks
        if remark.is_changed or remark.comment.state is CommentState.ANSWERED
    ]


def _is_changed(comment: ReviewComment, sent: Answers, now: Answers) -> bool:
    """Whether the place of a remark reads otherwise than when it was sent; of the whole form, whether anything does."""
    if not comment.place:
        return any(_reads_otherwise(sent.get(key), now.get(key)) for key in {*sent, *now})
    place = place_of(comment.place)
    return _reads_otherwise(value_at(sent, place), value_at(now, place))


def _reads_otherwise(before: Any, after: Any) -> bool:
    """Blank is blank, however it is kept."""
    return bool(before != after and not (is_blank(before) and is_blank(after)))
