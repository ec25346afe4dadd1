"""The queue of a reviewer (待审列表): what waits at a level, by office, form and words, with what was said so far."""

from __future__ import annotations

import enum
import functools
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from models.domain.desk_user import DeskUser
from models.domain.filing import FilingStatus
from models.domain.kit import ParameterKit
from models.domain.project import Project, Unit
from models.domain.review import (
    CommentState,
    ReviewComment,
    ReviewDecision,
    ReviewFile,
    ReviewLevel,
    ReviewOutcome,
)
from models.domain.review_rule import ReviewRule, ReviewStep
from services.handed_out import HandedOut, handed_out
from services.ports.store import FilingOverview, FilingQuery, UnitOfWork
from services.review.assignments import Assignments, assignments
from services.review.rules import asks_department, is_undecided, review_of, review_rule, steps_at
from services.workspaces import DeskRole, Workspace


class QueueFilter(enum.StrEnum):
    """What of the queue is shown (筛选), F66."""

    WAITING = "waiting"
    MINE = "mine"
    AWAITS_DEPARTMENT = "awaits_department"
    ALL = "all"
    COMMENTED = "commented"
    ANSWERED = "answered"
    FLAGGED = "flagged"
    UNSIGNED = "unsigned"
    RECHECK = "recheck"
    DONE = "done"

    @property
    def label(self) -> str:
        """待审, 待我审核, 等主管部门, 全部, 有意见, 意见已答复, 有必改或未说明, 未签名, 列入复核, 已审完."""
        return {
            "waiting": "待审",
            "mine": "待我审核",
            "awaits_department": "等主管部门",
            "all": "全部",
            "commented": "有意见",
            "answered": "意见已答复",
            "flagged": "有必改或未说明",
            "unsigned": "未签名",
            "recheck": "列入复核",
            "done": "已审完",
        }[self.value]


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """What a reviewer wants to see (查询条件); "" and None mean any. `who` is the person whose own work MINE shows."""

    shown: QueueFilter = QueueFilter.WAITING
    level: ReviewLevel | None = None
    office: str = ""
    form_id: str = ""
    budget_year: int | None = None
    unit_code: str = ""
    text: str = ""
    assigned_to: str = ""
    who: DeskUser | None = None


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One filing in the queue (待审行); `steps` are the levels that decide here, `file` where it stands.

    `awaits_department` at the bureau while the place's review asks for the department and nothing came from it on this
    version: the filing came directly. `may_precede` where the kit lets the bureau decide all the same, with a reason.
    """

    filing: FilingOverview
    unit: Unit
    project: Project | None
    file: ReviewFile
    steps: tuple[ReviewStep, ...]
    decisions: tuple[ReviewDecision, ...] = ()
    comments: tuple[ReviewComment, ...] = ()
    is_unsigned: bool = False
    awaits_department: bool = False
    may_precede: bool = False

    @property
    def subject(self) -> str:
        """The project's name, or the unit's for a form of the unit as a whole."""
        return self.project.name if self.project else self.unit.name

    @property
    def is_waiting(self) -> bool:
        """Whether a level still has to decide on this version."""
        return self.file.level is not None and self.filing.status in _OPEN

    @property
    def is_for_recheck(self) -> bool:
        """Whether a level put this version on the list of re-checks (列入复核), and nobody took that back."""
        return any(
            item.outcome is ReviewOutcome.RECHECK and item.is_in_force and item.version == self.filing.version
            for item in self.decisions
        )

    def count(self, state: CommentState) -> int:
        """How many remarks are in that state."""
        return sum(item.state is state for item in self.comments)

    def last_decision(self, level: ReviewLevel) -> ReviewDecision | None:
        """The decision of a level on this version that is in force."""
        found = [
            item
            for item in self.decisions
            if item.level is level and item.is_in_force and item.version == self.filing.version
        ]
        return found[-1] if found else None


_Said = TypeVar("_Said", ReviewDecision, ReviewComment)
_OPEN = (FilingStatus.RECEIVED, FilingStatus.IN_REVIEW)
_REVIEWED = frozenset(FilingStatus) - {FilingStatus.DRAFT, FilingStatus.SEALED, FilingStatus.EXEMPT}


def queue(workspace: Workspace, query: QueueQuery) -> tuple[QueueLine, ...]:
    """The filings of a desk that fit, the longest waiting first."""
    asked = FilingQuery(
        unit_code=query.unit_code or None,
        form_id=query.form_id or None,
        budget_year=query.budget_year,
        text=query.text or None,
    )
    lines = every_line(workspace, handed_out(workspace), asked)
    fitting = [line for line in lines if fits(line, query)]
    return tuple(sorted(fitting, key=longest_waiting))


def every_line(workspace: Workspace, known: HandedOut, asked: FilingQuery | None = None) -> list[QueueLine]:
    """The lines of all filings the store has of those asked for, in no order."""
    with workspace.store.reading() as work:
        filings = [item for item in work.filings.overview(asked or FilingQuery()) if item.status in _REVIEWED]
        return lines_of(workspace, known, filings, beside_all(work))


def some_lines(
    workspace: Workspace, work: UnitOfWork, known: HandedOut, filing_ids: Collection[str]
) -> list[QueueLine]:
    """The lines of some filings, reading nothing of any other; in no order."""
    filings = [item for item in work.filings.overview_of(filing_ids) if item.status in _REVIEWED]
    return lines_of(workspace, known, filings, _beside_some(work, filings))


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside filings in the queue (待审行的附带内容), by id; of some filings or of all."""

    projects: Mapping[str, Project]
    offices: Mapping[tuple[str, int], str]
    files: Mapping[str, ReviewFile]
    decisions: Mapping[str, tuple[ReviewDecision, ...]]
    comments: Mapping[str, tuple[ReviewComment, ...]]
    papers: Set[tuple[str, int]]
    given: Assignments


