"""One bootstrap at a time: two starts in the same second must not both build the environment (互斥)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: IO[bytes]) -> None:
        msvcrt.locking(handle.fileno(), msvcrt.LK_RLCK, 1)
else:
    import fcntl

    def _lock(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock file `path` for the length of the block; the system frees it if this process dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as handle:
        handle.seek(0)
        while True:
            try:
                _lock(handle)
                break
            except OSError:  # Windows gives up after ten tries; another start may be downloading for minutes
                continue
        yield
