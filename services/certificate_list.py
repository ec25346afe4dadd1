"""The bureau's list of keys (证书清单): one line per key, with the certificate in force and until when."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from forms.kinds import show_date
from models.domain.revocation import Revocation
from services import bureau_keys
from services.ports.exchange import CertificateInfo, SignerRole
from services.ports.store import CertificateRecord
from services.revocations import known_revocations
from services.workspaces import Workspace


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
    revoked_on: date | None = None
    revoked_why: str = ""
    distrusted_since: date | None = None
    is_current: bool = False

    @property
    def state_words(self) -> str:
        """What was revoked tells why, when and from when on, everything else nothing."""
        if self.revoked_on is None:
            return ""
        told = f"{show_date(self.revoked_on)}注销：{self.revoked_why}"
        since = self.distrusted_since
        return f"{told}；{show_date(since)}以前签的仍有效" if since else f"{told}；签过的都不再有效"

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
        revoked = known_revocations(workspace, work)
    near = timedelta(days=bureau_keys.trust_of(workspace).renewal_notice_days)
    vault = workspace.vault
    own = vault.certificate("bureau").fingerprint if "bureau" in vault.names() else ""
    lines = [_line(workspace, records, now, near, revoked) for records in by_key.values()]
    lines = [replace(line, is_current=line.fingerprint == own) for line in lines]
    return CertificateSheet(tuple(reversed(lines)), datetime.fromisoformat(given) if given else None)


def _line(
    workspace: Workspace,
    records: list[CertificateRecord],
    now: datetime,
    near: timedelta,
    revoked: Mapping[str, Revocation],
) -> CertificateLine:
    """The line of one key; the newest certificate issued for it speaks for it."""
    newest = [r for r in records if r.kind == "issued"] or records
    info = workspace.tools.authority.read_certificate(newest[-1].pem)
    gone = revoked.get(newest[-1].serial) if newest[-1].revoked_at is not None else None
    return CertificateLine(
        unit_code=info.subject.unit_code,
        unit_name=info.subject.unit_name,
        person_name=info.subject.person_name,
        role=info.subject.role,
        fingerprint=info.fingerprint,
        registered_on=workspace.local(records[0].at).date(),
        valid_until=info.not_after.astimezone(now.tzinfo).date(),
        state=_state(records, info, now, near),
        revoked_on=workspace.local(gone.at).date() if gone else None,
        revoked_why=gone.reason.label if gone else "",
        distrusted_since=workspace.local(gone.since).date() if gone and gone.since else None,
    )


def _state(
    records: list[CertificateRecord], info: CertificateInfo, now: datetime, near: timedelta
) -> CertificateState:
    if all(record.revoked_at is not None for record in records):
        return CertificateState.REVOKED
    if info.not_after < now:
        return CertificateState.EXPIRED
    return CertificateState.EXPIRING if info.not_after - now < near else CertificateState.IN_FORCE
