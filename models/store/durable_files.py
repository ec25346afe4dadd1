"""Files that are whole or not there (可靠写入): written beside, flushed, then put in place."""

from __future__ import annotations

import os
from pathlib import Path


def flush_to_disk(path: Path) -> None:
    """Make the bytes of a file durable. Raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def put_in_place(ready: Path, target: Path) -> None:
    """Move a flushed file to its name and make the name durable. Raises OSError."""
    os.replace(ready, target)
    if os.name == "posix":
        handle = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
