"""Copies made past the system's memory (不占系统缓存的复制): for one of many files that nobody reads again soon.

What a program writes the system keeps in its memory, in case somebody wants it. Filling that memory is most of a copy's
work, and a county's week of packages pushes out of it what the office computer's other programs need. So whole blocks go
from a buffer of ours straight to the carrier. What is less than a block goes the usual way, and so does everything
where a carrier does not offer this (network folders, some sticks): the file is the same, only later. Linux only.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import threading
from pathlib import Path

from documents.file_problems import problem_of

IS_OFFERED = sys.platform == "linux" and hasattr(os, "O_DIRECT")
"""Whether this system can do so at all."""

BUFFER = 1024 * 1024
"""Bytes of the buffer each copying thread has; it goes with the thread."""

_BLOCK = 4096
"""What such writing wants in places, addresses and lengths on any carrier that is met; one that wants more refuses."""

_REFUSED = frozenset({errno.EINVAL, errno.ENOTSUP})
"""What systems answer where this is not offered; a fault that has nothing to do with it comes again the usual way."""


_of_thread = threading.local()
"""Where each thread has its buffer."""


def copy_unbuffered(source: Path, draft: str, rights: int) -> None:
    """Write the new file `draft` with what `source` holds and wait until the carrier has it.

    A fault of reading raises EnvironmentProblem, one of writing the system's own OSError.
    """
    handle, is_direct = _opened(draft, rights)
    try:
        reading = _reading(source)
        try:
            while piece := _piece(reading, source):
                is_direct = _written(handle, piece, is_direct=is_direct)
                if len(piece) < BUFFER:
                    break
        finally:
            os.close(reading)
        os.fsync(handle)
    finally:
        os.close(handle)


def _opened(draft: str, rights: int) -> tuple[int, bool]:
    """The new file, and whether it is written past the system's memory."""
    new = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        return os.open(draft, new | os.O_DIRECT, rights), True
    except OSError as error:
        if error.errno not in _REFUSED:
            raise
    with contextlib.suppress(FileNotFoundError):  # the name is made before such an opening is refused
        os.unlink(draft)
    return os.open(draft, new, rights), False


def _reading(source: Path) -> int:
    """The file to be read, open."""
    try:
        return os.open(source, os.O_RDONLY)
    except OSError as error:
        raise problem_of(error, source, is_writing=False) from error


def buffer() -> memoryview:
    """This thread's memory for copying, which begins at a block's border (复制缓冲区)."""
    import mmap

    if not hasattr(_of_thread, "buffer"):
        memory = mmap.mmap(-1, BUFFER, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        _of_thread.buffer = memoryview(memory)
    found: memoryview = _of_thread.buffer
    return found


def _piece(reading: int, source: Path) -> memoryview:
    """What comes next: a full buffer, or everything up to the end."""
    view, filled = buffer(), 0
    try:
        while filled < BUFFER and (count := os.readv(reading, [view[filled:]])):
            filled += count
    except OSError as error:
        raise problem_of(error, source, is_writing=False) from error
    return view[:filled]


def _written(handle: int, piece: memoryview, *, is_direct: bool) -> bool:
    """Write all of a piece, the system taking a part at a time if it likes; whether whole blocks still go past its memory."""
    left = piece
    while left:
        whole = len(left) // _BLOCK * _BLOCK if is_direct else len(left)
        if whole:
            try:
                left = left[os.write(handle, left[:whole]) :]
                continue
            except OSError as error:
                if not is_direct or error.errno not in _REFUSED:
                    raise
        _go_the_usual_way(handle)
        is_direct = False
    return is_direct


def _go_the_usual_way(handle: int) -> None:
    """Write what follows through the system's memory."""
    import fcntl

    fcntl.fcntl(handle, fcntl.F_SETFL, 0)  # it was opened with no other flag that this would take away
