"""How a remark is put for the clerk (审核意见的说法): its state as a chip, its place, who made it."""

from __future__ import annotations

from models.domain.review import CommentState, ReviewComment
from services.remark_answers import Remark
from ui.theme import Tone
from ui.widgets.chip import ChipLook
from ui.widgets.dates import full_date

WHOLE = "整张表"
_SETTLED = ChipLook("已解决", Tone.GOOD, "done")
_ANSWERED = ChipLook("已答复", Tone.GOOD, "check")
_CHANGED = ChipLook("已改", Tone.GOOD, "check")
_OPEN = ChipLook("未处理", Tone.CARE, "care")
_FREE = ChipLook("供参考", Tone.PLAIN, "info")


def state_look(remark: Remark) -> ChipLook:
    """已解决, 已答复, 已改, 未处理; 供参考 where nothing is asked."""
    state = remark.comment.state
    if state is CommentState.SETTLED:
        return _SETTLED
    if state is CommentState.ANSWERED:
        return _ANSWERED
    if remark.comment.is_compulsory and not remark.is_changed:
        return _OPEN
    return _CHANGED if remark.comment.is_compulsory else _FREE


def place_words(comment: ReviewComment) -> str:
    """The place as the reviewer saw it; 整张表, or 总体意见 where the return itself speaks."""
    if comment.place:
        return comment.label or comment.place
    return "总体意见" if comment.is_opinion or not comment.is_compulsory else WHOLE


def author_words(comment: ReviewComment) -> str:
    """李文　业务股室初审　2026年9月1日."""
    day = full_date(comment.made_at)
    return "　".join(part for part in (comment.author, comment.level.label, day) if part)


def earlier_answer(comment: ReviewComment) -> str:
    """What was answered before and did not do: the reviewer has opened the remark again."""
    return comment.answer if comment.state is CommentState.OPEN else ""
