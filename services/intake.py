"""Intake (接收): one file or a whole folder, judged one by one; what is refused writes nothing but a note."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from forms.findings import FindingCounts
from models.domain.errors import EnvironmentProblem
from models.domain.filing import Filing
from models.domain.kit import TrustMode
from models.domain.message import MessageType
from models.domain.verdict import Judgement, Reason, VerdictWord
from services import bureau_keys
from services.changes import Topic
from services.handed_out import HandedOut, handed_out
from services.inspection import Inspection, ReceivedFiling
from services.intake_rows import IntakeOutcome, IntakeReport, IntakeRow, row_of
from services.job import JobContext
from services.path_text import path_text
from services.ports.exchange import ReasonCatalogue, TrustMaterial
from services.ports.store import QuarantineRecord
from services.received import certificate_pem, copy_to_archive, received_record, signer_json
from services.received_filings import keep_filing
from services.workspaces import Workspace

PACKAGE_SUFFIX = ".asice"


_MAX_HASHED = 1 << 30
"""Bytes of a refused file that are worth reading once more for its digest."""


def packages_in(paths: Sequence[Path]) -> list[Path]:
    """Package files among the paths, folders walked through; each once, a sender's number 9 before its number 10.

    EnvironmentProblem when a carrier fails meanwhile; folders nobody may read are passed over.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(sorted(_walk(path), key=_in_number_order))
        else:
            found[path] = None
    return list(found)


def _walk(folder: Path) -> Iterator[Path]:
    """Package files below a folder, whatever case their ending has."""

    def failed(error: OSError) -> None:
        if not isinstance(error, PermissionError):
            raise EnvironmentProblem(
                "文件夹读不出来", "请检查存储介质是否已拔出", path_text(folder.name)
            ) from error

    for place, _folders, names in os.walk(folder, onerror=failed):
        for name in names:
            path = Path(place, name)
            if path.suffix.lower() == PACKAGE_SUFFIX and path.is_file():
                yield path


def _in_number_order(path: Path) -> list[str | int]:
    """A key by which numbers within names count as numbers."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", str(path))]


def _nobody(_row: IntakeRow) -> None:
    """Nobody watches the lines come."""


@dataclass(frozen=True)
class _Desk:
    """What every file of one intake is judged with (接收依据), read once at its beginning."""

    workspace: Workspace
    trust: TrustMaterial
    known: HandedOut
    waiting: frozenset[str]
    revoked: frozenset[str]

    @property
    def reasons(self) -> ReasonCatalogue:
        """The closed list of reason codes."""
        return self.workspace.tools.reasons


def receive(
    workspace: Workspace,
    paths: Sequence[Path],
    ctx: JobContext,
    judged: Callable[[IntakeRow], object] = _nobody,
) -> IntakeReport:
    """Take in packages. Stopping keeps what has been received; a second run finds it unchanged.

    `judged` is called with each line as it comes, so that a run that was stopped can be told as well.
    """
    files = packages_in(paths)
    waiting = frozenset(record.path for record in quarantine(workspace))
    revoked = bureau_keys.revoked_keys(workspace)
    desk = _Desk(workspace, bureau_keys.trust_of(workspace), handed_out(workspace), waiting, revoked)
    report = IntakeReport()
    try:
        for index, path in enumerate(files):
            ctx.step(index, len(files), path_text(path.name))
            row = _receive_one(desk, path)
            report.add(row)
            judged(row)
        ctx.step(len(files), len(files), "接收完成")
    finally:
        workspace.changes.tell(Topic.PACKAGES, Topic.FILINGS)
    return report


def _receive_one(desk: _Desk, path: Path) -> IntakeRow:
    """Judge one file and write it, or note why not."""
    now, tools = desk.workspace.tools.clock.now(), desk.workspace.tools
    inspection = Inspection(tools.reasons, desk.known)
    judged = tools.reader.judge(path, desk.trust, now, inspect_answers=inspection)
    with desk.workspace.store.reading() as work:
        known = work.packages.get(judged.manifest_sha256) if judged.manifest_sha256 else None
    if known is not None and judged.verdict.intact:
        return _unchanged(desk, path, judged)
    if not judged.verdict.is_acceptable:
        found = _named(desk, judged)
        return _refuse(desk.workspace, path, judged, desk.reasons.word_of(found), found, now)
    if judged.message_type == MessageType.REGISTRATION_REQUEST.value:
        return _accept(desk, path, judged, Inspection(tools.reasons), now)
    against = _against(desk, judged, inspection.filings)
    if against:
        word = tools.reasons.word_of(tuple(against))
        return _refuse(desk.workspace, path, judged, word, tuple(against), now)
    return _accept(desk, path, judged, inspection, now)


def _named(desk: _Desk, judged: Judgement) -> tuple[Reason, ...]:
    """The reader's reasons; a key that was revoked before its unit took a certificate in is no first meeting."""
    revoked = any(signer.fingerprint in desk.revoked for signer in judged.signers)
    return tuple(
        desk.reasons.reason("certificate_revoked")
        if revoked and reason.code == bureau_keys.UNREGISTERED
        else reason
        for reason in judged.verdict.reasons
    )


