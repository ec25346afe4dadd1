"""Trust (信任依据): roots, confirmed self-signed certificates and revocation lists, read once, asked often."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from cryptography import x509

from exchange.certificates import (
    Certificate,
    certificates_of,
    is_signature,
    is_signed_by,
    pem_blocks,
)
from exchange.reasons import reason
from models.domain.errors import KeyProblem
from models.domain.revocation import Revocation, RevocationReason
from models.domain.verdict import Reason
from services.ports.exchange import TrustMaterial

_CHINA = timezone(timedelta(hours=8))
"""The one time zone of the people who read the dates."""


@dataclass(frozen=True, slots=True)
class TrustPolicy:
    """Tolerances of judging (判断尺度): how far ahead a date may lie, and when an expiry is near."""

    future_tolerance: timedelta = timedelta(minutes=10)
    expiry_notice: timedelta = timedelta(days=60)


DEFAULT_POLICY = TrustPolicy()
"""What the program uses."""


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A revocation list (证书注销名单): number, until when it serves, and what it revokes by serial."""

    number: int
    next_update: datetime
    by_serial: dict[int, Revocation]

    @property
    def revocations(self) -> tuple[Revocation, ...]:
        """What it revokes, by serial."""
        return tuple(self.by_serial[serial] for serial in sorted(self.by_serial))

    @property
    def revoked(self) -> dict[int, datetime]:
        """The revoked serials with their dates."""
        return {serial: item.at for serial, item in self.by_serial.items()}


@dataclass(frozen=True, slots=True)
class TrustedRoot:
    """A root (根证书) with the newest revocation list that bears its signature, if any."""

    certificate: Certificate
    revocation_list: RevocationList | None
    issued: dict[bytes, bool] = field(default_factory=dict)

    def has_issued(self, leaf: Certificate) -> bool:
        """Whether the leaf names this root and carries its signature; asked once per leaf."""
        known = self.issued.get(leaf.der)
        if known is None:
            names_me = leaf.issuer == self.certificate.subject
            known = names_me and is_signed_by(leaf.x509, self.certificate.public_key)
            self.issued[leaf.der] = known
        return known


@dataclass(frozen=True, slots=True)
class TrustStore:
    """Trust material in the form judging uses."""

    roots: tuple[TrustedRoot, ...]
    registered: frozenset[bytes]

    def revocation_of(self, serial: int) -> Revocation | None:
        """What the lists say of a certificate: serials are random, so after a change of the root the new root's
        list may name those of the old one, whose key is put away by then."""
        lists = (root.revocation_list for root in self.roots)
        found = (crl.by_serial.get(serial) for crl in lists if crl is not None)
        return min((one for one in found if one is not None), key=_since, default=None)


def _since(item: Revocation) -> datetime:
    """From when on it counts; without a date from the beginning."""
    return item.since or datetime.min.replace(tzinfo=UTC)


def trust_store(material: TrustMaterial) -> TrustStore:
    """The store of this material, kept for the next package."""
    return _trust_store(tuple(material.roots), tuple(material.registered), tuple(material.revocation_lists))


@lru_cache(maxsize=32)
def _trust_store(roots: tuple[str, ...], registered: tuple[str, ...], lists: tuple[str, ...]) -> TrustStore:
    """What cannot be read counts as absent: the verdict then says what is missing."""
    parsed = [one for text in lists for one in _lists_of(text)]
    return TrustStore(
        tuple(
            TrustedRoot(one, _newest(one, parsed)) for text in roots for one in _readable(text) if one.is_root
        ),
        frozenset(one.der for text in registered for one in _readable(text) if one.info.is_self_signed),
    )


def _readable(text: str) -> list[Certificate]:
    try:
        return certificates_of(text)
    except ValueError:
        return []


def _lists_of(text: str) -> list[x509.CertificateRevocationList]:
    found = []
    for block in pem_blocks(text, "X509 CRL"):
        try:
            found.append(x509.load_pem_x509_crl(block.encode("ascii")))
        except Exception:  # noqa: BLE001  # the parser has no closed list of complaints
            continue
    return found


def newest_list(root_pem: str, text: str) -> RevocationList | None:
    """The newest of a root's own lists in a text, None when there is none."""
    roots = _readable(root_pem)
    return _newest(roots[0], _lists_of(text)) if roots else None


def _newest(root: Certificate, lists: Sequence[x509.CertificateRevocationList]) -> RevocationList | None:
    """The root's own list with the highest number."""
    own = [read for one in lists if (read := _revocation_list(root, one)) is not None]
    return max(own, key=lambda one: one.number, default=None)


