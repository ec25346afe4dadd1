"""What goes into a package (封装内容): small members whole, files on the disk piece by piece, digest and checksum known first.

A department's package carries hundreds of MB of its units' own; none of it has to stand in memory.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from exchange.atomic_file import problem
from models.domain.errors import EnvironmentProblem

PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """A member with its size, SHA-256 and checksum (已度量的内容)."""

    source: bytes | Path
    size: int
    sha256: bytes
    checksum: int

    def pieces(self) -> Iterator[bytes]:
        """Its bytes; EnvironmentProblem when a file is no longer what was measured."""
        if isinstance(self.source, bytes):
            yield self.source
            return
        taken, size = hashlib.sha256(), 0
        for piece in _read(self.source):
            taken.update(piece)
            size += len(piece)
            if size > self.size:
                break
            yield piece
        if (size, taken.digest()) != (self.size, self.sha256):
            raise EnvironmentProblem("要封装的文件刚刚变了，没有写成", "请稍后重新生成", self.source.name)


def measured(source: bytes | Path) -> Measured:
    """Measure a member; EnvironmentProblem when a file cannot be read."""
    if isinstance(source, bytes):
        return Measured(source, len(source), hashlib.sha256(source).digest(), zlib.crc32(source))
    taken, size, checksum = hashlib.sha256(), 0, 0
    for piece in _read(source):
        taken.update(piece)
        checksum = zlib.crc32(piece, checksum)
        size += len(piece)
    return Measured(source, size, taken.digest(), checksum)


def measured_all(sources: Mapping[str, bytes]) -> dict[str, Measured]:
    """Every member measured, in the same order."""
    return {name: measured(source) for name, source in sources.items()}


def _read(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as stream:
            while piece := stream.read(PIECE):
                yield piece
    except OSError as error:
        raise problem(error, path) from error
