"""A ZIP writer that can lie in every field: what hostile containers are made of."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from exchange import cms
from exchange.keys import OpenKey
from exchange.manifest import manifest_bytes
from tests.exchange.world import (
    EVIDENCE_CONTENT,
    EVIDENCE_NAME,
    NOW,
    listed,
    submission,
    with_evidence,
)


@dataclass(frozen=True)
class Entry:
    """One entry; None means the honest value, `local` overrides fields of the local header alone."""

    name: bytes
    content: bytes
    method: int = 0
    flags: int = 0
    made_by: int = 10
    needed: int = 10
    date: int = 0x21
    attributes: int = 0
    checksum: int | None = None
    stored_size: int | None = None
    size: int | None = None
    offset: int | None = None
    extra: bytes = b""
    comment: bytes = b""
    before: bytes = b""
    local: Mapping[str, object] = field(default_factory=dict)

    def header(self) -> bytes:
        return struct.pack("<4s5H3I2H", b"PK\3\4", *self._common(), len(self.name), 0) + self.name

    def line(self, offset: int) -> bytes:
        lengths = (len(self.name), len(self.extra), len(self.comment), 0, 0)
        at = offset if self.offset is None else self.offset
        return (
            struct.pack(
                "<4sH5H3I5H2I", b"PK\1\2", self.made_by, *self._common(), *lengths, self.attributes, at
            )
            + self.name
            + self.extra
            + self.comment
        )

    def _common(self) -> tuple[int, ...]:
        stored = len(self.content) if self.stored_size is None else self.stored_size
        size = len(self.content) if self.size is None else self.size
        checksum = zlib.crc32(self.content) if self.checksum is None else self.checksum
        return (self.needed, self.flags, self.method, 0, self.date, checksum, stored, size)


def pack(
    entries: Iterable[Entry], *, comment: bytes = b"", count: int | None = None, gap: bytes = b""
) -> bytes:
    """The container with every lie the entries carry."""
    body, lines = b"", []
    for entry in entries:
        body += entry.before
        lines.append(entry.line(len(body)))
        body += replace(entry, **dict(entry.local)).header() + entry.content
    body += gap
    directory = b"".join(lines)
    number = len(lines) if count is None else count
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, number, number, len(directory), len(body), len(comment))
    return body + directory + end + comment


def contents(key: OpenKey, **changes: object) -> dict[str, bytes]:
    """Members of a small signed package; `payload`, `members`, `manifest`, `signature` replace their parts."""
    import hashlib

    from models.domain.canonical_json import canonical_json

    payload = changes.get("payload")
    honest_members = {} if isinstance(payload, bytes) else {EVIDENCE_NAME: EVIDENCE_CONTENT}
    members = changes.get("members", honest_members)
    if not isinstance(payload, bytes):
        own = members.get(EVIDENCE_NAME) == EVIDENCE_CONTENT
        payload = canonical_json(with_evidence(listed("说明.txt", EVIDENCE_CONTENT)) if own else submission())
    parts = {"payload.json": payload, **members}
    honest = manifest_bytes({name: hashlib.sha256(data).digest() for name, data in parts.items()})
    alter = changes.get("manifest", lambda text: text)
    manifest = alter(honest)
    signature = cms.sign(key, hashlib.sha256(manifest).digest(), changes.get("when", NOW))
    signature = changes.get("signature", lambda data: data)(signature)
    return {
        "mimetype": b"application/vnd.etsi.asic-e+zip",
        **parts,
        "META-INF/ASiCManifest001.xml": manifest,
        "META-INF/signature001.p7s": signature,
    }


def entries(members: Mapping[str, bytes]) -> list[Entry]:
    """Honest entries."""
    return [Entry(name.encode(), data) for name, data in members.items()]


def seal(key: OpenKey, **changes: object) -> bytes:
    """A package whose container is honest, signed by this key over whatever `changes` say."""
    return pack(entries(contents(key, **changes)))


def with_entry(key: OpenKey, position: int, **changes: object) -> bytes:
    """An honest package but for one entry."""
    listed = entries(contents(key))
    listed[position] = replace(listed[position], **changes)
    return pack(listed)


def with_extra(key: OpenKey, name: bytes) -> bytes:
    """An honest package with one entry more, not signed."""
    listed = entries(contents(key))
    listed.insert(3, Entry(name, b"another"))
    return pack(listed)
