"""How reviews are put into words and tones (审核的说法): states, decisions, remarks."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from models.domain.filing import FilingStatus
from models.domain.money import AmountUnit, format_amount
from models.domain.review import CommentState, ReviewOutcome
from ui.theme import Tone
from ui.widgets.chip import ChipLook
from ui.widgets.dates import full_time, short_date

if TYPE_CHECKING:
    from models.domain.review import ReviewComment, ReviewDecision
    from services.review.queue import QueueLine

_STATES = {
    FilingStatus.RETURNED: (Tone.CARE, "returned"),
    FilingStatus.REFUSED: (Tone.BAD, "refuse"),
    FilingStatus.PASSED: (Tone.GOOD, "check"),
    FilingStatus.ENLISTED: (Tone.GOOD, "archive"),
    FilingStatus.APPROVED: (Tone.GOOD, "award"),
    FilingStatus.ADJUSTED: (Tone.GOOD, "award"),
    FilingStatus.UNFUNDED: (Tone.PLAIN, "none"),
}
_COMMENTS = {
    CommentState.OPEN: (Tone.CARE, "comment"),
    CommentState.ANSWERED: (Tone.ACCENT, "comment"),
    CommentState.SETTLED: (Tone.GOOD, "check"),
}


def state_look(line: QueueLine) -> ChipLook:
    """That the department comes first, else the level whose turn it is while one has to decide, else the filing's state."""
    if line.is_waiting and line.awaits_department:
        return ChipLook("等主管部门审核", Tone.CARE, "time")
    if line.is_waiting and line.file.level is not None:
        step = next((step for step in line.steps if step.level is line.file.level), None)
        return ChipLook(step.shown_title if step else line.file.level.label, Tone.ACCENT, "time")
    refused = any(
        item.outcome is ReviewOutcome.REFUSE and item.is_in_force and item.version == line.filing.version
        for item in line.decisions
    )
    if refused and line.filing.status is FilingStatus.IN_REVIEW:
        return ChipLook(ReviewOutcome.REFUSE.label, Tone.BAD, "refuse")
    tone, icon_name = _STATES.get(line.filing.status, (Tone.PLAIN, "dot"))
    return ChipLook(line.filing.status.label, tone, icon_name)


def short_state_look(line: QueueLine) -> ChipLook:
    """The same in fewer words for the narrow list: 待初审, 待复审, 待审定."""
    look = state_look(line)
    is_level = line.is_waiting and not line.awaits_department
    return ChipLook(f"待{look.word[-2:]}", look.tone, look.icon) if is_level else look


def comment_look(comment: ReviewComment) -> ChipLook:
    """未处理, 已答复, 已解决."""
    tone, icon_name = _COMMENTS.get(comment.state, (Tone.PLAIN, "none"))
    return ChipLook(comment.state.label, tone, icon_name)


def whose_words(line: QueueLine) -> str:
    """The unit; where the form is the unit's own, which office looks after it."""
    return line.unit.name if line.project is not None else line.file.office


def figure_words(line: QueueLine) -> str:
    """Score and grade where the form has them, else the amount in 万元."""
    filing = line.filing
    if filing.score:
        return f"{_score(filing.score)} {filing.grade or ''}".strip()
    if filing.amount_fen is not None:
        return f"{format_amount(filing.amount_fen, AmountUnit.WAN_YUAN)} 万元"
    return ""


def doubt_words(line: QueueLine) -> str:
    """What a reviewer should look at: findings, remarks, paper without a signature."""
    doubts = line.filing.blocking + line.filing.to_explain
    answered, open_ = line.count(CommentState.ANSWERED), line.count(CommentState.OPEN)
    parts = [
        "未签名" if line.is_unsigned else "",
        f"疑点 {doubts}" if doubts else "",
        f"已答复 {answered}" if answered else "",
        f"意见 {open_}" if open_ else "",
    ]
    return "　".join(part for part in parts if part)


def decision_head(decision: ReviewDecision) -> str:
    """绩效股复审：审核通过."""
    return f"{decision.level.label}：{decision.outcome.label}"


def decision_maker(decision: ReviewDecision) -> str:
    """李文 9月3日　第 2 版."""
    return f"{decision.decided_by} {short_date(decision.decided_at)}　第 {decision.version} 版"


def decision_details(decision: ReviewDecision) -> str:
    """Grade, points, conclusion, amounts and the opinion; below, why it was taken back."""
    parts = [decision.grade, f"{decision.points} 分" if decision.points else "", decision.conclusion]
    if decision.approved_fen is not None:
        parts.append(f"审定 {format_amount(decision.approved_fen, AmountUnit.WAN_YUAN)} 万元")
    if decision.cut_fen:
        parts.append(f"审减 {format_amount(decision.cut_fen, AmountUnit.WAN_YUAN)} 万元")
    lines = ["　".join(part for part in parts if part), decision.opinion]
    if decision.withdrawn_at is not None:
        lines.append(
            f"{decision.withdrawn_by} {full_time(decision.withdrawn_at)}撤回：{decision.withdrawn_reason}"
        )
    return "\n".join(line for line in lines if line)


def _score(text: str) -> str:
    """A score as people write it, two places."""
    try:
        return f"{Decimal(text):.2f}"
    except InvalidOperation:
        return text
