"""Evidence of received forms (收到的佐证材料): listed per version, opened as a copy, saved out, met a second time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from forms.evidence import has_place
from models.domain.errors import InputError
from models.domain.evidence import Evidence, EvidenceFile
from services import evidence_files
from services.evidence import EvidenceList, SizeMeter, weight
from services.evidence_places import reuse_of
from services.job import JobContext
from services.ports.store import SubmittedVersion
from services.workspaces import Workspace

_MEGABYTE = 1024 * 1024


def received_list(workspace: Workspace, version: SubmittedVersion) -> EvidenceList:
    """What one version of a filing carries; the same file in another unit's or project's form is told."""
    rules = evidence_files.rules_of(workspace, workspace.current_kit().kit)
    with workspace.store.reading() as work:
        files = work.evidence.submitted(version.filing_id, version.manifest_sha256)
        reuse = reuse_of(work, version.filing_id, files)
    items = tuple(
        Evidence(str(number), version.filing_id, file, version.at, "") for number, file in enumerate(files, 1)
    )
    total = weight(files)
    limits = (rules.advised_megabytes * _MEGABYTE, rules.package_megabytes * _MEGABYTE)
    stray = frozenset(i.evidence_id for i in items if not has_place(version.answers, i.file.place))
    meter = SizeMeter(total, total, *limits)
    return EvidenceList(version.filing_id, items, (), meter, rules, reuse, stray, is_open=False)


def copy_to_look_at(workspace: Workspace, manifest_sha256: str, file: EvidenceFile) -> Path:
    """A copy of a received file under a readable name; programs are never opened (InputError)."""
    (content,) = contents(workspace, manifest_sha256, [file])
    return evidence_files.copy_to_look_at(workspace, file, content)


def save(
    workspace: Workspace, manifest_sha256: str, files: Sequence[EvidenceFile], folder: Path, ctx: JobContext
) -> list[Path]:
    """Save files out under their own names; an existing file gets a number beside it and is never replaced."""
    found = contents(workspace, manifest_sha256, files)
    saved: list[Path] = []
    for index, (file, content) in enumerate(zip(files, found, strict=True)):
        ctx.step(index, len(files), file.name)
        saved.append(evidence_files.save_out(workspace, folder, file, content))
    ctx.step(len(files), len(files), "")
    return saved


def contents(workspace: Workspace, manifest_sha256: str, files: Sequence[EvidenceFile]) -> list[bytes]:
    """The files' bytes out of the kept package, which is read and held against its digests once."""
    with workspace.store.reading() as work:
        record = work.packages.get(manifest_sha256)
    if record is None:
        raise InputError("找不到这份表所在的报送文件", "请重新接收该报送文件")
    members = workspace.tools.reader.evidence(workspace.archive / record.archive_name, manifest_sha256)
    missing = next((file for file in files if file.member not in members), None)
    if missing is not None:
        raise InputError("报送文件里没有这份佐证材料", "请与报送单位核实", missing.name)
    return [members[file.member] for file in files]
