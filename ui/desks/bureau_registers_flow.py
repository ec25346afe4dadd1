"""Taking tables in (导入名录、导入指标库): a table chosen, previewed with its problems, then taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.domain.errors import DeskError
from models.domain.kit import ParameterKit
from services import issue_tables, library_tables, registers
from services.issue_tables import IssuePreview
from services.job import JobContext
from services.library_tables import LibraryPreview
from services.registers import EntryPreview, UnitPreview
from ui.bureau.import_preview_dialog import ImportPreviewDialog
from ui.desks.base import DeskController, DeskParts
from ui.widgets.file_drop import choose_file

TABLE_FILTER = "表格 (*.xlsx *.csv)"
UNITS_TOLD = "名录里已有的单位按新的内容更新，没有列出的单位保留。"
ENTRIES_TOLD = "装入后替换 {year}年预算的整个项目名录；要让各单位按新名录填报，请再下发一次任务参数包。"

LIBRARY_TOLD = "装入后随下一次下发的任务参数包交给各单位，填表时排在通用示范指标前面。"
LIBRARY_REPLACES = "装入后代替现有的 {count} 条指标，随下一次下发的任务参数包交给各单位。"


ISSUES_TOLD = "装入后随下一次下发的任务参数包交给有关单位，填《整改情况反馈表》时自动带入。"
ISSUES_REPLACE = "装入后代替现有的 {count} 个问题，随下一次下发的任务参数包交给有关单位。"


class RegistersFlow(DeskController):
    """Imports of both registers and the library (导入名录); `taken` carries one sentence on what was taken in.

    A library and a list of problems become part of the draft kit: `library_read` carries indicators, `issues_read`
    problems, nothing is stored here.
    """

    taken = Signal(str)
    library_read = Signal(object)
    issues_read = Signal(object)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)

    def import_units(self) -> None:
        """Choose a table of units."""
        choose_file(self.frame, "选择单位名录", TABLE_FILTER, lambda path: self.look_at_units(Path(path)))

    def import_entries(self, budget_year: int) -> None:
        """Choose a table of projects of a budget year."""
        choose_file(
            self.frame,
            f"选择{budget_year}年预算的项目名录",
            TABLE_FILTER,
            lambda path: self.look_at_entries(Path(path), budget_year),
        )

    def import_library(self, kit: ParameterKit) -> None:
        """Choose a table of library indicators for a kit being prepared."""
        choose_file(
            self.frame, "选择指标库表格", TABLE_FILTER, lambda path: self.look_at_library(Path(path), kit)
        )

    def look_at_library(self, path: Path, kit: ParameterKit) -> None:
        """Read a table of indicators and show what would be taken in."""
        self.run(
            lambda _ctx: library_tables.preview_library(self.workspace, path, kit),
            lambda preview: self._show_library(preview, len(kit.indicator_library)),
        )

    def _show_library(self, preview: LibraryPreview, before: int) -> None:
        told = LIBRARY_REPLACES.format(count=before) if before else LIBRARY_TOLD
        dialog = ImportPreviewDialog(preview, told, self.frame)

        def take(_preview: LibraryPreview) -> None:
            dialog.accept()
            self.library_read.emit(preview.indicators)
            self.taken.emit(f"已装入 {len(preview.indicators)} 条指标，下发任务参数包后对各单位生效。")

        dialog.submitted.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def import_issues(self, kit: ParameterKit) -> None:
        """Choose a table of problems to put right for a kit being prepared."""
        choose_file(
            self.frame, "选择整改问题清单", TABLE_FILTER, lambda path: self.look_at_issues(Path(path), kit)
        )

    def look_at_issues(self, path: Path, kit: ParameterKit) -> None:
        """Read a table of problems and show what would be taken in."""
        self.run(
            lambda _ctx: issue_tables.preview_issues(self.workspace, path, kit),
            lambda preview: self._show_issues(preview, len(kit.issues)),
        )

    def _show_issues(self, preview: IssuePreview, before: int) -> None:
        told = ISSUES_REPLACE.format(count=before) if before else ISSUES_TOLD
        dialog = ImportPreviewDialog(preview, told, self.frame)

        def take(_preview: IssuePreview) -> None:
            dialog.accept()
            self.issues_read.emit(preview.issues)
            self.taken.emit(f"已装入 {len(preview.issues)} 个问题，下发任务参数包后交给有关单位。")

        dialog.submitted.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def look_at_units(self, path: Path) -> None:
        """Read a table of units and show what would be taken in."""
        self.run(lambda _ctx: registers.preview_units(self.workspace, path), self._show_units)

    def look_at_entries(self, path: Path, budget_year: int) -> None:
        """Read a table of projects and show what would be taken in."""
        self.run(
            lambda _ctx: registers.preview_entries(self.workspace, path, budget_year),
            lambda preview: self._show_entries(preview, budget_year),
        )

    def _show_units(self, preview: UnitPreview) -> None:
        dialog = ImportPreviewDialog(preview, UNITS_TOLD, self.frame)

        def work(_ctx: JobContext) -> str:
            return f"已装入 {registers.take_units(self.workspace, preview)} 个单位。"

        dialog.submitted.connect(lambda _preview: self._take(dialog, work))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show_entries(self, preview: EntryPreview, budget_year: int) -> None:
        dialog = ImportPreviewDialog(preview, ENTRIES_TOLD.format(year=budget_year), self.frame)

        def work(_ctx: JobContext) -> str:
            count = registers.take_entries(self.workspace, preview, budget_year)
            return f"已装入{budget_year}年预算的 {count} 个项目。"

        dialog.submitted.connect(lambda _preview: self._take(dialog, work))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, dialog: ImportPreviewDialog, work: Callable[[JobContext], str]) -> None:
        dialog.set_busy(True)

        def done(sentence: str) -> None:
            dialog.accept()
            self.taken.emit(sentence)

        def failed(error: BaseException) -> None:
            dialog.set_busy(False)
            if isinstance(error, DeskError):
                dialog.show_problem(error.sentence)
            else:
                self.parts.door.show(error)

        self.run(work, done, failed)
