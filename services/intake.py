"""Intake (接收): one file or a whole folder, judged one by one; what is refused writes nothing but a note."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from forms.findings import FindingCounts
from models.domain.message import MessageType
from models.domain.verdict import Judgement, Reason
from services.changes import Topic
from services.department.carried import carried_record, carrier_of, note_decisions, put_away, taken_out
from services.exemptions import keep_exemptions
from services.gravest import gravest_first
from services.inspection import Inspection
from services.intake_against import against
from services.intake_claims import claims_of
from services.intake_desk import IntakeDesk, intake_desk, registered_record
from services.intake_rows import IntakeOutcome, IntakeReport, IntakeRow, row_of
from services.job import JobContext
from services.package_files import file_digest, file_size, packages_in
from services.path_text import path_text
from services.ports.exchange import CertificateInfo
from services.ports.store import PackageRecord, QuarantineRecord
from services.received import DECLINED, copy_to_archive, received_record, signer_json
from services.received_filings import keep_filing
from services.tamper_contexts import desk_contexts
from services.tampering import explained
from services.workspaces import Workspace


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
    desk = intake_desk(workspace)
    report = IntakeReport()
    try:
        for index, path in enumerate(files):
            ctx.step(index, len(files), path_text(path.name))
            for row in _receive_whole(desk, path):
                report.add(row)
                judged(row)
        ctx.step(len(files), len(files), "接收完成")
    finally:
        workspace.changes.tell(Topic.PACKAGES, Topic.FILINGS)
    return report


def _receive_whole(desk: IntakeDesk, path: Path) -> Iterator[IntakeRow]:
    """A file's line, and those of the units' packages inside a department's, each judged as if it came alone.

    One that was received before is looked through again: a run that was cut off may have left some inside.
    """
    row = _receive_one(desk, path, carrier_of(desk.workspace, path))
    yield row
    if row.message_type != MessageType.DEPARTMENT_SUBMISSION.value or row.outcome not in _HERE:
        return
    for inner in taken_out(desk.workspace, row.manifest_sha256):
        yield _receive_one(desk, inner, carrier_of(desk.workspace, inner))


_HERE = (IntakeOutcome.RECEIVED, IntakeOutcome.REPLACED, IntakeOutcome.UNCHANGED)


def _receive_one(desk: IntakeDesk, path: Path, carrier: PackageRecord | None) -> IntakeRow:
    """Judge one file and write it, or note why not; what its department said of it is kept with it."""
    row = _judge_one(desk, path, carrier)
    if carrier is not None and row.outcome in _HERE:
        with desk.workspace.store.writing() as work:
            note_decisions(work, desk.known, carrier, path.name, row.manifest_sha256)
            work.commit()
        put_away(path)
    return row


def _judge_one(desk: IntakeDesk, path: Path, carrier: PackageRecord | None) -> IntakeRow:
    """Judge one file and write it, or note why not."""
    inspection = desk.inspection()
    judged, own_key = desk.judge(path, inspection)
    with desk.workspace.store.reading() as work:
        known = work.packages.get(judged.manifest_sha256) if judged.manifest_sha256 else None
    if known is not None and judged.verdict.intact:
        return _unchanged(desk, path, judged, is_declined=known.direction == DECLINED)
    if not desk.takes(judged):
        contexts, tools = desk_contexts(desk.known), desk.workspace.tools
        return _refuse(desk, path, judged, explained(tools, path, judged, desk.named(judged), contexts))
    is_request = judged.message_type == MessageType.REGISTRATION_REQUEST.value
    if is_request and carrier is None and not desk.department:
        return _accept(desk, path, judged, Inspection(desk.reasons), own_key)
    found = against(desk, judged, inspection.filings, carrier)
    if found:
        return _refuse(desk, path, judged, gravest_first(desk.reasons, found))
    return _accept(desk, path, judged, inspection, own_key)


def _unchanged(desk: IntakeDesk, path: Path, judged: Judgement, *, is_declined: bool) -> IntakeRow:
    """A package that is here already, or was decided against; a note that it waits is settled with that."""
    if path_text(path) in desk.waiting:
        with desk.workspace.store.writing() as work:
            work.packages.drop_quarantine(path_text(path))
            work.commit()
    outcome = IntakeOutcome.DECLINED if is_declined else IntakeOutcome.UNCHANGED
    return row_of(path, judged, outcome, kit=desk.known.current)


def _accept(
    desk: IntakeDesk, path: Path, judged: Judgement, inspection: Inspection, own_key: CertificateInfo | None
) -> IntakeRow:
    """Keep an own copy first, then everything in one transaction."""
    workspace, now = desk.workspace, desk.workspace.tools.clock.now()
    copy_to_archive(workspace, path, judged.manifest_sha256 or "")
    filing_versions = tuple((filing.filing_id, filing.version) for filing in inspection.filings)
    replaced = False
    with workspace.store.writing() as work:
        for filing in inspection.filings:
            counts = inspection.counts.get(filing.filing_id, FindingCounts())
            replaced |= keep_filing(work, filing, desk.known, judged, counts, now)
        keep_exemptions(work, judged.payload or {}, inspection.exemptions)
        if own_key is not None:
            work.certificates.add(registered_record(own_key, now))
        record = received_record(path, judged, filing_versions, now)
        work.packages.add(carried_record(workspace, path, judged, record))
        work.packages.drop_quarantine(path_text(path))
        work.commit()
    if own_key is not None:
        desk.trust = desk.trust_with(own_key)
    desk.note_key(judged)
    outcome = IntakeOutcome.REPLACED if replaced else IntakeOutcome.RECEIVED
    return row_of(path, judged, outcome, kit=desk.known.current)


def _refuse(desk: IntakeDesk, path: Path, judged: Judgement, reasons: tuple[Reason, ...]) -> IntakeRow:
    """Note the file under 未接收（待核实）; it stays where it lies."""
    word = desk.reasons.word_of(reasons)
    row = row_of(path, judged, IntakeOutcome.REFUSED, word, reasons, kit=desk.known.current)
    record = QuarantineRecord(
        path=path_text(path),
        sha256=file_digest(path),
        size=judged.size or file_size(path),
        verdict=word.value,
        reasons=tuple({"code": r.code, "message": r.message} for r in reasons),
        unit_code=judged.unit_code or "",
        message_type=judged.message_type or "",
        signer=signer_json(judged),
        at=desk.workspace.tools.clock.now(),
        claims=claims_of(row, judged, desk.known),
    )
    with desk.workspace.store.writing() as work:
        work.packages.put_quarantine(record)
        work.commit()
    return row


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
