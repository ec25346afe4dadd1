"""The forms inside a received package (报送文件里的表): what each is about, to open one or save all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from forms import registry
from models.domain.errors import InputError
from services import archive
from services.file_names import file_stem
from services.form_titles import FormTitles
from services.job import JobContext
from services.ports.store import PackageRecord
from services.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class PackageForm:
    """One form of a received package (报送文件里的表); amount in 分, None where the form has none.

    `manifest_sha256` names the package: two of one version number may have been received.
    """

    filing_id: str
    version: int
    manifest_sha256: str
    subject: str
    form_title: str
    budget_year: int
    amount_fen: int | None

    @property
    def stem(self) -> str:
        """Name for its documents outside: 农村公路养护_项目支出绩效目标申报表_2027年度_第1版."""
        return f"{file_stem(self.subject)}_{self.form_title}_{self.budget_year}年度_第{self.version}版"


def forms_of(workspace: Workspace, record: PackageRecord) -> tuple[PackageForm, ...]:
    """The forms of a package in its order."""
    found, titles = [], FormTitles(workspace)
    with workspace.store.reading() as work:
        for filing_id, version in record.filing_versions:
            filing = work.filings.get(filing_id)
            if filing is None:
                continue
            project = work.projects.get(filing.project_id) if filing.project_id else None
            form = registry.form(filing.form_id)
            sent = {item.manifest_sha256: item.answers for item in work.filings.versions(filing_id)}
            found.append(
                PackageForm(
                    filing_id,
                    version,
                    record.manifest_sha256,
                    project.name if project else record.unit_name,
                    titles.of(form.form_id, filing.budget_year),
                    filing.budget_year,
                    form.amount_of(sent.get(record.manifest_sha256, filing.answers)),
                )
            )
    return tuple(found)


def save_forms(
    workspace: Workspace, forms: tuple[PackageForm, ...], folder: Path, ctx: JobContext
) -> list[Path]:
    """Save PDF and workbook of each form as they were signed; the files written."""
    saved: list[Path] = []
    for index, form in enumerate(forms):
        ctx.step(index, len(forms), form.subject)
        with workspace.store.reading() as work:
            versions = work.filings.versions(form.filing_id)
        version = next((item for item in versions if item.manifest_sha256 == form.manifest_sha256), None)
        if version is None:
            raise InputError(f"“{form.subject}”的第 {form.version} 版找不到", "请重新接收该报送文件")
        saved += archive.save_documents(
            workspace, archive.documents_of(workspace, version), folder, form.stem
        )
    ctx.step(len(forms), len(forms), "")
    return saved
