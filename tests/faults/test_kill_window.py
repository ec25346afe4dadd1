"""kill -9 while somebody types into the program's own window: the last acknowledged text is in the database."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from main import Adapters
from services.ports.store import FilingQuery
from services.workspaces import open_workspace
from tests.fakes.clock import MovableClock
from tests.faults.killing import SEED, KillServer, Moment, fresh_copy, told
from tests.faults.material import Material
from tests.faults.states import DATABASE, is_sound

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="children are split off by fork"),
]
KILLS = 12
FIELD, PROJECT = "annual_target", "生活垃圾清运"
OPENING, TYPING = 2.0, 0.6
"""Seconds after a program's beginning, or after one of its first batches, within which it is killed."""
TOOLS = Adapters(MovableClock())


def kept(folder: Path) -> str:
    """What the database has in the field that is typed into."""
    desk = open_workspace(TOOLS, folder, marks_end=False).workspace
    with desk.store.reading() as work:
        project = next(one for one in work.projects.list() if one.name == PROJECT)
        found = work.filings.find(FilingQuery(project_id=project.project_id))
    desk.close()
    return str(found[0].answers.get(FIELD) or "") if found else ""


def test_typing_into_the_window_killed_at_any_moment(
    server: KillServer, material: Material, place: Path
) -> None:
    folder, home = place / "desk", place / "home"
    home.mkdir()
    server.warm("load_windows", folder)
    draw, acknowledged = random.Random(SEED), 0
    for number in range(KILLS):
        lines = number % 3
        moment = Moment(number, draw.uniform(0.0, TYPING if lines else OPENING), None)
        fresh_copy(material.unit, folder)
        with told(moment):
            life = server.run("type_in_window", folder, moment, home=str(home), lines=lines)
            assert life.was_killed
            texts = [line for line in life.said if line.strip()]
            acknowledged += len(texts)
            assert kept(folder).strip().startswith(texts[-1].strip() if texts else "")
            if texts:
                assert open_workspace(TOOLS, folder, marks_end=False).was_cut_off
            assert is_sound(folder / DATABASE)
    assert acknowledged >= KILLS // 2
