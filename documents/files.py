"""Atomic files (安全写文件): a file is there whole or not at all, and what stood there before stays until then.

Temp file in the same folder → write → flush → fsync → replace → fsync of the folder. What goes wrong with
a carrier is said in one sentence each: full, write-protected, pulled out, name too long, opened elsewhere.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from documents import unbuffered_copy
from documents.file_problems import problem_of
from documents.leftovers import tidy
from models.domain.draft_files import draft_name

_BLOCK = 1024 * 1024
_BYTES = getattr(os, "O_BINARY", 0)
_READ, _NEW = os.O_RDONLY | _BYTES, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BYTES
"""How files are opened: by as few calls of the system as there can be, since a copying thread asks for its turn after each,
and holds up whoever judges meanwhile."""

_RIGHTS = 0o666
"""Rights of a new file, less what the person's own settings take away, as of any file a program makes."""

_tokens = itertools.count(int.from_bytes(os.urandom(6)))
"""Tokens of draft names: chance says where this program's begin, since many files are written in a row."""

_NOT_OFFERED = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM})
"""What systems answer where a folder cannot be synced; the file itself has been."""


class AtomicFileWriter:
    """Implements `services.ports.documents.FileWriter` (写文件)."""

    def write(self, path: Path, content: bytes) -> None:
        """Write the whole file or nothing; EnvironmentProblem names full disk, read-only, carrier gone."""
        view = memoryview(content)
        pieces = (view[start : start + _BLOCK] for start in range(0, len(content), _BLOCK))
        _put(path, lambda draft: _write_through(draft, pieces))

    def copy(self, source: Path, target: Path, *, settled: bool = True) -> None:
        """Copy a file of any size piece by piece, whole or not at all; unsettled, its name waits for `settle`.

        An unsettled one is one of many, and leaves the system's memory alone where that is offered.
        """

        def fill(draft: str) -> None:
            if settled or not unbuffered_copy.IS_OFFERED:
                _write_through(draft, _pieces(source))
            else:
                unbuffered_copy.copy_unbuffered(source, draft, _RIGHTS)

        _put(target, fill, settled=settled)

    def settle(self, folder: Path) -> None:
        """Wait until the carrier has the names of a folder's files, once for many copies."""
        try:
            _sync_folder(folder)
        except OSError as error:
            raise problem_of(error, folder, is_writing=True) from error

    def read_back(self, path: Path) -> bytes:
        """The file's content from the carrier; EnvironmentProblem when it cannot be read."""
        try:
            with path.open("rb") as stream:
                _forget_cached(stream.fileno())
                return stream.read()
        except OSError as error:
            raise problem_of(error, path, is_writing=False) from error

    def carrier(self, folder: Path) -> str:
        """What tells the carrier a folder lies on from others (st_dev), "" where it cannot be told."""
        try:
            return str(folder.stat().st_dev)
        except OSError:
            return ""

    def free_bytes(self, folder: Path) -> int:
        """Free space on the carrier of `folder`; EnvironmentProblem when the carrier is gone."""
        try:
            return shutil.disk_usage(folder).free
        except OSError as error:
            raise problem_of(error, folder, is_writing=False) from error


def _put(path: Path, fill: Callable[[str], None], *, settled: bool = True) -> None:
    """A file in the place of what stood there; `fill` writes it under another name and waits for the carrier."""
    folder = os.path.dirname(path) or os.curdir  # as text: paths are taken apart for every one of many copies
    tidy(folder)
    draft = os.path.join(folder, draft_name(f"{next(_tokens) % (1 << 48):012x}"))
    try:
        try:
            fill(draft)
            os.replace(draft, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(draft)
            raise
        if settled:
            _sync_folder(folder)
    except OSError as error:
        raise problem_of(error, path, is_writing=True) from error


def _pieces(source: Path) -> Iterator[bytes]:
    """What a file holds; its faults are told as those of reading."""
    try:
        handle = os.open(source, _READ)
        try:
            while piece := os.read(handle, _BLOCK):
                yield piece
        finally:
            os.close(handle)
    except OSError as error:
        raise problem_of(error, source, is_writing=False) from error


def _write_through(draft: str, pieces: Iterable[bytes | memoryview]) -> None:
    """Write a new file and wait until the carrier has it."""
    handle = os.open(draft, _NEW, _RIGHTS)
    try:
        for piece in pieces:
            left = memoryview(piece)
            while left:  # the system may take a part at a time
                left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path | str) -> None:
    """Make the new name durable; Windows has no such call, and some network shares refuse it."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NOT_OFFERED:
            raise


def _forget_cached(handle: int) -> None:
    """Ask the system to read from the carrier, not from its memory, where it knows how."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
