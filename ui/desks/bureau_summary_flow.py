"""Figures at the bureau's desk (汇总控制): read as a job, shown live, written as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.domain.errors import KitProblem
from services.changes import ChangeSet, Topic
from services.figures.book import save_book
from services.figures.reading import budget_years, read_basis
from services.figures.records import Basis
from services.job import JobContext
from services.workspaces import Workspace
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.records import WrittenFiles
from ui.bureau.summary.summary_view import SummaryView
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.bureau_refresh import Refresher
from ui.widgets.file_drop import choose_folder

PAGE = "summary"


@dataclass(frozen=True, slots=True)
class _Read:
    """What a reading found: years, the figures of one, and those of the year before where they are compared."""

    years: tuple[int, ...]
    basis: Basis | None
    before: Basis | None


class SummaryFlow(DeskController):
    """The page 汇总; `open_requested` carries the id of a filing to read."""

    open_requested = Signal(str)
    preparation_requested = Signal()

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._year: int | None = None
        self._compares = False
        self._is_stale = False
        self.view = SummaryView()
        self.frame.add_page(PAGE, self.view)
        self._refresher = Refresher(parts.jobs, parts.door, self._prepare, self._show)
        self.view.open_requested.connect(self.open_requested)
        self.view.preparation_requested.connect(self.preparation_requested)
        self.view.year_chosen.connect(self._on_year)
        self.view.comparison_wished.connect(self._on_comparison)
        self.view.export_requested.connect(self._on_export)
        self.frame.page_shown.connect(self._on_page_shown)
        self.refresh()

    def on_change(self, change: ChangeSet) -> None:
        """Filings, registers and kits decide the figures; a page nobody looks at is read when it is shown."""
        if not change.topics & {Topic.FILINGS, Topic.KITS, Topic.REGISTERS, Topic.PROJECTS, Topic.SETTINGS}:
            return
        if self.frame.current_page() == PAGE:
            self.refresh()
        else:
            self._is_stale = True

    def refresh(self) -> None:
        """Read the figures anew."""
        self._is_stale = False
        self._refresher.request()

    def _prepare(self) -> Callable[[JobContext], _Read]:
        workspace, year, compares = self.workspace, self._year, self._compares
        return lambda _ctx: _read(workspace, year, compares)

    def _show(self, found: _Read) -> None:
        if found.basis is not None:
            self._year = found.basis.budget_year
            self.view.set_years(found.years, self._year)
        else:
            self.view.set_years((), 0)
        self.view.set_figures(found.basis, found.before)

    def _on_page_shown(self, key: str) -> None:
        if key == PAGE and self._is_stale:
            self.refresh()

    def _on_year(self, year: int) -> None:
        self._year = year
        self.refresh()

    def _on_comparison(self, wished: bool) -> None:
        self._compares = wished
        self.refresh()

    def _on_export(self, year: int) -> None:
        choose_folder(self.frame, "汇总工作簿存到文件夹", lambda folder: self._write(year, Path(folder)))

    def _write(self, year: int, folder: Path) -> None:
        def done(written: list[Path]) -> None:
            sentence = f"{year}年预算的汇总数已写成工作簿，里面的图表可以直接修改。"
            dialog = FilesDialog(
                WrittenFiles("汇总工作簿已写入", sentence, folder, tuple(written)), self.frame
            )
            dialog.folder_requested.connect(open_outside)
            self.open_dialog(dialog)

        self.run(lambda ctx: save_book(self.workspace, year, folder, ctx), done)


def _read(workspace: Workspace, wished: int | None, compares: bool) -> _Read:
    """The figures of the year wished for, else of the newest one something was received of; none without a kit."""
    years = budget_years(workspace)
    try:
        chosen = wished if wished in years else None
        basis = _newest(workspace, years) if chosen is None else read_basis(workspace, chosen)
    except KitProblem:
        return _Read((), None, None)
    if basis is None:
        return _Read((), None, None)
    return _Read(years, basis, read_basis(workspace, basis.budget_year - 1) if compares else None)


def _newest(workspace: Workspace, years: tuple[int, ...]) -> Basis | None:
    """The newest year with filings, else the newest at all."""
    first: Basis | None = None
    for year in years:
        basis = read_basis(workspace, year)
        if basis.lines:
            return basis
        first = first or basis
    return first
