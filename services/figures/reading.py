"""Reading what is counted (读取汇总数据): overviews, registers, reviews and approvals of a budget year, each asked for once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from forms import registry
from models.domain.filing_status import FilingStatus
from models.domain.kit import GradeBand, ParameterKit
from models.domain.review import ReviewLevel, ReviewOutcome
from services.collector import without_collector
from services.department.carried import is_in_charge
from services.figures.belongings import Belongings
from services.figures.money import Decided
from services.figures.records import Basis, DueLine, FigureLine
from services.handed_out import HandedOut, handed_out
from services.kept_rows import KeptRows
from services.ports.store import FilingOverview
from services.reporting_status import Came, DueState, reporting_status
from services.workspaces import DeskRole

if TYPE_CHECKING:
    from models.domain.project import FilingTask
    from models.domain.review import ReviewDecision
    from services.workspaces import Workspace

_NOT_SENT = (FilingStatus.DRAFT, FilingStatus.SEALED, FilingStatus.EXEMPT)
_PERIODIC = ("monitoring", "overall_expenditure_monitoring")
_COUNTED = (DueState.SENT, DueState.MISSING, DueState.EXEMPT)


def read_basis(workspace: Workspace, budget_year: int) -> Basis:
    """Everything of a budget year; KitProblem while the desk has no kit. At a department's desk only its units count."""
    with without_collector():
        return _basis(workspace, budget_year)


def _basis(workspace: Workspace, budget_year: int) -> Basis:
    known = handed_out(workspace)
    is_shown = shown_units(workspace, known)
    with workspace.store.reading() as work:
        years = [work.kits.current(year) for year in work.kits.working_years()]
        rows = KeptRows(workspace.store, work)
        belongings = Belongings(work, rows, known, budget_year)
        came = rows.filings(budget_year)
        found = [item for item in came if _counts(item) and is_shown(item.unit_code)]
        lines = _lines(Decided(work, rows, budget_year), rows, known, belongings, found)
    kits = [stored.kit for stored in years if stored is not None]
    due = tuple(_due(workspace, kits, belongings, Came(budget_year, came), is_shown))
    titles = _titles(kits, budget_year)
    bands, full = _scales(kits, titles, budget_year)
    return Basis(budget_year, lines, due, titles, bands, full, known.current.same_scores_from)


def shown_units(workspace: Workspace, known: HandedOut) -> Callable[[str], bool]:
    """Tells by its code whether a unit's forms are counted at this desk: all at the bureau, at a department's those
    of the units in its charge; its own forms are not among what it judges."""
    if workspace.profile.role is not DeskRole.DEPARTMENT:
        return lambda _code: True
    mine = workspace.profile.unit.code

    @functools.cache
    def is_mine(code: str) -> bool:
        unit = known.unit(code)
        return unit is not None and is_in_charge(mine, unit)

    return is_mine


def budget_years(workspace: Workspace) -> tuple[int, ...]:
    """Budget years something was received of or is asked for, the newest first."""
    with workspace.store.reading() as work:
        kits = [work.kits.current(year) for year in work.kits.working_years()]
        found = set(work.filings.budget_years(_NOT_SENT))
    asked = {task.budget_year for stored in kits if stored is not None for task in stored.kit.tasks}
    return tuple(sorted(found | asked, reverse=True))


def _counts(filing: FilingOverview) -> bool:
    """Whether a filing has come to this desk and stands."""
    return filing.status not in _NOT_SENT and registry.has(filing.form_id)


def _lines(
    decided: Decided,
    rows: KeptRows,
    known: HandedOut,
    belongings: Belongings,
    found: Sequence[FilingOverview],
) -> tuple[FigureLine, ...]:
    """One line for every filing in force among those found."""
    tasks, lines = _tasks(known, found), []
    spent = rows.amounts(belongings.budget_year)
    for filing in _in_force(found, belongings):
        task, decision = tasks.get(filing.task_id), decided.decision(filing)
        submitted, approved = decided.amounts(filing) or (None, None)
        budget, spending_fen = spent.get(filing.filing_id) or (None, None)
        lines.append(
            FigureLine(
                filing.filing_id,
                filing.form_id,
                filing.task_id,
                task.name if task else "",
                belongings.of_filing(filing),
                belongings.name_of(filing),
                belongings.code_of(filing),
                _shown_status(filing, decision),
                filing.amount_fen,
                submitted,
                approved,
                budget,
                spending_fen,
                _score(filing.score or (decision.points if decision else "")),
                filing.grade or (decision.grade if decision else ""),
                filing.updated_at,
            )
        )
    return tuple(_last_period_counts(lines, tasks))


