"""Last year's filings in the practice desks (演示工作区的上年填报件): what 从上年带入 and C8 look at.

In working year 2026 the targets of budget 2026 have long been received. Their packages belong to the
working year before; here the filings alone stand, under the tasks of that year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from forms import registry
from forms.answers import progress
from forms.form_head import FormSubject
from models.domain.background import ApprovedTarget
from models.domain.filing import Filing, FilingStatus
from models.domain.kit import ParameterKit
from models.domain.project import FilingTask, Project, RegisterEntry, Unit
from services.approvals import note_approval
from services.contexts import build_context
from services.ports.practice import PracticeCounty
from services.ports.store import FilingFigures, UnitOfWork
from services.practice import PROJECT_TARGET, UNIT_TARGET
from services.register_lines import project_year_of
from services.workspaces import DeskRole, Workspace

TARGETS = (PROJECT_TARGET, UNIT_TARGET)


@dataclass(frozen=True)
class _Kept:
    """One filing of the year before (上年填报件); `entry` is None for the unit as a whole."""

    task: FilingTask
    unit: Unit
    entry: RegisterEntry | None
    answers: Mapping[str, Any]


def put_last_year(workspace: Workspace) -> int:
    """Put the filings of the budget year before on the desk, received: the unit's own, all at the bureau.

    How many. Done once, before this year's work begins.
    """
    kit, profile = workspace.current_kit().kit, workspace.profile
    units = kit.units if profile.role is DeskRole.BUREAU else (profile.unit,)
    found = [kept for unit in units for kept in _kept_by(workspace.tools.practice, kit, unit)]
    with workspace.store.writing() as work:
        for kept in found:
            _put(work, kit, kept, workspace)
        work.commit()
    for kept in found:
        _approve(workspace, kept)
    return len(found)


def _kept_by(county: PracticeCounty, kit: ParameterKit, unit: Unit) -> Iterator[_Kept]:
    """The targets a unit had filed for the budget years before those the kit asks for."""
    asked = [task for task in kit.tasks if task.form_id in TARGETS and task.is_due_from(unit)]
    for task in (_years_before(task, years) for task in asked for years in (1, 2)):
        if registry.head(task.form_id).subject is FormSubject.UNIT:
            answers = county.practice_overall_answers(unit.code, task.budget_year)
            if answers is not None:
                yield _Kept(task, unit, None, answers)
            continue
        for entry in county.practice_register(task.budget_year):
            if entry.unit_code == unit.code and task.form_id in entry.forms_due:
                answers = county.practice_target_answers(entry.project_code, task.budget_year)
                if answers is not None:
                    yield _Kept(task, unit, entry, answers)


def _approve(workspace: Workspace, kept: _Kept) -> None:
    """Note the document under which a target was approved with its budget, where the county names one."""
    approved = workspace.tools.practice.practice_approval(kept.task.budget_year)
    if approved is None:
        return
    number, day = approved
    amount = registry.form(kept.task.form_id).amount_of(kept.answers)
    target = ApprovedTarget(kept.answers, number, day, amount)
    project_id = kept.entry.project_code if kept.entry else ""
    note_approval(workspace, kept.unit.code, project_id, kept.task.budget_year, target)


def _years_before(task: FilingTask, years: int) -> FilingTask:
    """The same task as it was handed out some years earlier."""
    year, before = str(task.budget_year), str(task.budget_year - years)
    return replace(
        task,
        task_id=task.task_id.replace(year, before),
        name=task.name.replace(year, before),
        budget_year=task.budget_year - years,
    )


def _put(work: UnitOfWork, kit: ParameterKit, kept: _Kept, workspace: Workspace) -> None:
    """One filing with its project and what lists ask for."""
    project_id = ""
    if kept.entry is not None:
        project_id = kept.entry.project_code
        if work.projects.get(project_id) is None:
            head = kept.entry
            work.projects.put(
                Project(project_id, head.project_name, kept.unit.code, head.project_code, head.category)
            )
        work.projects.put_year(project_year_of(kept.entry, project_id))
    form = registry.form(kept.task.form_id)
    context = build_context(work, kit, kept.task, kept.unit, project_id)
    filing = Filing(
        filing_id=f"F{kept.task.budget_year}{kept.task.form_id}{project_id or kept.unit.code}",
        task_id=kept.task.task_id,
        form_id=form.form_id,
        form_version=form.version,
        budget_year=kept.task.budget_year,
        unit_code=kept.unit.code,
        project_id=project_id,
        status=FilingStatus.RECEIVED,
        answers=kept.answers,
        version=1,
        updated_at=workspace.tools.clock.now(),
    )
    figures = FilingFigures(
        amount_fen=form.amount_of(kept.answers),
        indicator_rows=tuple(kept.answers.get("indicators") or ()),
        progress=progress(form, context, kept.answers),
    )
    work.filings.save(filing, figures, expected_revision=None)
