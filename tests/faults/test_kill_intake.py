"""kill -9 at 200 random moments of a batch import: nothing acknowledged is lost, nothing is half there, it goes on."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from main import Adapters
from services import intake, intake_batch
from services.job import JobContext
from services.workspaces import open_workspace
from tests.fakes.clock import MovableClock
from tests.faults.killing import KillServer, fresh_copy, moments, told
from tests.faults.material import Material
from tests.faults.states import DATABASE, files_in, is_sound, rows_of, states_noted

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="children are split off by fork"),
]
KILLS = 200
TOOLS = Adapters(MovableClock())


@dataclass
class Undisturbed:
    """An import nobody disturbed (未受干扰的接收): the rows after each commit, and which each line stands for."""

    states: list[str]
    acknowledged: dict[str, int]
    archive: dict[str, str]


def take_in(folder: Path, files: Path) -> tuple[dict[str, int], list[str]]:
    """The batch taken in here; for each line the number of the state it was acknowledged in."""
    desk = open_workspace(TOOLS, folder).workspace
    acknowledged: dict[str, int] = {}
    with states_noted(folder / DATABASE) as states:

        def judged(row: intake.IntakeRow) -> None:
            acknowledged[row.manifest_sha256 or row.path.name] = len(states) - 1

        intake.receive(desk, [files], JobContext(), judged)
    desk.close()
    return acknowledged, states


@pytest.fixture(scope="module")
def undisturbed(material: Material, memory: Path) -> Undisturbed:
    # The place is part of what is noted of a file that was taken out of another: all work in the same one.
    folder = fresh_copy(material.bureau, memory / "killed_bureau")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake_batch, "MOST_FILES", 1)  # a batch may end after any file
        acknowledged, states = take_in(folder, material.files)
    return Undisturbed(states, acknowledged, files_in(folder / "packages"))


def look_at(folder: Path, said: list[str], whole: Undisturbed, before: int) -> int:
    """What is found after a kill; the number of the state."""
    opened = open_workspace(TOOLS, folder, marks_end=False)
    with opened.workspace.store.reading() as work:
        received = {record.manifest_sha256 for record in work.packages.find("received")}
        refused = {Path(record.path).name for record in work.packages.quarantine()}
    opened.workspace.close()
    names = [line.split()[1] for line in said if not line.startswith("open ")]
    assert set(names) <= received | refused
    if said and len(names) < len(whole.acknowledged):
        assert opened.was_cut_off
    assert is_sound(folder / DATABASE)
    state = whole.states.index(rows_of(folder / DATABASE))  # never anything in between
    assert state >= max([before, *(whole.acknowledged[name] for name in names)])
    there = files_in(folder / "packages") if (folder / "packages").exists() else {}
    assert there.items() <= whole.archive.items()
    assert {f"{manifest}.asice" for manifest in received} <= set(there)
    return state


def go_on(folder: Path, files: Path, whole: Undisturbed) -> None:
    """The same folder taken in again: everything is as if nobody had disturbed it."""
    desk = open_workspace(TOOLS, folder).workspace
    intake.receive(desk, [files], JobContext())
    desk.close()
    assert rows_of(folder / DATABASE) == whole.states[-1]
    assert files_in(folder / "packages") == whole.archive
    assert not [path for path in (folder / "carried").rglob("*") if path.is_file()]


def test_a_batch_import_killed_at_any_moment_goes_on(
    server: KillServer, material: Material, undisturbed: Undisturbed, memory: Path
) -> None:
    folder = memory / "killed_bureau"
    given = {"files": str(material.files)}
    server.warm("take_in", fresh_copy(material.bureau, folder), **given)
    whole, counted = server.lengths("take_in", material.bureau, folder, **given)
    assert rows_of(folder / DATABASE) == undisturbed.states[-1]
    kills, state, seen = 0, 0, set()
    fresh_copy(material.bureau, folder)
    for moment in moments(whole, counted):
        with told(moment):
            life = server.run("take_in", folder, moment, **given)
            kills += life.was_killed
            state = (
                look_at(folder, life.said, undisturbed, state)
                if life.was_killed
                else len(undisturbed.states) - 1
            )
            seen.add(state)
            if not life.was_killed or moment.number % 4 == 0:  # else it is killed once more
                go_on(folder, material.files, undisturbed)
                fresh_copy(material.bureau, folder)
                state = 0
        if kills == KILLS:
            break
    assert {0, len(undisturbed.states) - 1} < seen  # and some in between
