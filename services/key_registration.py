"""Registering keys and receiving what waited for them (登记签名并接收)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from models.domain.revocation import RevocationReason
from services import bureau_keys, intake, revocations
from services.bureau_keys import UNREGISTERED, UNREGISTERED_HEAD, BureauKeys
from services.intake_rows import IntakeReport, IntakeRow
from services.job import JobContext
from services.ports.store import CertificateRecord, QuarantineRecord
from services.workspaces import Workspace


def register_and_receive(
    workspace: Workspace,
    keys: BureauKeys,
    waiting: QuarantineRecord,
    ctx: JobContext,
    judged: Callable[[IntakeRow], object],
    replaced: Sequence[str] = (),
    since: datetime | None = None,
) -> IntakeReport:
    """Register the keys of a waiting file (the clerk's and, where two signed, the head's), then take in every file
    that waits with the same key.

    `replaced` are 核对码 of keys it replaces (补办), revoked in the same step: what they signed before `since` still
    counts. KeyProblem as `bureau_keys.register_key`. Files that have gone from where they lay stay noted.
    """
    codes = {reason["code"] for reason in waiting.reasons}
    fingerprints = {
        _fingerprint(waiting, code) for code in (UNREGISTERED, UNREGISTERED_HEAD) if code in codes
    }
    paths = [
        Path(item.path)
        for item in reversed(intake.quarantine(workspace))
        if item.unit_code == waiting.unit_code
        and fingerprints & {_fingerprint(item, code) for code in (UNREGISTERED, UNREGISTERED_HEAD)}
    ]
    for code in (UNREGISTERED, UNREGISTERED_HEAD):
        if code in codes or (code == UNREGISTERED and UNREGISTERED_HEAD not in codes):
            bureau_keys.register_key(workspace, keys, waiting, code)
    if old := [key for key in replaced if key not in fingerprints]:
        moment = since or workspace.tools.clock.now()
        revocations.revoke(workspace, keys.root, old, RevocationReason.REPLACED, moment, "登记补办的签名")
    return intake.receive(workspace, paths or [Path(waiting.path)], ctx, judged)


def _fingerprint(waiting: QuarantineRecord, code: str) -> str:
    """核对码 of the signer a reason is about."""
    second = waiting.signer.get("countersigner") or {}
    return str((second if code == UNREGISTERED_HEAD else waiting.signer).get("fingerprint") or "")


def keys_in_force(
    workspace: Workspace, unit_code: str, role_of: str = "", without: str = ""
) -> Sequence[CertificateRecord]:
    """The unit's keys in force, the newest certificate of each: what a new key of the unit may replace.

    `role_of` is the PEM of the new key's certificate: only keys of the same role come; `without` is its 核对码.
    """
    authority = workspace.tools.authority
    role = authority.read_certificate(role_of).subject.role if role_of else None
    found: dict[str, CertificateRecord] = {}
    for record in bureau_keys.certificates(workspace):
        if record.unit_code != unit_code or record.revoked_at is not None or record.fingerprint == without:
            continue
        if role is None or authority.read_certificate(record.pem).subject.role is role:
            found[record.fingerprint] = record
    return tuple(found.values())
