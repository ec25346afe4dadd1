"""The one spelling of a signature (签名的写法): CMS SignedData built out of certificate, time, digest and value.

Signed attributes: contentType, messageDigest, signingTime, signingCertificateV2; one signer, its
certificate inside, DER throughout. Sources: RFC 5652, RFC 5035, EN 319 122-1.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from exchange import der
from exchange.certificates import Certificate

_DATA = der.oid("1.2.840.113549.1.7.1")
SIGNED_DATA = der.oid("1.2.840.113549.1.7.2")
_CONTENT_TYPE = der.oid("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = der.oid("1.2.840.113549.1.9.4")
SIGNING_TIME = der.oid("1.2.840.113549.1.9.5")
_SIGNING_CERTIFICATE = der.oid("1.2.840.113549.1.9.16.2.47")
SHA256 = der.tlv(der.SEQUENCE, der.oid("2.16.840.1.101.3.4.2.1"))
_RSA = der.tlv(der.SEQUENCE, der.oid("1.2.840.113549.1.1.1"), der.tlv(der.NULL))
_ECDSA = der.tlv(der.SEQUENCE, der.oid("1.2.840.10045.4.3.2"))
ONE = der.tlv(der.INTEGER, b"\x01")
_OF_DATA = der.tlv(der.SEQUENCE, _CONTENT_TYPE, der.tlv(der.SET, _DATA))
"""The attribute that says a signature is over data, the same in every one."""
_DIGESTS, _CONTENT = der.tlv(der.SET, SHA256), der.tlv(der.SEQUENCE, _DATA)
BEFORE_CERTIFICATE = 4 * len(b"\x30\x82\xff\xff") + len(SIGNED_DATA + ONE + _DIGESTS + _CONTENT)
"""Where the certificate stands in a signature of the usual length."""
EXPLICIT = 0xA0
_UTC_UNTIL = 2050


def signed_attributes(certificate: Certificate, signing_time: datetime | None, digest: bytes) -> bytes:
    """The attributes that are signed, as SET OF; `digest` is the content's SHA-256."""
    time = () if signing_time is None else (_attribute(SIGNING_TIME, _time(signing_time)),)
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
        ONE,
        certificate.sid,
        SHA256,
        bytes((EXPLICIT,)) + attributes[1:],
        _RSA if certificate.is_rsa else _ECDSA,
        der.tlv(der.OCTETS, signature),
    )
    body = der.tlv(
        der.SEQUENCE,
        ONE,
        _DIGESTS,
        _CONTENT,
        der.tlv(EXPLICIT, certificate.der),
        der.tlv(der.SET, signer),
    )
    return der.tlv(der.SEQUENCE, SIGNED_DATA, der.tlv(EXPLICIT, body))


def _attribute(kind: bytes, value: bytes) -> bytes:
    return der.tlv(der.SEQUENCE, kind, der.tlv(der.SET, value))


def _time(moment: datetime) -> bytes:
    """UTCTime until 2049, GeneralizedTime after (RFC 5652 §11.3)."""
    text = moment.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode("ascii")
    if moment.astimezone(UTC).year < _UTC_UNTIL:
        return der.tlv(der.UTC_TIME, text[2:])
    return der.tlv(der.GENERAL_TIME, text)
