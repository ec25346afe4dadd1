"""Intake (接收): one file or a whole folder, judged one by one; what is refused writes nothing but a note."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from models.domain.errors import DeskError
from models.domain.filing import Filing, FilingStatus
from models.domain.kit import ParameterKit
from models.domain.message import MessageType
from models.domain.verdict import Judgement, Reason, VerdictWord
from services import bureau_keys, inspection
from services.changes import Topic
from services.inspection import ReceivedFiling
from services.intake_rows import IntakeOutcome, IntakeReport, IntakeRow, row_of
from services.job import JobContext
from services.ports.exchange import TrustMaterial
from services.ports.store import FilingFigures, QuarantineRecord, SubmittedVersion, UnitOfWork
from services.received import copy_to_archive, received_record, signer_json
from services.workspaces import Workspace

PACKAGE_SUFFIX = ".asice"


def packages_in(paths: Sequence[Path]) -> list[Path]:
    """Package files among the paths, folders walked through; in a settled order, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(sorted(p for p in path.rglob(f"*{PACKAGE_SUFFIX}") if p.is_file()))
        else:
            found[path] = None
    return list(found)


def _nobody(_row: IntakeRow) -> None:
    """Nobody watches the lines come."""


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
    trust, kit = bureau_keys.trust_of(workspace), workspace.current_kit().kit
    report = IntakeReport()
    try:
        for index, path in enumerate(files):
            ctx.step(index, len(files), path.name)
            row = _receive_one(workspace, path, trust, kit)
            report.add(row)
            judged(row)
        ctx.step(len(files), len(files), "接收完成")
    finally:
        workspace.changes.tell(Topic.PACKAGES, Topic.FILINGS)
    return report


def _receive_one(workspace: Workspace, path: Path, trust: TrustMaterial, kit: ParameterKit) -> IntakeRow:
    """Judge one file and write it, or note why not."""
    now, reasons = workspace.tools.clock.now(), workspace.tools.reasons
    judged = workspace.tools.reader.judge(
        path, trust, now, inspect_answers=inspection.inspector(kit, reasons)
    )
    with workspace.store.reading() as work:
        known = work.packages.get(judged.manifest_sha256) if judged.manifest_sha256 else None
    if known is not None and judged.verdict.intact:
        return row_of(path, judged, IntakeOutcome.UNCHANGED)
    if not judged.verdict.is_acceptable:
        return _refuse(workspace, path, judged, judged.verdict.word, judged.verdict.reasons, now)
    if judged.message_type == MessageType.REGISTRATION_REQUEST.value:
        return _accept(workspace, path, judged, (), kit, now)
    if judged.message_type != MessageType.SUBMISSION.value or judged.payload is None:
        return _refuse(
            workspace, path, judged, VerdictWord.CANNOT_JUDGE, (reasons.reason("not_for_this_desk"),), now
        )
    filings = inspection.read_filings(judged.payload)
    against = _against(workspace, kit, filings)
    if against:
        return _refuse(workspace, path, judged, reasons.word_of(tuple(against)), tuple(against), now)
    return _accept(workspace, path, judged, filings, kit, now)


def _against(workspace: Workspace, kit: ParameterKit, filings: Sequence[ReceivedFiling]) -> Sequence[Reason]:
    """What only intake can know: unit, task, older or conflicting version."""
    reasons, found = workspace.tools.reasons, []
    with workspace.store.reading() as work:
        for filing in filings:
            task = kit.task(filing.task_id)
            if kit.unit(filing.unit_code) is None:
                found.append(reasons.reason("unknown_unit", detail=filing.unit_code))
            elif task is None or task.form_id != filing.form_id or task.budget_year != filing.budget_year:
                found.append(reasons.reason("unknown_task"))
            stored = work.filings.get(filing.filing_id)
            if stored is None:
                continue
            if stored.unit_code != filing.unit_code:
                found.append(reasons.reason("unit_mismatch"))
            elif filing.version < stored.version:
                detail = f"已接收第 {stored.version} 版，这是第 {filing.version} 版"
                found.append(reasons.reason("older_version", detail=detail))
            elif filing.version == stored.version:
                found.append(reasons.reason("version_conflict", detail=f"第 {filing.version} 版"))
    return list({reason.code: reason for reason in found}.values())


def _accept(
    workspace: Workspace,
    path: Path,
    judged: Judgement,
    filings: Sequence[ReceivedFiling],
    kit: ParameterKit,
    now: datetime,
) -> IntakeRow:
    """Keep an own copy first, then everything in one transaction."""
    copy_to_archive(workspace, path, judged.manifest_sha256 or "")
    filing_versions = tuple((filing.filing_id, filing.version) for filing in filings)
    replaced = False
    with workspace.store.writing() as work:
        for filing in filings:
            replaced |= _keep_filing(work, filing, kit, judged, now)
        work.packages.add(received_record(path, judged, filing_versions, now))
        work.packages.drop_quarantine(str(path))
        work.commit()
    return row_of(path, judged, IntakeOutcome.REPLACED if replaced else IntakeOutcome.RECEIVED)


def _keep_filing(
    work: UnitOfWork, filing: ReceivedFiling, kit: ParameterKit, judged: Judgement, now: datetime
) -> bool:
    """Store one filing's newest version; whether it replaced an older one."""
    context = inspection.context_of(kit, filing)
    if filing.project is not None and context is not None:
        work.projects.put(filing.project)
        if context.project_year is not None:
            work.projects.put_year(context.project_year)
    stored = work.filings.get(filing.filing_id)
    kept = Filing(
        filing_id=filing.filing_id,
        task_id=filing.task_id,
        form_id=filing.form_id,
        form_version=filing.form_version,
        budget_year=filing.budget_year,
        unit_code=filing.unit_code,
        project_id=filing.project.project_id if filing.project else "",
        status=FilingStatus.RECEIVED,
        answers=filing.answers,
        explanations=filing.explanations,
        version=filing.version,
        updated_at=now,
        revision=stored.revision if stored else 0,
    )
    work.filings.save(kept, _figures(filing), expected_revision=stored.revision if stored else None)
    work.filings.add_version(
        SubmittedVersion(
            filing.filing_id,
            filing.version,
            judged.manifest_sha256 or "",
            filing.answers,
            filing.explanations,
            filing.findings,
            now,
        )
    )
    return stored is not None


def _figures(filing: ReceivedFiling) -> FilingFigures:
    """Columns of a received filing; findings as the clerk's desk counted them."""
    from forms import registry

    form = registry.form(filing.form_id)
    severities = [finding.get("severity") for finding in filing.findings]
    return FilingFigures(
        amount_fen=form.amount_of(filing.answers),
        indicator_rows=tuple(filing.answers.get("indicators") or ()),
        progress=100,
        blocking=severities.count("blocking"),
        to_explain=severities.count("explain"),
    )


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
        path=str(path),
        sha256=_digest(path),
        size=judged.size,
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


def _digest(path: Path) -> str:
    """SHA-256 of a file read in pieces; "" when it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                digest.update(piece)
    except (OSError, DeskError):
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
