"""Projects as the filer's views show them (项目数据装配); pure functions."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.project import Project, ProjectYear
from services.approval_notes import approvals_of
from services.matrix import Matrix
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
    return ProjectSheet(project, stages, tuple(lines), tuple(approvals_of(workspace, project_id)))


def project_lines(
    projects: Sequence[Project], years: Sequence[ProjectYear]
) -> list[tuple[Project, int | None]]:
    """Projects with the amount of their newest budget year."""
    newest: dict[str, ProjectYear] = {}
    for year in sorted(years, key=lambda item: item.budget_year):
        newest[year.project_id] = year
    return [(p, newest[p.project_id].budget_fen if p.project_id in newest else None) for p in projects]