def beside_all(work: UnitOfWork) -> Beside:
    """What stands beside every filing."""
    return Beside(
        {project.project_id: project for project in work.projects.list()},
        work.projects.bureau_offices(),
        {file.filing_id: file for file in work.reviews.files()},
        _by_filing(work.reviews.decisions()),
        _by_filing(work.reviews.comments()),
        {(paper.filing_id, paper.version) for paper in work.papers.all()},
        assignments(work),
    )


def _beside_some(work: UnitOfWork, filings: Sequence[FilingOverview]) -> Beside:
    """What stands beside some filings."""
    ids = [filing.filing_id for filing in filings]
    projects = {filing.project_id for filing in filings}
    return Beside(
        {project.project_id: project for project in work.projects.some(projects)},
        {(y.project_id, y.budget_year): y.bureau_office for y in work.projects.years_of(projects)},
        {file.filing_id: file for file in work.reviews.files_of(ids)},
        _by_filing(work.reviews.decisions(ids)),
        _by_filing(work.reviews.comments(ids)),
        {(paper.filing_id, paper.version) for paper in work.papers.some(ids)},
        assignments(work),
    )


@dataclass(frozen=True, slots=True)
class _Alike:
    """What is the same for all filings of a task, form and unit (同类填报件的共同情况)."""

    unit: Unit
    rule: ReviewRule
    steps: tuple[ReviewStep, ...]
    asks_department: bool


