"""Certificates read (签名证书): plain values out of X.509, read once per DER and kept.

Whatever a stranger's bytes make the parser say, the answer here is ValueError.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from exchange import der
from models.domain.check_code import check_code
from services.ports.exchange import CertificateInfo, SignerRole, Subject

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_PKCS1, _SHA256 = padding.PKCS1v15(), hashes.SHA256()
_ECDSA = ec.ECDSA(_SHA256)
_PEM = re.compile(r"-----BEGIN (CERTIFICATE|X509 CRL|CERTIFICATE REQUEST)-----.+?-----END \1-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with what judging needs (证书); `sid` is issuer and serial as a CMS signer names them."""

    der: bytes
    sha256: bytes
    info: CertificateInfo
    public_key: PublicKey
    is_rsa: bool
    spki: bytes
    subject: bytes
    issuer: bytes
    sid: bytes
    serial: int
    is_root: bool
    is_leaf: bool
    x509: x509.Certificate


def pem_blocks(text: str, kind: str) -> list[str]:
    """The PEM blocks of that kind in a text that may hold several."""
    return [match[0] for match in _PEM.finditer(text) if match[1] == kind]


def certificates_of(text: str) -> list[Certificate]:
    """The certificates of a PEM text; ValueError when one of them cannot be read."""
    return [parse_certificate(_der_of(block)) for block in pem_blocks(text, "CERTIFICATE")]


def _der_of(block: str) -> bytes:
    try:
        return x509.load_pem_x509_certificate(block.encode("ascii")).public_bytes(Encoding.DER)
    except Exception as error:  # the parser has no closed list of complaints
        raise ValueError("not a certificate") from error


@lru_cache(maxsize=4096)
def parse_certificate(data: bytes) -> Certificate:
    """A certificate out of its DER; ValueError for anything this program does not use."""
    try:
        parsed = x509.load_der_x509_certificate(data)
        return _certificate(data, parsed)
    except Exception as error:  # the parser has no closed list of complaints
        raise ValueError("not a certificate of this program") from error


def _certificate(data: bytes, parsed: x509.Certificate) -> Certificate:
    key = parsed.public_key()
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey) or not is_strong(key):
        raise ValueError("a key this program does not use")
    serial, issuer, subject = _raw_names(data)
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    is_self_signed = issuer == subject and is_signed_by(parsed, key)
    info = CertificateInfo(
        pem=parsed.public_bytes(Encoding.PEM).decode("ascii"),
        subject=_subject(parsed.subject),
        fingerprint=check_code(spki),
        serial=f"{parsed.serial_number:x}",
        not_before=parsed.not_valid_before_utc,
        not_after=parsed.not_valid_after_utc,
        is_self_signed=is_self_signed,
    )
    is_authority = _is_authority(parsed)
    return Certificate(
        der=data,
        sha256=hashlib.sha256(data).digest(),
        info=info,
        public_key=key,
        is_rsa=isinstance(key, rsa.RSAPublicKey),
        spki=spki,
        subject=subject,
        issuer=issuer,
        sid=der.tlv(der.SEQUENCE, issuer, serial),
        serial=parsed.serial_number,
        is_root=is_authority and is_self_signed and _usage(parsed).key_cert_sign,
        is_leaf=not is_authority and _is_signing_leaf(parsed),
        x509=parsed,
    )


def is_strong(key: PublicKey) -> bool:
    """RSA from 2048 bits or P-256: what openssl, poppler and NSS all verify."""
    if isinstance(key, rsa.RSAPublicKey):
        return 2048 <= key.key_size <= 4096
    return isinstance(key.curve, ec.SECP256R1)


def is_signed_by(signed: Any, key: PublicKey) -> bool:
    """Whether a certificate, CSR or similar carries a SHA-256 signature of this key."""
    if not isinstance(signed.signature_hash_algorithm, hashes.SHA256):
        return False
    body = getattr(signed, "tbs_certificate_bytes", None) or signed.tbs_certrequest_bytes
    return is_signature(key, signed.signature, body)


def is_signature(key: PublicKey, signature: bytes, content: bytes) -> bool:
    """Whether `signature` is this key's over `content` (PKCS#1 v1.5 or ECDSA, SHA-256)."""
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, content, _PKCS1, _SHA256)
        else:
            key.verify(signature, content, _ECDSA)
    except InvalidSignature:
        return False
    return True


def _raw_names(data: bytes) -> tuple[bytes, bytes, bytes]:
    """Serial, issuer and subject exactly as encoded (RFC 5280 §4.1)."""
    position, _ = der.read(data, 0, der.SEQUENCE)
    position, _ = der.read(data, position, der.SEQUENCE)
    _, position = der.read(data, position, 0xA0)
    serial_at = position
    _, algorithm_at = der.read(data, position, der.INTEGER)
    _, issuer_at = der.read(data, algorithm_at, der.SEQUENCE)
    _, validity_at = der.read(data, issuer_at, der.SEQUENCE)
    _, subject_at = der.read(data, validity_at, der.SEQUENCE)
    _, subject_end = der.read(data, subject_at, der.SEQUENCE)
    return data[serial_at:algorithm_at], data[issuer_at:validity_at], data[subject_at:subject_end]


def _subject(name: x509.Name) -> Subject:
    """The holder; ValueError when unit code or role are missing or double."""
    values = {}
    for oid in (
        NameOID.COMMON_NAME,
        NameOID.ORGANIZATION_IDENTIFIER,
        NameOID.ORGANIZATION_NAME,
        NameOID.ORGANIZATIONAL_UNIT_NAME,
    ):
        (attribute,) = name.get_attributes_for_oid(oid)
        values[oid] = str(attribute.value)
    if not all(text and text.isprintable() for text in values.values()):
        raise ValueError("a name with invisible characters")
    roles = {role.label: role for role in SignerRole}
    return Subject(
        person_name=values[NameOID.COMMON_NAME],
        unit_code=values[NameOID.ORGANIZATION_IDENTIFIER],
        unit_name=values[NameOID.ORGANIZATION_NAME],
        role=roles[values[NameOID.ORGANIZATIONAL_UNIT_NAME]],
    )


def subject_name(subject: Subject) -> x509.Name:
    """The distinguished name of a holder: person CN, unit O and 2.5.4.97, role OU."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, subject.unit_name),
            x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, subject.unit_code),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, subject.role.label),
            x509.NameAttribute(NameOID.COMMON_NAME, subject.person_name),
        ]
    )


def _is_authority(parsed: x509.Certificate) -> bool:
    return parsed.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def _usage(parsed: x509.Certificate) -> x509.KeyUsage:
    return parsed.extensions.get_extension_for_class(x509.KeyUsage).value


def _is_signing_leaf(parsed: x509.Certificate) -> bool:
    """Key usage exactly signature + non-repudiation, purposes mail protection and document signing."""
    usage = _usage(parsed)
    purposes = parsed.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    return (
        usage.digital_signature
        and usage.content_commitment
        and not (usage.key_cert_sign or usage.crl_sign)
        and {ExtendedKeyUsageOID.EMAIL_PROTECTION, DOCUMENT_SIGNING} <= set(purposes)
    )


def utc_seconds(moment: datetime) -> datetime:
    """The moment in UTC, whole seconds: what certificates and signatures can hold."""
    return moment.astimezone(UTC).replace(microsecond=0)
