"""Deciding between two versions (接收决定): 采用这一份 or 保留原来的, with the reason; nothing is ever lost.

Signature, trust and everything else are judged again before anything is decided. A decision is about the whole
package, like every intake; a later decision may turn it round.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from forms.findings import FindingCounts
from models.domain.errors import InputError
from services.archive import in_force
from services.changes import Topic
from services.department.carried import carried_record, carrier_of, note_decisions, put_away
from services.exemptions import keep_exemptions
from services.intake_desk import registered_record
from services.one_line import MAX_NAME, one_line
from services.path_text import path_text
from services.ports.store import IntakeDecision, PackageRecord, UnitOfWork
from services.received import DECLINED, RECEIVED, copy_to_archive, received_record
from services.received_filings import keep_filing
from services.version_comparison import JudgedPackage, PackageComparison, contested, is_in_force, judged_again
from services.workspaces import Workspace


def adopt(workspace: Workspace, comparison: PackageComparison, reason: str) -> None:
    """采用这一份: it is in force from now on, what was in force stays among the versions. InputError as `compare`."""
    told, found = _reason(reason), _same(workspace, comparison)
    now, desk = workspace.tools.clock.now(), found.desk
    copy_to_archive(workspace, found.path, found.manifest)
    with workspace.store.writing() as work:
        _note(work, found, told, is_adopted=True, now=now)
        for filing in found.inspection.filings:
            if is_in_force(work, filing, found.manifest):
                continue
            counts = found.inspection.counts.get(filing.filing_id, FindingCounts())
            keep_filing(work, filing, desk.known, found.judged, counts, now)
        keep_exemptions(work, found.judged.payload or {}, found.inspection.exemptions)
        if found.own_key is not None:
            work.certificates.add(registered_record(found.own_key, now))
        known = work.packages.get(found.manifest)
        if known is None or known.direction != RECEIVED:
            work.packages.add(_record(found, known, RECEIVED, now))
        work.packages.drop_quarantine(path_text(comparison.path))
        _note_department(work, found, known)
        work.commit()
    _put_away(found)
    workspace.changes.tell(Topic.PACKAGES, Topic.FILINGS)


def keep(workspace: Workspace, comparison: PackageComparison, reason: str) -> None:
    """保留原来的: the package is put aside with the reason, a copy of it kept; what is in force stays. InputError as `compare`."""
    told, found = _reason(reason), _same(workspace, comparison)
    if comparison.is_settled:
        raise InputError("这份文件已经决定过", "要改变决定请选“采用这一份”")
    now = workspace.tools.clock.now()
    copy_to_archive(workspace, found.path, found.manifest)
    with workspace.store.writing() as work:
        _note(work, found, told, is_adopted=False, now=now)
        work.packages.add(_record(found, None, DECLINED, now))
        work.packages.drop_quarantine(path_text(comparison.path))
        work.commit()
    _put_away(found)
    workspace.changes.tell(Topic.PACKAGES)


def _note_department(work: UnitOfWork, found: JudgedPackage, known: PackageRecord | None) -> None:
    """What the department's package it came in says of it, also where it was put aside first and lies in its own copy."""
    carrier, member = carrier_of(found.desk.workspace, found.path), found.path.name
    if carrier is None and known is not None and known.carrier_sha256:
        carrier, member = work.packages.get(known.carrier_sha256), known.file_name
    if carrier is not None:
        note_decisions(work, found.desk.known, carrier, member, found.manifest)


def _put_away(found: JudgedPackage) -> None:
    """What was taken out of a department's package has its own copy now."""
    if carrier_of(found.desk.workspace, found.path) is not None:
        put_away(found.path)


def _reason(text: str) -> str:
    """The reason on one line; InputError when there is none."""
    told = one_line(text)
    if not told:
        raise InputError(
            "还没有写明理由", "请写明以哪一份为准的理由，例如“与单位电话核实，以后报的为准”", "理由"
        )
    if len(told) > MAX_NAME:
        raise InputError(f"理由超过 {MAX_NAME} 字", "请写简短些", "理由")
    return told


def _same(workspace: Workspace, comparison: PackageComparison) -> JudgedPackage:
    """The package that was compared, judged again; InputError when file or versions have changed since."""
    found = judged_again(workspace, comparison.path)
    with workspace.store.reading() as work:
        kept = [
            in_force(stored, work.filings.versions(stored.filing_id)) for _, stored in contested(work, found)
        ]
    now = (found.manifest, [item.manifest_sha256 if item else "" for item in kept])
    if now != (comparison.manifest_sha256, [item.kept.manifest_sha256 for item in comparison.filings]):
        raise InputError("打开对照以后情况有变化", "请关闭后重新打开对照", path_text(comparison.path.name))
    return found


def _note(work: UnitOfWork, found: JudgedPackage, reason: str, *, is_adopted: bool, now: datetime) -> None:
    """Keep the decision for each contested filing, before anything of it is changed."""
    person = found.desk.workspace.profile.person_name
    for filing, stored in contested(work, found):
        current = in_force(stored, work.filings.versions(stored.filing_id))
        work.packages.add_decision(
            IntakeDecision(
                filing_id=filing.filing_id,
                is_adopted=is_adopted,
                kept_sha256=current.manifest_sha256 if current else "",
                kept_version=stored.version,
                came_sha256=found.manifest,
                came_version=filing.version,
                reason=reason,
                decided_by=person,
                at=now,
            )
        )
        kept = "原来的留存" if is_adopted else "后来的留存备查"
        chosen = f"采用后来的第 {filing.version} 版" if is_adopted else f"保留原来的第 {stored.version} 版"
        said = f"核实版本：{chosen}，{kept}。理由：{reason}"
        work.audit.append(now, person, "version", stored.filing_id, said, {"package": found.manifest})


def _record(
    found: JudgedPackage, known: PackageRecord | None, direction: str, now: datetime
) -> PackageRecord:
    """The note on the package; where it lay first is remembered."""
    versions = tuple((filing.filing_id, filing.version) for filing in found.inspection.filings)
    record = received_record(found.path, found.judged, versions, now, direction)
    record = carried_record(found.desk.workspace, found.path, found.judged, record)
    if known is None:
        return record
    return replace(
        record,
        file_name=known.file_name,
        source_path=known.source_path,
        carrier_sha256=known.carrier_sha256 or record.carrier_sha256,
    )
