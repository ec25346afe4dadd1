"""Strict reading of the container (严格读取容器): limits, then names, then structure; nothing is repaired.

Every header is rebuilt from what the directory claims and compared byte for byte, so a field nobody
thought of cannot differ unnoticed. Checksums are compared later, together with the digests: a
changed content should be called that.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from exchange.container import (
    CENTRAL,
    CENTRAL_MARK,
    END,
    END_MARK,
    LOCAL,
    LOCAL_MARK,
    MIMETYPE_CONTENT,
    PINNED,
    VERSION,
    central_header,
    local_header,
)
from exchange.file_content import PIECE, FileContent
from exchange.limits import ReadingLimits
from exchange.names import MIMETYPE, PAYLOAD, check_names, member_label, usual_names
from exchange.reasons import RefusalError, reason
from models.domain.verdict import Reason

_CLAIMS = struct.Struct("<16xI4xIH")
"""Of a directory line: checksum, size, length of the name."""
_USUAL_DIRECTORY = 4096


class Member(NamedTuple):
    """One member (包内文件): its name, where its bytes stand in the file, and the checksum the headers claim."""

    name: str
    file: FileContent
    begin: int
    end: int
    checksum: int

    @property
    def size(self) -> int:
        """Bytes it has."""
        return self.end - self.begin

    @property
    def content(self) -> memoryview:
        """Its bytes; of a large file read anew each time."""
        if isinstance(self.file, bytes):
            return memoryview(self.file)[self.begin : self.end]
        return memoryview(self.file[self.begin : self.end])

    def pieces(self) -> Iterator[memoryview]:
        """Its bytes one after another, so that a large member is never held whole."""
        if isinstance(self.file, bytes):
            yield self.content
            return
        for start in range(self.begin, self.end, PIECE):
            yield memoryview(self.file[start : min(start + PIECE, self.end)])


class _Entry(NamedTuple):
    """One line of the directory as it stands there (目录项), before it is believed."""

    raw_name: bytes
    made_by: int
    pinned: tuple[int, ...]
    checksum: int
    stored_size: int
    size: int
    extras: tuple[int, ...]
    attributes: int
    offset: int

    @property
    def label(self) -> str:
        """The entry as people know it; its name has passed the checks by then."""
        return member_label(self.raw_name.decode("ascii"))


def open_container(data: FileContent, limits: ReadingLimits) -> dict[str, Member]:
    """The members in the order they stand; raises RefusalError: limits, then names, then structure."""
    start, count = _end_record(data)
    if count > limits.members:
        raise RefusalError(reason("too_many_members", detail=f"有{count}个，最多{limits.members}个"))
    usual = _usual_members(data, start, count, limits) if isinstance(data, bytes) else None
    if usual is not None:
        return usual
    entries = _directory(data, start, count)
    names = [entry.raw_name for entry in entries]
    if MIMETYPE.encode() not in names and PAYLOAD.encode() not in names:
        raise RefusalError(reason("not_a_package"))
    check_names(names)
    return _members(data, entries, start, limits)


def _usual_members(data: bytes, start: int, count: int, limits: ReadingLimits) -> dict[str, Member] | None:
    """The members where all is as it has to be: each header the only one its name, checksum and size allow.

    None where anything differs; then the directory is read field by field, and only there refused.
    """
    raw_names, places = [], []
    line, position, end = start, 0, len(data) - END.size
    for _ in range(count if end - start <= _USUAL_DIRECTORY else 0):
        if line + CENTRAL.size > end:
            return None
        checksum, size, length = _CLAIMS.unpack_from(data, line)
        name_at, line = line + CENTRAL.size, line + CENTRAL.size + length
        raw, begin = data[name_at:line], position + LOCAL.size + length
        if (
            data[name_at - CENTRAL.size : line] != central_header(raw, checksum, size, position)
            or data[position:begin] != local_header(raw, checksum, size)
            or size > limits.member_bytes
        ):
            return None
        position = begin + size
        raw_names.append(raw)
        places.append((begin, position, checksum))
    names = usual_names(tuple(raw_names)) if position == start and line == end else None
    if names is None:
        return None
    members = {name: Member(name, data, *place) for name, place in zip(names, places, strict=True)}
    return members if members[MIMETYPE].content == MIMETYPE_CONTENT else None


def _end_record(data: FileContent) -> tuple[int, int]:
    """Where the directory starts and how many entries it claims."""
    position = len(data) - END.size
    if position < 0 or data[position : position + 4] != END_MARK:
        raise RefusalError(_why_no_end(data))
    _, disk, first_disk, here, count, size, start, comment = END.unpack(data[position:])
    if start + size + comment != position:
        is_short = start + size + comment > position
        raise RefusalError(reason("container_truncated" if is_short else "container_hidden_data"))
    if comment or disk or first_disk or here != count:
        raise RefusalError(reason("entry_profile"))
    return start, count


def _why_no_end(data: FileContent) -> Reason:
    """The reason when the file does not end with an end record."""
    if not len(data):
        return reason("empty_file")
    if data[:2] != LOCAL_MARK[:2] and MIMETYPE_CONTENT not in data[:128]:
        return reason("not_a_package")
    tail = data[max(0, len(data) - 0x10000 - END.size) :]
    position = tail.rfind(END_MARK)
    if position < 0 or position + END.size > len(tail):
        return reason("container_truncated")
    comment = END.unpack_from(tail, position)[-1]
    is_comment = comment == len(tail) - position - END.size
    return reason("container_comment" if is_comment else "container_hidden_data")


def _directory(data: FileContent, start: int, count: int) -> list[_Entry]:
    """The directory's lines; extra fields are stepped over here and refused with the structure."""
    entries: list[_Entry] = []
    position, end = start, len(data) - END.size
    for _ in range(count):
        if position + CENTRAL.size > end:
            raise RefusalError(reason("container_truncated"))
        fields = CENTRAL.unpack(data[position : position + CENTRAL.size])
        name_end = position + CENTRAL.size + fields[10]
        if fields[0] != CENTRAL_MARK or name_end + fields[11] + fields[12] > end:
            raise RefusalError(reason("entry_profile"))
        entries.append(
            _Entry(
                data[position + CENTRAL.size : name_end],
                fields[1],
                fields[2:7],
                fields[7],
                fields[8],
                fields[9],
                fields[11:15],
                fields[15],
                fields[16],
            )
        )
        position = name_end + fields[11] + fields[12]
    if position != end:
        raise RefusalError(reason("container_hidden_data"))
    return entries


