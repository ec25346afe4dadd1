"""Packages taken in some at a time (分批接收): each judged by itself and in order, written together in one transaction.

Judging takes the time and holds nobody up; writing holds the one write lock and is over in some hundredths of a second.
One commit for many files costs what one commit for one does. A line is told when it is durable, never before. Where
writing together fails, the files are written one by one, so that one that cannot be kept takes no other along.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from forms.findings import FindingCounts
from models.domain.message import MessageType
from models.domain.verdict import Judgement, Reason
from services.department.carried import carried_record, carrier_of, note_decisions, put_away
from services.exemptions import keep_exemptions
from services.gravest import gravest_first
from services.inspection import Inspection
from services.intake_against import against_now
from services.intake_ahead import IntakeAhead
from services.intake_claims import claims_of
from services.intake_desk import IntakeDesk, registered_record
from services.intake_fresh import FreshArrivals
from services.intake_known import digits_named, known_again
from services.intake_looked import Looked
from services.intake_rows import IntakeOutcome, IntakeRow, row_of, row_of_record
from services.package_files import file_digest, file_size
from services.path_text import path_text
from services.ports.store import PackageRecord, QuarantineRecord, UnitOfWork
from services.received import DECLINED, archive_name, make_archive, received_record, signer_json
from services.received_filings import keep_filing
from services.tamper_contexts import desk_contexts
from services.tampering import explained
from services.workspaces import Workspace

HERE = (IntakeOutcome.RECEIVED, IntakeOutcome.REPLACED, IntakeOutcome.UNCHANGED)
"""Outcomes after which a package's content is at this desk."""

MOST_FILES, MOST_BYTES = 48, 32 * 1024 * 1024
"""A batch is written when it has so many files, or files of so many bytes: their payloads wait in memory."""

ENOUGH = 24
"""Of so many whose copies are made it is written before, so that nobody waits for the disk."""

COPIES = 4
"""Copies made at a time: they wait for the disk, which writes several at once nearly as fast as one."""


