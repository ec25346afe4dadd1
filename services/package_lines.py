"""The bureau's list of packages (接收清单): what was taken in and what waits under 未接收（待核实）, newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from models.domain.kit import ParameterKit
from models.domain.message import MessageType
from models.domain.verdict import Reason, SignerInfo, VerdictWord
from services.bureau_keys import UNREGISTERED
from services.intake_against import CONTESTED
from services.intake_claims import claimed_words
from services.intake_rows import IntakeOutcome, IntakeRow, contents_of
from services.ports.store import (
    IntakeDecision,
    PackageRecord,
    QuarantineRecord,
    UnitOfWork,
)
from services.received import ANSWERED_BY_RECEIPT, DECLINED, RECEIVED, signer_of
from services.workspaces import DeskRole, Workspace


@dataclass(frozen=True, slots=True)
class PackageLine:
    """A package as the bureau's list shows it (接收清单行).

    `record` is there for what was taken in or decided against, `waiting` for what was not taken in; a line of
    a run still going has neither. `filing_count` counts the forms inside. `decisions` are those made between
    this package and another, newest first; `is_overruled` when the newest of them was for the other one.
    `is_bureaus` while the line stands at a bureau's desk, which registers keys and gives receipts.
    `is_unit_claimed` when the unit's name is only what the file says, its code stands in no register here.
    """

    word: VerdictWord
    reasons: tuple[Reason, ...]
    is_received: bool
    unit_code: str
    unit_name: str
    contents: str
    version: int
    signer: SignerInfo | None
    remark: str
    path: str
    size: int
    at: datetime
    message_type: str = ""
    filing_count: int = 0
    record: PackageRecord | None = None
    waiting: QuarantineRecord | None = None
    decisions: tuple[IntakeDecision, ...] = ()
    is_overruled: bool = False
    is_unit_claimed: bool = False
    is_bureaus: bool = True

    @property
    def file_name(self) -> str:
        """Name of the file without its folder, as it came."""
        return self.record.file_name if self.record is not None else Path(self.path).name

    @property
    def is_carried(self) -> bool:
        """Whether it came in a department's package; `path` is its own copy then."""
        return self.record is not None and bool(self.record.carrier_sha256)

    @property
    def can_register(self) -> bool:
        """Whether comparing the 核对码 and one click settle it."""
        is_waiting = self.waiting is not None and self.is_bureaus
        return is_waiting and any(r.code == UNREGISTERED for r in self.reasons)

    @property
    def is_declined(self) -> bool:
        """Whether somebody decided to keep what was there before."""
        return self.record is not None and self.record.direction == DECLINED

    @property
    def is_refused(self) -> bool:
        """Whether it waits for somebody: 未接收（待核实）."""
        return not self.is_received and not self.is_declined

    @property
    def can_decide(self) -> bool:
        """Whether the choice between two versions settles it, or could be made anew."""
        if self.waiting is not None:
            return bool(self.reasons) and {reason.code for reason in self.reasons} <= CONTESTED
        return self.is_declined or self.is_overruled

    @property
    def claimed(self) -> str:
        """What a file that was not taken in says of itself, "" where it says nothing."""
        return claimed_words(self.waiting.claims) if self.waiting is not None else ""

    @property
    def can_open(self) -> bool:
        """Whether there are received forms to read."""
        return self.is_received and self.record is not None and bool(self.record.filing_versions)

    @property
    def awaits_receipt(self) -> bool:
        """Whether it was taken in and has no receipt yet."""
        record = self.record
        return (
            record is not None
            and self.is_received
            and self.is_bureaus
            and record.message_type in ANSWERED_BY_RECEIPT
            and not record.receipt_sha256
        )

    @property
    def needs_attention(self) -> bool:
        """Whether somebody still has to look: not taken in, or taken in with notes and not answered yet."""
        return self.is_refused or (self.word is VerdictWord.VALID_WITH_NOTES and self.awaits_receipt)


def package_lines(workspace: Workspace) -> tuple[PackageLine, ...]:
    """All lines, newest first; at a department's desk only what its units sent, not what came down to itself."""
    with workspace.store.reading() as work:
        received, waiting = work.packages.find(RECEIVED), work.packages.quarantine()
        declined, decisions = work.packages.find(DECLINED), work.packages.decisions()
        names = _unit_names(work)
        forms = work.filings.forms() if received or declined else {}
        kits = work.kits.current(workspace.profile.working_year)
    if workspace.profile.role is DeskRole.DEPARTMENT:
        received = [item for item in received if item.message_type == MessageType.SUBMISSION.value]
    newer, kit = _versions(received), kits.kit if kits else None
    lines = [_kept_line(record, forms, newer, kit) for record in (*received, *declined)]
    lines = [_with_decisions(line, decisions) for line in lines]
    lines += [_waiting_line(record, names) for record in waiting]
    lines = [_at_desk(workspace, line) for line in lines]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def _at_desk(workspace: Workspace, line: PackageLine) -> PackageLine:
    """The line with every moment as the clock on the desk tells it, whose desk it is, and where the file lies."""
    decisions = tuple(replace(item, at=workspace.local(item.at)) for item in line.decisions)
    is_bureaus = workspace.profile.role is DeskRole.BUREAU
    record = line.record
    path = str(workspace.archive / record.archive_name) if record and line.is_carried else line.path
    return replace(line, at=workspace.local(line.at), decisions=decisions, is_bureaus=is_bureaus, path=path)


