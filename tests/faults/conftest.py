"""A small county whose desks are killed, filled up and damaged: made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.disks import Disk, PretendedDisk, mounted
from tests.faults.killing import KillServer, running_server
from tests.faults.material import Material, made_in


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