def _revocation_list(root: Certificate, one: x509.CertificateRevocationList) -> RevocationList | None:
    """The list in plain values, None when it is not this root's or cannot be read."""
    try:
        if one.issuer != root.x509.subject or not is_signature(
            root.public_key, one.signature, one.tbs_certlist_bytes
        ):
            return None
        number = one.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
        revoked = {item.serial_number: _line(item) for item in one}
        until = one.next_update_utc
    except Exception:  # noqa: BLE001  # the parser has no closed list of complaints
        return None
    return None if until is None else RevocationList(number, until, revoked)


def _line(item: x509.RevokedCertificate) -> Revocation:
    """One line of a list; a reason this program does not offer is none."""
    reason_found, since = RevocationReason.UNSPECIFIED, None
    for extension in item.extensions:
        if isinstance(extension.value, x509.CRLReason):
            known = {reason.value: reason for reason in RevocationReason}
            reason_found = known.get(extension.value.reason.name, reason_found)
        elif isinstance(extension.value, x509.InvalidityDate):
            since = extension.value.invalidity_date_utc
    return Revocation(f"{item.serial_number:x}", item.revocation_date_utc, reason_found, since)


def sort_trust(certificates: Iterable[str], revocation_lists: Iterable[str] = ()) -> TrustMaterial:
    """Trust material out of PEM texts, each with any number of blocks: roots here, self-signed leaves there.

    Raises KeyProblem when a text holds nothing usable, so that a wrong file is not taken for no trust.
    """
    roots: list[str] = []
    registered: list[str] = []
    for text in certificates:
        usable = [one for one in _readable(text) if one.is_root or one.info.is_self_signed]
        if not usable:
            raise KeyProblem("信任文件里没有可用的根证书或已登记证书", "请选择财政部门给出的证书文件")
        for one in usable:
            (roots if one.is_root else registered).append(one.info.pem)
    lists = tuple(revocation_lists)
    if not all(_lists_of(text) for text in lists):
        raise KeyProblem("证书注销名单读不出来", "请选择财政部门给出的证书注销名单文件")
    return TrustMaterial(tuple(roots), tuple(registered), lists)


def judge_certificate(
    certificate: Certificate,
    signing_time: datetime,
    store: TrustStore,
    now: datetime,
    policy: TrustPolicy,
) -> list[Reason]:
    """Reasons against trusting this signer, in the order certificate, chain, revocation, dates."""
    if certificate.info.is_self_signed and not certificate.is_root:
        found = _judge_self_signed(certificate, store)
    else:
        found = _judge_issued(certificate, signing_time, store, now)
    return found + _judge_dates(certificate, signing_time, now, policy)


def _day(moment: datetime) -> str:
    day = moment.astimezone(_CHINA)
    return f"{day.year}年{day.month}月{day.day}日"


def _judge_self_signed(certificate: Certificate, store: TrustStore) -> list[Reason]:
    if not certificate.is_leaf:
        return [reason("certificate_unsuitable")]
    return [] if certificate.der in store.registered else [reason("unregistered_signer")]


def _judge_issued(
    certificate: Certificate, signing_time: datetime, store: TrustStore, now: datetime
) -> list[Reason]:
    if not certificate.is_leaf:
        return [reason("certificate_unsuitable")]
    if not store.roots:
        return [reason("no_root")]
    root = next((one for one in store.roots if one.has_issued(certificate)), None)
    if root is None:
        return [reason("foreign_root")]
    found = [reason("root_expired")] if now > root.certificate.info.not_after else []
    crl = root.revocation_list
    if crl is None:
        return [*found, reason("no_revocation_list")]
    revoked = store.revocation_of(certificate.serial)
    if revoked is not None:
        found.append(revoked_reason(revoked, signing_time))
    if now > crl.next_update:
        found.append(reason("stale_revocation_list", detail=f"有效期至{_day(crl.next_update)}"))
    return found


def revoked_reason(revoked: Revocation, signing_time: datetime) -> Reason:
    """What a revocation means for something signed then: noted before 自何时起不可信, refused from there on."""
    told = f"注销日期{_day(revoked.at)}"
    if revoked.since is None:
        return reason("certificate_revoked", detail=told)
    told = f"{told}，自{_day(revoked.since)}起不可信"
    is_before = signing_time < revoked.since
    return reason("certificate_revoked_later" if is_before else "certificate_revoked", detail=told)


def _judge_dates(
    certificate: Certificate, signing_time: datetime, now: datetime, policy: TrustPolicy
) -> list[Reason]:
    info = certificate.info
    if signing_time < info.not_before:
        return [reason("signed_before_validity")]
    if signing_time > info.not_after:
        return [reason("signed_after_validity")]
    found = []
    if signing_time > now + policy.future_tolerance:
        found.append(reason("dated_in_future"))
    if now > info.not_after:
        found.append(reason("certificate_expired"))
    elif now > info.not_after - policy.expiry_notice:
        found.append(reason("certificate_expiring", detail=f"到期日{_day(info.not_after)}"))
    return found