@dataclass
class IntakeBatch:
    """Files judged and not written yet (接收批次); `tell` gets each line when it is durable."""

    desk: IntakeDesk
    tell: Callable[[IntakeRow], object]
    ahead: IntakeAhead
    _waiting: list[Looked] = field(default_factory=list)
    _bytes: int = 0
    _batches: int = 0
    _here: frozenset[str] | None = None
    _has_archive: bool = False
    _views: ExitStack = field(default_factory=ExitStack)
    _copying: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(COPIES, thread_name_prefix="package-copies")
    )

    def look_at(self, path: Path) -> bool:
        """Judge a file, whose line comes with the batch; whether it is a department's package that may be here then.

        A department's desk tells a unit's first key from its second by what it took in before, so there every file is
        written at once.
        """
        looked = self._looked(path, carrier_of(self.desk.workspace, path))
        self._waiting.append(looked)
        if looked.judged is not None:
            self._bytes += looked.judged.size
        if len(self._waiting) >= MOST_FILES or self._bytes >= MOST_BYTES or self.desk.department:
            self.write()
        elif len(self._waiting) >= ENOUGH and (copied := self._copied()) >= ENOUGH:
            self.write(copied)
        kind = looked.judged.message_type if looked.judged and not looked.reasons else None
        return kind == MessageType.DEPARTMENT_SUBMISSION.value

    def close(self) -> None:
        """Write what waits, end the copying and what was read ahead."""
        self.ahead.close()
        try:
            self.write()
        finally:
            self._copying.shutdown()

    def write(self, first: int | None = None) -> None:
        """Write what waits, or the first so many of it. A copy that cannot be made raises (EnvironmentProblem) after the
        files before it are kept; of those after it none is, for their order counts."""
        everything, self._waiting, self._bytes = self._waiting, [], 0
        waiting, rest = everything[:first], [] if first is None else everything[first:]
        self._batches += 1
        self._has_archive = False  # seen to once a batch
        self._end_view()
        self.desk.pending.clear()
        ready, failure = _copied(waiting)
        if any(one.copy is not None for one in ready):
            self.desk.workspace.tools.files.settle(self.desk.workspace.archive)
        try:
            self._write(ready)
        except Exception:
            if len(ready) < 2:
                raise
            for one in ready:
                self._write([one])
        if failure is not None:
            raise failure
        self._waiting = rest
        self._bytes = sum(one.judged.size for one in rest if one.judged is not None)
        self.desk.pending += [filing for one in rest for filing in one.filings]

    def _copied(self) -> int:
        """How many of those that wait, from the first on, have their copies."""
        unfinished = (
            n for n, one in enumerate(self._waiting) if one.copy is not None and not one.copy.done()
        )
        return next(unfinished, len(self._waiting))

    def _write(self, items: Sequence[Looked]) -> None:
        """All of them in one transaction; their lines are told after it."""
        if not items:
            return
        workspace = self.desk.workspace
        with workspace.store.writing() as work:
            rows = self._all_kept(work, items)
            work.commit()
        for item, row in zip(items, rows, strict=True):
            self._after(item, row)
            self.tell(row)

    def _after(self, item: Looked, row: IntakeRow) -> None:
        """What follows when a line is durable."""
        if row.outcome is IntakeOutcome.REFUSED and item.is_copied_anew:
            path = self.desk.workspace.archive / archive_name(row.manifest_sha256)
            path.unlink(missing_ok=True)
        if item.carrier is not None and row.outcome in HERE:
            put_away(item.path)
        if item.judged is not None and row.outcome in (IntakeOutcome.RECEIVED, IntakeOutcome.REPLACED):
            self.desk.note_key(item.judged)

    def _view(self) -> UnitOfWork:
        """What stands in the store, opened once for a batch; what is written is held against the store anew."""
        if self.desk.view is None:
            self.desk.view = self._views.enter_context(self.desk.workspace.store.reading())
        return self.desk.view

    def _end_view(self) -> None:
        self.desk.view = None
        self.desk.filed_before.clear()
        self._views.close()

    # Looking ----------------------------------------------------------------------------------

    def _looked(self, path: Path, carrier: PackageRecord | None) -> Looked:
        desk = self.desk
        view = self._view()
        known = known_again(desk.workspace, view, path) if self._may_be_here(path) else None
        if known is not None:
            self.ahead.passed(path)
            return Looked(path, carrier, known)
        inspection = desk.inspection()
        judged, own_key = desk.judge(path, inspection, self.ahead.judged(path, inspection))
        item = Looked(path, carrier, None, judged, inspection, own_key)
        if not desk.takes(judged):
            item.reasons = self._reasons(path, judged)
            return item
        item.filings = inspection.filings
        desk.pending += item.filings
        if judged.manifest_sha256:
            self._copy(item, judged.manifest_sha256)
        return item

    def _may_be_here(self, path: Path) -> bool:
        """Whether a file's name is that of a package taken in before this run; of many files not each is asked about.

        What came during the run is judged again where it lies twice, and found when it is to be written.
        """
        if self._here is None and self._batches:
            self._here = self._view().packages.beginnings()
        return self._here is None or digits_named(path) in self._here

    def _reasons(self, path: Path, judged: Judgement) -> tuple[Reason, ...]:
        """Why a file is not taken in; () for one that is here already, whatever its certificate has become."""
        desk = self.desk
        if judged.manifest_sha256 and judged.verdict.intact:
            with desk.workspace.store.reading() as work:
                if work.packages.get(judged.manifest_sha256) is not None:
                    return ()
        contexts, tools = desk_contexts(desk.known), desk.workspace.tools
        return explained(tools, path, judged, desk.named(judged), contexts)

    def _copy(self, item: Looked, manifest_sha256: str) -> None:
        """Begin the desk's own copy: it has to be whole before anything of the package is committed."""
        if not self._has_archive:
            make_archive(self.desk.workspace)
            self._has_archive = True
        item.copy = self._copying.submit(_copy_anew, self.desk.workspace, item.path, manifest_sha256)

    # Writing ----------------------------------------------------------------------------------

    def _all_kept(self, work: UnitOfWork, items: Sequence[Looked]) -> list[IntakeRow]:
        """The files' lines: what nobody has seen before is added at once, the rest one by one."""
        fresh = FreshArrivals(self.desk, work, items)
        rows = [fresh.row(item) for item in items]
        fresh.write()
        return [row or self._kept(work, item) for item, row in zip(items, rows, strict=True)]

    def _kept(self, work: UnitOfWork, item: Looked) -> IntakeRow:
        """One file in the batch's transaction; what its department said of it is kept with it."""
        row = self._written(work, item)
        if item.carrier is not None and row.outcome in HERE:
            note_decisions(work, self.desk.known, item.carrier, item.path.name, row.manifest_sha256)
        return row

    def _written(self, work: UnitOfWork, item: Looked) -> IntakeRow:
        desk, judged, inspection = self.desk, item.judged, item.inspection
        if item.known is not None:
            return self._unchanged(work, item, item.known)
        assert judged is not None
        assert inspection is not None
        if item.reasons:
            return self._refused(work, item, judged, item.reasons)
        known = work.packages.get(judged.manifest_sha256) if judged.manifest_sha256 else None
        if known is not None:
            return self._unchanged(work, item, known)
        is_request = judged.message_type == MessageType.REGISTRATION_REQUEST.value
        if is_request and item.carrier is None and not desk.department:
            return self._accepted(work, item, judged, Inspection(desk.reasons))
        found = against_now(desk, work, judged, inspection.filings, item.carrier)
        if found:
            return self._refused(work, item, judged, gravest_first(desk.reasons, found))
        return self._accepted(work, item, judged, inspection)

    def _unchanged(self, work: UnitOfWork, item: Looked, known: PackageRecord) -> IntakeRow:
        """A package that is here already, or was decided against; a note that it waits is settled with that."""
        if path_text(item.path) in self.desk.waiting:
            work.packages.drop_quarantine(path_text(item.path))
        is_declined = known.direction == DECLINED
        outcome = IntakeOutcome.DECLINED if is_declined else IntakeOutcome.UNCHANGED
        if item.judged is None:
            return row_of_record(item.path, known, outcome)
        return row_of(item.path, item.judged, outcome, kit=self.desk.known.current)

    def _accepted(
        self, work: UnitOfWork, item: Looked, judged: Judgement, inspection: Inspection
    ) -> IntakeRow:
        """Everything of one package; its own copy is there."""
        desk = self.desk
        workspace, now = desk.workspace, desk.workspace.tools.clock.now()
        replaced = False
        for filing in inspection.filings:
            counts = inspection.counts.get(filing.filing_id, FindingCounts())
            replaced |= keep_filing(work, filing, desk.known, judged, counts, now)
        keep_exemptions(work, judged.payload or {}, inspection.exemptions)
        if item.own_key is not None:
            work.certificates.add(registered_record(item.own_key, now))
            desk.trust = desk.trust_with(item.own_key)
        versions = tuple((filing.filing_id, filing.version) for filing in inspection.filings)
        record = received_record(item.path, judged, versions, now)
        work.packages.add(carried_record(workspace, item.path, judged, record))
        work.packages.drop_quarantine(path_text(item.path))
        outcome = IntakeOutcome.REPLACED if replaced else IntakeOutcome.RECEIVED
        return row_of(item.path, judged, outcome, kit=desk.known.current)

    def _refused(
        self, work: UnitOfWork, item: Looked, judged: Judgement, reasons: tuple[Reason, ...]
    ) -> IntakeRow:
        """Note the file under 未接收（待核实）; it stays where it lies."""
        desk, path = self.desk, item.path
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
        work.packages.put_quarantine(record)
        return row


def _copy_anew(workspace: Workspace, path: Path, manifest_sha256: str) -> bool:
    """Copy a package unless its copy is there; whether it was not. Asked in the copying thread: a folder in which others
    are just making names answers late."""
    copy = workspace.archive / archive_name(manifest_sha256)
    if os.path.exists(copy):
        return False
    workspace.tools.files.copy(path, copy, settled=False)
    return True


def _copied(waiting: Sequence[Looked]) -> tuple[list[Looked], Exception | None]:
    """Wait for the copies; those before the first that failed, and why it did."""
    for number, item in enumerate(waiting):
        if item.copy is None:
            continue
        try:
            item.copy.result()
        except Exception as failure:  # noqa: BLE001  # raised again by the batch, after what came before is kept
            return list(waiting[:number]), failure
    return list(waiting), None
