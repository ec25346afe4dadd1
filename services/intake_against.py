"""What only intake can hold against a package (接收时才知道的原因): for this desk, kit, key, unit, task, version."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.filing import Filing
from models.domain.kit import TrustMode
from models.domain.message import MessageType
from models.domain.verdict import Judgement, Reason
from services.department.carried import is_in_charge
from services.filing_reading import ReceivedFiling
from services.intake_desk import IntakeDesk
from services.ports.store import PackageRecord, UnitOfWork
from services.received import certificate_pem
from services.sealing import needs_countersignature
from services.workspaces import Workspace

OLDER, CONFLICT = "older_version", "version_conflict"
CONTESTED = frozenset({OLDER, CONFLICT})
"""Reasons that a person settles by choosing between two versions."""


def against(
    desk: IntakeDesk,
    judged: Judgement,
    filings: Sequence[ReceivedFiling],
    carrier: PackageRecord | None = None,
) -> Sequence[Reason]:
    """Everything against an acceptable package, each code once; `carrier` is the department's package it came in."""
    with desk.workspace.store.reading() as work:
        return against_now(desk, work, judged, filings, carrier)


def against_now(
    desk: IntakeDesk,
    work: UnitOfWork,
    judged: Judgement,
    filings: Sequence[ReceivedFiling],
    carrier: PackageRecord | None = None,
    *,
    are_new: bool = False,
) -> Sequence[Reason]:
    """The same as things stand in a unit of work, which may have taken in others before it.

    `are_new` where it is known already that none of the filings is here.
    """
    reasons, found = desk.reasons, []
    if judged.payload is None or (code := _misplaced(desk, judged, carrier)):
        return [reasons.reason(code if judged.payload is not None else "not_for_this_desk")]
    if not desk.known.knows(judged.payload.get("kit")):
        found.append(reasons.reason("unknown_kit_version"))
    if desk.known.current.trust_mode is TrustMode.CERTIFICATE and _is_self_signed(desk.workspace, judged):
        found.append(reasons.reason("unregistered_signer"))
    if _lacks_second_signer(desk, judged):
        found.append(reasons.reason("countersignature_missing"))
    found += _against_sender(desk, judged, carrier)
    for filing in filings:
        found += _against_filing(desk, work, filing, is_new=are_new)
    return list({reason.code: reason for reason in found}.values())


def _misplaced(desk: IntakeDesk, judged: Judgement, carrier: PackageRecord | None) -> str:
    """The reason code of a message this desk does not take in at all, "" for one it does."""
    kind, is_department = judged.message_type, bool(desk.department)
    if kind == MessageType.DEPARTMENT_SUBMISSION.value:
        return "nested_deeper" if carrier else "not_for_this_desk" if is_department else ""
    if kind != MessageType.SUBMISSION.value:
        return "nested_kind" if carrier else "not_for_this_desk"
    return ""


def _lacks_second_signer(desk: IntakeDesk, judged: Judgement) -> bool:
    """Whether the kit it was filled in under asks for 单位负责人's signature, which a submission of an older program
    does not promise; one that promises it the strict reader has held to its word."""
    if judged.message_type != MessageType.SUBMISSION.value or len(judged.signers) > 1:
        return False
    named = (judged.payload or {}).get("kit")
    wanted = (named.get("kit_id"), named.get("version")) if isinstance(named, dict) else ()
    kit = next((one for one in desk.known.kits if (one.kit_id, one.version) == wanted), desk.known.current)
    return needs_countersignature(kit)


def _against_sender(desk: IntakeDesk, judged: Judgement, carrier: PackageRecord | None) -> list[Reason]:
    """A department brings its own units' packages and those it sealed itself; its desk takes in the former only."""
    unit = desk.known.unit(judged.unit_code or "")
    if unit is None:
        is_carrier = judged.message_type == MessageType.DEPARTMENT_SUBMISSION.value
        return [desk.reasons.reason("unknown_unit", detail=judged.unit_code or "")] if is_carrier else []
    own = carrier.unit_code if carrier else desk.department
    is_its_own = carrier is not None and unit.code == carrier.unit_code
    if not own or is_its_own or is_in_charge(own, unit):
        return []
    return [desk.reasons.reason("other_departments_unit", detail=unit.name)]


def highest_version(work: UnitOfWork, stored: Filing) -> int:
    """The highest version of a filing that was ever in force here.

    After a decision for an older one, the newer one still stands in the way of a third of its number.
    """
    return max(stored.version, *(item.version for item in work.filings.versions(stored.filing_id)), 0)


def _is_self_signed(workspace: Workspace, judged: Judgement) -> bool:
    """Whether the signer has no certificate of the bureau: where certificates are asked for, a key alone is not enough."""
    pem = certificate_pem(judged)
    return not pem or workspace.tools.authority.read_certificate(pem).is_self_signed


def _against_filing(
    desk: IntakeDesk, work: UnitOfWork, filing: ReceivedFiling, *, is_new: bool
) -> list[Reason]:
    """What is against one filing: unit and task not known, another unit's filing, older or conflicting version."""
    reasons, found = desk.reasons, []
    kit = desk.known.kit_of(filing.task_id)
    task = kit.task(filing.task_id) if kit else None
    if desk.known.unit(filing.unit_code) is None:
        found.append(reasons.reason("unknown_unit", detail=filing.unit_code))
    elif task is None or task.form_id != filing.form_id or task.budget_year != filing.budget_year:
        found.append(reasons.reason("unknown_task"))
    stored = None if is_new else work.filings.get(filing.filing_id)
    if stored is None:
        return found
    highest = highest_version(work, stored)
    if stored.unit_code != filing.unit_code:
        found.append(reasons.reason("unit_mismatch"))
    elif filing.version < highest:
        detail = f"已接收第 {highest} 版，这是第 {filing.version} 版"
        found.append(reasons.reason(OLDER, detail=detail))
    elif filing.version == highest:
        found.append(reasons.reason(CONFLICT, detail=f"第 {filing.version} 版"))
    return found
