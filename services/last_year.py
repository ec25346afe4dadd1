"""From last year (从上年带入), seen from the desk's home: which forms nobody has begun have an answer of the year before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from forms.last_year import last_year_offers
from models.domain.project import FilingTask
from services.filings import open_filing
from services.matrix import Matrix, matrix
from services.ports.filing_lists import FilingQuery
from services.projects import register_choices
from services.workspaces import Workspace


class LastYearChoice(NamedTuple):
    """A form not begun that last year's answers can serve (可从上年带入的表); `offered` is how many places they offer.

    `subject` is the project's name, or what the unit as a whole is called where `project_id` is "".
    """

    task: FilingTask
    project_id: str
    subject: str
    offered: int


class LastYear(NamedTuple):
    """What can be brought over from the year before (上年可带入的内容).

    `continuing` names projects of last year that the register lists again (延续项目) but that were not taken from it yet.
    """

    choices: tuple[LastYearChoice, ...]
    continuing: tuple[str, ...]


def last_year(workspace: Workspace) -> LastYear:
    """Every form of the working year that is still blank and has an answer to bring over; nothing is written."""
    shown = matrix(workspace)
    return LastYear(tuple(_choices(workspace, shown)), _continuing(workspace, shown))


def _choices(workspace: Workspace, shown: Matrix) -> Iterator[LastYearChoice]:
    """The blank forms, those without a filing of the year before left out before anything of them is read."""
    with workspace.store.reading() as work:
        filings = work.filings.overview(FilingQuery(unit_code=workspace.profile.unit.code))
    before = {(filing.form_id, filing.budget_year, filing.project_id) for filing in filings}
    for row in shown.rows:
        for task, cell in zip(shown.tasks, row.cells, strict=True):
            is_blank = cell.opens and cell.status is None
            if is_blank and (task.form_id, task.budget_year - 1, row.project_id) in before:
                opened = open_filing(workspace, task.task_id, row.project_id)
                offers = last_year_offers(opened.form, opened.context, opened.filing.answers)
                if offers:
                    yield LastYearChoice(task, row.project_id, row.name, len(offers))


def _continuing(workspace: Workspace, shown: Matrix) -> tuple[str, ...]:
    """Projects on the desk the register lists for a year they were not taken over to, each once."""
    unit_code = workspace.profile.unit.code
    with workspace.store.reading() as work:
        years = {(year.project_id, year.budget_year) for year in work.projects.years()}
        projects = work.projects.list(unit_code)
    found: dict[str, None] = {}
    for budget_year in {task.budget_year for task in shown.tasks}:
        of_last = [p for p in projects if (p.project_id, budget_year - 1) in years]
        codes, names = {p.project_code for p in of_last if p.project_code}, {p.name for p in of_last}
        for choice in register_choices(workspace, budget_year):
            entry = choice.entry
            if not choice.is_taken and (entry.project_code in codes or entry.project_name in names):
                found[entry.project_name] = None
    return tuple(found)
