"""The filer's matrix (填报任务总表): projects × this working year's tasks, and a card per task."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from forms import registry
from forms.form_head import FormSubject
from models.domain.errors import DeskError
from models.domain.filing_status import FilingStatus
from models.domain.project import DeclarationStage
from models.domain.repeated_task import time_of
from services.approval_states import APPROVED, approval_words, can_be_noted
from services.due import reason_not_due
from services.ex_ante import NO_RULE, ExAnteScope, declared_at, leaves_to_rule, scope_of_desk
from services.ports.filing_lists import FilingOverview, FilingQuery
from services.workspaces import DeskRole

if TYPE_CHECKING:
    from models.domain.approval import Approval
    from models.domain.kit_head import KitHead
    from models.domain.project import FilingTask, Project, ProjectYear, RegisterEntry
    from services.ports.store import UnitOfWork
    from services.workspaces import Workspace


class Tone(enum.StrEnum):
    """How a state looks (状态色调); a view maps it to word, icon and colour together."""

    NONE = "none"
    OPEN = "open"
    ACCENT = "accent"
    GOOD = "good"
    CARE = "care"
    BAD = "bad"


class MatrixCell(NamedTuple):
    """One filing's state in the matrix (状态格): the word people read, its tone, and what a click opens.

    `is_approvable` tells that an approval may be noted for it (登记批复), `is_optional` that the form is begun only
    where there is a cause, so it is not due.
    """

    task_id: str
    word: str
    tone: Tone
    status: FilingStatus | None
    progress: int = 0
    filing_id: str = ""
    is_due: bool = True
    reason: str = ""
    is_approvable: bool = False
    is_optional: bool = False

    @property
    def opens(self) -> bool:
        """Whether a click opens a form."""
        return self.is_due or self.is_optional or self.status is not None


class MatrixRow(NamedTuple):
    """A project, or the unit as a whole with `project_id` "" (项目行); budget in 分."""

    project_id: str
    name: str
    project_code: str
    budget_fen: int | None
    cells: tuple[MatrixCell, ...]


class TaskCard(NamedTuple):
    """Progress of a task (任务卡片): done of total, closing date, days left (negative when overdue)."""

    task: FilingTask
    done: int
    total: int
    days_left: int


class Matrix(NamedTuple):
    """Everything the filer's home shows (填报总表); `budget_year` is that of the amounts column,
    `exemptions` the grounds the kit names for doing without an ex-ante evaluation.
    """

    working_year: int
    budget_year: int
    tasks: tuple[FilingTask, ...]
    cards: tuple[TaskCard, ...]
    rows: tuple[MatrixRow, ...]
    exemptions: tuple[str, ...] = ()


_Approvals = Mapping[tuple[str, int], "Approval"]
AS_NEEDED = "有需要时才填报，没有的不用填"
_DONE = frozenset(FilingStatus) - {FilingStatus.DRAFT, FilingStatus.RETURNED}


def matrix(workspace: Workspace) -> Matrix:
    """The matrix of the working year."""
    unit = workspace.profile.unit
    with workspace.store.reading() as work:
        kit = workspace.kit_head(work)
        projects = work.projects.list(unit.code)
        years = work.projects.years()
        filings = work.filings.overview(FilingQuery(unit_code=unit.code))
        approvals = _approvals(work, unit.code, filings)
        declared = declared_at(work, kit.ex_ante, unit.code, filings)
        refused = _refused(workspace, work, filings)
    tasks = tuple(task for task in kit.tasks if task.is_due_from(unit))
    by_place = _by_place(filings)
    scope = scope_of_desk(kit.ex_ante, years, filings, declared)
    rows = _with_refusals(_rows(kit, tasks, projects, years, by_place, approvals, scope), refused)
    budget_year = max((task.budget_year for task in tasks), default=kit.working_year + 1)
    today = workspace.today
    cards = tuple(_card(task, at, rows, today) for at, task in enumerate(tasks) if not task.is_optional)
    exemptions = kit.ex_ante.exemptions if kit.ex_ante else ()
    return Matrix(kit.working_year, budget_year, tasks, cards, rows, exemptions)


def _refused(workspace: Workspace, work: UnitOfWork, filings: Sequence[FilingOverview]) -> Mapping[str, str]:
    """Why filings were refused, in words; what reads it is only loaded where any was."""
    if not any(filing.status is FilingStatus.REFUSED for filing in filings):
        return {}
    from services.review_results import refusals

    return {filing_id: told.words(workspace) for filing_id, told in refusals(work, filings).items()}


def _with_refusals(rows: tuple[MatrixRow, ...], refused: Mapping[str, str]) -> tuple[MatrixRow, ...]:
    """The rows, with the opinion on every filing that was refused."""
    if not refused:
        return rows
    return tuple(
        row._replace(
            cells=tuple(cell._replace(reason=refused.get(cell.filing_id, cell.reason)) for cell in row.cells)
        )
        for row in rows
    )


def _by_place(filings: Sequence[FilingOverview]) -> Mapping[tuple[str, str], FilingOverview]:
    """The filing of every task and project; of what was filed several times in the year, the last time."""
    found: dict[tuple[str, str], tuple[int, FilingOverview]] = {}
    for filing in filings:
        base, number = time_of(filing.task_id)
        place = base, filing.project_id
        if place not in found or number > found[place][0]:
            found[place] = number, filing
    return {place: filing for place, (_number, filing) in found.items()}


def first_matrix(workspace: Workspace) -> Matrix | None:
    """The matrix a desk opens with; None at the bureau's, and where the desk must say itself why there is none."""
    if workspace.profile.role is DeskRole.BUREAU:
        return None
    try:
        return matrix(workspace)
    except DeskError:
        return None


