"""The practice county made once and copied for each test (示例县的样本): the same bureau, kit and desks, in a new folder.

Setting a county up through the services takes longer than most tests do with it. Records are frozen, so a copy
needs new containers only; nothing a test does reaches the sample or another test.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from services import practice
from services.bureau_keys import BureauKeys
from services.changes import ChangeFeed
from services.practice import PracticeBureau
from services.workspaces import Workspace
from tests.fakes.clock import START, MovableClock
from tests.fakes.store_state import StoreState
from tests.fakes.tools import FakeTools

ROOT, LEAF = "root-pass-1", "bureau-pass-2"
PASSWORD = "liulin-2026"


@dataclass
class Sample:
    """What is copied; `desks` by the unit's code, `filled` by code and the number of filings asked for."""

    tools: FakeTools
    folder: Path
    bureau: PracticeBureau
    kit: bytes
    desks: dict[str, Workspace] = field(default_factory=dict)
    filled: dict[tuple[str, int], tuple[Workspace, list[str]]] = field(default_factory=dict)

    def desk(self, code: str) -> Workspace:
        """The desk of a unit that nothing was done at yet."""
        if code not in self.desks:
            self.desks[code] = new_desk(self.tools, self.folder / code, self.bureau.kit_file, code)
        return self.desks[code]

    def filled_desk(self, code: str, count: int) -> tuple[Workspace, list[str]]:
        """The same desk with filings filled in and ready, and their ids."""
        if (code, count) not in self.filled:
            desk = _copied(self.desk(code), self.tools, self.folder / f"{code} {count}", self.folder)
            self.filled[code, count] = desk, new_filings(desk, count)
        return self.filled[code, count]


def new_bureau(tools: FakeTools, folder: Path) -> PracticeBureau:
    """The bureau set up through the services, its kit on the stick."""
    (folder / "stick").mkdir()
    return practice.build_bureau(tools, folder / "bureau", folder / "stick", (ROOT, LEAF))


def new_desk(tools: FakeTools, folder: Path, kit_file: Path, code: str) -> Workspace:
    """A unit's desk set up through the services."""
    return practice.build_unit(tools, folder, kit_file, code, PASSWORD)


def new_filings(desk: Workspace, count: int) -> list[str]:
    """Filings filled in through the services, as many as asked for; ids of those that can be sealed."""
    return practice.sealable(desk, practice.fill(desk, limit=count))


@cache
def sample() -> Sample:
    """The county of this test process."""
    place = tempfile.TemporaryDirectory(prefix="county-")
    atexit.register(place.cleanup)
    tools, folder = FakeTools(MovableClock()), Path(place.name)
    bureau = new_bureau(tools, folder)
    return Sample(tools, folder, bureau, bureau.kit_file.read_bytes())


def copied_bureau(tools: FakeTools, folder: Path) -> tuple[Workspace, BureauKeys, Path]:
    """The bureau's desk, its keys and its kit on the stick, in another folder."""
    made = sample()
    shutil.copytree(made.folder / "stick", folder / "stick")
    desk = _copied(made.bureau.workspace, tools, folder / "bureau", folder)
    return desk, made.bureau.keys, folder / "stick" / made.bureau.kit_file.name


def copied_desk(tools: FakeTools, folder: Path, county: Path, code: str) -> Workspace:
    """A unit's desk in another folder of a county copied before."""
    return _copied(sample().desk(code), tools, folder, county)


def fill_copied(desk: Workspace, county: Path, count: int) -> list[str]:
    """Put the sample's filings on a desk copied before at which nothing was done since; their ids."""
    made, ids = sample().filled_desk(desk.profile.unit.code, count)
    store = desk.tools.opener.stores[desk.folder]  # type: ignore[attr-defined]
    store.state = _moved(sample().tools.opener.stores[made.folder].state, county)
    return list(ids)


def is_as_sampled(tools: FakeTools, kit_file: Path) -> bool:
    """Whether a desk set up now would be the sample's: the same day and the same kit."""
    return tools.clock.now() == START and kit_file.is_file() and kit_file.read_bytes() == sample().kit


def _copied(desk: Workspace, tools: FakeTools, folder: Path, county: Path) -> Workspace:
    shutil.copytree(desk.folder, folder)
    store = tools.opener.open(folder, tools.clock.now(), create=True)
    store.state = _moved(sample().tools.opener.stores[desk.folder].state, county)
    tools.vault(folder / "keys").keys.update(sample().tools.vault(desk.folder / "keys").keys)
    return Workspace(folder, store, tools, desk.profile, ChangeFeed())


def _moved(state: StoreState, county: Path) -> StoreState:
    """The content of a database whose packages lie in another folder."""
    old, new = str(sample().folder), state.snapshot()
    new.packages = {
        digest: replace(record, source_path=record.source_path.replace(old, str(county)))
        for digest, record in new.packages.items()
    }
    return new
