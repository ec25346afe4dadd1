"""Where a workbook belongs (从 Excel 导入到哪里): the cells of the desk's matrix that a hand-filled table may go into.

A table is recognised by its form and by the project's code or name. One cell that fits is enough to open it; where
several fit, none, or the year is another one, the person is asked and told why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from forms import registry
from forms.form_head import FormSubject
from forms.hand_filled.stated import StatedTable
from models.domain.errors import InputError
from models.domain.filing_status import FilingStatus
from models.domain.project import FilingTask
from services.excel_import import WorkbookImport
from services.matrix import Matrix, matrix
from services.one_line import comparable
from services.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class PlaceCell:
    """One form of one project, or of the unit with `project_id` "" (可导入的格子)."""

    task: FilingTask
    project_id: str
    subject: str
    project_code: str = ""
    status: FilingStatus | None = None

    @property
    def is_open(self) -> bool:
        """Whether it can be written in as it stands."""
        return self.status is None or self.status.is_editable


@dataclass(frozen=True, slots=True)
class TablePlaces:
    """A table of a workbook, and where it may go (一张表的去处).

    `number` is its position among the workbook's tables; `cells` is every cell of its form, `fitting` those it names.
    """

    number: int
    stated: StatedTable
    title: str
    tasks: tuple[FilingTask, ...]
    cells: tuple[PlaceCell, ...]
    fitting: tuple[PlaceCell, ...]

    @property
    def only(self) -> PlaceCell | None:
        """The one cell it belongs into beyond doubt, None where somebody has to be asked."""
        return self.fitting[0] if len(self.fitting) == 1 and not self.doubt else None

    @property
    def is_of_project(self) -> bool:
        """Whether the form is filed for each project."""
        return registry.head(self.stated.form).subject is FormSubject.PROJECT

    @property
    def doubt(self) -> str:
        """Why somebody has to be asked, "" when nothing is doubtful."""
        named, year = self.stated.project_name, self.stated.fiscal_year
        if self.is_of_project and not self.fitting:
            if not named:
                return "表里没有写项目名称，请选择这张表是哪个项目的。"
            return f"没有要填这张表、名称或代码与“{named[:40]}”一致的项目，请选择项目，或者新建。"
        if len({cell.project_id for cell in self.fitting}) > 1:
            return f"有几个项目都叫“{named[:40]}”，请选择是哪一个。"
        if year is not None and all(cell.task.budget_year != year for cell in self.fitting):
            return f"表里写的是{year}年度，与本年要填的不是同一年，请确认导入到哪一项任务。"
        return "这张表可以导入到几项任务，请选择是哪一项。" if len(self.fitting) > 1 else ""


def places_of(workspace: Workspace, imported: WorkbookImport) -> tuple[TablePlaces, ...]:
    """The tables of a workbook whose form is filed this year; InputError when there is none."""
    shown = matrix(workspace)
    known = [(at, one.stated) for at, one in enumerate(imported.tables) if registry.has(one.stated.form)]
    found = [_places(shown, at, stated) for at, stated in known]
    due = tuple(places for places in found if places.tasks)
    if not due:
        titles = "、".join(dict.fromkeys(f"“{places.title}”" for places in found))
        raise InputError(
            f"本年没有要填{titles}的任务",
            "请确认选对了文件，或先换到有这项任务的工作年度",
            imported.path.name,
        )
    return due


def _places(shown: Matrix, number: int, stated: StatedTable) -> TablePlaces:
    """Where one table may go."""
    head = registry.head(stated.form)
    tasks = tuple(task for task in shown.tasks if task.form_id == stated.form)
    cells = tuple(
        PlaceCell(task, row.project_id, row.name, row.project_code, cell.status)
        for row in shown.rows
        for task, cell in zip(shown.tasks, row.cells, strict=True)
        if task.form_id == stated.form and cell.opens
    )
    return TablePlaces(number, stated, head.title, tasks, cells, _fitting(cells, stated))


def _fitting(cells: Sequence[PlaceCell], stated: StatedTable) -> tuple[PlaceCell, ...]:
    """The cells a table names: by code, else by name; of them those of its year and period that are open for changes."""
    code, name = comparable(stated.project_code), comparable(stated.project_name)
    found = [cell for cell in cells if code and comparable(cell.project_code) == code]
    found = found or [
        cell for cell in cells if not cell.project_id or (name and comparable(cell.subject) == name)
    ]
    narrower: tuple[Callable[[PlaceCell], bool], ...] = (
        lambda cell: cell.task.budget_year == stated.fiscal_year,
        lambda cell: bool(stated.period_month) and cell.task.period_month == stated.period_month,
        lambda cell: cell.is_open,
    )
    for fits in narrower:
        found = [cell for cell in found if fits(cell)] or found
    return tuple(found)
