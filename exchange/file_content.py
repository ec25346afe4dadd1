"""A file's content (文件内容): small ones whole, large ones piece by piece, so that memory stays bounded.

A package of hundreds of MB is photographs that only have to be digested. A mapping of the file would do the same,
but a stick pulled out under it ends the program.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from exchange.reasons import RefusalError, reason

PIECE = 1024 * 1024
WHOLE_UP_TO = 48 * 1024 * 1024
"""Files up to this size are read at once: one pass, and nothing can change under the reader."""


_BYTES = getattr(os, "O_BINARY", 0)


class LargeFile:
    """A file that is never held whole (大文件); slices give its bytes as those of a `bytes` do."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._size = size

    def __len__(self) -> int:
        return self._size

    def close(self) -> None:
        """Let the file go."""
        self._stream.close()

    def __getitem__(self, part: slice) -> bytes:
        """The bytes of a slice; RefusalError when the carrier no longer gives them."""
        start, stop, _ = part.indices(self._size)
        wanted = max(0, stop - start)
        try:
            self._stream.seek(start)
            found = self._stream.read(wanted)
        except (OSError, ValueError, MemoryError):
            raise RefusalError(reason("unreadable_file")) from None
        if len(found) != wanted:
            raise RefusalError(reason("unreadable_file"))
        return found


FileContent = bytes | LargeFile


def open_content(path: Path, size: int) -> FileContent:
    """The content of a regular file of that size; OSError when it cannot be read."""
    if size > WHOLE_UP_TO:
        return LargeFile(path.open("rb"), size)
    handle = os.open(path, os.O_RDONLY | _BYTES)
    try:
        found = os.read(handle, size + 1)
        if len(found) == size:
            return found
        pieces = [found]  # it is growing, or a carrier gives a part at a time, as it does before it fails
        while pieces[-1]:
            pieces.append(os.read(handle, PIECE))
        return b"".join(pieces)
    finally:
        os.close(handle)


def close_content(content: FileContent) -> None:
    """Let the file go, where one is held open."""
    if not isinstance(content, bytes):
        content.close()
