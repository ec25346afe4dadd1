"""The other filings of a unit and budget year (同单位填报件): what overall forms, summaries and rectification read.

A unit's own desk holds its own; a department's also what it has taken in from its subordinate units.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from forms import registry
from forms.form_head import FormSubject
from models.domain.background import UnitFiling
from models.domain.filing import Filing
from models.domain.kit import ParameterKit
from models.domain.project import FilingTask, Project, Unit
from services.ports.store import FilingOverview, FilingQuery, UnitOfWork


def unit_filings(work: UnitOfWork, kit: ParameterKit, task: FilingTask, unit: Unit) -> tuple[UnitFiling, ...]:
    """Filings of the task's budget year but those of the task itself, by unit, form and project; the newest of a place.

    None for forms about one project: no form of theirs asks, and reading them all would cost every opening.
    """
    if registry.head(task.form_id).subject is not FormSubject.UNIT:
        return ()
    return filings_of(work, task, _units(kit, unit))


def filings_of(work: UnitOfWork, task: FilingTask, units: Sequence[Unit]) -> tuple[UnitFiling, ...]:
    """The same of any units, one after the other."""
    found: list[UnitFiling] = []
    for one in units:
        query = FilingQuery(unit_code=one.code, budget_year=task.budget_year)
        figures = {item.filing_id: item for item in work.filings.overview(query)}
        projects = {project.project_id: project for project in work.projects.list(one.code)}
        kept = _newest([f for f in work.filings.find(query) if f.task_id != task.task_id])
        found += [
            record_of(filing, figures.get(filing.filing_id), projects.get(filing.project_id), one)
            for filing in kept
            if not filing.project_id or filing.project_id in projects
        ]
    return tuple(found)


def kept_filings(
    work: UnitOfWork, kit: ParameterKit, task: FilingTask, unit: Unit
) -> Iterator[tuple[Filing, Project | None, Unit]]:
    """Every filing those records are made from, older ones of a place as well, with its project and unit."""
    for one in _units(kit, unit):
        query = FilingQuery(unit_code=one.code, budget_year=task.budget_year)
        projects = {project.project_id: project for project in work.projects.list(one.code)}
        for filing in work.filings.find(query):
            is_there = not filing.project_id or filing.project_id in projects
            if is_there and filing.task_id != task.task_id:
                yield filing, projects.get(filing.project_id), one


def _units(kit: ParameterKit, unit: Unit) -> list[Unit]:
    """The unit, and those it is the department of."""
    others = (item for item in kit.units if item.department_code == unit.code and item.code != unit.code)
    return [unit, *others]


def _newest(filings: Sequence[Filing]) -> list[Filing]:
    """The filing saved last of every form and project, in a steady order."""
    newest: dict[tuple[str, str], Filing] = {}
    for filing in sorted(filings, key=_at):
        newest[filing.form_id, filing.project_id] = filing
    return [newest[place] for place in sorted(newest)]


def _at(filing: Filing) -> tuple[float, str]:
    return (filing.updated_at.timestamp() if filing.updated_at else 0.0), filing.filing_id


def record_of(
    filing: Filing, figures: FilingOverview | None, project: Project | None, unit: Unit
) -> UnitFiling:
    """What others see of a filing; without `figures` points and grade are those its answers state."""
    return UnitFiling(
        form_id=filing.form_id,
        project_id=filing.project_id,
        project_code=project.project_code if project else "",
        project_name=project.name if project else unit.name,
        status=filing.status,
        answers=filing.answers,
        amount_fen=figures.amount_fen if figures else None,
        score=_score(figures.score if figures and figures.score else filing.answers.get("total_score")),
        grade=(figures.grade if figures and figures.grade else "") or str(filing.answers.get("grade") or ""),
        unit_code=unit.code,
        unit_name=unit.name,
    )


def _score(text: object) -> Decimal | None:
    try:
        return Decimal(str(text)) if text not in (None, "") else None
    except InvalidOperation:
        return None
