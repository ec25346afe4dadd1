"""Export of official forms (导出表样): drafts marked 草稿, finished ones plain, sealed ones as they were signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from forms import registry
from forms.findings import count_findings
from forms.sheet import Sheet
from models.domain.errors import EnvironmentProblem, InputError
from models.domain.filing import FilingStatus
from models.domain.project import Unit
from services import archive, filings, printing
from services.contexts import build_context
from services.filings import OpenFiling
from services.handed_out import HandedOut, handed_out
from services.indicator_library import desk_library
from services.job import JobContext
from services.path_text import path_text
from services.ports.documents import PageMarks
from services.ports.store import FilingQuery
from services.printing import Printed
from services.workspaces import DeskRole, Workspace

_FILE_ENDINGS = (".pdf", ".xlsx")
_OTHER_FILES = (
    ".doc",
    ".docx",
    ".wps",
    ".xls",
    ".xlsm",
    ".et",
    ".csv",
    ".ods",
    ".ofd",
    ".txt",
    ".json",
    ".zip",
)
"""Endings somebody gives who means a file, not a folder."""


def documents_of(workspace: Workspace, opened: OpenFiling) -> Mapping[str, bytes]:
    """PDF and workbook of a filing as it now stands, by ending-bearing name."""
    filing = opened.filing
    if filing.status not in (FilingStatus.DRAFT, FilingStatus.RETURNED, FilingStatus.EXEMPT):
        with workspace.store.reading() as work:
            versions = work.filings.versions(filing.filing_id)
        if (version := archive.in_force(filing, versions)) is not None:
            return archive.documents_of(workspace, version)
    printed = _drawn(workspace, [opened])
    stem = printing.readable_stem(opened)
    return {f"{stem}.pdf": printed.pdf, f"{stem}.xlsx": printed.workbook}


def _drawn(workspace: Workspace, found: Sequence[OpenFiling]) -> Printed:
    """Filings drawn as they stand, in one document; 草稿 as soon as one of them has something blocking."""
    marks: list[tuple[bool, PageMarks]] = []
    sheets: list[Sheet] = []
    for opened in found:
        counts = count_findings(
            filings.check(opened, opened.filing.answers).findings, opened.filing.explanations
        )
        marks.append((not counts.blocking, printing.marks_of(opened.context, counts)))
        sheets += printing.sheets_of(opened.form, opened.context, opened.filing.answers)
    _, worst = min(marks, key=lambda item: item[0])
    return printing.draw(workspace.tools.documents, sheets, worst)


def export_unit(
    workspace: Workspace, unit_code: str, budget_year: int, target: Path, ctx: JobContext
) -> list[Path]:
    """Write every filing of a unit and budget year into a folder, made when missing, or all into one file.

    `target` is a file when it ends in .pdf or .xlsx; several forms in one file are no signed document any
    more and bear no 核对码. InputError when the unit is not known or has filed nothing, or a file of another
    kind is wanted; then nothing is made.
    """
    if target.suffix.lower() in _OTHER_FILES and not target.is_dir():
        raise InputError(
            f"不能导出成 {target.suffix} 文件",
            "请写一个文件夹，或以 .pdf、.xlsx 结尾的文件名",
            path_text(target),
        )
    found = list(_filings(workspace, unit_code, budget_year))
    if not found:
        raise InputError(f"没有单位 {unit_code} {budget_year}年的填报件", "请核对单位代码和预算年度", "导出")
    if target.suffix.lower() in _FILE_ENDINGS and not target.is_dir():
        return [_export_file(workspace, found, target)]
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem("不能在这里建文件夹", "请换一个文件夹", path_text(target)) from error
    saved: list[Path] = []
    for index, opened in enumerate(found):
        stem = printing.readable_stem(opened)
        ctx.step(index, len(found), stem)
        saved += archive.save_documents(workspace, documents_of(workspace, opened), target, stem)
    return saved


def _export_file(workspace: Workspace, found: Sequence[OpenFiling], path: Path) -> Path:
    """All filings in one file; a single one as it stands, with its signature when it is sealed."""
    ending = path.suffix.lower()
    if len(found) == 1:
        documents = documents_of(workspace, found[0])
        content = next(content for name, content in documents.items() if name.endswith(ending))
    else:
        printed = _drawn(workspace, found)
        content = printed.pdf if ending == ".pdf" else printed.workbook
    workspace.tools.files.write(path, content)
    return path


def _filings(workspace: Workspace, unit_code: str, budget_year: int) -> Iterator[OpenFiling]:
    """The unit's filings of a budget year with their background."""
    known = handed_out(workspace)
    unit = _unit(workspace, known, unit_code)
    with workspace.store.reading() as work:
        query = FilingQuery(unit_code=unit.code, budget_year=budget_year)
        binned = {project.project_id for project in work.projects.list(unit.code, in_bin=True)}
        for filing in work.filings.find(query):
            kit = known.kit_of(filing.task_id)
            task = kit.task(filing.task_id) if kit else None
            if (
                kit is None
                or task is None
                or filing.status is FilingStatus.EXEMPT
                or filing.project_id in binned
            ):
                continue
            library = desk_library(workspace, work)
            context = build_context(work, kit, task, unit, filing.project_id, library)
            yield OpenFiling(filing, registry.form(filing.form_id), context, is_new=False)


def _unit(workspace: Workspace, known: HandedOut, code: str) -> Unit:
    """The unit by the register, or the desk's own."""
    found = known.unit(code)
    if found is not None:
        return found
    if workspace.profile.role is not DeskRole.BUREAU and workspace.profile.unit.code == code:
        return workspace.profile.unit
    raise InputError(f"没有代码为 {code} 的单位", "请核对单位代码", "导出")
