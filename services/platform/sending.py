"""Out to the platform (导出到一体化): filings of a task as its import workbooks, or a list of what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from forms import registry
from models.domain.errors import EnvironmentProblem, InputError
from models.domain.filing import Filing, FilingStatus
from models.domain.platform_mapping import PlatformColumn, PlatformKind, PlatformMapping
from models.domain.project import FilingTask, Unit
from services.contexts import build_context
from services.file_names import file_stem
from services.job import JobContext
from services.path_text import path_text
from services.platform.mappings import mappings_of
from services.platform.outgoing_cells import Cell, Gap, SheetRows, spelled
from services.platform.outgoing_rows import OutgoingForm
from services.ports.documents import DataHead, DataSheet
from services.ports.store import FilingQuery, UnitOfWork
from services.workspaces import DeskRole, Workspace

_FORMS = {
    "performance_target": PlatformKind.TARGET_IMPORT,
    "monitoring": PlatformKind.MONITORING_IMPORT,
    "self_evaluation": PlatformKind.SELF_EVALUATION_IMPORT,
}
_LONGEST_STEM = 90


@dataclass(frozen=True, slots=True)
class OutgoingChoice:
    """A task and a workbook it can go out as (导出选择)."""

    task: FilingTask
    mapping: PlatformMapping

    @property
    def words(self) -> str:
        """As a list offers it."""
        return f"{self.task.name}　{self.mapping.name}"


@dataclass(frozen=True, slots=True)
class OutgoingFiling:
    """One filing ready to go out, or not yet (待导出填报件): with gaps it stays here."""

    task_id: str
    project_id: str
    project_name: str
    project_code: str
    unit_name: str
    status: FilingStatus
    month: int | None
    sheets: tuple[SheetRows, ...]
    gaps: tuple[Gap, ...]


def choices(workspace: Workspace) -> Sequence[OutgoingChoice]:
    """Every task of the kit that the platform has an import workbook for, with each of them."""
    kit = workspace.current_kit().kit
    mappings = mappings_of(workspace.tools, kit)
    return [
        OutgoingChoice(task, mapping)
        for task in kit.tasks
        for mapping in mappings
        if _FORMS.get(task.form_id) is mapping.kind
    ]


def look_out(workspace: Workspace, choice: OutgoingChoice) -> Sequence[OutgoingFiling]:
    """The filings of a task as they would go out, each with what is missing."""
    kit = workspace.current_kit().kit
    with workspace.store.reading() as work:
        units = _units(workspace, work)
        found = []
        for filing in _filings(workspace, work, choice.task):
            if (unit := units.get(filing.unit_code)) is None:
                continue
            context = build_context(work, kit, choice.task, unit, filing.project_id)
            one = OutgoingForm(registry.form(filing.form_id), context, filing.answers)
            sheets, gaps = spelled(one, choice.mapping)
            project = context.project
            found.append(
                OutgoingFiling(
                    filing.task_id,
                    filing.project_id,
                    project.name if project else "",
                    project.project_code if project else "",
                    unit.name,
                    filing.status,
                    one.month if choice.mapping.kind is PlatformKind.MONITORING_IMPORT else None,
                    sheets,
                    gaps,
                )
            )
    return found


def _units(workspace: Workspace, work: UnitOfWork) -> dict[str, Unit]:
    """The units whose filings lie on this desk."""
    if workspace.profile.role is not DeskRole.BUREAU:
        return {workspace.profile.unit.code: workspace.profile.unit}
    return {unit.code: unit for unit in work.registers.units()}


def _filings(workspace: Workspace, work: UnitOfWork, task: FilingTask) -> Iterator[Filing]:
    """The filings of a task that are filled in, those of binned projects left out."""
    binned = {project.project_id for project in work.projects.list(in_bin=True)}
    is_bureau = workspace.profile.role is DeskRole.BUREAU
    unit_code = None if is_bureau else workspace.profile.unit.code
    for filing in work.filings.find(FilingQuery(unit_code=unit_code, task_id=task.task_id)):
        if filing.status is not FilingStatus.EXEMPT and filing.project_id not in binned:
            yield filing


def write_out(
    workspace: Workspace,
    choice: OutgoingChoice,
    chosen: Sequence[OutgoingFiling],
    folder: Path,
    ctx: JobContext,
) -> Sequence[Path]:
    """Write the workbooks of the filings chosen; InputError where one of them has gaps, and nothing is written."""
    if not chosen:
        raise InputError("没有选中填报件", "请勾选要导出的填报件", "导出到一体化")
    faulty = [one for one in chosen if one.gaps]
    if faulty:
        raise InputError(
            f"“{faulty[0].project_name}”还缺 {len(faulty[0].gaps)} 项", "请先补齐再导出", "导出到一体化"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem("不能在这里建文件夹", "请换一个文件夹", path_text(folder)) from error
    batches = [[one] for one in chosen] if choice.mapping.is_per_project else [list(chosen)]
    written = []
    for number, batch in enumerate(batches):
        ctx.step(number, len(batches), batch[0].project_name)
        path = folder / _file_name(choice, batch)
        workspace.tools.files.write(path, workspace.tools.documents.data_workbook(_book(choice, batch)))
        written.append(path)
    return written


def _book(choice: OutgoingChoice, batch: Sequence[OutgoingFiling]) -> list[DataSheet]:
    """The sheets of one workbook, rows of all its filings one after the other."""
    sheets = []
    for place, sheet in enumerate(choice.mapping.sheets):
        rows = [row for one in batch for row in one.sheets[place].rows]
        numbered = _numbered(sheet.columns, rows)
        heads = tuple(_head(column, choice, batch[0].month) for column in sheet.columns)
        names = tuple(column.name for column in sheet.columns) if sheet.names_below else ()
        sheets.append(DataSheet(sheet.sheet_name, heads, tuple(numbered), names))
    return sheets


def _numbered(
    columns: Sequence[PlatformColumn], rows: Sequence[tuple[Cell, ...]]
) -> Iterator[tuple[Cell, ...]]:
    """Rows with 序号 counted through the whole sheet."""
    place = next((n for n, column in enumerate(columns) if column.field == "row_number"), None)
    for number, row in enumerate(rows, 1):
        yield row if place is None else (*row[:place], Decimal(number), *row[place + 1 :])


def _head(column: PlatformColumn, choice: OutgoingChoice, month: int | None) -> DataHead:
    """A head as printed."""
    text = column.head.replace("{month}", str(month or "N"))
    text = text.replace("{budget_year}", str(choice.task.budget_year))
    return DataHead(text, column.is_marked, column.content.value == "code")


def _file_name(choice: OutgoingChoice, batch: Sequence[OutgoingFiling]) -> str:
    """A file's name: the project where each has its own, else unit and task."""
    if choice.mapping.is_per_project:
        stem = f"{batch[0].project_code}_{batch[0].project_name}_{choice.mapping.name}"
    else:
        units = {one.unit_name for one in batch}
        whose = units.pop() if len(units) == 1 else "各单位"
        stem = f"{whose}_{choice.task.name}_{choice.mapping.name}"
    return f"{file_stem(stem, _LONGEST_STEM)}.xlsx"
