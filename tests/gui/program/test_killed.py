"""kill -9 while somebody types: what was acknowledged is there at the next start, and named in a notice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from main import Adapters
from services import setup
from services.kits import look_at_kit
from services.workspaces import DeskRole
from tests.gui.desks.county import PASSWORD, TOWN
from tests.gui.pages.desk_program import ProgramPage
from tests.gui.program.typist import FIELD, PROJECT
from tests.patience import killed_after as killed_when_silent

TYPIST = Path(__file__).with_name("typist.py")


def killed_after(folder: Path, home: Path, batches: int) -> str:
    """Let the program be typed into, kill it after so many acknowledged batches; the last of them."""
    environment = {**os.environ, "BUDGET_DESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(
        [sys.executable, str(TYPIST), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    with process:
        assert process.stdout is not None
        with killed_when_silent(process, 120):
            told = [process.stdout.readline() for _ in range(batches)]
        process.kill()
        told += process.stdout.readlines()
    assert all(told[:batches]), "the program ended before it was killed"
    return told[-1].rstrip("\n")


@pytest.mark.parametrize("batches", [1, 3])
def test_the_last_acknowledged_batch_survives_and_is_named(qtbot, folder, home, batches):
    acknowledged = killed_after(folder, home, batches)
    assert acknowledged
    program = ProgramPage(qtbot, Adapters(), home)
    program.begin()
    clerk = program.clerk()
    assert clerk.workspace.folder == folder
    assert "上次程序没有正常关闭" in clerk.notice()
    assert f"“{PROJECT}”" in clerk.notice()
    clerk.press_notice()
    assert clerk.page() == "filing"
    kept = clerk.form.view.answers()[FIELD]
    assert kept.strip().startswith(acknowledged.strip())
    assert "自动保存" in clerk.form.view.frame.recovered.words.text()
    clerk.frame.close()
    program.until(lambda: program.has_ended)
    again = ProgramPage(qtbot, Adapters(), home)
    again.begin()
    assert not again.clerk().notice()
    again.close()
    program.close()


def test_a_first_sitting_that_was_cut_off_is_told_too(qtbot, county, tools, home):
    """Nothing has been filled in yet: the notice promises nothing it cannot name."""
    offer = look_at_kit(tools, county.kit_file)
    unit = next(unit for unit in offer.kit.units if unit.code == TOWN)
    workspace = setup.set_up_unit(tools, home / "新", offer, unit, "张敏", PASSWORD, DeskRole.FILER)
    workspace.store.close()
    program = ProgramPage(qtbot, tools, home)
    clerk = program.open(home / "新")
    assert "没有正常关闭" in clerk.notice()
    program.close()
