"""Package files on carriers (报送文件的查找): folders walked through, sizes and digests of what is not taken in."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from models.domain.errors import EnvironmentProblem
from services.path_text import path_text

_SUFFIX = ".asice"
WORKBOOK_SUFFIXES = (".xlsx", ".xls", ".et")
"""Endings of workbooks; what only Excel or WPS can turn into .xlsx is told as such when it is looked at."""
_LOCK = "~$"
"""How the file begins that Excel and WPS leave beside an open workbook."""

_MAX_HASHED = 1 << 30
"""Bytes of a refused file that are worth reading once more for its digest."""


def packages_in(paths: Sequence[Path]) -> list[Path]:
    """Package files among the paths, folders walked through; each once, a sender's number 9 before its number 10.

    EnvironmentProblem when a carrier fails meanwhile; folders nobody may read are passed over.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(sorted(_walk(path), key=_in_number_order))
        else:
            found[path] = None
    return list(found)


def workbooks_in(paths: Sequence[Path]) -> int:
    """How many workbooks (Excel 表) lie below the folders among the paths: those a run passes over."""
    books = (path for folder in paths if folder.is_dir() for path in _walk(folder, *WORKBOOK_SUFFIXES))
    return sum(not path.name.startswith(_LOCK) for path in books)


def _walk(folder: Path, *suffixes: str) -> Iterator[Path]:
    """Files with these endings below a folder, whatever their case; packages where none is named."""
    wanted = suffixes or (_SUFFIX,)

    def failed(error: OSError) -> None:
        if not isinstance(error, PermissionError):
            raise EnvironmentProblem(
                "文件夹读不出来", "请检查存储介质是否已拔出", path_text(folder.name)
            ) from error

    for place, _folders, names in os.walk(folder, onerror=failed):
        for name in names:
            path = Path(place, name)
            if path.suffix.lower() in wanted and path.is_file():
                yield path


def _in_number_order(path: Path) -> list[str | int]:
    """A key by which numbers within names count as numbers."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", str(path))]


def file_size(path: Path) -> int:
    """Size of a file that was not read; 0 when nobody can tell."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def file_digest(path: Path) -> str:
    """SHA-256 of a file read in pieces; "" for what cannot be read, is no file, or is far beyond any package."""
    digest = hashlib.sha256()
    if not 0 < file_size(path) <= _MAX_HASHED:
        return ""
    try:
        with path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()
