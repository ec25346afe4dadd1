"""A workbook's file taken apart and packed (工作簿拆装): parts by name, nothing hidden between them, no bombs.

The archive is walked from its directory: entries stand one after another from byte 0, both headers agree, sizes
are what they claim, and what is inflated together stays within a limit. Source: APPNOTE 6.3.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from functools import lru_cache

from exchange.container import CENTRAL, CENTRAL_MARK, END, END_MARK, LOCAL, LOCAL_MARK
from exchange.workbook_signature.part_types import MOST_REPEATED, REPEATED

MOST_BYTES = 8 * 1024 * 1024
"""All parts inflated; a form of many hundred rows takes about one."""
_MOST_PARTS = 512
_USUAL_DIRECTORY = 4096
_STORED, _DEFLATED = 0, 8
_VERSION = 20
_MAKERS = (_VERSION, _VERSION | 3 << 8)
_RIGHTS = (0, 0o600 << 16)
"""What this program writes, and what Python's own archives of unsigned workbooks say on other systems."""
_PINNED = (0, 0x0021)
"""Time 00:00, date 1980-01-01."""
_HEAD, _REST = struct.Struct("<4s6H"), struct.Struct("<3IH8s2I")
_NO_OTHERS = bytes(8)
_IN_BOTH = slice(6, 32)
"""What of a directory line stands in the part's own header too, from the version needed to the length of nothing more."""
_HEADS = {
    _HEAD.pack(CENTRAL_MARK, made, _VERSION, 0, method, *_PINNED): method
    for made in _MAKERS
    for method in (_STORED, _DEFLATED)
}
"""The only beginnings a directory line may have, and how the part is stored then."""
_NAME = re.compile(rb"[A-Za-z0-9_\[][A-Za-z0-9._/\[\]-]{0,119}")


_Entry = tuple[bytes, int, int, int, int, bytes]
"""Name, method, checksum, stored size, size, and the header the part must have."""


class WorkbookFault(Exception):
    """A workbook that may not stand in a package (工作簿不合格): `code` is its reason code."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def read_parts(data: bytes | memoryview) -> dict[str, bytes]:
    """Every part inflated, in the order they stand; WorkbookFault for another form or too much of it."""
    whole = bytes(data)
    entries, start = _directory(whole)
    if sum(size for _, _, _, _, size, _ in entries) > MOST_BYTES:
        raise WorkbookFault("workbook_inflated")
    parts: dict[str, bytes] = {}
    are_all_different = len({name.lower() for name, *_ in entries}) == len(entries)
    seen: set[bytes] = set()
    position = 0
    for name, method, checksum, stored, size, head in entries:
        begin = position + len(head)
        if whole[position:begin] != head or (not are_all_different and _is_known(name.lower(), seen)):
            raise WorkbookFault("workbook_form")
        position = begin + stored
        part, raw = name.decode("ascii"), whole[begin:position]
        is_repeated = part in REPEATED and stored <= MOST_REPEATED
        parts[part], found = (_remembered if is_repeated else _unpacked)(raw, method, size)
        if position > start or found != checksum:
            raise WorkbookFault("workbook_form")
    if position != start:
        raise WorkbookFault("workbook_form")
    return parts


def _is_known(name: bytes, seen: set[bytes]) -> bool:
    """Whether a name was seen before; it is from now on."""
    is_known = name in seen
    seen.add(name)
    return is_known


def _directory(whole: bytes) -> tuple[list[_Entry], int]:
    """The entries, and where the directory starts."""
    at = len(whole) - END.size
    if at < 0 or whole[at : at + 4] != END_MARK:
        raise WorkbookFault("workbook_form")
    _, *disks, here, count, size, start, comment = END.unpack_from(whole, at)
    if any(disks) or here != count or comment or start + size != at or count > _MOST_PARTS:
        raise WorkbookFault("workbook_form")
    entries: list[_Entry] = []
    position, expected = start, 0
    for _ in range(count):
        name_at = position + CENTRAL.size
        method = _HEADS.get(whole[position : position + _HEAD.size])
        if method is None or name_at > at:
            raise WorkbookFault("workbook_form")
        checksum, stored, full, length, others, rights, offset = _REST.unpack_from(
            whole, position + _HEAD.size
        )
        if others != _NO_OTHERS or rights not in _RIGHTS or offset != expected:
            raise WorkbookFault("workbook_form")
        in_both = whole[position + _IN_BOTH.start : position + _IN_BOTH.stop]
        position = name_at + length
        name = whole[name_at:position]
        expected += LOCAL.size + length + stored
        entries.append((name, method, checksum, stored, full, LOCAL_MARK + in_both + name))
    names = tuple([name for name, *_ in entries])
    if position != at or not (_found_names if size <= _USUAL_DIRECTORY else _are_names)(names):
        raise WorkbookFault("workbook_form")
    return entries, start


def _are_names(names: tuple[bytes, ...]) -> bool:
    """Whether parts may have these names."""
    return all(map(_NAME.fullmatch, names))


_found_names = lru_cache(maxsize=64)(_are_names)
"""Workbooks of one form have the same."""


def _unpacked(raw: bytes, method: int, size: int) -> tuple[bytes, int]:
    """A part's bytes and their checksum; never more of them than the directory claims are made."""
    if method == _STORED:
        content, is_whole = raw, True
    else:
        engine = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = engine.decompress(raw, size + 1)
        except zlib.error:
            raise WorkbookFault("workbook_form") from None
        is_whole = engine.eof and not engine.unused_data
    if len(content) > size:
        raise WorkbookFault("workbook_inflated")
    if len(content) != size or not is_whole:
        raise WorkbookFault("workbook_form")
    return content, zlib.crc32(content)


_remembered = lru_cache(maxsize=64)(_unpacked)


def pack_parts(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a file; the same parts give the same bytes on one machine."""
    body, directory = bytearray(), bytearray()
    for name, content in parts.items():
        raw = name.encode("ascii")
        engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        stored = engine.compress(content) + engine.flush()
        common = (_VERSION, 0, _DEFLATED, *_PINNED, zlib.crc32(content), len(stored), len(content), len(raw))
        directory += CENTRAL.pack(CENTRAL_MARK, _VERSION, *common, 0, 0, 0, 0, 0, len(body)) + raw
        body += LOCAL.pack(LOCAL_MARK, *common, 0) + raw + stored
    end = END.pack(END_MARK, 0, 0, len(parts), len(parts), len(directory), len(body), 0)
    return bytes(body + directory + end)
