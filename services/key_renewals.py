"""Renewals at the bureau (续期): requests signed by keys in force, granted with one click, no paper compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.domain.errors import KeyProblem
from models.domain.message import PURPOSE, MessageType, RequestPurpose
from models.domain.project import find_unit
from services import bureau_keys
from services.bureau_keys import BureauKeys
from services.changes import Topic
from services.permission_table import Action
from services.permissions import require
from services.ports.exchange import CertificateInfo, Subject
from services.ports.store import CertificateRecord, PackageRecord
from services.received import RECEIVED
from services.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Renewal:
    """A renewal asked for (续期申请): who, the key in force and until when, whether it asks for a new key.

    `obstacle` says why it cannot be granted, "" when it can.
    """

    record: PackageRecord
    certificate: CertificateInfo
    valid_until: date
    asked_at: datetime
    new_fingerprint: str
    obstacle: str = ""

    @property
    def has_new_key(self) -> bool:
        """Whether another key is to follow."""
        return self.new_fingerprint != self.certificate.fingerprint


def open_renewals(workspace: Workspace) -> tuple[Renewal, ...]:
    """Requests taken in and not granted yet, the newest of each unit's key; oldest first."""
    with workspace.store.reading() as work:
        received = work.packages.find(RECEIVED, MessageType.REGISTRATION_REQUEST.value)
        records, units = work.certificates.all(), work.registers.units()
    newest: dict[str, Renewal] = {}
    for record in sorted(received, key=lambda item: item.at):
        if record.signer.get(PURPOSE) != RequestPurpose.RENEWAL.value:
            continue
        found = _renewal(workspace, record, records)
        if not find_unit(units, record.unit_code):
            found = _with(found, f"单位名录里没有代码 {record.unit_code}，请先加入单位名录")
        newest[found.certificate.fingerprint] = found
    return tuple(item for item in newest.values() if not _is_granted(item, records))


def _renewal(workspace: Workspace, record: PackageRecord, records: Sequence[CertificateRecord]) -> Renewal:
    authority = workspace.tools.authority
    signer = authority.read_certificate(str(record.signer["certificate"]))
    asked = authority.request_fingerprint(str(record.signer.get("request") or ""))
    gone = {one.fingerprint for one in records if one.revoked_at is not None}
    told = "申请续期的签名已经注销，须重新补办" if {signer.fingerprint, asked} & gone else ""
    until = workspace.local(signer.not_after).date()
    return Renewal(record, signer, until, workspace.local(record.at), asked, told)


def _with(renewal: Renewal, obstacle: str) -> Renewal:
    return Renewal(
        renewal.record,
        renewal.certificate,
        renewal.valid_until,
        renewal.asked_at,
        renewal.new_fingerprint,
        renewal.obstacle or obstacle,
    )


def _is_granted(renewal: Renewal, records: Sequence[CertificateRecord]) -> bool:
    """Whether the key asked for has a certificate issued since."""
    return any(
        one.kind == "issued" and one.fingerprint == renewal.new_fingerprint and one.at >= renewal.record.at
        for one in records
    )


def grant_renewals(workspace: Workspace, keys: BureauKeys, wanted: Sequence[Renewal]) -> int:
    """Issue the certificates asked for (签发续期证书); how many. Those granted meanwhile are passed over.

    KeyProblem names the first that cannot be granted; then none is. NotAllowed for whom this is not the work of.
    """
    who = require(workspace, Action.KEYS)
    chosen = {item.record.manifest_sha256 for item in wanted}
    still = [item for item in open_renewals(workspace) if item.record.manifest_sha256 in chosen]
    for item in still:
        if item.obstacle:
            raise KeyProblem(item.obstacle, "其余的可以另行签发", item.record.unit_name)
    now, authority = workspace.tools.clock.now(), workspace.tools.authority
    with workspace.store.writing() as work:
        for item in still:
            unit, before = find_unit(work.registers.units(), item.record.unit_code), item.certificate.subject
            assert unit is not None  # looked up a moment ago
            subject = Subject(before.person_name, unit.code, unit.name, before.role)
            issued = authority.issue(keys.root, str(item.record.signer["request"]), subject, now)
            work.certificates.add(
                CertificateRecord(issued.serial, "issued", unit.code, issued.fingerprint, issued.pem, now)
            )
            told = f"签发续期证书：{unit.name}{before.person_name}"
            work.audit.append(now, who.name, "renew", unit.code, told, {"key": issued.fingerprint})
        work.commit()
    workspace.changes.tell(Topic.KEYS)
    return len(still)


def renew_bureau_certificate(workspace: Workspace, keys: BureauKeys) -> BureauKeys:
    """A new certificate for the bureau's own signing key, three more years; the key stays (本局签名续期)."""
    who = require(workspace, Action.KEYS)
    now, info = workspace.tools.clock.now(), keys.bureau.certificate
    issued = workspace.tools.authority.issue(keys.root, info.pem, info.subject, now, former_roots(workspace))
    with workspace.store.writing() as work:
        work.certificates.add(
            CertificateRecord(
                issued.serial, "issued", info.subject.unit_code, issued.fingerprint, issued.pem, now
            )
        )
        work.audit.append(now, who.name, "renew", info.subject.unit_code, "续期本局签名证书", {})
        work.commit()
    workspace.vault.take_certificate("bureau", issued.pem)
    workspace.changes.tell(Topic.KEYS)
    return BureauKeys(keys.root, workspace.tools.authority.with_certificate(keys.bureau, issued.pem))


def former_roots(workspace: Workspace) -> tuple[str, ...]:
    """Roots the bureau had before: certificates they issued prove their keys still."""
    return bureau_keys.trust_of(workspace).roots[1:]