def _rows(
    kit: KitHead,
    tasks: Sequence[FilingTask],
    projects: Sequence[Project],
    years: Sequence[ProjectYear],
    filings: Mapping[tuple[str, str], FilingOverview],
    approvals: _Approvals,
    scope: ExAnteScope,
) -> tuple[MatrixRow, ...]:
    """A row per project, the unit as a whole last."""
    amounts = {(year.project_id, year.budget_year): year.budget_fen for year in years}
    lines = {(e.project_code, e.budget_year): e for e in kit.register}
    shown_year = max((task.budget_year for task in tasks), default=0)
    rows = []
    for project in projects:
        cells = []
        for task in tasks:
            entry = lines.get((project.project_code, task.budget_year)) if project.project_code else None
            filing = filings.get((task.task_id, project.project_id))
            of_year = (project.project_id, task.budget_year) in amounts
            cells.append(_project_cell(task, project, entry, filing, of_year, approvals, scope))
        amount = amounts.get((project.project_id, shown_year))
        shown = _one_round_approvable(tasks, cells)
        rows.append(MatrixRow(project.project_id, project.name, project.project_code, amount, shown))
    whole = tuple(
        _cell(
            task,
            filings.get((task.task_id, "")),
            registry.head(task.form_id).subject is FormSubject.UNIT,
            "",
            approvals,
        )
        for task in tasks
    )
    whole = _one_round_approvable(tasks, whole)
    if any(cell.opens for cell in whole):
        rows.append(MatrixRow("", "部门（单位）整体支出", "", _whole_amount(whole, filings), whole))
    return tuple(rows)


def _one_round_approvable(tasks: Sequence[FilingTask], cells: Sequence[MatrixCell]) -> tuple[MatrixCell, ...]:
    """The cells; a first round that a second one was filed after is not what gets approved any more."""
    if not any(cell.is_approvable for cell in cells):
        return tuple(cells)
    later = {
        (task.form_id, task.budget_year)
        for task, cell in zip(tasks, cells, strict=True)
        if task.stage is DeclarationStage.SECOND_ROUND and cell.is_approvable
    }
    return tuple(
        cell._replace(is_approvable=False)
        if task.stage is DeclarationStage.FIRST_ROUND and (task.form_id, task.budget_year) in later
        else cell
        for task, cell in zip(tasks, cells, strict=True)
    )


def _project_cell(
    task: FilingTask,
    project: Project,
    entry: RegisterEntry | None,
    filing: FilingOverview | None,
    is_of_year: bool,
    approvals: _Approvals,
    scope: ExAnteScope,
) -> MatrixCell:
    """What a project owes of a task: by the register's line (`entry`), or by the kit's rule where that leaves it."""
    due = is_of_year and registry.head(task.form_id).subject is FormSubject.PROJECT
    reason = reason_not_due(entry, task.form_id) if entry else ""
    by_rule = due and leaves_to_rule(entry, task.form_id, reason)
    cell = _cell(task, filing, due, "" if by_rule else reason, approvals)
    return _by_rule(cell, scope, project.project_id, task.budget_year) if by_rule else cell