def _members(data: FileContent, entries: list[_Entry], end: int, limits: ReadingLimits) -> dict[str, Member]:
    """The members, each entry held against the one header its claims allow."""
    members: dict[str, Member] = {}
    position = 0
    for entry in entries:
        code = _entry_fault(entry, position, end, limits)
        if code:
            raise RefusalError(reason(code, entry.label))
        begin = position + LOCAL.size + len(entry.raw_name)
        if data[position:begin] != local_header(entry.raw_name, entry.checksum, entry.size):
            raise RefusalError(reason("entry_headers_differ", entry.label))
        position = begin + entry.size
        name = entry.raw_name.decode("ascii")
        members[name] = Member(name, data, begin, position, entry.checksum)
    if position != end:
        raise RefusalError(reason("container_hidden_data"))
    first = next(iter(members))
    if first != MIMETYPE:
        raise RefusalError(reason("container_order"))
    if members[first].size != len(MIMETYPE_CONTENT) or members[first].content != MIMETYPE_CONTENT:
        raise RefusalError(reason("mimetype_wrong"))
    return members


def _entry_fault(entry: _Entry, position: int, end: int, limits: ReadingLimits) -> str:
    """The reason code a directory line earns at this place, "" when it may stand."""
    code = ""
    if entry.size > limits.member_bytes:
        code = "member_too_large"
    elif entry.pinned[2] != PINNED[2]:
        code = "entry_compressed"
    elif entry.attributes:
        code = "entry_kind"
    elif entry.stored_size != entry.size:
        code = "entry_size"
    elif entry.made_by != VERSION or entry.pinned != PINNED or any(entry.extras):
        code = "entry_profile"
    elif entry.offset != position:
        code = "entry_overlap" if entry.offset < position else "container_hidden_data"
    elif position + LOCAL.size + len(entry.raw_name) + entry.size > end:
        code = "entry_size"
    return code
