"""A workbook's usual signature at one look (工作簿签名快速比对): only digests, time and value differ from one to the next.

What `spelling` writes of a signer's workbooks with the same parts is put together once and kept as texts with gaps; a
signature part that is these texts with its gaps filled is what `verifying` would have taken apart, written again and
found the same. Whatever differs is None here and left to that way; nothing is refused in this place.
"""

from __future__ import annotations

import binascii
import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from exchange.certificates import Certificate, parse_certificate
from exchange.workbook_signature.spelling import (
    TIME_FORMAT,
    Reference,
    Signed,
    signature_part,
    signed_texts,
)

Shape = tuple[tuple[str, str, tuple[str, ...]], ...]
"""What is signed, but for the digests: each part with its type and relations."""
_MARKED_TIME = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)
_MARK = _MARKED_TIME.strftime(TIME_FORMAT).encode("ascii")
_DIGIT_AS_ZERO, _TIME_SHAPE = bytes.maketrans(b"123456789", b"000000000"), b"0000-00-00T00:00:00Z"
_DIGEST_BYTES = 32
_P256_VALUE_BYTES = 64
_MOST_CERTIFICATE = 4096
"""Ours take about 1.2 KB; what is kept stays small whatever a file brings."""


class _Frame(NamedTuple):
    """The texts of a signature with gaps (固定部分): `info` for two digests, `package` for one a part and the time,
    `properties` for the time; and what stands before, between and behind info, value, package and properties."""

    info: bytes
    package: bytes
    properties: bytes
    around: tuple[bytes, bytes, bytes, bytes, bytes]
    value_at: int
    value_characters: int
    time_at: int


def as_usual(
    part: bytes, shape: Shape, digests: Sequence[bytes], signer: Certificate
) -> tuple[bytes, bytes] | None:
    """What this signer's signature over parts of these digests is over, and the value; None unless it is to the byte."""
    frame = _frame(signer.der, shape) if len(signer.der) <= _MOST_CERTIFICATE else None
    time = b"" if frame is None else part[frame.time_at : frame.time_at + len(_MARK)]
    if frame is None or not _is_moment(time):
        return None
    value = part[frame.value_at : frame.value_at + frame.value_characters]
    package = frame.package % (*map(_base64, digests), time)
    properties = frame.properties % time
    info = frame.info % (_digest(package), _digest(properties))
    first, second, third, fourth, last = frame.around
    if b"".join((first, info, second, value, third, package, fourth, properties, last)) != part:
        return None
    try:
        raw = binascii.a2b_base64(value)
    except binascii.Error:
        return None
    return (info, raw) if _base64(raw) == value else None


@lru_cache(maxsize=128)
def _frame(certificate_der: bytes, shape: Shape) -> _Frame | None:
    """The frame of a signer's signatures over parts of that shape; None where a gap would not be found for certain."""
    certificate = parse_certificate(certificate_der)
    marks = [bytes((number,)) * _DIGEST_BYTES for number in range(len(shape))]
    due = [Reference(part, kind, mark, named) for (part, kind, named), mark in zip(shape, marks, strict=True)]
    texts = signed_texts(Signed(certificate, _MARKED_TIME, due))
    info, package, properties = (text.encode() for text in (texts.info, texts.package, texts.properties))
    size = (certificate.public_key.key_size + 7) // 8 if certificate.is_rsa else _P256_VALUE_BYTES
    value = _base64(bytes(size))
    first, _, rest = signature_part(certificate, texts, bytes(size)).partition(info)
    second, _, rest = rest.partition(value)
    third, _, rest = rest.partition(package)
    fourth, _, last = rest.partition(properties)
    gaps = (
        _with_gaps(info, (_digest(package), _digest(properties))),
        _with_gaps(package, (*map(_base64, marks), _MARK)),
        _with_gaps(properties, (_MARK,)),
    )
    if not all(gaps):
        return None
    value_at = len(first) + len(info) + len(second)
    time_at = value_at + len(value) + len(third) + package.find(_MARK)
    return _Frame(*gaps, (first, second, third, fourth, last), value_at, len(value), time_at)


def _with_gaps(text: bytes, marks: Sequence[bytes]) -> bytes:
    """A text to fill in, the marks in their order as gaps; empty where one of them does not stand once."""
    text = text.replace(b"%", b"%%")
    for mark in marks:
        if text.count(mark) != 1:
            return b""
        text = text.replace(mark, b"%b")
    return text


def _is_moment(text: bytes) -> bool:
    """Whether a time is spelled as a signature spells it."""
    if text.translate(_DIGIT_AS_ZERO) != _TIME_SHAPE or text.startswith(b"0"):
        return False
    try:
        datetime.fromisoformat(text.decode("ascii"))
    except ValueError:
        return False
    return True


def _digest(content: bytes) -> bytes:
    return _base64(hashlib.sha256(content).digest())


def _base64(value: bytes) -> bytes:
    return binascii.b2a_base64(value, newline=False)