def _shown_status(filing: FilingOverview, decision: ReviewDecision | None) -> FilingStatus:
    """The state of a filing; one the bureau refused stays in review at its desk and is told as refused."""
    is_refused = (
        filing.status is FilingStatus.IN_REVIEW
        and decision is not None
        and decision.outcome is ReviewOutcome.REFUSE
        and decision.level is not ReviewLevel.DEPARTMENT
    )
    return FilingStatus.REFUSED if is_refused else filing.status


def _in_force(found: Sequence[FilingOverview], belongings: Belongings) -> Iterator[FilingOverview]:
    """The filing received last of every task and project; a desk set up anew sends the same form as another one."""
    newest: dict[tuple[str, str, str], FilingOverview] = {}
    for filing in sorted(found, key=_age):
        newest[filing.unit_code, filing.task_id, belongings.place_of(filing)] = filing
    kept = {filing.filing_id for filing in newest.values()}
    return (filing for filing in found if filing.filing_id in kept)


def _age(filing: FilingOverview) -> tuple[datetime, str]:
    return filing.updated_at or datetime.min.replace(tzinfo=UTC), filing.filing_id


def _tasks(known: HandedOut, found: Iterable[FilingOverview]) -> Mapping[str, FilingTask]:
    """The tasks filings answer, each looked up once."""
    tasks = {}
    for task_id in {filing.task_id for filing in found}:
        kit = known.kit_of(task_id)
        task = kit.task(task_id) if kit else None
        if task is not None:
            tasks[task_id] = task
    return tasks


def _last_period_counts(lines: Sequence[FigureLine], tasks: Mapping[str, FilingTask]) -> Iterator[FigureLine]:
    """Money of a form filed period by period counts once: with the last period received."""
    last: dict[tuple[str, str, str, str], int] = {}

    def period(line: FigureLine) -> int:
        return tasks[line.task_id].period_month if line.task_id in tasks else 0

    def place(line: FigureLine) -> tuple[str, str, str, str]:
        return line.form_id, line.belonging.unit_code, line.project_code, line.name

    for line in lines:
        last[place(line)] = max(period(line), last.get(place(line), 0))
    for line in lines:
        if line.form_id in _PERIODIC and period(line) < last[place(line)]:
            yield replace(line, amount_fen=None, budget_fen=None, spending_fen=None)
        else:
            yield line


def _score(text: str | None) -> Decimal | None:
    """Points as a number; None for none, or for a text nobody can read."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _due(
    workspace: Workspace,
    kits: Sequence[ParameterKit],
    belongings: Belongings,
    came: Came,
    is_shown: Callable[[str], bool],
) -> Iterator[DueLine]:
    """What the kits of all working years ask for this budget year; a task of two kits is asked for once."""
    seen: set[str] = set()
    for kit in kits:
        asked = {task.task_id for task in kit.tasks if task.budget_year == came.budget_year} - seen
        seen |= asked
        if not asked:
            continue
        for status in reporting_status(workspace, kit, came):
            for item in status.items if is_shown(status.unit.code) else ():
                if item.state in _COUNTED:
                    yield DueLine(
                        item.task.form_id,
                        item.task.name,
                        belongings.of_item(item),
                        item.name,
                        item.project_code,
                        item.state,
                        item.filing_id,
                        item.amount_fen,
                        item.remark,
                    )


def _titles(kits: Sequence[ParameterKit], budget_year: int) -> Mapping[str, str]:
    """What the place calls each form of the budget year, short where it has no name of its own."""
    titles = {}
    for head in registry.heads():
        named = (kit.form_title(head.form_id, budget_year, "") for kit in kits)
        titles[head.form_id] = next((name for name in named if name), head.short_title)
    return titles


def _scales(
    kits: Sequence[ParameterKit], form_ids: Iterable[str], budget_year: int
) -> tuple[Mapping[str, tuple[GradeBand, ...]], Mapping[str, Decimal]]:
    """Grades, best first, and full points of every form that a kit's score scheme is set for."""
    bands: dict[str, tuple[GradeBand, ...]] = {}
    full: dict[str, Decimal] = {}
    for form_id in form_ids:
        for kit in kits:
            setting = kit.form_setting(form_id, budget_year)
            named = setting.scheme_id if setting else ""
            scheme = next((one for one in kit.schemes if one.scheme_id == named), None)
            if scheme is not None:
                bands[form_id] = tuple(sorted(scheme.grades, key=lambda band: -band.lower))
                full[form_id] = scheme.full_total
                break
    return bands, full
