"""Every practice filing with the background it would be checked in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from forms import registry
from forms.checks import catalog
from forms.checks.engine import CheckReport
from forms.context import FormContext
from forms.schema import FormSpec
from models.domain.kit import ParameterKit
from models.domain.project import FilingTask, Project, ProjectYear, RegisterEntry, Unit
from resources import practice_county as county


@dataclass(frozen=True)
class PracticeFiling:
    """One practice filing: what is filled in, and for what."""

    name: str
    project_code: str
    form: FormSpec
    context: FormContext
    answers: Mapping[str, Any]

    def report(self) -> CheckReport:
        return catalog.runner(self.form, self.context).run(self.answers)


def kit_for(budget_year: int) -> ParameterKit:
    """The county's kit, its tasks moved to the working year in which that budget year was declared."""
    kit = county.practice_kit()
    back = 2027 - budget_year
    tasks = tuple(
        replace(
            task,
            budget_year=task.budget_year - back,
            opens_on=task.opens_on.replace(year=task.opens_on.year - back),
            closes_on=task.closes_on.replace(year=task.closes_on.year - back),
        )
        for task in kit.tasks
    )
    return replace(kit, tasks=tasks)


def task_of(kit: ParameterKit, form_id: str) -> FilingTask:
    return next(task for task in kit.tasks if task.form_id == form_id)


def filings(budget_year: int) -> Iterator[PracticeFiling]:
    """The filings of a budget year, projects first."""
    kit = kit_for(budget_year)
    units = {unit.code: unit for unit in kit.units}
    for entry in county.practice_register(budget_year):
        answers = county.practice_target_answers(entry.project_code, budget_year)
        if answers is not None:
            yield _of_project(kit, units[entry.unit_code], entry, answers)
    for unit in kit.units:
        answers = county.practice_overall_answers(unit.code, budget_year)
        if answers is not None:
            task = task_of(kit, "overall_expenditure_target")
            before = county.practice_overall_answers(unit.code, budget_year - 1)
            context = FormContext(kit, task, unit, previous_answers=before)
            yield PracticeFiling(unit.name, "", registry.form(task.form_id), context, answers)


def _of_project(
    kit: ParameterKit, unit: Unit, entry: RegisterEntry, answers: Mapping[str, Any]
) -> PracticeFiling:
    task = task_of(kit, "performance_target")
    code, year = entry.project_code, entry.budget_year
    context = FormContext(
        kit,
        task,
        unit,
        project=Project(code, entry.project_name, unit.code, code, entry.category),
        project_year=ProjectYear(code, year, entry.budget_fen, entry.fund_type, entry.bureau_office, True),
        register_entry=entry,
        previous_answers=county.practice_target_answers(code, year - 1),
    )
    name = f"{unit.name} {entry.project_name}"
    return PracticeFiling(name, code, registry.form(task.form_id), context, answers)