def _by_rule(cell: MatrixCell, scope: ExAnteScope, project_id: str, budget_year: int) -> MatrixCell:
    """The cell of an ex-ante evaluation nobody has begun, by the kit's rule; one begun only says the reason."""
    decision = scope.decision(project_id, budget_year)
    reason = decision.sentence if decision is not None else NO_RULE
    if cell.status is not None:
        return cell if cell.reason else cell._replace(reason=reason)
    if decision is None:
        return cell._replace(word="需要时填", tone=Tone.NONE, is_due=False, is_optional=True, reason=reason)
    if decision.is_needed is None:
        return cell._replace(word="待判断", tone=Tone.CARE, is_due=False, is_optional=True, reason=reason)
    if not decision.is_needed:
        return cell._replace(word="无需填报", tone=Tone.NONE, status=FilingStatus.EXEMPT, reason=reason)
    return cell._replace(reason=reason)


def _whole_amount(
    cells: Sequence[MatrixCell], filings: Mapping[tuple[str, str], FilingOverview]
) -> int | None:
    """The amount that the unit's own form states."""
    found = (filings.get((cell.task_id, "")) for cell in cells)
    return next((item.amount_fen for item in found if item is not None and item.amount_fen is not None), None)


def _approvals(work: UnitOfWork, unit_code: str, filings: Sequence[FilingOverview]) -> _Approvals:
    """The approvals in force, read only for budget years in which anything is approved."""
    years = {item.budget_year for item in filings if item.status in APPROVED}
    return {
        (approval.project_id, approval.budget_year): approval
        for year in years
        for approval in work.approvals.in_force(year, unit_code)
    }


def _cell(
    task: FilingTask, filing: FilingOverview | None, due: bool, exempt_reason: str, approvals: _Approvals
) -> MatrixCell:
    """State of one filing in a word."""
    if filing is None:
        return _blank(task.task_id, due, task.is_optional, exempt_reason)
    word, tone = _word(filing)
    approval = approvals.get((filing.project_id, filing.budget_year)) if filing.status in APPROVED else None
    if approval is not None and filing.status is FilingStatus.ADJUSTED:
        word = f"已调整（第{approval.adjustments}次）"
    number = time_of(filing.task_id)[1]
    return MatrixCell(
        filing.task_id,
        word if number == 1 else f"第{number}次 {word}",
        tone,
        filing.status,
        filing.progress,
        filing.filing_id,
        is_due=not task.is_optional,
        reason=approval_words(approval) if approval is not None else filing.exempt_reason,
        is_approvable=can_be_noted(task.form_id, filing.status),
    )


@lru_cache(maxsize=256)
def _blank(task_id: str, due: bool, is_optional: bool, exempt_reason: str) -> MatrixCell:
    """The cell of a filing nobody has begun: most of the cells at the beginning of a year, so each kind is made once."""
    if due and is_optional:
        return MatrixCell(
            task_id, "需要时填", Tone.NONE, None, is_due=False, is_optional=True, reason=AS_NEEDED
        )
    if not due:
        return MatrixCell(task_id, "—", Tone.NONE, None, is_due=False)
    if exempt_reason:
        return MatrixCell(task_id, "无需填报", Tone.NONE, FilingStatus.EXEMPT, reason=exempt_reason)
    return MatrixCell(task_id, "未填", Tone.OPEN, None)


def _word(filing: FilingOverview) -> tuple[str, Tone]:
    """Word and tone of a filing's state; a draft tells how far it is."""
    if filing.status is FilingStatus.DRAFT:
        if filing.progress < 100:
            return f"填至 {filing.progress}%", Tone.ACCENT
        if filing.blocking:
            return f"必改 {filing.blocking} 条", Tone.BAD
        if filing.to_explain:
            return f"需说明 {filing.to_explain} 条", Tone.CARE
        return "可报送", Tone.ACCENT
    tones = {
        FilingStatus.RETURNED: Tone.BAD,
        FilingStatus.REFUSED: Tone.BAD,
        FilingStatus.EXEMPT: Tone.NONE,
        FilingStatus.UNFUNDED: Tone.CARE,
    }
    tone = tones.get(filing.status, Tone.GOOD)
    if filing.score and tone is not Tone.NONE:
        return f"{filing.status.label} {filing.score} 分 {filing.grade or ''}".rstrip(), tone
    return filing.status.label, tone


def _card(task: FilingTask, at: int, rows: Sequence[MatrixRow], today: date) -> TaskCard:
    """Progress of one task, whose cells stand `at` that place of a row, over the rows it is due from."""
    due = [row.cells[at] for row in rows if row.cells[at].is_due]
    done = sum(cell.status in _DONE for cell in due)
    return TaskCard(task, done, len(due), (task.closes_on - today).days)
