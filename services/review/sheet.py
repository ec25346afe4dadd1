"""All a reviewer needs for one filing (审核单): the form as it came, where it stands, what may be decided and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms.rectification_rows import SOURCE_FORMS as SELF_EVALUATIONS
from models.domain.desk_user import DeskUser
from models.domain.errors import InputError
from models.domain.kit import ParameterKit
from models.domain.review import ReviewComment, ReviewOutcome
from models.domain.review_rule import ReviewStep
from models.domain.target_review_rule import TargetReviewRule
from services.approval_states import TARGET_FORMS
from services.archive import ReceivedForm, open_received
from services.department.bureau_remarks import bureau_remarks
from services.ex_ante import EX_ANTE_FORM, conclusions_of
from services.handed_out import handed_out
from services.permissions import as_known, level_obstacle
from services.review.deciding import OPEN, WHERE
from services.review.queue import QueueLine, line_of
from services.review.rules import review_rule, waiting_words
from services.workspaces import Workspace


@dataclass(frozen=True)
class ReviewSheet:
    """One filing opened for review (审核单).

    `step` is the level whose turn it is, None when there is none; `obstacle` says why nothing can be decided now, ""
    when it can; `caution` what to mind then. `target_rule` grades targets, `conclusions` those of an ex-ante evaluation,
    where the kit has them; `has_amounts` tells whether 送审 and 审定 belong to the decision. `submitted_fen` in 分.
    `from_bureau` at a department's desk is what the bureau said of the form when it returned it, with the unit's answers,
    to be read only.
    """

    received: ReceivedForm
    line: QueueLine
    step: ReviewStep | None
    outcomes: tuple[ReviewOutcome, ...]
    opinions: tuple[str, ...]
    obstacle: str = ""
    caution: str = ""
    target_rule: TargetReviewRule | None = None
    conclusions: tuple[str, ...] = ()
    has_amounts: bool = False
    submitted_fen: int | None = None
    from_bureau: tuple[ReviewComment, ...] = ()

    @property
    def title(self) -> str:
        """The form by the name its place gives it."""
        return self.received.context.title(self.received.form)


def review_sheet(workspace: Workspace, who: DeskUser, filing_id: str) -> ReviewSheet:
    """Open a filing for review; InputError when it is not here any more."""
    received, line = open_received(workspace, filing_id), line_of(workspace, filing_id)
    if line is None:
        raise InputError("这份表已不在待审列表里", "请刷新列表后再试", WHERE)
    with workspace.store.reading() as work:
        users = work.users.all()
    kit, form_id = received.context.kit, received.form.form_id
    step = next((step for step in line.steps if step.level is line.file.level), None)
    is_target, is_ex_ante = form_id in TARGET_FORMS, form_id == EX_ANTE_FORM
    return ReviewSheet(
        received=received,
        line=line,
        step=step,
        outcomes=outcomes_of([form_id], may_return=step is None or step.may_return),
        opinions=opinions_of(kit, [form_id]),
        obstacle=_obstacle(users, line, step, who),
        caution=_caution(line),
        target_rule=kit.target_review
        if is_target and kit.target_review and kit.target_review.grades
        else None,
        conclusions=conclusions_of(form_id, kit),
        has_amounts=is_ex_ante,
        submitted_fen=received.form.amount_of(received.filing.answers) if is_ex_ante else None,
        from_bureau=bureau_remarks(workspace, filing_id),
    )


def outcomes_of(form_ids: Sequence[str], *, may_return: bool = True) -> tuple[ReviewOutcome, ...]:
    """What can be decided on forms of these kinds together, in the order of the buttons."""
    found = [ReviewOutcome.RETURN] if may_return else []
    if form_ids and all(form_id in SELF_EVALUATIONS for form_id in form_ids):
        found.append(ReviewOutcome.RECHECK)
    if form_ids and all(form_id in (*TARGET_FORMS, EX_ANTE_FORM) for form_id in form_ids):
        found.append(ReviewOutcome.REFUSE)
    return (*found, ReviewOutcome.PASS)


def opinions_of(kit: ParameterKit, form_ids: Sequence[str]) -> tuple[str, ...]:
    """The canned opinions of a kit that suit every one of these forms."""
    return tuple(
        opinion.text
        for opinion in review_rule(kit).opinions
        if not opinion.form_ids or all(form_id in opinion.form_ids for form_id in form_ids)
    )


def bulk_choices(
    workspace: Workspace, lines: Sequence[QueueLine]
) -> tuple[tuple[ReviewOutcome, ...], tuple[str, ...]]:
    """Outcomes and canned opinions that suit all of these filings together (批量审核)."""
    form_ids, known = [line.filing.form_id for line in lines], handed_out(workspace)
    kits = {id(kit): kit for line in lines if (kit := known.kit_of(line.filing.task_id)) is not None}
    said = [opinions_of(kit, form_ids) for kit in kits.values()] or [()]
    shared = tuple(text for text in said[0] if all(text in others for others in said))
    return outcomes_of(form_ids), shared


def _obstacle(users: Sequence[DeskUser], line: QueueLine, step: ReviewStep | None, who: DeskUser) -> str:
    """Why nothing can be decided now, "" when it can."""
    if step is None or line.filing.status not in OPEN:
        said = "已审完" if line.filing.status in OPEN else line.filing.status.label
        return f"{said}，没有待审的环节"
    told = level_obstacle(users, as_known(users, who), step, line.file)
    if told:
        return f"{told[0]}，{told[1]}"
    if line.awaits_department and not line.may_precede:
        return "主管部门还没有审核，请等汇总报送或催办"
    return ""


def _caution(line: QueueLine) -> str:
    """That the department has not decided yet, where the kit lets the bureau go before it."""
    if not line.awaits_department or not line.may_precede:
        return ""
    return f"{waiting_words(line.unit)[0]}；确需先行办理的，请在审核意见里写明理由。"
