"""The container (报送文件容器): ASiC-E as a ZIP in one canonical profile; layout and writing.

STORED entries only, every header field pinned, entries contiguous from byte 0, directory and end
record last, no extra fields, comments or zip64. One content has one spelling, so whatever a ZIP
could hide (bombs, overlaps, second directories) has no room. Sources: EN 319 162-1; APPNOTE 6.3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from exchange.measured import Measured, measured_all

MIMETYPE_CONTENT = b"application/vnd.etsi.asic-e+zip"

LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
LOCAL_MARK, CENTRAL_MARK, END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
VERSION = 10
"""Version made by and needed: 1.0, host 0, so no system's file attributes travel."""
PINNED = (VERSION, 0, 0, 0, 0x0021)
"""Version needed, flags, method STORED, time 00:00, date 1980-01-01."""


def local_header(raw_name: bytes, checksum: int, size: int) -> bytes:
    """The only local header an entry may have."""
    return LOCAL.pack(LOCAL_MARK, *PINNED, checksum, size, size, len(raw_name), 0) + raw_name


def central_header(raw_name: bytes, checksum: int, size: int, offset: int) -> bytes:
    """The only directory line an entry may have."""
    tail = (len(raw_name), 0, 0, 0, 0, 0, offset)
    return CENTRAL.pack(CENTRAL_MARK, VERSION, *PINNED, checksum, size, size, *tail) + raw_name


def build_container(members: Mapping[str, bytes]) -> list[bytes]:
    """The container's pieces in writing order; `members` stand in canonical order, mimetype first."""
    return list(container_pieces(measured_all(members)))


def container_pieces(members: Mapping[str, Measured]) -> Iterator[bytes]:
    """The same piece by piece, files read only when their turn comes."""
    directory: list[bytes] = []
    offset = 0
    for name, content in members.items():
        raw = name.encode("ascii")
        head = local_header(raw, content.checksum, content.size)
        directory.append(central_header(raw, content.checksum, content.size, offset))
        yield head
        yield from content.pieces()
        offset += len(head) + content.size
    listing = b"".join(directory)
    yield listing
    yield END.pack(END_MARK, 0, 0, len(members), len(members), len(listing), offset, 0)
