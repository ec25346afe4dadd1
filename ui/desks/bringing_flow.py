"""From the home page into the right form (从工作台带入): last year's answers, and workbooks filled in by hand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from services import excel_import, excel_places, last_year
from services.excel_import import WorkbookImport
from services.excel_places import TablePlaces
from services.job import JobContext
from services.last_year import LastYear
from services.projects import NewProject
from ui.desks.base import DeskController, DeskParts
from ui.desks.documents_folder import documents_folder
from ui.desks.filing_editor import FilingEditor
from ui.desks.home_pages import HomePages
from ui.desks.taking_over_flow import TABLES
from ui.filer.import_place_dialog import ImportPlaceDialog
from ui.filer.last_year_dialog import LastYearDialog
from ui.theme import Tone
from ui.widgets.file_drop import choose_file


class BringingFlow(DeskController):
    """Finds the form something belongs into, opens it, and leaves the rest to the form's own ways (从工作台带入)."""

    def __init__(
        self, parts: DeskParts, home: HomePages, editor: FilingEditor, parent: QObject | None = None
    ) -> None:
        super().__init__(parts, parent)
        self._home, self._editor = home, editor
        self._folder = ""

    # From last year ---------------------------------------------------------------------------

    def ask_last_year(self) -> None:
        """Ask which form is to be begun with last year's answers."""
        self.run(lambda _ctx: last_year.last_year(self.workspace), self._ask_last_year)

    def _ask_last_year(self, found: LastYear) -> None:
        dialog = LastYearDialog(found, self.frame)

        def open_form(task_id: str, project_id: str) -> None:
            dialog.accept()
            self._editor.open(task_id, project_id, then=self._editor.taking_over.from_last_year)

        def ask_register() -> None:
            dialog.reject()
            self._home.ask_register()

        dialog.submitted.connect(open_form)
        dialog.register_requested.connect(ask_register)
        self.open_dialog(dialog)

    # From Excel -------------------------------------------------------------------------------

    def choose_workbook(self) -> None:
        """Ask which workbook."""
        start = self._folder or str(documents_folder())
        choose_file(self.frame, "从 Excel 导入", TABLES, lambda path: self.read(Path(path)), start)

    def read(self, path: Path) -> None:
        """Read a workbook and find where its tables belong."""
        self._folder = str(path.parent)

        def work(ctx: JobContext) -> tuple[WorkbookImport, tuple[TablePlaces, ...]]:
            imported = excel_import.open_workbook(self.workspace, path, ctx)
            return imported, excel_places.places_of(self.workspace, imported)

        self.run(work, lambda found: self._on_read(*found))

    def _on_read(self, imported: WorkbookImport, tables: tuple[TablePlaces, ...]) -> None:
        """One table with one place opens at once; anything else is asked."""
        only = tables[0].only if len(tables) == 1 else None
        if only is not None:
            self._open(imported, tables[0].number, only.task.task_id, only.project_id)
            return
        dialog = ImportPlaceDialog(imported.path.name, tables, self.frame)

        def go_on(number: int, task_id: str, project_id: str) -> None:
            dialog.accept()
            self._open(imported, number, task_id, project_id)

        def ask_new(number: int, task_id: str) -> None:
            places = next(one for one in tables if one.number == number)
            stated, task = places.stated, next(one for one in places.tasks if one.task_id == task_id)
            start = NewProject(stated.project_name, task.budget_year, stated.project_code)
            self._home.ask_new_project(start, lambda made: go_on(number, task_id, made.project_id))

        dialog.submitted.connect(go_on)
        dialog.new_project_requested.connect(ask_new)
        self.open_dialog(dialog)

    def _open(self, imported: WorkbookImport, number: int, task_id: str, project_id: str) -> None:
        """Open the form, the workbook's columns in front of it."""

        def show() -> None:
            if self._editor.view.session.read_only:
                words = f"“{imported.path.name}”没有导入：这份表现在是只读的。要改的，请先按表上方的说明办理，再从 Excel 导入。"
                self.frame.notice.show_notice(words, Tone.CARE)
            else:
                self._editor.taking_over.show_import(imported, number)

        self._editor.open(task_id, project_id, then=show)
