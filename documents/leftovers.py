"""What a killed program left on a carrier (遗留的临时文件) is cleared away when the folder is next written to."""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from models.domain.draft_files import is_left_behind

_looked_into: set[str] = set()
"""Folders seen to since the program started: once is enough, and a folder may hold thousands of files."""


def tidy(folder: Path | str) -> None:
    """Delete unfinished files of an earlier run from a folder, and nothing else; what cannot be deleted stays."""
    place = os.path.abspath(folder)
    if place in _looked_into:
        return
    _looked_into.add(place)
    with suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            if entry.name[:1] in "~." and entry.name.endswith(".tmp"):
                _clear_away(entry)


def _clear_away(entry: os.DirEntry[str]) -> None:
    """Delete one file that is surely a leftover; links and folders never are."""
    with suppress(OSError):
        found = entry.stat(follow_symlinks=False)
        unchanged = time.time() - found.st_mtime
        if stat.S_ISREG(found.st_mode) and is_left_behind(entry.name, unchanged):
            os.unlink(entry.path)
