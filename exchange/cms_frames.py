"""The usual signature at one look (签名快速比对): a certificate's signatures differ only in time, digest and value.

The rest of the one spelling is put together once for each certificate and kept; a signature that is this frame with its
gaps filled is what `cms` would have taken apart, spelled again and found the same. Whatever differs is None here and
left to that way; nothing is refused in this place.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from exchange.certificates import Certificate, parse_certificate
from exchange.cms_spelling import BEFORE_CERTIFICATE, assemble, signed_attributes

_MARK, _MARKED_TIME = b"491231235959Z", datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC)
"""A moment and how a signature spells it; later ones are spelled longer."""
_YEARS = 50
_DIGEST_BYTES = 32
_MOST_CERTIFICATE = 4096
"""Ours take about 1.2 KB; what is kept stays small whatever a file brings."""


class UsualSignature(NamedTuple):
    """What a signature of the usual form holds (签名内容): who, when, what is signed, and the value over it."""

    certificate: Certificate
    moment: datetime | None
    attributes: bytes
    value: bytes


class _Frame(NamedTuple):
    """A certificate's signatures without their gaps (固定部分): `head`, signed attributes but for their tag, `tail`, value.

    Of the attributes `to_time` stands before the time, `to_digest` between it (or the beginning) and the digest,
    `to_end` behind that.
    """

    certificate: Certificate
    head: bytes
    set_tag: bytes
    to_time: bytes
    to_digest: bytes
    to_end: bytes
    tail: bytes
    value_bytes: int


def as_usual(signature: bytes, digest: bytes, has_time: bool) -> UsualSignature | None:
    """What a signature over the content of that SHA-256 holds, None for one that is not the frame to the byte."""
    begin = BEFORE_CERTIFICATE
    end = begin + 4 + int.from_bytes(signature[begin + 2 : begin + 4], "big")
    frame = _frame(signature[begin:end], has_time) if end - begin <= _MOST_CERTIFICATE else None
    if frame is None:
        return None
    certificate, head, set_tag, to_time, to_digest, to_end, tail, value_bytes = frame
    time, moment = b"", None
    if has_time:
        time_at = len(head) + len(to_time)
        time = signature[time_at : time_at + len(_MARK)]
        moment = _moment(time)
        if moment is None:
            return None
    attributes = b"".join((to_time, time, to_digest, digest, to_end))
    value = signature[-value_bytes:]
    if b"".join((head, attributes, tail, value)) != signature:
        return None
    return UsualSignature(certificate, moment, set_tag + attributes, value)


@lru_cache(maxsize=512)
def _frame(certificate_der: bytes, has_time: bool) -> _Frame | None:
    """The frame of a certificate's signatures, None where it has none: values of P-256 are of several lengths."""
    try:
        certificate = parse_certificate(certificate_der)
    except ValueError:
        return None
    if not certificate.is_rsa:
        return None
    digest, value = b"\xff" * _DIGEST_BYTES, bytes((certificate.public_key.key_size + 7) // 8)
    spelled = signed_attributes(certificate, _MARKED_TIME if has_time else None, digest)
    set_tag, attributes = spelled[:1], spelled[1:]
    to_digest, _, to_end = attributes.rpartition(digest)
    to_time, _, between = to_digest.rpartition(_MARK) if has_time else (b"", b"", to_digest)
    whole = assemble(certificate, spelled, value)
    head, _, tail = whole.removesuffix(value).rpartition(attributes)
    return _Frame(certificate, head, set_tag, to_time, between, to_end, tail, len(value))


def _moment(text: bytes) -> datetime | None:
    """The moment of a time that is spelled like the mark; None for any other text."""
    if len(text) != len(_MARK) or not text[:-1].isdigit() or text[-1:] != _MARK[-1:]:
        return None
    year, month, day, hour, minute, second = (int(text[n : n + 2]) for n in range(0, 12, 2))
    try:
        return datetime(2000 + year, month, day, hour, minute, second, tzinfo=UTC) if year < _YEARS else None
    except ValueError:
        return None
