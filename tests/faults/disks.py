"""Disks without room (存储空间已满): a real small one where a test may mount it, a pretended one everywhere."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from models.store.problems import Trouble, place_of, problem
from models.store.unit_of_work import SqlUnitOfWork

_SIZE = "48m"
_MOUNT = ("mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs")


class Disk(Protocol):
    """A disk a test can fill (磁盘)."""

    folder: Path

    def fill(self, leave: int = 0) -> None:
        """Leave so many bytes free, none at best."""
        ...

    def free(self) -> None:
        """There is room again."""
        ...


class SmallDisk:
    """A file system of its own in memory (小磁盘): what is full here is really full."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self, leave: int = 0) -> None:
        """Write until nothing more goes on it, then give `leave` bytes back."""
        with self._filler.open("wb", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                try:
                    while True:
                        file.write(b"\x00" * size)
                except OSError:
                    continue
            file.truncate(max(0, file.tell() - leave))

    def free(self) -> None:
        """Take the filler away."""
        self._filler.unlink(missing_ok=True)


class PretendedDisk:
    """A folder on which, once it is filled, nothing can be made durable any more (假装的磁盘)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._patch = pytest.MonkeyPatch()

    def fill(self, leave: int = 0) -> None:
        """Every flush fails as on a full disk, and so does every commit."""
        if leave:
            pytest.skip("how much is left can only be told on a real disk")
        sync, place = os.fsync, place_of(self.folder)

        def full(handle: int) -> None:
            if Path(os.readlink(f"/proc/self/fd/{handle}")).is_relative_to(self.folder):
                raise OSError(errno.ENOSPC, "No space left on device")
            sync(handle)

        def refused(work: SqlUnitOfWork) -> None:
            raise problem(Trouble.DISK_FULL, place)

        self._patch.setattr(os, "fsync", full)
        self._patch.setattr(SqlUnitOfWork, "commit", refused)

    def free(self) -> None:
        """Everything is as it was."""
        self._patch.undo()


@contextmanager
def mounted(folder: Path) -> Iterator[SmallDisk]:
    """A small disk for one test; skipped where a test may not mount one."""
    folder.mkdir()
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not is_root or subprocess.run([*_MOUNT, str(folder)], capture_output=True).returncode:
        pytest.skip("this machine does not let tests mount a disk")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
