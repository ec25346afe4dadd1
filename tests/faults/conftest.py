"""A small county whose desks are killed, filled up and damaged: made once."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.disks import Disk, PretendedDisk, mounted
from tests.faults.killing import KillServer, running_server
from tests.faults.material import Material, made_in

_MEMORY = Path("/dev/shm")


@pytest.fixture(scope="session")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in memory where there is one: what a killed process leaves does not depend on the disk, waiting does."""
    if not os.access(_MEMORY, os.W_OK):
        yield tmp_path_factory.mktemp("memory")
        return
    with tempfile.TemporaryDirectory(dir=_MEMORY) as folder:
        yield Path(folder)


@pytest.fixture
def place(memory: Path) -> Iterator[Path]:
    """A folder of one test's own there."""
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return made_in(tmp_path_factory.mktemp("faults"))


@pytest.fixture(scope="session")
def server() -> Iterator[KillServer]:
    with running_server() as started:
        yield started


@pytest.fixture(params=["a real disk", "a pretended disk"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """A disk that can be filled, really where the machine lets us."""
    if request.param == "a real disk":
        with mounted(tmp_path / "disk") as small:
            yield small
        return
    (tmp_path / "disk").mkdir()
    pretended = PretendedDisk(tmp_path / "disk")
    yield pretended
    pretended.free()
