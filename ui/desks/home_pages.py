"""Home, projects and recycle bin at the clerk's desk (工作台与项目控制)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from models.domain.kit import ParameterKit
from models.domain.project import RegisterEntry
from services import projects
from services.changes import ChangeSet, Topic
from services.job import JobContext
from services.matrix import Matrix, matrix
from services.projects import NewProject, RegisterChoice
from ui.desks.base import DeskController, DeskParts
from ui.desks.project_records import project_lines, project_sheet
from ui.filer.exempt_dialog import ExemptDialog
from ui.filer.home_view import HomeView
from ui.filer.new_project_dialog import NewProjectDialog
from ui.filer.project_page import ProjectPage
from ui.filer.projects_view import ProjectLine, ProjectsView
from ui.filer.records import ProjectSheet
from ui.filer.recycle_bin_view import RecycleBinView
from ui.filer.register_picker_dialog import RegisterPickerDialog


class HomePages(DeskController):
    """Matrix, project list, project page, recycle bin (工作台各页)."""

    filing_requested = Signal(str, str)
    reopen_requested = Signal(str, str)
    seal_requested = Signal()

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self.home, self.list = HomeView(), ProjectsView()
        self.page, self.bin = ProjectPage(), RecycleBinView()
        self._matrix: Matrix | None = None
        self._shown_project = ""
        for key, page in (
            ("home", self.home),
            ("projects", self.list),
            ("project", self.page),
            ("bin", self.bin),
        ):
            self.frame.add_page(key, page)
        for view in (self.home, self.list):
            view.project_requested.connect(self.show_project)
            view.new_project_requested.connect(self._on_new_project)
            view.register_requested.connect(self._on_register)
            view.recycle_bin_requested.connect(self._on_bin_shown)
        self.home.filing_requested.connect(self.filing_requested)
        self.home.reopen_requested.connect(self.reopen_requested)
        self.home.seal_requested.connect(self.seal_requested)
        self.home.exempt_requested.connect(self._on_exempt)
        self.home.bin_requested.connect(self._on_binned)
        self.page.filing_requested.connect(self.filing_requested)
        self.page.bin_requested.connect(self._on_binned)
        self.page.back_requested.connect(lambda: self.frame.show_page("projects"))
        self.bin.back_requested.connect(lambda: self.frame.show_page("projects"))
        self.bin.restore_requested.connect(self._on_restored)
        self.refresh()

    def on_change(self, change: ChangeSet) -> None:
        """Filings, projects and kits show here."""
        if change.topics & {Topic.FILINGS, Topic.PROJECTS, Topic.KITS}:
            self.refresh()

    def refresh(self) -> None:
        """Read matrix and lists anew."""
        self.run(lambda _ctx: matrix(self.workspace), self._show_matrix)
        self.run(lambda _ctx: self._project_lines(), self.list.set_projects)
        self.run(lambda _ctx: projects.binned_projects(self.workspace), self.bin.set_projects)

    def show_project(self, project_id: str) -> None:
        """Open a project's own page."""
        self._shown_project = project_id
        self._fill_project()
        self.frame.show_page("project")

    def _project_lines(self) -> list[ProjectLine]:
        with self.workspace.store.reading() as work:
            found = work.projects.list(self.workspace.profile.unit.code)
            return project_lines(found, work.projects.years())

    def _show_matrix(self, shown: Matrix) -> None:
        self._matrix = shown
        self.home.set_matrix(shown)
        if self._shown_project:
            self._fill_project()

    def _fill_project(self) -> None:
        shown, project_id = self._matrix, self._shown_project
        if shown is not None:
            self.run(lambda _ctx: project_sheet(self.workspace, shown, project_id), self._show_sheet)

    def _show_sheet(self, sheet: ProjectSheet | None) -> None:
        if sheet is not None:
            self.page.set_sheet(sheet)

    def _budget_years(self) -> list[int]:
        tasks = self._matrix.tasks if self._matrix else ()
        return sorted({task.budget_year for task in tasks}, reverse=True) or [
            self.workspace.profile.working_year + 1
        ]

    def _on_new_project(self) -> None:
        self.run(lambda _ctx: self.workspace.current_kit().kit, self._ask_new_project)

    def _ask_new_project(self, kit: ParameterKit) -> None:
        years = self._budget_years()
        dialog = NewProjectDialog(years, years[0], kit.project_categories, self.frame)
        dialog.submitted.connect(lambda new: self._add_project(dialog, new))
        dialog.open()

    def _add_project(self, dialog: NewProjectDialog, new: NewProject) -> None:
        self.run(
            lambda _ctx: projects.add_project(self.workspace, new),
            lambda _project: dialog.accept(),
            lambda error: dialog.show_problem(str(error)),
        )

    def _on_register(self) -> None:
        years = self._budget_years()

        def work(_ctx: JobContext) -> dict[int, tuple[RegisterChoice, ...]]:
            return {year: tuple(projects.register_choices(self.workspace, year)) for year in years}

        self.run(work, self._ask_register)

    def _ask_register(self, by_year: dict[int, tuple[RegisterChoice, ...]]) -> None:
        dialog = RegisterPickerDialog(by_year, next(iter(by_year)), self.frame)
        dialog.submitted.connect(lambda entries: self._take_entries(dialog, entries))
        dialog.open()

    def _take_entries(self, dialog: RegisterPickerDialog, entries: tuple[RegisterEntry, ...]) -> None:
        self.run(
            lambda _ctx: projects.take_from_register(self.workspace, entries),
            lambda _count: dialog.accept(),
            lambda error: dialog.show_problem(str(error)),
        )

    def _on_exempt(self, task_id: str, project_id: str) -> None:
        from services import filings

        shown = self._matrix
        task = next((task for task in shown.tasks if task.task_id == task_id), None) if shown else None
        row = next((row for row in shown.rows if row.project_id == project_id), None) if shown else None
        if task is None or row is None:
            return
        dialog = ExemptDialog(row.name, task.name, self.frame)

        def submit(reason: str) -> None:
            self.run(
                lambda _ctx: filings.exempt(self.workspace, task, project_id, reason),
                lambda _opened: dialog.accept(),
                lambda error: dialog.show_problem(str(error)),
            )

        dialog.submitted.connect(submit)
        dialog.open()

    def _on_binned(self, project_id: str) -> None:
        if self.frame.current_page() == "project":
            self.frame.show_page("projects")
        self.run(
            lambda _ctx: projects.put_in_bin(self.workspace, project_id),
            lambda _none: self.frame.notice.show_notice("已放入回收站，填过的表一并保留，可以随时恢复。"),
        )

    def _on_restored(self, project_id: str) -> None:
        self.run(lambda _ctx: projects.restore_from_bin(self.workspace, project_id))

    def _on_bin_shown(self) -> None:
        self.frame.show_page("bin")
