"""Writing the summary workbook (导出汇总工作簿): the same for the command line and the page 汇总."""

from __future__ import annotations

from pathlib import Path

from models.domain.errors import InputError
from services.archive import save_documents
from services.figures.reading import read_basis
from services.figures.records import Basis
from services.figures.sheets import all_sheets
from services.file_names import file_stem
from services.job import JobContext
from services.path_text import path_text
from services.ports.documents import PageMark, PageMarks
from services.workspaces import DeskRole, Workspace

ENDING = ".xlsx"


def write_book(workspace: Workspace, budget_year: int, target: Path, ctx: JobContext) -> Path:
    """Write the figures of a budget year beside those of the year before into one workbook; its path.

    What lies at `target` is replaced. InputError when this is no bureau's or department's desk, the name does not end
    in .xlsx, or nothing of that year was received or asked for; nothing is written then.
    """
    if target.suffix.lower() != ENDING or target.is_dir():
        raise InputError("汇总表要存成 .xlsx 文件", "请写出以 .xlsx 结尾的文件名", path_text(target))
    workspace.tools.files.write(target, _content(workspace, budget_year, ctx))
    return target


def save_book(workspace: Workspace, budget_year: int, folder: Path, ctx: JobContext) -> list[Path]:
    """The same under a name of its own in a folder; what lies there stays."""
    stem = f"{file_stem(workspace.profile.unit.name)}_{budget_year}年预算绩效汇总"
    return save_documents(
        workspace, {f"figures{ENDING}": _content(workspace, budget_year, ctx)}, folder, stem
    )


def _content(workspace: Workspace, budget_year: int, ctx: JobContext) -> bytes:
    """The workbook."""
    if workspace.profile.role is DeskRole.FILER:
        raise InputError("这是填报端的工作区，没有可汇总的表", "请选择财政端的工作区", "汇总")
    ctx.step(0, 2, "正在汇总")
    basis = read_basis(workspace, budget_year)
    if basis.is_empty:
        raise InputError(f"没有{budget_year}年预算的表", "请核对预算年度", "汇总")
    before = read_basis(workspace, budget_year - 1)
    ctx.step(1, 2, "正在写文件")
    sheets = all_sheets(basis, None if before.is_empty else before, _note(workspace, basis))
    marks = PageMarks(PageMark.PRACTICE if workspace.profile.is_practice else PageMark.NONE)
    return workspace.tools.documents.figure_workbook(sheets, marks)


def _note(workspace: Workspace, basis: Basis) -> str:
    """Who made the figures, when, and from how many filings."""
    now = workspace.tools.clock.now()
    day = f"{now.year}年{now.month}月{now.day}日 {now:%H:%M}"
    return f"编制单位：{workspace.profile.unit.name}　数据来自 {len(basis.lines):,} 份已接收的表，截至 {day}"
