"""Projects as the filer's views show them (项目数据装配); pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.domain.approval import Approval
from models.domain.project import Project, ProjectYear
from models.domain.repeated_task import time_id
from services.approval_notes import approvals_of
from services.approval_states import ADJUSTMENT_FORM, APPROVED, TARGET_FORMS
from services.matrix import Matrix, MatrixRow
from services.workspaces import Workspace
from ui.filer.matrix_words import task_head
from ui.filer.records import ProjectSheet, ProjectYearLine


def project_sheet(workspace: Workspace, matrix: Matrix, project_id: str) -> ProjectSheet | None:
    """Budget years × stages of a project, or of the unit as a whole for ""; None when the project is gone."""
    if project_id:
        with workspace.store.reading() as work:
            project = work.projects.get(project_id)
            years = work.projects.years(project_id)
    else:
        unit = workspace.profile.unit
        project = Project("", unit.name, unit.code)
        years = [ProjectYear("", year) for year in {task.budget_year for task in matrix.tasks}]
    if project is None:
        return None
    row = next((row for row in matrix.rows if row.project_id == project_id), None)
    stages = tuple(task_head(task)[0] for task in matrix.tasks)
    lines = []
    for year in sorted(years, key=lambda item: item.budget_year, reverse=True):
        # A project that was just put into the recycle bin has no row in the matrix any more.
        found = row.cells if row is not None else (None,) * len(matrix.tasks)
        cells = tuple(
            cell if task.budget_year == year.budget_year else None
            for task, cell in zip(matrix.tasks, found, strict=True)
        )
        lines.append(ProjectYearLine(year.budget_year, year.budget_fen, year.fund_type, cells))
    approvals = tuple(approvals_of(workspace, project_id))
    return ProjectSheet(project, stages, tuple(lines), approvals, _approved_forms(matrix, row, approvals))


def _approved_forms(
    matrix: Matrix, row: MatrixRow | None, approvals: Sequence[Approval]
) -> Mapping[tuple[int, int], str]:
    """The task whose form each approval was given for, by budget year and number of the adjustment."""
    found: dict[tuple[int, int], str] = {}
    for task, cell in zip(matrix.tasks, row.cells if row else (), strict=False):
        if task.form_id in TARGET_FORMS and cell.status in APPROVED:
            found[task.budget_year, 0] = task.task_id
        elif task.form_id == ADJUSTMENT_FORM:
            numbers = {item.adjustments for item in approvals if item.budget_year == task.budget_year} - {0}
            found |= {(task.budget_year, number): time_id(task.task_id, number) for number in numbers}
    return found


def project_lines(
    projects: Sequence[Project], years: Sequence[ProjectYear]
) -> list[tuple[Project, int | None]]:
    """Projects with the amount of their newest budget year."""
    newest: dict[str, ProjectYear] = {}
    for year in sorted(years, key=lambda item: item.budget_year):
        newest[year.project_id] = year
    return [(p, newest[p.project_id].budget_fen if p.project_id in newest else None) for p in projects]
