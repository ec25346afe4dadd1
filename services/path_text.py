"""A path as people and databases can read it (路径文字): names on foreign carriers need not be proper text."""

from __future__ import annotations

import os
from pathlib import Path


def path_text(path: Path | str) -> str:
    """The path as proper text; bytes of a name that are none become �, so it can be kept, shown and printed."""
    return os.fsencode(path).decode("utf-8", "replace")
