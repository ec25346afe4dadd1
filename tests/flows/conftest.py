"""A practice county with real keys, real packages and a clock that tests can move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from main import Adapters
from services import practice
from services.practice import PracticeBureau
from services.workspaces import Workspace
from tests.fakes.clock import MovableClock
from tests.flows.demo_folder import MEASURED, DemoFolder, command

PASSWORD = "liulin-2026"


@dataclass
class County:
    """The practice bureau and its stick."""

    tools: Adapters
    clock: MovableClock
    bureau: PracticeBureau
    stick: Path
    folder: Path

    def unit(self, code: str) -> Workspace:
        """A new desk of a unit, opened from the county's kit."""
        return practice.build_unit(self.tools, self.folder / code, self.bureau.kit_file, code, PASSWORD)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoFolder:
    """What `demo DIR` leaves, made once."""
    folder = tmp_path_factory.mktemp("demo") / "演示"
    done = command("demo", folder, "--submissions", MEASURED)
    return DemoFolder(folder, done.stderr, done.stdout)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    clock = MovableClock()
    tools = Adapters(clock)
    stick = tmp_path / "stick"
    stick.mkdir()
    bureau = practice.build_bureau(tools, tmp_path / "bureau", stick, ("root-pass-1", "bureau-pass-2"))
    yield County(tools, clock, bureau, stick, tmp_path)
    bureau.workspace.close()
