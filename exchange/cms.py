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
from functools import lru_cache

from exchange import der
from exchange.certificates import Certificate, is_signature, parse_certificate
from exchange.cms_diagnosis import diagnose
from exchange.keys import OpenKey
from exchange.reasons import RefusalError, reason

_DATA = der.oid("1.2.840.113549.1.7.1")
_SIGNED_DATA = der.oid("1.2.840.113549.1.7.2")
_CONTENT_TYPE = der.oid("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = der.oid("1.2.840.113549.1.9.4")
_SIGNING_TIME = der.oid("1.2.840.113549.1.9.5")
_SIGNING_CERTIFICATE = der.oid("1.2.840.113549.1.9.16.2.47")
_SHA256 = der.tlv(der.SEQUENCE, der.oid("2.16.840.1.101.3.4.2.1"))
_RSA = der.tlv(der.SEQUENCE, der.oid("1.2.840.113549.1.1.1"), der.tlv(der.NULL))
_ECDSA = der.tlv(der.SEQUENCE, der.oid("1.2.840.10045.4.3.2"))
_ONE = der.tlv(der.INTEGER, b"\x01")
_OF_DATA = der.tlv(der.SEQUENCE, _CONTENT_TYPE, der.tlv(der.SET, _DATA))
"""The attribute that says a signature is over data, the same in every one."""
_DIGESTS, _CONTENT = der.tlv(der.SET, _SHA256), der.tlv(der.SEQUENCE, _DATA)
_EXPLICIT = 0xA0
_UTC_UNTIL = 2050
MOST_BYTES = 32 * 1024
"""Ours take about 2 KB; a parser is not fed megabytes to find out why something else is none."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed and when he says he did (签署人与签名时间); no time inside a PDF's signature."""

    certificate: Certificate
    signing_time: datetime | None


def signed_attributes(certificate: Certificate, signing_time: datetime | None, digest: bytes) -> bytes:
    """The attributes that are signed, as SET OF; `digest` is the content's SHA-256."""
    time = () if signing_time is None else (_attribute(_SIGNING_TIME, _time(signing_time)),)
    return der.set_of(
        _OF_DATA,
        _attribute(_MESSAGE_DIGEST, der.tlv(der.OCTETS, digest)),
        *time,
        _named_certificate(certificate.sha256),
    )


@lru_cache(maxsize=1024)
def _named_certificate(certificate_sha256: bytes) -> bytes:
    """The attribute that names the signing certificate, spelled once for each."""
    hashed = der.tlv(der.OCTETS, certificate_sha256)
    certificate_id = der.tlv(der.SEQUENCE, der.tlv(der.SEQUENCE, der.tlv(der.SEQUENCE, hashed)))
    return _attribute(_SIGNING_CERTIFICATE, certificate_id)


def assemble(certificate: Certificate, attributes: bytes, signature: bytes) -> bytes:
    """The whole signature; `attributes` as `signed_attributes` gives them."""
    signer = der.tlv(
        der.SEQUENCE,
        _ONE,
        certificate.sid,
        _SHA256,
        bytes((_EXPLICIT,)) + attributes[1:],
        _RSA if certificate.is_rsa else _ECDSA,
        der.tlv(der.OCTETS, signature),
    )
    body = der.tlv(
        der.SEQUENCE,
        _ONE,
        _DIGESTS,
        _CONTENT,
        der.tlv(_EXPLICIT, certificate.der),
        der.tlv(der.SET, signer),
    )
    return der.tlv(der.SEQUENCE, _SIGNED_DATA, der.tlv(_EXPLICIT, body))


def sign(key: OpenKey, content_digest: bytes, signing_time: datetime | None) -> bytes:
    """The detached signature of this key over the content with that SHA-256."""
    attributes = signed_attributes(key.signing_certificate, signing_time, content_digest)
    return assemble(key.signing_certificate, attributes, key.sign(attributes))


def verify(signature: bytes, content_digest: bytes, *, has_time: bool = True) -> Signer:
    """The signer of the content with that SHA-256; raises RefusalError with the one reason that fits."""
    if len(signature) > MOST_BYTES:
        raise RefusalError(reason("signature_form"))
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


def _attribute(kind: bytes, value: bytes) -> bytes:
    return der.tlv(der.SEQUENCE, kind, der.tlv(der.SET, value))


def _time(moment: datetime) -> bytes:
    """UTCTime until 2049, GeneralizedTime after (RFC 5652 §11.3)."""
    text = moment.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode("ascii")
    if moment.astimezone(UTC).year < _UTC_UNTIL:
        return der.tlv(der.UTC_TIME, text[2:])
    return der.tlv(der.GENERAL_TIME, text)


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
    found = data.find(_SIGNING_TIME, start, end)
    if found < 0:
        raise ValueError("no signing time")
    return _read_time(data, found + len(_SIGNING_TIME) + 2)


def _parts(data: bytes, has_time: bool) -> tuple[bytes, datetime | None, bytes]:
    """Certificate, signing time and signature value at the places our own spelling has them."""
    position, _ = der.read(data, 0, der.SEQUENCE)
    position, _ = der.read(data, position + len(_SIGNED_DATA), _EXPLICIT)
    position, _ = der.read(data, position, der.SEQUENCE)
    _, position = der.read(data, position + len(_ONE), der.SET)
    _, position = der.read(data, position, der.SEQUENCE)
    certificate_at, position = der.read(data, position, _EXPLICIT)
    certificate = data[certificate_at:position]
    position, _ = der.read(data, position, der.SET)
    position, _ = der.read(data, position, der.SEQUENCE)
    _, position = der.read(data, position + len(_ONE), der.SEQUENCE)
    attributes_at, position = der.read(data, position + len(_SHA256), _EXPLICIT)
    moment = _find_time(data, attributes_at, position) if has_time else None
    _, position = der.read(data, position, der.SEQUENCE)
    value_at, value_end = der.read(data, position, der.OCTETS)
    return certificate, moment, data[value_at:value_end]
