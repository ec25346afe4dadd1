"""Projects of a unit (项目管理): new ones, ones taken from the register, the recycle bin."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from models.domain.errors import InputError
from models.domain.money import plain_text
from models.domain.project import Project, ProjectYear, RegisterEntry
from services.changes import Topic
from services.register_lines import project_year_of
from services.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class NewProject:
    """What the clerk typed for a new project (新建项目); `budget_fen` in 分 or None."""

    name: str
    budget_year: int
    project_code: str = ""
    category: str = ""
    budget_fen: int | None = None


@dataclass(frozen=True, slots=True)
class RegisterChoice:
    """A line of the register offered to the clerk (可取用项目); `is_taken` when it is on the desk already."""

    entry: RegisterEntry
    is_taken: bool


def add_project(workspace: Workspace, new: NewProject) -> Project:
    """A new project; InputError when the name is empty or the unit has one of that name."""
    name = new.name.strip()
    if not name:
        raise InputError("项目名称没有填", "请填写项目名称", "新建项目")
    unit_code = workspace.profile.unit.code
    with workspace.store.writing() as work:
        existing = work.projects.list(unit_code)
        if any(project.name == name for project in existing):
            raise InputError(f"已经有项目“{name}”", "请在列表中打开它，或换一个名称", "新建项目")
        code = plain_text(new.project_code)
        if code and any(project.project_code == code for project in existing):
            raise InputError(f"项目代码 {code} 已经用于另一个项目", "请核对项目代码", "新建项目")
        if code and any(p.project_code == code for p in work.projects.list(unit_code, in_bin=True)):
            raise InputError(
                f"项目代码 {code} 的项目在回收站里", "请从回收站恢复，或核对项目代码", "新建项目"
            )
        project = Project(_new_id(), name, unit_code, code, new.category)
        work.projects.put(project)
        work.projects.put_year(ProjectYear(project.project_id, new.budget_year, new.budget_fen))
        work.commit()
    workspace.changes.tell(Topic.PROJECTS)
    return project


def _new_id() -> str:
    """An id for a project that has no code yet."""
    return f"N{secrets.token_hex(10)}"


def register_choices(workspace: Workspace, budget_year: int) -> Sequence[RegisterChoice]:
    """The unit's lines of the project register of a budget year."""
    unit_code = workspace.profile.unit.code
    kit = workspace.current_kit().kit
    with workspace.store.reading() as work:
        years = {(y.project_id, y.budget_year) for y in work.projects.years()}
        here = [p for p in work.projects.list(unit_code) if (p.project_id, budget_year) in years]
    return [
        RegisterChoice(entry, _known(entry, here) is not None)
        for entry in kit.register
        if entry.unit_code == unit_code and entry.budget_year == budget_year
    ]


def _known(entry: RegisterEntry, projects: Sequence[Project]) -> Project | None:
    """The project a register line stands for: by its code; where either has none yet, by its name."""
    for project in projects:
        if entry.project_code and project.project_code == entry.project_code:
            return project
    named = (p for p in projects if p.name == entry.project_name)
    return next((p for p in named if not p.project_code or not entry.project_code), None)


def take_from_register(workspace: Workspace, entries: Sequence[RegisterEntry]) -> int:
    """Put register projects on the desk; one known already gets another budget year. How many lines.

    A project in the recycle bin comes back: whoever takes its line wants it on the desk.
    """
    unit_code = workspace.profile.unit.code
    with workspace.store.writing() as work:
        for entry in entries:
            binned = work.projects.list(unit_code, in_bin=True)
            known = _known(entry, [*work.projects.list(unit_code), *binned])
            if known is not None and known in binned:
                work.projects.restore(known.project_id)
            project_id = known.project_id if known else entry.project_code or _new_id()
            code = entry.project_code or (known.project_code if known else "")
            work.projects.put(Project(project_id, entry.project_name, unit_code, code, entry.category))
            work.projects.put_year(project_year_of(entry, project_id))
        work.commit()
    workspace.changes.tell(Topic.PROJECTS)
    return len(entries)


def put_in_bin(workspace: Workspace, project_id: str) -> None:
    """Move a project to the recycle bin; its filings stay with it."""
    with workspace.store.writing() as work:
        work.projects.put_in_bin(project_id, workspace.tools.clock.now())
        work.commit()
    workspace.changes.tell(Topic.PROJECTS)


def restore_from_bin(workspace: Workspace, project_id: str) -> Project | None:
    """Bring a project back; the project, None when it is not there any more."""
    with workspace.store.writing() as work:
        work.projects.restore(project_id)
        found = work.projects.get(project_id)
        work.commit()
    workspace.changes.tell(Topic.PROJECTS)
    return found


def binned_projects(workspace: Workspace) -> Sequence[Project]:
    """Projects in the recycle bin."""
    with workspace.store.reading() as work:
        return work.projects.list(workspace.profile.unit.code, in_bin=True)
