"""A real county, built once for all tests of the desks: a bureau with kits, a unit with forms begun, nothing 演示."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import pytest

from main import Adapters
from models.domain.kit import ParameterKit
from services import bureau_keys, intake, kit_issue, practice, receipts, setup
from services.bureau_keys import BureauKeys
from services.job import JobContext
from services.kit_issue import KitDraft
from services.workspaces import Workspace, open_workspace

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 9, 1, 9, 0, tzinfo=CHINA)
PASSWORD = "liulin-2026"
TOWN, OTHER = "820001", "205001"
TOWN_NAME = "示例县柳林镇人民政府"
FILLED = 3
"""Forms that are filled in on the unit's desk; the others are empty."""


class MovableClock:
    """A clock that stands where a test puts it."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment


@dataclass(frozen=True)
class County:
    """What was built (示例县): folders to copy, kit files to take in, the bureau's unlocked keys."""

    folder: Path
    keys: BureauKeys
    kit_file: Path
    second_kit: Path
    practice_kit: Path

    def unit_folder(self, into: Path, name: str = "unit") -> Path:
        """A copy of the unit's workspace."""
        shutil.copytree(self.folder / name, into)
        return into

    def bureau(self, into: Path, tools: Adapters) -> Workspace:
        """A copy of the bureau's workspace, open."""
        shutil.copytree(self.folder / "bureau", into)
        return open_workspace(tools, into).workspace

    def receipt_for(self, package: Path, into: Path, tools: Adapters) -> Path:
        """What the bureau answers to a package: its key registered, received, a receipt issued."""
        bureau = self.bureau(into / "bureau", tools)
        intake.receive(bureau, [package], JobContext())
        for waiting in intake.quarantine(bureau):
            bureau_keys.register_key(bureau, self.keys, waiting)
        intake.receive(bureau, [package], JobContext())
        (record,) = receipts.without_receipt(bureau)
        receipt = receipts.issue_receipt(bureau, record, self.keys.bureau, into)
        bureau.close()
        return Path(receipt.source_path)


@cache
def _built(folder: Path) -> County:
    tools = Adapters(MovableClock())
    for name in ("stick", "later", "practice"):
        (folder / name).mkdir(parents=True)
    bureau, keys = _bureau(tools, folder / "bureau", "root-pass-1", "bureau-pass-2", is_practice=False)
    first = _issue(bureau, tools.practice.practice_kit(), keys, folder / "stick")
    for code, name in ((TOWN, "unit"), (OTHER, "other")):
        desk = practice.build_unit(tools, folder / name, first, code, PASSWORD)
        practice.fill(desk, limit=FILLED)
        desk.close()
    kit = bureau.current_kit().kit
    later = tuple(replace(task, closes_on=date(2026, 11, 30)) for task in kit.tasks)
    second = _issue(bureau, replace(kit, tasks=later), keys, folder / "later")
    bureau.close()
    pretend, other_keys = _bureau(tools, folder / "pretend", "root-pass-3", "bureau-pass-4", is_practice=True)
    third = _issue(pretend, tools.practice.practice_kit(), other_keys, folder / "practice")
    pretend.close()
    return County(folder, keys, first, second, third)


def _bureau(
    tools: Adapters, folder: Path, root: str, leaf: str, *, is_practice: bool
) -> tuple[Workspace, BureauKeys]:
    """The bureau with the practice registers, under its own keys."""
    county = tools.practice
    kit = county.practice_kit()
    wanted = setup.BureauSetup(
        kit.division_code, kit.issuer_name, "李文", kit.working_year, root, leaf, is_practice=is_practice
    )
    workspace, keys = setup.set_up_bureau(tools, folder, wanted)
    years = sorted({entry.budget_year for entry in kit.register} | {task.budget_year for task in kit.tasks})
    with workspace.store.writing() as work:
        work.registers.put_units(county.practice_units())
        for year in years:
            work.registers.replace_entries(year, county.practice_register(year))
        work.commit()
    return workspace, keys


def _issue(bureau: Workspace, kit: ParameterKit, keys: BureauKeys, folder: Path) -> Path:
    record = kit_issue.issue_kit(bureau, KitDraft(kit, kit.name, kit.tasks, kit.trust_mode), keys, folder)
    return Path(record.source_path)


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    return _built(tmp_path_factory.getbasetemp() / "desk-county")


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def tools(clock: MovableClock) -> Adapters:
    return Adapters(clock)
