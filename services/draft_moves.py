"""Drafts under a newer kit (草稿随参数包更新): they move to its tasks, and lists count their findings anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from forms import registry
from forms.context import FormContext
from forms.findings import count_findings
from models.domain.filing import Filing
from models.domain.indicator_library import LibraryIndicator
from models.domain.kit import ParameterKit
from models.domain.project import FilingTask, Unit
from services import filings
from services.contexts import build_context
from services.filings import OpenFiling
from services.ports.store import FilingQuery, UnitOfWork


def move_drafts(
    work: UnitOfWork,
    unit: Unit,
    kit: ParameterKit,
    before: ParameterKit | None,
    library: tuple[LibraryIndicator, ...] = (),
) -> int:
    """Bring every draft of a unit under a kit; how many went to another task. `library` is the desk's own (C23).

    A draft whose task the kit no longer hands out goes to the kit's task of the same form and budget
    year, when there is exactly one that fits and nothing stands there yet. Whatever was typed stays; a
    draft that fits nowhere keeps its old task and is found again when a later kit hands it out.
    """
    moved = 0
    found = work.filings.find(FilingQuery(unit_code=unit.code))
    taken = {(filing.task_id, filing.project_id) for filing in found}
    for filing in found:
        if not filing.status.is_editable or not registry.has(filing.form_id):
            continue
        task = kit.task(filing.task_id)
        if task is None:
            task = _successor(filing, kit.tasks, {t.task_id: t for t in before.tasks} if before else {})
            if task is None or (task.task_id, filing.project_id) in taken:
                continue
            taken.add((task.task_id, filing.project_id))
            moved += 1
        context = build_context(work, kit, task, unit, filing.project_id, library)
        _save_under(work, filing, context)
    return moved


def _successor(
    filing: Filing, tasks: Sequence[FilingTask], before: Mapping[str, FilingTask]
) -> FilingTask | None:
    """The one task that asks for the same form of the same year (and of the same stage, if several do)."""
    fitting = [t for t in tasks if (t.form_id, t.budget_year) == (filing.form_id, filing.budget_year)]
    old = before.get(filing.task_id)
    if len(fitting) > 1 and old is not None:
        fitting = [task for task in fitting if _part(task) == _part(old)]
    return fitting[0] if len(fitting) == 1 else None


def _part(task: FilingTask) -> tuple[object, ...]:
    """Which part of the year a task is about."""
    return task.stage, task.period, task.period_month


def _save_under(work: UnitOfWork, filing: Filing, context: FormContext) -> None:
    """Save a draft with the task and the figures the kit gives it; untouched when nothing of it changes."""
    task = context.task
    opened = OpenFiling(
        replace(filing, task_id=task.task_id), registry.form(filing.form_id), context, is_new=False
    )
    counts = count_findings(filings.check(opened, filing.answers).findings, filing.explanations)
    figures = filings.figures_of(opened, filing.answers, counts)
    shown = next(
        item
        for item in work.filings.overview(
            FilingQuery(unit_code=filing.unit_code, task_id=filing.task_id, project_id=filing.project_id)
        )
        if item.filing_id == filing.filing_id
    )
    kept = (shown.task_id, shown.progress, shown.blocking, shown.to_explain)
    if kept != (task.task_id, figures.progress, figures.blocking, figures.to_explain):
        work.filings.save(opened.filing, figures, expected_revision=filing.revision)
