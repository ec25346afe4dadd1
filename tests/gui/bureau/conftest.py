"""A practice bureau with packages to take in: made once, copied for each test, because keys are dear."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from main import Adapters
from services import bureau_keys, filings, intake, practice, sealing, setup
from services.home import Home
from services.job import JobContext
from services.setup import BureauSetup
from services.workspaces import Workspace, open_workspace
from tests.gui.pages.bureau_desk import BureauDeskPage

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 9, 1, 9, 0, tzinfo=CHINA)
UNIT_PASSWORD = "liulin-2026"
KNOWN, UNKNOWN = "821001", "820001"
"""A town whose key is registered, and one the bureau meets for the first time; nobody comes before the bureau there."""


class MovableClock:
    """A clock that stands where a test puts it."""

    def __init__(self, start: datetime = NOW) -> None:
        self.moment = start

    def now(self) -> datetime:
        return self.moment


@dataclass(frozen=True)
class County:
    """A bureau's workspace and its post (县级演示): folders that tests copy, never open."""

    folder: Path

    @property
    def post(self) -> Path:
        return self.folder / "post"


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """One valid package, one of an unknown key, one altered on the way, and a second one of the known unit."""
    folder = tmp_path_factory.mktemp("county")
    for name in ("stick", "post", "later", "contested"):
        (folder / name).mkdir()
    tools = Adapters(MovableClock())
    bureau = practice.build_bureau(
        tools, folder / "bureau", folder / "stick", (BureauDeskPage.ROOT, BureauDeskPage.BUREAU)
    )
    for code, limit in ((KNOWN, 3), (UNKNOWN, 2)):
        desk = practice.build_unit(tools, folder / code, bureau.kit_file, code, UNIT_PASSWORD)
        if code == KNOWN:
            setup.write_registration_request(desk, folder / "stick", UNIT_PASSWORD)
        ready = practice.sealable(desk, practice.fill(desk, limit=limit))
        if code == KNOWN:
            _seal_otherwise(tools, folder, desk, ready[0])
        sealing.seal(desk, ready[:-1], folder / "post", UNIT_PASSWORD, JobContext())
        sealing.seal(desk, ready[-1:], folder / "later", UNIT_PASSWORD, JobContext())
        desk.close()
    intake.receive(bureau.workspace, sorted((folder / "stick").glob("*registration*")), JobContext())
    (waiting,) = intake.quarantine(bureau.workspace)
    bureau_keys.register_key(bureau.workspace, bureau.keys, waiting)
    intake.set_aside(bureau.workspace, waiting.path)
    bureau.workspace.close()
    (model,) = (folder / "post").glob(f"{UNKNOWN}*")
    altered = bytearray(model.read_bytes())
    altered[len(altered) // 2] ^= 1
    (folder / "post" / f"改动_{model.name}").write_bytes(bytes(altered))
    return County(folder)


def _seal_otherwise(tools: Adapters, folder: Path, desk: Workspace, filing_id: str) -> None:
    """The same first version sealed at a copy of the desk, as it happens where one was restored from a backup."""
    desk.store.backup("manual", NOW)
    twin = folder / "twin"
    shutil.copytree(desk.folder / "keys", twin / "keys")
    shutil.copytree(desk.folder / "backups", twin / "backups")
    (backup,) = tools.opener.backups(twin)
    tools.opener.restore(twin, backup, NOW)
    other = open_workspace(tools, twin).workspace
    with other.store.reading() as work:
        filing = work.filings.get(filing_id)
    assert filing is not None
    opened = filings.open_filing(other, filing.task_id, filing.project_id)
    answers = {**filing.answers, "reviewer_name": "另一位审核人"}
    filings.save_draft(other, opened, answers, filing.explanations)
    sealing.seal(other, [filing_id], folder / "contested", UNIT_PASSWORD, JobContext())
    other.close()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def desk(qtbot, county: County, tmp_path: Path, clock: MovableClock) -> Iterator[BureauDeskPage]:
    """The bureau's window over copies of workspace and post."""
    for name in ("bureau", "post", "later", "contested"):
        shutil.copytree(county.folder / name, tmp_path / name)
    tools = Adapters(clock)
    opened = open_workspace(tools, tmp_path / "bureau")
    page = BureauDeskPage(qtbot, opened.workspace, Home(tmp_path / "home", tools.files), tmp_path)
    yield page
    page.close()


@pytest.fixture
def new_desk(qtbot, tmp_path: Path, clock: MovableClock) -> Iterator[BureauDeskPage]:
    """A bureau that has just been set up, its keys in memory."""
    tools = Adapters(clock)
    wanted = BureauSetup("990001", "新设县财政局", "王新", 2026, BureauDeskPage.ROOT, BureauDeskPage.BUREAU)
    workspace, keys = setup.set_up_bureau(tools, tmp_path / "bureau", wanted)
    page = BureauDeskPage(qtbot, workspace, Home(tmp_path / "home", tools.files), tmp_path, keys)
    yield page
    page.close()
