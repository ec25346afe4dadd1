"""Home at the clerk's desk (工作台控制): the matrix, and the dialogs that add and exempt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.domain.filing_status import FilingStatus
from services.changes import ChangeSet, Topic
from services.matrix import Matrix, matrix
from ui.desks.base import DeskController, DeskParts
from ui.filer.home_view import HomeView

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.domain.kit import ParameterKit
    from models.domain.project import Project, RegisterEntry
    from services.approval_notes import ApprovalNote, ApprovalSheet
    from services.job import JobContext
    from services.projects import NewProject, RegisterChoice
    from ui.filer.register_picker_dialog import RegisterPickerDialog

FORM = "filing"
"""Page of the open form."""


class HomePages(DeskController):
    """The matrix and what is asked from it (工作台); project pages call the same dialogs."""

    filing_requested = Signal(str, str)
    reopen_requested = Signal(str, str)
    project_requested = Signal(str)
    recycle_bin_requested = Signal()
    seal_requested = Signal()
    platform_requested = Signal()
    last_year_requested = Signal()
    workbook_requested = Signal()
    matrix_shown = Signal(object)

    def __init__(self, parts: DeskParts, parent: QObject | None = None, first: Matrix | None = None) -> None:
        super().__init__(parts, parent)
        self.home = HomeView(self.frame.stack)
        self.matrix: Matrix | None = None
        self._is_stale = False
        if first is not None:  # filled before it is dressed for the window, so that it is dressed once
            self._show_matrix(first)
        self.frame.add_page("home", self.home)
        self.home.project_requested.connect(self.project_requested)
        self.home.recycle_bin_requested.connect(self.recycle_bin_requested)
        self.home.new_project_requested.connect(self.ask_new_project)
        self.home.register_requested.connect(self.ask_register)
        self.home.filing_requested.connect(self.filing_requested)
        self.home.reopen_requested.connect(self.reopen_requested)
        self.home.seal_requested.connect(self.seal_requested)
        self.home.platform_requested.connect(self.platform_requested)
        self.home.last_year_requested.connect(self.last_year_requested)
        self.home.workbook_requested.connect(self.workbook_requested)
        self.home.exempt_requested.connect(self._on_exempt)
        self.home.bin_requested.connect(self.put_in_bin)
        self.home.approval_requested.connect(self.ask_approval)
        self.frame.page_shown.connect(self._on_page_shown)
        if first is None:
            self.refresh()

    def on_change(self, change: ChangeSet) -> None:
        """Filings, projects and kits show here; each batch saved from an open form waits for its end."""
        if change.topics & {Topic.FILINGS, Topic.PROJECTS, Topic.KITS}:
            if self.frame.current_page() == FORM:
                self._is_stale = True
            else:
                self.refresh()

    def refresh(self) -> None:
        """Read the matrix anew."""
        self._is_stale = False
        self.run(lambda _ctx: matrix(self.workspace), self._show_matrix)

    def put_in_bin(self, project_id: str) -> None:
        """Move a project to the recycle bin."""
        from services import projects

        self.run(
            lambda _ctx: projects.put_in_bin(self.workspace, project_id),
            lambda _none: self.frame.notice.show_notice("已放入回收站，填过的表一并保留，可以随时恢复。"),
        )

    def _on_page_shown(self, key: str) -> None:
        if self._is_stale and key != FORM:
            self.refresh()

    def _show_matrix(self, shown: Matrix) -> None:
        self.matrix = shown
        self.home.set_matrix(shown)
        self.matrix_shown.emit(shown)
        self._tell_returned(shown)

    def _tell_returned(self, shown: Matrix) -> None:
        """Above the tasks, how many forms were returned and by when; nothing is read where none was."""
        if not any(cell.status is FilingStatus.RETURNED for row in shown.rows for cell in row.cells):
            if self.home.returned is not None:
                self.home.returned.close_notice()
            return
        from services.returned_forms import returned_forms

        self.run(lambda _ctx: returned_forms(self.workspace), self.home.show_returned)

    def _budget_years(self) -> list[int]:
        tasks = self.matrix.tasks if self.matrix else ()
        return sorted({task.budget_year for task in tasks}, reverse=True) or [
            self.workspace.profile.working_year + 1
        ]

    def ask_new_project(
        self, start: NewProject | None = None, then: Callable[[Project], object] | None = None
    ) -> None:
        """Ask for a new project: begun with what is known of it, gone on with once it is there."""
        self.run(
            lambda _ctx: self.workspace.current_kit().kit, lambda kit: self._ask_new_project(kit, start, then)
        )

    def _ask_new_project(
        self, kit: ParameterKit, start: NewProject | None, then: Callable[[Project], object] | None
    ) -> None:
        from services import projects
        from ui.filer.new_project_dialog import NewProjectDialog

        years = self._budget_years()
        year = start.budget_year if start else years[0]
        dialog = NewProjectDialog(years, year, kit.project_categories, self.frame)
        if start is not None:
            dialog.name.setText(start.name)
            dialog.code.setText(start.project_code)
        dialog.submitted.connect(
            lambda new: self.run_for(dialog, lambda _ctx: projects.add_project(self.workspace, new), then)
        )
        self.open_dialog(dialog)

    def ask_register(self) -> None:
        """Offer the unit's projects of the register."""
        from services import projects

        years = self._budget_years()

        def work(_ctx: JobContext) -> dict[int, tuple[RegisterChoice, ...]]:
            return {year: tuple(projects.register_choices(self.workspace, year)) for year in years}

        self.run(work, self._ask_register)

    def _ask_register(self, by_year: dict[int, tuple[RegisterChoice, ...]]) -> None:
        from ui.filer.register_picker_dialog import RegisterPickerDialog

        dialog = RegisterPickerDialog(by_year, next(iter(by_year)), self.frame)
        dialog.submitted.connect(lambda entries: self._take_entries(dialog, entries))
        self.open_dialog(dialog)

    def _take_entries(self, dialog: RegisterPickerDialog, entries: tuple[RegisterEntry, ...]) -> None:
        from services import projects

        self.run_for(dialog, lambda _ctx: projects.take_from_register(self.workspace, entries))

    def ask_approval(self, task_id: str, project_id: str) -> None:
        """Ask what the approving document of a target says."""
        from services import approval_notes

        self.run(
            lambda _ctx: approval_notes.approval_sheet(self.workspace, task_id, project_id),
            lambda sheet: self._ask_approval(task_id, project_id, sheet),
        )

    def _ask_approval(self, task_id: str, project_id: str, sheet: ApprovalSheet) -> None:
        from services import approval_notes
        from ui.filer.approval_dialog import ApprovalDialog

        dialog = ApprovalDialog(sheet, self.frame)

        def submit(note: ApprovalNote) -> None:
            self.run_for(
                dialog,
                lambda _ctx: approval_notes.note_by_hand(self.workspace, task_id, project_id, note),
                lambda made: self.frame.notice.show_notice(f"已登记批复：{made.document_number}。"),
            )

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    def _on_exempt(self, task_id: str, project_id: str) -> None:
        from services import filings
        from services.ex_ante import EX_ANTE_FORM
        from ui.filer.exempt_dialog import ExemptDialog

        shown = self.matrix
        task = next((task for task in shown.tasks if task.task_id == task_id), None) if shown else None
        row = next((row for row in shown.rows if row.project_id == project_id), None) if shown else None
        if task is None or row is None:
            return
        grounds = shown.exemptions if shown and task.form_id == EX_ANTE_FORM else ()
        dialog = ExemptDialog(row.name, task.name, self.frame, grounds)

        def submit(reason: str) -> None:
            self.run_for(dialog, lambda _ctx: filings.exempt(self.workspace, task, project_id, reason))

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)
