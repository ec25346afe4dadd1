"""Project list, project page and recycle bin at the clerk's desk (项目控制), made when first asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from models.domain.project import Project
from services import projects
from services.changes import ChangeSet, Topic
from services.matrix import Matrix
from ui.desks.base import DeskController, DeskParts
from ui.desks.home_pages import HomePages
from ui.desks.project_records import project_lines, project_sheet
from ui.filer.project_page import ProjectPage
from ui.filer.projects_view import ProjectLine, ProjectsView
from ui.filer.records import ProjectSheet
from ui.filer.recycle_bin_view import RecycleBinView


class ProjectPages(DeskController):
    """The pages about projects (项目各页)."""

    filing_requested = Signal(str, str)

    def __init__(self, parts: DeskParts, home: HomePages, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._home = home
        self._shown: str | None = None
        self.list, self.page, self.bin = ProjectsView(), ProjectPage(), RecycleBinView()
        for key, page in (("projects", self.list), ("project", self.page), ("bin", self.bin)):
            self.frame.add_page(key, page)
        self.list.project_requested.connect(self.show_project)
        self.list.new_project_requested.connect(home.ask_new_project)
        self.list.register_requested.connect(home.ask_register)
        self.list.recycle_bin_requested.connect(self.show_bin)
        self.page.filing_requested.connect(self.filing_requested)
        self.page.approval_requested.connect(home.ask_approval)
        self.page.bin_requested.connect(self._on_binned)
        self.page.back_requested.connect(lambda: self.frame.show_page("projects"))
        self.bin.back_requested.connect(lambda: self.frame.show_page("projects"))
        self.bin.restore_requested.connect(self._on_restored)
        home.matrix_shown.connect(self._on_matrix)

    def on_change(self, change: ChangeSet) -> None:
        """Projects show here."""
        if Topic.PROJECTS in change.topics:
            self.refresh()

    def refresh(self) -> None:
        """Read list and recycle bin anew."""
        self.run(lambda _ctx: self._lines(), self.list.set_projects)
        self.run(lambda _ctx: projects.binned_projects(self.workspace), self.bin.set_projects)

    def show_project(self, project_id: str) -> None:
        """Open a project's own page, as soon as it is filled."""
        self._shown = project_id
        self._fill(self._home.matrix, lambda: self.frame.show_page("project"))

    def show_bin(self) -> None:
        """Open the recycle bin."""
        self.refresh()
        self.frame.show_page("bin")

    def _lines(self) -> list[ProjectLine]:
        with self.workspace.store.reading() as work:
            found = work.projects.list(self.workspace.profile.unit.code)
            return project_lines(found, work.projects.years())

    def _on_matrix(self, shown: Matrix) -> None:
        if self._shown is not None:
            self._fill(shown)

    def _fill(self, shown: Matrix | None, then: Callable[[], object] | None = None) -> None:
        if (project_id := self._shown) is None:
            return

        def show(sheet: ProjectSheet | None) -> None:
            if sheet is not None and project_id == self._shown:
                self.page.set_sheet(sheet)
                if then is not None:
                    then()

        if shown is not None:
            self.run(lambda _ctx: project_sheet(self.workspace, shown, project_id), show)

    def _on_binned(self, project_id: str) -> None:
        self._shown = None
        self.frame.show_page("projects")
        self._home.put_in_bin(project_id)

    def _on_restored(self, project_id: str) -> None:
        def tell(project: Project | None) -> None:
            if project is not None:
                self.frame.notice.show_notice(f"已恢复“{project.name}”，填过的表也一并恢复。")

        self.run(lambda _ctx: projects.restore_from_bin(self.workspace, project_id), tell)