def lines_of(
    workspace: Workspace, known: HandedOut, filings: Sequence[FilingOverview], beside: Beside
) -> list[QueueLine]:
    """Queue lines of filings; left out are those whose task or unit the kits know nothing of, and a department's own."""
    kit_of, unit_of = functools.cache(known.kit_of), functools.cache(known.unit)
    kinds: dict[tuple[str, str, str], _Alike | None] = {}
    desk, settled = workspace.profile.role, beside.given.settled
    lines = []
    for filing in filings:
        key = (filing.task_id, filing.form_id, filing.unit_code)
        if key not in kinds:
            kit, filer = kit_of(filing.task_id), unit_of(filing.unit_code)
            kinds[key] = _alike(workspace, kit, filer, filing.form_id) if kit and filer else None
        alike = kinds[key]
        if alike is None:
            continue
        filing_id, unit = filing.filing_id, alike.unit
        office = beside.offices.get((filing.project_id, filing.budget_year)) or unit.bureau_office
        file = review_of(beside.files.get(filing_id), filing, alike.rule, unit, office, desk)
        said, is_unsigned = beside.decisions.get(filing_id, ()), (filing_id, filing.version) in beside.papers
        lines.append(
            QueueLine(
                filing,
                unit,
                beside.projects.get(filing.project_id),
                settled(file, unit.code, office),
                alike.steps,
                said,
                beside.comments.get(filing_id, ()),
                is_unsigned,
                alike.asks_department and not is_unsigned and is_undecided(filing, said),
                alike.rule.bureau_may_precede,
            )
        )
    return lines


def _alike(workspace: Workspace, kit: ParameterKit, unit: Unit, form_id: str) -> _Alike | None:
    """What filings of a form that a unit owes by a kit share; None where the desk has its own before it."""
    desk, rule = workspace.profile.role, review_rule(kit)
    if desk is DeskRole.DEPARTMENT and unit.code == workspace.profile.unit.code:
        return None
    asks = desk is DeskRole.BUREAU and asks_department(rule, form_id, unit)
    return _Alike(unit, rule, steps_at(rule, form_id, unit, desk), asks)


def line_of(workspace: Workspace, filing_id: str) -> QueueLine | None:
    """The queue line of one filing; None when it is not (or no longer) to be reviewed here."""
    known = handed_out(workspace)
    with workspace.store.reading() as work:
        found = work.filings.overview_of([filing_id])
        return next(iter(lines_of(workspace, known, found, _beside_some(work, found))), None)


def fits(line: QueueLine, query: QueueQuery) -> bool:
    """Whether a line is of the level, office, person and state asked for; the rest the store has narrowed already."""
    if query.level is not None and line.file.level is not query.level:
        return False
    if query.office and line.file.office != query.office:
        return False
    if query.assigned_to and line.file.assigned_to not in ("", query.assigned_to):
        return False
    if query.shown is QueueFilter.MINE:
        return is_of(line, query.who)
    return _SHOWN[query.shown](line)


def is_of(line: QueueLine, who: DeskUser | None) -> bool:
    """Whether a line waits for this person: level and office are theirs and nobody else was named (None: anybody)."""
    if not line.is_waiting or line.file.level is None or (line.awaits_department and not line.may_precede):
        return False
    if who is None:
        return True
    return who.may_decide(line.file.level, line.file.office) and line.file.assigned_to in ("", who.user_id)


_SHOWN: Mapping[QueueFilter, Callable[[QueueLine], bool]] = {
    QueueFilter.WAITING: lambda line: line.is_waiting,
    QueueFilter.AWAITS_DEPARTMENT: lambda line: line.is_waiting and line.awaits_department,
    QueueFilter.ALL: lambda _line: True,
    QueueFilter.COMMENTED: lambda line: line.count(CommentState.OPEN) > 0,
    QueueFilter.ANSWERED: lambda line: line.count(CommentState.ANSWERED) > 0,
    QueueFilter.FLAGGED: lambda line: line.filing.blocking + line.filing.to_explain > 0,
    QueueFilter.UNSIGNED: lambda line: line.is_unsigned,
    QueueFilter.RECHECK: lambda line: line.is_for_recheck,
    QueueFilter.DONE: lambda line: not line.is_waiting,
}


def longest_waiting(line: QueueLine) -> tuple[bool, str, str, str]:
    """The order of the queue; no two lines are equal in it."""
    at = line.filing.updated_at
    return at is None, at.isoformat() if at else "", line.unit.code, line.filing.filing_id


def _by_filing(items: Sequence[_Said]) -> Mapping[str, tuple[_Said, ...]]:
    found: dict[str, list[_Said]] = defaultdict(list)
    for item in items:
        found[item.filing_id].append(item)
    return {filing_id: tuple(some) for filing_id, some in found.items()}
