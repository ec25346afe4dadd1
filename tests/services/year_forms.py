"""Desks of a county whose kit asks for further forms of the year (当年其他表), filled, sealed and received in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from forms.findings import count_findings
from models.domain.project import FilingTask
from resources.builtin_kits import builtin_kits
from services import filings, kit_issue, practice
from services.filings import OpenFiling
from services.kit_issue import draft_from
from services.workspaces import Workspace
from tests.services.county import PASSWORD, TOWN, County

Fill = Callable[[OpenFiling], Mapping[str, Any]]


def desk_with(county: County, *form_ids: str, year: int = 2027, code: str = TOWN) -> Workspace:
    """A desk whose kit also hands out the built-in kit's tasks of those forms, all for one budget year."""
    kit = county.bureau.current_kit().kit
    builtin = next(k for k in builtin_kits(kit.working_year) if k.kit_id == "general_101")
    tasks: list[FilingTask] = []
    for form_id in form_ids:
        task = next(task for task in builtin.tasks if task.form_id == form_id)
        tasks.append(replace(task, task_id=f"{form_id}_{year}", budget_year=year))
    ids = {task.task_id for task in tasks}
    known = {setting.form_id for setting in kit.form_settings}
    target = next(s for s in kit.form_settings if s.form_id == "performance_target")
    settings = tuple(
        replace(setting, frame_id=target.frame_id, scheme_id=target.scheme_id)
        for setting in builtin.form_settings
        if setting.form_id in form_ids and setting.form_id not in known
    )
    extras = {
        name: getattr(builtin, name) for name in ("rectification", "target_review") if hasattr(builtin, name)
    }
    changed = replace(
        kit,
        tasks=(*(task for task in kit.tasks if task.task_id not in ids), *tasks),
        form_settings=(*kit.form_settings, *settings),
        check_settings=builtin.check_settings,
        **extras,
    )
    draft = replace(draft_from(county.bureau, changed), tasks=changed.tasks)
    record = kit_issue.issue_kit(county.bureau, draft, county.keys, county.stick)
    return practice.build_unit(
        county.tools, county.folder / f"{code} {'-'.join(form_ids)}", Path(record.source_path), code, PASSWORD
    )


def project_of(desk: Workspace, year: int = 2027) -> str:
    """A project of the desk with that budget year."""
    with desk.store.reading() as work:
        known = {p.project_id for p in work.projects.list(desk.profile.unit.code)}
        return next(
            y.project_id for y in work.projects.years() if y.budget_year == year and y.project_id in known
        )


def fill(desk: Workspace, task_id: str, project_id: str, edit: Fill) -> OpenFiling:
    """A filing opened and saved with what `edit` makes of its answers; every 需说明 explained."""
    opened = filings.open_filing(desk, task_id, project_id)
    answers = opened.form.derive(opened.context, {**opened.filing.answers, **edit(opened)})
    found = filings.check(opened, answers).findings
    notes = {finding.explanation_key: "已核实，情况属实，见会议纪要。" for finding in found}
    return filings.save_draft(desk, opened, answers, notes)


def filled_targets(desk: Workspace, count: int = 1) -> list[OpenFiling]:
    """Targets of the desk's first projects, filled with the practice answers and ready to be sealed."""
    task = next(t for t in desk.current_kit().kit.tasks if t.form_id == "performance_target")
    made: list[OpenFiling] = []
    with desk.store.reading() as work:
        projects = work.projects.list(desk.profile.unit.code)
    for project in projects:
        answers = desk.tools.practice.practice_target_answers(project.project_code, task.budget_year)
        if answers is not None and len(made) < count:
            filing = fill(desk, task.task_id, project.project_id, lambda _opened, given=answers: given)
            if _is_ready(filing):
                made.append(filing)
    return made


def _is_ready(opened: OpenFiling) -> bool:
    report = filings.check(opened, opened.filing.answers)
    return count_findings(report.findings, opened.filing.explanations).allows_sealing
