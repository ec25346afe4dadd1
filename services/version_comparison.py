"""Two versions side by side (版本对照): what is kept now and what came, judged anew before anything is shown.

A package waits under 未接收（待核实） because a filing in it is older than the one in force, or bears its number
with another content. Which of the two counts is decided in `services.version_decisions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from forms import registry
from models.domain.errors import InputError
from models.domain.filing import Filing
from models.domain.verdict import Judgement, VerdictWord
from services.archive import in_force
from services.department.carried import carrier_of
from services.filing_places import context_of
from services.filing_reading import ReceivedFiling
from services.gravest import gravest_first, what_is_wrong
from services.inspection import Inspection
from services.intake_against import CONTESTED, against, highest_version
from services.intake_desk import IntakeDesk, intake_desk
from services.path_text import path_text
from services.ports.exchange import CertificateInfo
from services.ports.store import IntakeDecision, PackageRecord, UnitOfWork
from services.received import RECEIVED
from services.received_filings import with_own_project
from services.version_differences import FieldDifference, FilingContent, differences
from services.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class VersionSide:
    """One of two versions (一方): its number, who sealed it and when by their own clock, and when it came here."""

    version: int
    manifest_sha256: str
    signer: str
    sealed_at: datetime | None
    received_at: datetime | None


@dataclass(frozen=True, slots=True)
class FilingComparison:
    """A contested filing in both versions (版本对照)."""

    filing_id: str
    subject: str
    form_title: str
    budget_year: int
    kept: VersionSide
    came: VersionSide
    differences: tuple[FieldDifference, ...]


@dataclass(frozen=True, slots=True)
class PackageComparison:
    """A waiting (or put aside) package beside what is in force (报送文件对照).

    `others` counts its filings nobody contests; they follow the decision. `is_settled` when it was decided
    on before: then only turning the decision round is left. `decisions` are those on its filings, newest first.
    """

    path: Path
    manifest_sha256: str
    unit_name: str
    word: VerdictWord
    filings: tuple[FilingComparison, ...]
    others: int
    is_settled: bool
    decisions: tuple[IntakeDecision, ...]


@dataclass(frozen=True)
class JudgedPackage:
    """A package judged for a decision (待决定的报送文件)."""

    desk: IntakeDesk
    path: Path
    judged: Judgement
    inspection: Inspection
    own_key: CertificateInfo | None

    @property
    def manifest(self) -> str:
        """Identity of the package."""
        return self.judged.manifest_sha256 or ""


def compare(workspace: Workspace, path: Path) -> PackageComparison:
    """Both versions side by side. InputError when the file has gone, its signature does not hold, or nothing is contested."""
    found = judged_again(workspace, path)
    judged = found.judged
    with workspace.store.reading() as work:
        both = contested(work, found)
        if not both:
            raise InputError("这份文件就是现在采用的一份", "不用再决定", path_text(path.name))
        compared = tuple(_compared(work, found, filing, stored) for filing, stored in both)
        record = work.packages.get(found.manifest)
        decisions = tuple(item for filing, _ in both for item in work.packages.decisions(filing.filing_id))
    payload = judged.payload or {}
    return PackageComparison(
        path=path,
        manifest_sha256=found.manifest,
        unit_name=str(payload.get("unit_name", "")),
        word=judged.verdict.word,
        filings=compared,
        others=len(found.inspection.filings) - len(compared),
        is_settled=record is not None,
        decisions=tuple(sorted(decisions, key=lambda item: item.at, reverse=True)),
    )


def judged_again(workspace: Workspace, path: Path) -> JudgedPackage:
    """Judge the file anew; only what nothing but its version speaks against is left to decide."""
    desk = intake_desk(workspace)
    inspection = desk.inspection()
    judged, own_key = desk.judge(path, inspection)
    if not desk.takes(judged):
        wrong = what_is_wrong(desk.reasons, judged.verdict)
        raise InputError(wrong, "请按列出的原因处理后再决定", path_text(path.name))
    found = gravest_first(
        desk.reasons, against(desk, judged, inspection.filings, carrier_of(workspace, path))
    )
    other = next((reason for reason in found if reason.code not in CONTESTED), None)
    if other is not None:
        raise InputError(other.message.partition("。")[0], "请先处理这个原因", path_text(path.name))
    if not found:
        raise InputError("这份文件已没有版本上的争议", "请重新接收这份文件", path_text(path.name))
    return JudgedPackage(desk, path, judged, inspection, own_key)


def contested(work: UnitOfWork, found: JudgedPackage) -> Sequence[tuple[ReceivedFiling, Filing]]:
    """The filings of a package that contradict what is in force, in the package's order."""
    found_here = []
    for filing in found.inspection.filings:
        stored = work.filings.get(filing.filing_id)
        if stored is None or filing.version > highest_version(work, stored):
            continue
        if not is_in_force(work, filing, found.manifest):
            found_here.append((filing, stored))
    return found_here


def is_in_force(work: UnitOfWork, filing: ReceivedFiling, manifest: str) -> bool:
    """Whether a filing of this very package is the one in force."""
    stored = work.filings.get(filing.filing_id)
    current = in_force(stored, work.filings.versions(filing.filing_id)) if stored else None
    return current is not None and current.manifest_sha256 == manifest


def _compared(
    work: UnitOfWork, found: JudgedPackage, filing: ReceivedFiling, stored: Filing
) -> FilingComparison:
    """One contested filing in both versions."""
    form = registry.form(filing.form_id)
    context = context_of(found.desk.known, filing)
    assert context is not None, "a package whose unit or task is not known does not come here"
    current = in_force(stored, work.filings.versions(stored.filing_id))
    package = work.packages.get(current.manifest_sha256) if current else None
    project = work.projects.get(stored.project_id) if stored.project_id else None
    own = with_own_project(work, filing)
    return FilingComparison(
        filing_id=filing.filing_id,
        subject=project.name if project else context.unit.name,
        form_title=context.title(form),
        budget_year=filing.budget_year,
        kept=_kept_side(found.desk.workspace, stored, package),
        came=_came_side(found, filing, work.packages.get(found.manifest)),
        differences=differences(
            form,
            context,
            FilingContent(stored.answers, stored.explanations, project),
            FilingContent(own.answers, own.explanations, own.project),
        ),
    )


def _kept_side(workspace: Workspace, stored: Filing, package: PackageRecord | None) -> VersionSide:
    """What is in force now."""
    signer = package.signer if package else {}
    sealed = str(signer.get("signing_time") or "")
    return VersionSide(
        stored.version,
        package.manifest_sha256 if package else "",
        str(signer.get("name", "")),
        workspace.local(datetime.fromisoformat(sealed)) if sealed else None,
        workspace.local(package.at) if package else None,
    )


def _came_side(found: JudgedPackage, filing: ReceivedFiling, record: PackageRecord | None) -> VersionSide:
    """What came; taken in before only where a later decision went against it."""
    is_here = record is not None and record.direction == RECEIVED
    signer = found.judged.signers[0] if found.judged.signers else None
    sealed = signer.signing_time if signer else None
    return VersionSide(
        filing.version,
        found.manifest,
        signer.name if signer else "",
        found.desk.workspace.local(sealed) if sealed else None,
        found.desk.workspace.local(record.at) if record is not None and is_here else None,
    )
