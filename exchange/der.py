"""DER by hand (DER 编码): the few tags a signature needs, one spelling each.

The verifier rebuilds a signature from its parts and compares bytes, so it needs an encoder that can
only write the shortest form, and a reader that accepts nothing else. Source: X.690.
"""

from __future__ import annotations

SEQUENCE, SET, INTEGER, OCTETS, OID, NULL, UTC_TIME, GENERAL_TIME = (
    0x30,
    0x31,
    0x02,
    0x04,
    0x06,
    0x05,
    0x17,
    0x18,
)


def tlv(tag: int, *parts: bytes) -> bytes:
    """Tag, shortest length, and the joined parts."""
    body = parts[0] if len(parts) == 1 else b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    if 0x100 <= size < 0x10000:  # what nearly all signatures have
        return bytes((tag, 0x82, size >> 8, size & 0xFF)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def set_of(*parts: bytes) -> bytes:
    """A SET OF, its elements in ascending order as DER demands."""
    return tlv(SET, *sorted(parts))


def oid(dotted: str) -> bytes:
    """An object identifier."""
    numbers = [int(part) for part in dotted.split(".")]
    body = bytearray()
    for number in (numbers[0] * 40 + numbers[1], *numbers[2:]):
        septets = [number & 0x7F]
        while number := number >> 7:
            septets.append(0x80 | number & 0x7F)
        body += bytes(reversed(septets))
    return tlv(OID, bytes(body))


def read(data: bytes, position: int, tag: int) -> tuple[int, int]:
    """Start and end of the content of the element at `position`; ValueError unless that tag, shortest length."""
    if position + 2 > len(data) or data[position] != tag:
        raise ValueError("another tag was expected")
    size = data[position + 1]
    start = position + 2
    if size >= 0x80:
        width = size & 0x7F
        digits = data[start : start + width]
        size = int.from_bytes(digits, "big")
        start += width
        if not 1 <= width <= 4 or len(digits) != width or size < 0x80 or digits[0] == 0:
            raise ValueError("the length is not in its shortest form")
    if start + size > len(data):
        raise ValueError("the element reaches past the end")
    return start, start + size
