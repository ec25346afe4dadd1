"""Monitoring of earlier periods (前期监控): what the same project and budget year filed before, oldest first."""

from __future__ import annotations

from collections.abc import Iterator

from forms.monitoring_period import MONTH_FIELD
from models.domain.background import PeriodFiling
from models.domain.filing import Filing, FilingStatus
from models.domain.kit import ParameterKit
from models.domain.project import FilingTask
from services.ports.store import FilingQuery, UnitOfWork


def earlier_periods(
    work: UnitOfWork, kit: ParameterKit, task: FilingTask, unit_code: str, project_id: str
) -> tuple[PeriodFiling, ...]:
    """The earlier periods of a monitoring task; nothing for tasks without a period.

    A period is known by its task, in whatever kit of this desk handed it out, else by the month the clerk
    gave. One that is not before this task's own month is left out.
    """
    if not (task.period_month or task.period):
        return ()
    query = FilingQuery(
        unit_code=unit_code, form_id=task.form_id, budget_year=task.budget_year, project_id=project_id
    )
    others = [
        filing
        for filing in work.filings.find(query)
        if filing.task_id != task.task_id and filing.status is not FilingStatus.EXEMPT
    ]
    if not others:
        return ()
    tasks = {one.task_id: one for one in _tasks(work, kit)}
    periods = [_period(filing, tasks.get(filing.task_id)) for filing in others]
    before = [
        one for one in periods if one.month and (not task.period_month or one.month < task.period_month)
    ]
    return tuple(sorted(before, key=lambda one: one.month))


def _tasks(work: UnitOfWork, kit: ParameterKit) -> Iterator[FilingTask]:
    """Every task handed out, the kit in force last so that it goes before the others."""
    for stored in work.kits.all():
        yield from stored.kit.tasks
    yield from kit.tasks


def _period(filing: Filing, task: FilingTask | None) -> PeriodFiling:
    """A filing as a period; month 0 when nobody has said which."""
    chosen = filing.answers.get(MONTH_FIELD)
    month = task.period_month if task else 0
    if not month and isinstance(chosen, str) and chosen.isdecimal():
        month = int(chosen)
    return PeriodFiling(task.period if task else "", month, filing.answers)