def line_of_row(row: IntakeRow, at: datetime) -> PackageLine:
    """The line of a package just judged, shown while the run goes on."""
    return PackageLine(
        word=row.word,
        reasons=row.reasons,
        is_received=row.outcome not in (IntakeOutcome.REFUSED, IntakeOutcome.DECLINED),
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        contents=row.contents,
        version=row.version,
        signer=row.signer,
        remark=_first_sentence(row.remark),
        path=str(row.path),
        size=row.size,
        at=at,
        filing_count=row.filing_count,
    )


def _unit_names(work: UnitOfWork) -> dict[str, str]:
    return {unit.code: unit.name for unit in work.registers.units()}


def _versions(received: Sequence[PackageRecord]) -> dict[str, list[int]]:
    """Every version received of each filing, oldest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for record in received:
        for filing_id, version in record.filing_versions:
            found[filing_id].add(version)
    return {filing_id: sorted(versions) for filing_id, versions in found.items()}


def _kept_line(
    record: PackageRecord,
    forms: Mapping[str, tuple[str, int]],
    versions: Mapping[str, list[int]],
    kit: ParameterKit | None,
) -> PackageLine:
    """The line of a package taken in, or decided against."""
    items = [
        {"form_id": form_id, "budget_year": year}
        for form_id, year in (forms[f] for f, _ in record.filing_versions if f in forms)
    ]
    reasons = _reasons(record.verdict.get("reasons"))
    kind = MessageType(record.message_type)
    contents = contents_of(items, kit) if kind is MessageType.SUBMISSION else kind.label
    if not record.filing_versions and kind is MessageType.SUBMISSION:
        contents = "无需填报说明"
    return PackageLine(
        word=VerdictWord(record.verdict.get("word", VerdictWord.VALID.value)),
        reasons=reasons,
        is_received=record.direction == RECEIVED,
        unit_code=record.unit_code,
        unit_name=record.unit_name,
        contents=contents,
        version=max((version for _, version in record.filing_versions), default=0),
        signer=signer_of(record.signer),
        remark=_received_remark(record, reasons, versions),
        path=record.source_path,
        size=record.size,
        at=record.at,
        message_type=record.message_type,
        filing_count=len(record.filing_versions),
        record=record,
    )


def _with_decisions(line: PackageLine, decisions: Sequence[IntakeDecision]) -> PackageLine:
    """The line with what was decided about it; the newest decision gives its remark."""
    record = line.record
    manifest = record.manifest_sha256 if record else ""
    mine = tuple(item for item in decisions if manifest in (item.kept_sha256, item.came_sha256))
    if not mine:
        return line
    newest = mine[0]
    mine_stays = newest.is_adopted == (newest.came_sha256 == manifest)
    other = newest.kept_version if newest.came_sha256 == manifest else newest.came_version
    if line.is_declined:
        told = f"已核实，保留原来的第 {other} 版：{newest.reason}"
    elif mine_stays:
        told = line.remark if not newest.is_adopted else f"已接收，经核实采用：{newest.reason}"
    else:
        part = "其中一份表" if line.filing_count > 1 else ""
        told = f"{part}经核实改用另一份（第 {other} 版）：{newest.reason}"
    return replace(line, decisions=mine, is_overruled=not mine_stays and line.is_received, remark=told)


def _received_remark(
    record: PackageRecord, reasons: tuple[Reason, ...], versions: Mapping[str, list[int]]
) -> str:
    """已接收, 替换第 1 版, 已被第 2 版替换, and whether the receipt is out."""
    if reasons:
        return _first_sentence(reasons[0].message)
    older = [v for f, version in record.filing_versions for v in versions[f] if v < version]
    newer = [versions[f][-1] for f, version in record.filing_versions if versions[f][-1] > version]
    told = "已接收"
    if newer and len(newer) < len(record.filing_versions):
        told = f"已接收，其中 {len(newer)} 份已被新版替换"
    elif newer:
        told = f"已被第 {max(newer)} 版替换"
    elif older:
        told = f"已接收，替换第 {max(older)} 版"
    return f"{told}，已开具回执" if record.receipt_sha256 else told


def _waiting_line(record: QuarantineRecord, names: Mapping[str, str]) -> PackageLine:
    """The line of a file not taken in; what it says of itself stands where nothing better is known."""
    reasons, claims = _reasons(record.reasons), record.claims
    known = {kind.value for kind in MessageType}
    kind = MessageType(record.message_type).label if record.message_type in known else ""
    return PackageLine(
        word=VerdictWord(record.verdict),
        reasons=reasons,
        is_received=False,
        unit_code=record.unit_code,
        unit_name=names.get(record.unit_code, "") or claims.unit_name or record.unit_code,
        contents=claims.contents or kind,
        version=int(claims.version) if claims.version.isdecimal() else 0,
        signer=signer_of(record.signer),
        remark=_first_sentence(reasons[0].message) if reasons else "",
        path=record.path,
        size=record.size,
        at=record.at,
        message_type=record.message_type,
        filing_count=int(claims.filing_count) if claims.filing_count.isdecimal() else 0,
        waiting=record,
        is_unit_claimed=record.unit_code not in names and bool(claims.unit_name),
    )


def _reasons(items: Any) -> tuple[Reason, ...]:
    return tuple(Reason(str(item["code"]), str(item["message"])) for item in items or ())


def _first_sentence(text: str) -> str:
    """What a list has room for; the whole stands in the details."""
    return text.partition("。")[0]
