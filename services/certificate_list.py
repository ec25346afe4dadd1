"""The bureau's list of keys (证书清单): one line per key, with the certificate in force and until when."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services import bureau_keys
from services.ports.exchange import CertificateInfo, SignerRole
from services.ports.store import CertificateRecord
from services.workspaces import Workspace

EXPIRY_NOTICE = timedelta(days=60)
"""How long before its end a certificate is told to be near it, as the strict reader tells it."""


class CertificateState(enum.StrEnum):
    """How a key stands (证书状态)."""

    IN_FORCE = "in_force"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    REVOKED = "revoked"

    @property
    def label(self) -> str:
        """有效, 快到期, 已过期, 已注销."""
        return {"in_force": "有效", "expiring": "快到期", "expired": "已过期", "revoked": "已注销"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One key (证书清单行): whose, its 核对码, registered when, valid until, state."""

    unit_code: str
    unit_name: str
    person_name: str
    role: SignerRole
    fingerprint: str
    registered_on: date
    valid_until: date
    state: CertificateState

    @property
    def can_revoke(self) -> bool:
        """Whether it is a unit's key still in force."""
        return self.role is not SignerRole.BUREAU and self.state is not CertificateState.REVOKED


@dataclass(frozen=True, slots=True)
class CertificateSheet:
    """The list and when the revocation list was issued last (证书页)."""

    lines: tuple[CertificateLine, ...]
    revocation_list_at: datetime | None


def certificate_sheet(workspace: Workspace) -> CertificateSheet:
    """Every key the bureau has registered or issued a certificate for, newest first."""
    now = workspace.tools.clock.now()
    by_key: dict[str, list[CertificateRecord]] = {}
    for record in bureau_keys.certificates(workspace):
        by_key.setdefault(record.fingerprint, []).append(record)
    with workspace.store.reading() as work:
        given = work.settings.get("revocation_list_at")
    lines = [_line(workspace, records, now) for records in by_key.values()]
    return CertificateSheet(tuple(reversed(lines)), datetime.fromisoformat(given) if given else None)


def _line(workspace: Workspace, records: list[CertificateRecord], now: datetime) -> CertificateLine:
    """The line of one key; the newest certificate issued for it speaks for it."""
    newest = [r for r in records if r.kind == "issued"] or records
    info = workspace.tools.authority.read_certificate(newest[-1].pem)
    return CertificateLine(
        unit_code=info.subject.unit_code,
        unit_name=info.subject.unit_name,
        person_name=info.subject.person_name,
        role=info.subject.role,
        fingerprint=info.fingerprint,
        registered_on=workspace.local(records[0].at).date(),
        valid_until=info.not_after.astimezone(now.tzinfo).date(),
        state=_state(records, info, now),
    )


def _state(records: list[CertificateRecord], info: CertificateInfo, now: datetime) -> CertificateState:
    if all(record.revoked_at is not None for record in records):
        return CertificateState.REVOKED
    if info.not_after < now:
        return CertificateState.EXPIRED
    return CertificateState.EXPIRING if info.not_after - now < EXPIRY_NOTICE else CertificateState.IN_FORCE