def _unchanged(desk: _Desk, path: Path, judged: Judgement) -> IntakeRow:
    """A package that is here already; a note that it waits is settled with that."""
    if path_text(path) in desk.waiting:
        with desk.workspace.store.writing() as work:
            work.packages.drop_quarantine(path_text(path))
            work.commit()
    return row_of(path, judged, IntakeOutcome.UNCHANGED)


def _against(desk: _Desk, judged: Judgement, filings: Sequence[ReceivedFiling]) -> Sequence[Reason]:
    """What only intake can know: for this desk, kit, key, unit, task, older or conflicting version."""
    reasons, found = desk.reasons, []
    if judged.message_type != MessageType.SUBMISSION.value or judged.payload is None:
        return [reasons.reason("not_for_this_desk")]
    if not desk.known.knows(judged.payload.get("kit")):
        found.append(reasons.reason("unknown_kit_version"))
    if desk.known.current.trust_mode is TrustMode.CERTIFICATE and _is_self_signed(desk.workspace, judged):
        found.append(reasons.reason("unregistered_signer"))
    with desk.workspace.store.reading() as work:
        for filing in filings:
            found += _against_filing(desk, filing, work.filings.get(filing.filing_id))
    return list({reason.code: reason for reason in found}.values())


def _is_self_signed(workspace: Workspace, judged: Judgement) -> bool:
    """Whether the signer has no certificate of the bureau: where certificates are asked for, a key alone is not enough."""
    pem = certificate_pem(judged)
    return not pem or workspace.tools.authority.read_certificate(pem).is_self_signed


def _against_filing(desk: _Desk, filing: ReceivedFiling, stored: Filing | None) -> list[Reason]:
    """What is against one filing: unit and task not known, another unit's filing, older or conflicting version."""
    reasons, found = desk.reasons, []
    kit = desk.known.kit_of(filing.task_id)
    task = kit.task(filing.task_id) if kit else None
    if desk.known.unit(filing.unit_code) is None:
        found.append(reasons.reason("unknown_unit", detail=filing.unit_code))
    elif task is None or task.form_id != filing.form_id or task.budget_year != filing.budget_year:
        found.append(reasons.reason("unknown_task"))
    if stored is None:
        return found
    if stored.unit_code != filing.unit_code:
        found.append(reasons.reason("unit_mismatch"))
    elif filing.version < stored.version:
        detail = f"已接收第 {stored.version} 版，这是第 {filing.version} 版"
        found.append(reasons.reason("older_version", detail=detail))
    elif filing.version == stored.version:
        found.append(reasons.reason("version_conflict", detail=f"第 {filing.version} 版"))
    return found


def _accept(desk: _Desk, path: Path, judged: Judgement, inspection: Inspection, now: datetime) -> IntakeRow:
    """Keep an own copy first, then everything in one transaction."""
    workspace = desk.workspace
    copy_to_archive(workspace, path, judged.manifest_sha256 or "")
    filing_versions = tuple((filing.filing_id, filing.version) for filing in inspection.filings)
    replaced = False
    with workspace.store.writing() as work:
        for filing in inspection.filings:
            counts = inspection.counts.get(filing.filing_id, FindingCounts())
            replaced |= keep_filing(work, filing, desk.known, judged, counts, now)
        work.packages.add(received_record(path, judged, filing_versions, now))
        work.packages.drop_quarantine(path_text(path))
        work.commit()
    return row_of(path, judged, IntakeOutcome.REPLACED if replaced else IntakeOutcome.RECEIVED)


def _refuse(
    workspace: Workspace,
    path: Path,
    judged: Judgement,
    word: VerdictWord,
    reasons: tuple[Reason, ...],
    now: datetime,
) -> IntakeRow:
    """Note the file under 未接收（待核实）; it stays where it lies."""
    record = QuarantineRecord(
        path=path_text(path),
        sha256=_digest(path),
        size=judged.size or _size(path),
        verdict=word.value,
        reasons=tuple({"code": r.code, "message": r.message} for r in reasons),
        unit_code=judged.unit_code or "",
        message_type=judged.message_type or "",
        signer=signer_json(judged),
        at=now,
    )
    with workspace.store.writing() as work:
        work.packages.put_quarantine(record)
        work.commit()
    return row_of(path, judged, IntakeOutcome.REFUSED, word, reasons)


def _size(path: Path) -> int:
    """Size of a file that was not read; 0 when nobody can tell."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0


def _digest(path: Path) -> str:
    """SHA-256 of a file read in pieces; "" for what cannot be read, is no file, or is far beyond any package."""
    digest = hashlib.sha256()
    if not 0 < _size(path) <= _MAX_HASHED:
        return ""
    try:
        with path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()


def quarantine(workspace: Workspace) -> Sequence[QuarantineRecord]:
    """Everything under 未接收（待核实）, newest first."""
    with workspace.store.reading() as work:
        return work.packages.quarantine()


def set_aside(workspace: Workspace, path: str) -> None:
    """Forget the note on a file that a person has dealt with; the file itself stays where it lies."""
    with workspace.store.writing() as work:
        work.packages.drop_quarantine(path)
        work.commit()
    workspace.changes.tell(Topic.PACKAGES)
