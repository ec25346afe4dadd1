"""Digests of members (包内文件摘要): each byte of a package is digested once, also where two signatures cover it.

A PDF lies under the package's manifest as a whole and under its own signature but for that signature's hole. What
stands before the hole, nearly all of it, is the same beginning of both, so the digest so far is kept when it is passed.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from exchange.container_reading import Member

RANGE = re.compile(rb"/ByteRange\s*\[\s*([0-9]{1,10})\s+([0-9]{1,10})\s+([0-9]{1,10})\s+([0-9]{1,10})\s*\]")
_TAIL = 4096
"""Our signatures are said to be within the last bytes of a PDF."""


@dataclass(frozen=True, slots=True)
class BegunDigest:
    """The SHA-256 of a file's first `length` bytes (已算前段), to go on from; `taken` itself is never gone on with."""

    length: int
    taken: Any

    def further(self) -> Any:
        """One to go on with."""
        return self.taken.copy()


class Digesting:
    """Digests the members of one package, each in one pass (逐个计算): what was taken stays, and what is begun of PDFs."""

    def __init__(self) -> None:
        self.begun: dict[str, BegunDigest] = {}
        self._taken: dict[str, tuple[bytes, int]] = {}

    def digested(self, member: Member) -> tuple[bytes, int]:
        """A member's SHA-256 and checksum."""
        if member.name not in self._taken:
            self._taken[member.name] = self._take(member)
        return self._taken[member.name]

    def _take(self, member: Member) -> tuple[bytes, int]:
        """Both in one pass."""
        pieces = member.pieces()
        content = next(pieces, memoryview(b""))
        if len(content) < member.size:
            return _taken_in_pieces(chain((content,), pieces))
        if not member.name.endswith(".pdf"):
            return hashlib.sha256(content).digest(), zlib.crc32(content)
        length = _before_signature(content)
        digest = hashlib.sha256(content[:length])
        self.begun[member.name] = BegunDigest(length, digest.copy())
        digest.update(content[length:])
        return digest.digest(), zlib.crc32(content)


def _taken_in_pieces(pieces: Iterable[memoryview]) -> tuple[bytes, int]:
    """SHA-256 and checksum of a member that is never held whole."""
    digest, checksum = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        checksum = zlib.crc32(piece, checksum)
    return digest.digest(), checksum


def _before_signature(pdf: memoryview) -> int:
    """How many bytes stand before what the last signature says is its hole; 0 where none is found, or it cannot be.

    Believed in nothing: whoever looks into the PDF takes it up only where it is what the signature covers.
    """
    tail = bytes(pdf[-_TAIL:])
    found = RANGE.match(tail, max(tail.rfind(b"/ByteRange"), 0))
    return min(int(found[2]), len(pdf)) if found is not None else 0
