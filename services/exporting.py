"""Export of official forms (导出表样): drafts marked 草稿, finished ones plain, sealed ones as they were signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from forms import registry
from forms.findings import count_findings
from models.domain.errors import EnvironmentProblem, InputError
from models.domain.filing import FilingStatus
from models.domain.project import Unit
from services import archive, filings, printing
from services.contexts import build_context
from services.filings import OpenFiling
from services.handed_out import HandedOut, handed_out
from services.job import JobContext
from services.path_text import path_text
from services.ports.store import FilingQuery
from services.workspaces import DeskRole, Workspace


def documents_of(workspace: Workspace, opened: OpenFiling) -> Mapping[str, bytes]:
    """PDF and workbook of a filing as it now stands, by ending-bearing name."""
    filing = opened.filing
    if filing.status not in (FilingStatus.DRAFT, FilingStatus.RETURNED, FilingStatus.EXEMPT):
        with workspace.store.reading() as work:
            versions = work.filings.versions(filing.filing_id)
        if versions:
            return archive.documents_of(workspace, versions[0])
    report = filings.check(opened, filing.answers)
    counts = count_findings(report.findings, filing.explanations)
    sheet = printing.sheet_of(opened.form, opened.context, filing.answers)
    printed = printing.draw(workspace.tools.documents, [sheet], printing.marks_of(opened.context, counts))
    stem = printing.readable_stem(opened)
    return {f"{stem}.pdf": printed.pdf, f"{stem}.xlsx": printed.workbook}


def export_unit(
    workspace: Workspace, unit_code: str, budget_year: int, folder: Path, ctx: JobContext
) -> list[Path]:
    """Write every filing of a unit and budget year into a folder, made when missing; the files written.

    InputError when the unit is not known or has filed nothing; then nothing is made.
    """
    found = list(_filings(workspace, unit_code, budget_year))
    if not found:
        raise InputError(f"没有单位 {unit_code} {budget_year}年的填报件", "请核对单位代码和预算年度", "导出")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem("不能在这里建文件夹", "请换一个文件夹", path_text(folder)) from error
    saved: list[Path] = []
    for index, opened in enumerate(found):
        stem = printing.readable_stem(opened)
        ctx.step(index, len(found), stem)
        saved += archive.save_documents(workspace, documents_of(workspace, opened), folder, stem)
    return saved


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
            context = build_context(work, kit, task, unit, filing.project_id)
            yield OpenFiling(filing, registry.form(filing.form_id), context, is_new=False)


def _unit(workspace: Workspace, known: HandedOut, code: str) -> Unit:
    """The unit by the register, or the desk's own."""
    found = known.unit(code)
    if found is not None:
        return found
    if workspace.profile.role is not DeskRole.BUREAU and workspace.profile.unit.code == code:
        return workspace.profile.unit
    raise InputError(f"没有代码为 {code} 的单位", "请核对单位代码", "导出")
