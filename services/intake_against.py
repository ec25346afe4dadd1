"""What only intake can hold against a package (接收时才知道的原因): for this desk, kit, key, unit, task, version."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.filing import Filing
from models.domain.kit import TrustMode
from models.domain.message import MessageType
from models.domain.verdict import Judgement, Reason
from services.inspection import ReceivedFiling
from services.intake_desk import IntakeDesk
from services.ports.store import UnitOfWork
from services.received import certificate_pem
from services.workspaces import Workspace

OLDER, CONFLICT = "older_version", "version_conflict"
CONTESTED = frozenset({OLDER, CONFLICT})
"""Reasons that a person settles by choosing between two versions."""


def against(desk: IntakeDesk, judged: Judgement, filings: Sequence[ReceivedFiling]) -> Sequence[Reason]:
    """Everything against an acceptable package, each code once."""
    reasons, found = desk.reasons, []
    if judged.message_type != MessageType.SUBMISSION.value or judged.payload is None:
        return [reasons.reason("not_for_this_desk")]
    if not desk.known.knows(judged.payload.get("kit")):
        found.append(reasons.reason("unknown_kit_version"))
    if desk.known.current.trust_mode is TrustMode.CERTIFICATE and _is_self_signed(desk.workspace, judged):
        found.append(reasons.reason("unregistered_signer"))
    with desk.workspace.store.reading() as work:
        for filing in filings:
            found += _against_filing(desk, work, filing)
    return list({reason.code: reason for reason in found}.values())


def highest_version(work: UnitOfWork, stored: Filing) -> int:
    """The highest version of a filing that was ever in force here.

    After a decision for an older one, the newer one still stands in the way of a third of its number.
    """
    return max(stored.version, *(item.version for item in work.filings.versions(stored.filing_id)), 0)


def _is_self_signed(workspace: Workspace, judged: Judgement) -> bool:
    """Whether the signer has no certificate of the bureau: where certificates are asked for, a key alone is not enough."""
    pem = certificate_pem(judged)
    return not pem or workspace.tools.authority.read_certificate(pem).is_self_signed


def _against_filing(desk: IntakeDesk, work: UnitOfWork, filing: ReceivedFiling) -> list[Reason]:
    """What is against one filing: unit and task not known, another unit's filing, older or conflicting version."""
    reasons, found = desk.reasons, []
    kit = desk.known.kit_of(filing.task_id)
    task = kit.task(filing.task_id) if kit else None
    if desk.known.unit(filing.unit_code) is None:
        found.append(reasons.reason("unknown_unit", detail=filing.unit_code))
    elif task is None or task.form_id != filing.form_id or task.budget_year != filing.budget_year:
        found.append(reasons.reason("unknown_task"))
    stored = work.filings.get(filing.filing_id)
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
