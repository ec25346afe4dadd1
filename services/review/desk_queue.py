"""The queue as the review page shows it (审核页的待审列表): lines that fit, and what can be chosen among the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from models.domain.desk_user import DeskUser, UserRole
from models.domain.filing import FilingStatus
from services.approval_states import ADJUSTMENT_FORM, TARGET_FORMS
from services.desk_people import OWN_ID
from services.review.queue import QueueFilter, QueueLine, QueueQuery, fits, is_of
from services.review.queue_book import queue_book
from services.review.return_slips import waiting_for_slip
from services.review_results import REFUSABLE
from services.workspaces import DeskRole, Workspace

_OWN_WORDS = ((UserRole.OFFICE_REVIEWER, "本股室待办"), (UserRole.LEADER, "待审定"))


@dataclass(frozen=True)
class DeskQueue:
    """Lines that fit, the longest waiting first, and what the filters can be set to (待审列表).

    `counts` says how many each `QueueFilter` would show; `slips` how many returned filings their units
    have not been told of; `target_years` are budget years with targets here, the newest first, `has_results`
    where any form here may be refused. `mine` is how many wait
    for the person who asks, `has_departments` where
    something may wait for a department.
    """

    lines: tuple[QueueLine, ...]
    counts: Mapping[QueueFilter, int]
    offices: tuple[str, ...] = ()
    form_ids: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    target_years: tuple[int, ...] = ()
    waiting: int = 0
    mine: int = 0
    slips: int = 0
    has_results: bool = False
    has_departments: bool = False


def own_queue(who: DeskUser) -> tuple[str, bool]:
    """What a registered person's own work is called, and whether they begin with it (F84).

    本股室待办 for whoever reviews for an office, 待审定 for the leader; the performance office and 系统管理员 begin with
    everything. "" for the desk's own person, who does everything.
    """
    if not who.roles or who.user_id == OWN_ID:
        return "", False
    sees_all = {UserRole.PERFORMANCE_REVIEWER, UserRole.ADMINISTRATOR} & set(who.roles)
    words = next((said for role, said in _OWN_WORDS if role in who.roles), "待我审核")
    return ("待我审核", False) if sees_all else (words, True)


def desk_queue(workspace: Workspace, query: QueueQuery) -> DeskQueue:
    """The queue narrowed, read anew only when something was committed since; KitProblem while there is no kit."""
    book = queue_book(workspace)
    kinds, near = tuple(book.kinds.values()), book.near(query)
    years = sorted({line.filing.budget_year for line in kinds}, reverse=True)
    asked = {shown: replace(query, shown=shown) for shown in QueueFilter}
    return DeskQueue(
        lines=book.lines_of({number for number in near if fits(book.kinds[number], query)}, query.text),
        counts={
            shown: sum(count for number, count in near.items() if fits(book.kinds[number], one))
            for shown, one in asked.items()
        },
        offices=tuple(sorted({line.file.office for line in kinds if line.file.office})),
        form_ids=tuple(sorted({line.filing.form_id for line in kinds})),
        years=tuple(years),
        target_years=tuple(year for year in years if _has_targets(kinds, year)),
        waiting=book.count(lambda line: line.is_waiting),
        mine=book.count(lambda line: is_of(line, query.who)),
        slips=len(waiting_for_slip(workspace)) if any(_is_returned(line) for line in kinds) else 0,
        has_results=any(line.filing.form_id in REFUSABLE for line in kinds),
        has_departments=workspace.profile.role is DeskRole.BUREAU,
    )


def waiting_for(workspace: Workspace, who: DeskUser) -> int:
    """How many lines wait on the list a person's queue begins with; KitProblem while there is no kit."""
    book = queue_book(workspace)
    begins_with_own = own_queue(who)[1]
    return book.count(lambda line: is_of(line, who) if begins_with_own else line.is_waiting)


def _has_targets(lines: Sequence[QueueLine], year: int) -> bool:
    """Whether targets or adjustments of a budget year are here."""
    forms = (*TARGET_FORMS, ADJUSTMENT_FORM)
    return any(line.filing.budget_year == year and line.filing.form_id in forms for line in lines)


def _is_returned(line: QueueLine) -> bool:
    return line.filing.status is FilingStatus.RETURNED
