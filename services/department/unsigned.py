"""Unsigned forms at a department's desk (下级单位未签名的表): counted and reviewed here, handed up beside the package.

A package carries what units signed; a form taken in from Excel has no signature, so its workbook goes to the bureau as
a file of its own, with the stamped paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.domain.errors import EnvironmentProblem, InputError
from models.domain.paper_filing import PaperFiling
from services.file_names import file_stem
from services.job import JobContext
from services.paper_lines import WORKBOOKS, PaperLine, paper_lines
from services.workspaces import Workspace

WHERE = "未签名的表"


@dataclass(frozen=True, slots=True)
class UnsignedForms:
    """What came as workbooks and is in force (未签名的表)."""

    lines: tuple[PaperLine, ...]

    @property
    def sentence(self) -> str:
        """What becomes of them, "" when there are none."""
        if not self.lines:
            return ""
        return (
            f"另有 {len(self.lines)} 份从 Excel 接收的表没有签名，不能随汇总报送文件上报；"
            "请取出 Excel 表，连同盖章纸质件另交财政部门。"
        )


def unsigned_forms(workspace: Workspace) -> UnsignedForms:
    """Forms of the units whose version in force came as a workbook."""
    lines = paper_lines(workspace)
    with workspace.store.reading() as work:
        kept = [line for line in lines if _is_in_force(work.filings.get(line.paper.filing_id), line.paper)]
    return UnsignedForms(tuple(sorted(kept, key=lambda line: (line.unit_name, line.title))))


def _is_in_force(filing: object, paper: PaperFiling) -> bool:
    return getattr(filing, "version", None) == paper.version


def put_out_books(workspace: Workspace, folder: Path, ctx: JobContext) -> tuple[Path, ...]:
    """The workbooks of those forms into `folder` as they came, each once, under the unit's name.

    InputError when there are none; EnvironmentProblem when a copy is gone or the carrier fails.
    """
    lines, files = unsigned_forms(workspace).lines, workspace.tools.files
    books = {line.paper.sha256: line for line in lines}
    if not books:
        raise InputError("没有从 Excel 接收的表", "请先在“接收下级”里接收", WHERE)
    written: list[Path] = []
    for index, (digest, line) in enumerate(books.items()):
        ctx.step(index, len(books), line.unit_name)
        kept = workspace.folder / WORKBOOKS / f"{digest}.xlsx"
        if not kept.is_file():
            raise EnvironmentProblem("本机存的 Excel 表不见了", "请重新接收这个文件", line.paper.file_name)
        stem = file_stem(f"{line.unit_name}_{Path(line.paper.file_name).stem}", 90)
        target = folder / f"{stem}.xlsx"
        if target in written:
            target = folder / f"{stem}_{digest[:8]}.xlsx"
        files.write(target, files.read_back(kept))
        written.append(target)
    ctx.step(len(books), len(books), "已全部取出")
    return tuple(written)
