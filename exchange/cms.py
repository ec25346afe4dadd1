"""The signature over the manifest (CAdES 签名): detached CMS in one spelling, built and verified.

Signed attributes: contentType, messageDigest, signingTime, signingCertificateV2; one signer, its
certificate inside, DER throughout. The verifier takes certificate, time and value out, rebuilds the
whole signature from them and compares bytes: a second signer, an unsigned attribute, a long-form
length or a trailing byte has nowhere to stand. A signature inside a PDF is the same without
signingTime (there /M in the PDF states it). Sources: RFC 5652, RFC 5035, EN 319 122-1, EN 319 142-1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from exchange import der
from exchange.certificates import Certificate, is_signature, parse_certificate
from exchange.cms_diagnosis import diagnose
from exchange.cms_frames import as_usual
from exchange.cms_spelling import (
    EXPLICIT,
    ONE,
    SHA256,
    SIGNED_DATA,
    SIGNING_TIME,
    assemble,
    signed_attributes,
)
from exchange.keys import OpenKey
from exchange.reasons import RefusalError, reason

MOST_BYTES = 32 * 1024
"""Ours take about 2 KB; a parser is not fed megabytes to find out why something else is none."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed and when he says he did (签署人与签名时间); no time inside a PDF's signature."""

    certificate: Certificate
    signing_time: datetime | None


def sign(key: OpenKey, content_digest: bytes, signing_time: datetime | None) -> bytes:
    """The detached signature of this key over the content with that SHA-256."""
    attributes = signed_attributes(key.signing_certificate, signing_time, content_digest)
    return assemble(key.signing_certificate, attributes, key.sign(attributes))


def verify(signature: bytes, content_digest: bytes, *, has_time: bool = True) -> Signer:
    """The signer of the content with that SHA-256; raises RefusalError with the one reason that fits."""
    if len(signature) > MOST_BYTES:
        raise RefusalError(reason("signature_form"))
    usual = as_usual(signature, content_digest, has_time)
    if usual is not None:
        if not is_signature(usual.certificate.public_key, usual.value, usual.attributes):
            raise RefusalError(reason("signature_bad"))
        return Signer(usual.certificate, usual.moment)
    try:
        certificate_der, moment, value = _parts(signature, has_time)
    except ValueError:
        raise RefusalError(reason(diagnose(signature, content_digest, has_time))) from None
    try:
        certificate = parse_certificate(certificate_der)
    except ValueError:
        raise RefusalError(reason("certificate_unsuitable")) from None
    attributes = signed_attributes(certificate, moment, content_digest)
    if assemble(certificate, attributes, value) != signature:
        raise RefusalError(reason(diagnose(signature, content_digest, has_time)))
    if not is_signature(certificate.public_key, value, attributes):
        raise RefusalError(reason("signature_bad"))
    return Signer(certificate, moment)


def _read_time(data: bytes, position: int) -> datetime:
    """The moment; what is spelled in any other way is met when the signature is written again and compared."""
    tag = data[position] if position < len(data) else 0
    if tag not in (der.UTC_TIME, der.GENERAL_TIME):
        raise ValueError("no time")
    start, end = der.read(data, position, tag)
    text = data[start:end].decode("ascii")
    if tag == der.UTC_TIME:
        text = ("20" if int(text[:2]) < 50 else "19") + text
    year, month, day, hour, minute, second = int(text[:4]), *(int(text[n : n + 2]) for n in range(4, 14, 2))
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def _find_time(data: bytes, start: int, end: int) -> datetime:
    """The value of the signing time attribute among the signed ones."""
    found = data.find(SIGNING_TIME, start, end)
    if found < 0:
        raise ValueError("no signing time")
    return _read_time(data, found + len(SIGNING_TIME) + 2)


def _parts(data: bytes, has_time: bool) -> tuple[bytes, datetime | None, bytes]:
    """Certificate, signing time and signature value at the places our own spelling has them."""
    position, _ = der.read(data, 0, der.SEQUENCE)
    position, _ = der.read(data, position + len(SIGNED_DATA), EXPLICIT)
    position, _ = der.read(data, position, der.SEQUENCE)
    _, position = der.read(data, position + len(ONE), der.SET)
    _, position = der.read(data, position, der.SEQUENCE)
    certificate_at, position = der.read(data, position, EXPLICIT)
    certificate = data[certificate_at:position]
    position, _ = der.read(data, position, der.SET)
    position, _ = der.read(data, position, der.SEQUENCE)
    _, position = der.read(data, position + len(ONE), der.SEQUENCE)
    attributes_at, position = der.read(data, position + len(SHA256), EXPLICIT)
    moment = _find_time(data, attributes_at, position) if has_time else None
    _, position = der.read(data, position, der.SEQUENCE)
    value_at, value_end = der.read(data, position, der.OCTETS)
    return certificate, moment, data[value_at:value_end]
