"""Taking registers in (导入名录): a table chosen, previewed with its problems, then taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.domain.errors import DeskError
from services import registers
from services.job import JobContext
from services.registers import EntryPreview, UnitPreview
from ui.bureau.import_preview_dialog import ImportPreviewDialog
from ui.desks.base import DeskController, DeskParts
from ui.widgets.file_drop import choose_file

TABLE_FILTER = "表格 (*.xlsx *.csv)"
UNITS_TOLD = "名录里已有的单位按新的内容更新，没有列出的单位保留。"
ENTRIES_TOLD = "装入后替换 {year}年预算的整个项目名录；要让各单位按新名录填报，请再下发一次任务参数包。"


class RegistersFlow(DeskController):
    """Imports of both registers (导入名录); `taken` carries one sentence on what was taken in."""

    taken = Signal(str)

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
