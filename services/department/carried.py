"""Units' packages that came in a department's (随主管部门汇总报送的文件): taken out, known by their carrier, with its opinions.

They lie under `carried/<the carrier's manifest digest>/` in the workspace until they are taken in, so that one that has
to wait (a key to be registered, two versions to choose from) is a file like any other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from models.domain.message import NESTED_FOLDER, MessageType
from models.domain.project import Unit
from models.domain.review import ReviewDecision, ReviewLevel, ReviewOutcome
from models.domain.verdict import Judgement
from services.handed_out import HandedOut
from services.one_line import MAX_NAME, one_line
from services.package_files import packages_in
from services.ports.store import PackageRecord, UnitOfWork
from services.received import RECEIVED
from services.workspaces import Workspace

FOLDER = "carried"
DECISIONS = "decisions"
"""Key under which a carrier's opinions are kept with its record."""

MEMBERS = "members"
"""Key under which the names of the packages it brought are kept."""


def taken_out(workspace: Workspace, manifest_sha256: str) -> Sequence[Path]:
    """The packages of a department's package received before, as files, in a sender's number order."""
    with workspace.store.reading() as work:
        record = work.packages.get(manifest_sha256)
    if record is None or record.direction != RECEIVED:
        return ()
    folder = workspace.folder / FOLDER / manifest_sha256
    workspace.tools.reader.nested(workspace.archive / record.archive_name, manifest_sha256, folder)
    return packages_in([folder])


def carrier_of(workspace: Workspace, path: Path) -> PackageRecord | None:
    """The department's package a file was taken out of; None for one that came by itself."""
    if path.parent.parent.name != FOLDER:  # what nearly every file can be told by
        return None
    if path.parent.parent.resolve() != (workspace.folder / FOLDER).resolve():
        return None
    with workspace.store.reading() as work:
        record = work.packages.get(path.parent.name)
    is_carrier = record is not None and record.message_type == MessageType.DEPARTMENT_SUBMISSION.value
    return record if is_carrier else None


def carried_record(
    workspace: Workspace, path: Path, judged: Judgement, record: PackageRecord
) -> PackageRecord:
    """The record of a received file with what it came in, and with the opinions that a department's package brings.

    What was taken out for a while lay nowhere of its own: only its own copy stays.
    """
    carrier = carrier_of(workspace, path)
    if carrier is not None:
        return replace(record, carrier_sha256=carrier.manifest_sha256, source_path="")
    if record.message_type != MessageType.DEPARTMENT_SUBMISSION.value:
        return record
    payload: Mapping[str, Any] = judged.payload or {}
    members = [item["member"] for item in payload.get("packages", ())]
    return replace(record, verdict={**record.verdict, DECISIONS: payload.get("decisions"), MEMBERS: members})


def put_away(path: Path) -> None:
    """A package that was taken in has its own copy; the one taken out is needed no more.

    Nor is what a program killed while taking it out has left unfinished.
    """
    with suppress(OSError):
        path.unlink(missing_ok=True)
        for unfinished in path.parent.glob(".*.tmp"):
            unfinished.unlink(missing_ok=True)
        path.parent.rmdir()


def is_in_charge(department_code: str, unit: Unit) -> bool:
    """Whether a department answers for a unit, by the unit's register line."""
    return not unit.is_own_department and unit.department_code == department_code


def note_decisions(
    work: UnitOfWork, known: HandedOut, carrier: PackageRecord, member: str, manifest_sha256: str
) -> int:
    """Keep the department's opinions on the filings of one of its packages; how many are new.

    Only on versions that came in exactly that package, of units in its charge: a unit that is its own department has no
    such level. Asking twice keeps nothing twice.
    """
    count = 0
    for item in carrier.verdict.get(DECISIONS, ()):
        if item["member"] != f"{NESTED_FOLDER}{member}":
            continue
        filing = work.filings.get(item["filing_id"])
        unit = known.unit(filing.unit_code) if filing else None
        if filing is None or unit is None or not is_in_charge(carrier.unit_code, unit):
            continue
        versions = work.filings.versions(filing.filing_id)
        if not any((v.version, v.manifest_sha256) == (item["version"], manifest_sha256) for v in versions):
            continue
        decision = _decision(carrier, item)
        if any(d.decision_id == decision.decision_id for d in work.reviews.decisions([filing.filing_id])):
            continue
        work.reviews.add_decision(decision)
        count += 1
    return count


def _decision(carrier: PackageRecord, item: Mapping[str, Any]) -> ReviewDecision:
    """One opinion as the strict reader let it through; its id is the same whenever it is read."""
    place = f"{carrier.manifest_sha256}/{item['member']}/{item['filing_id']}/{item['version']}"
    return ReviewDecision(
        decision_id=hashlib.sha256(place.encode()).hexdigest()[:16],
        filing_id=item["filing_id"],
        version=item["version"],
        level=ReviewLevel.DEPARTMENT,
        outcome=ReviewOutcome(item["outcome"]),
        opinion=item["opinion"].strip(),
        decided_by=one_line(item["decided_by"])[:MAX_NAME],
        decided_at=datetime.fromisoformat(item["decided_at"]),
        grade=item["grade"],
        points=item["points"],
        conclusion=item["conclusion"],
        submitted_fen=item["submitted_fen"],
        approved_fen=item["approved_fen"],
        is_signed_elsewhere=True,
    )
