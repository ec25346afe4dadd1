"""The steps of `./test`: none goes on for ever, each is counted, every collected test belongs to exactly one."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

import pytest

from bootstrap.testing import STEPS, Step, run_steps
from bootstrap.time_limit import run_within

HANGS = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path({note!r}).write_text(str(child.pid))
while True:
    try:
        time.sleep(600)
    except KeyboardInterrupt:
        pass
"""


def _step(title: str, program: str, seconds: float = 60.0) -> Step:
    return Step(title, ("-c", program), seconds)


def _ends(process: int) -> bool:
    """Whether a process ends within seconds; one that only waits to be buried has."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{process}/stat").read_text()
        except OSError:
            return True
        if state.rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_a_command_that_hangs_is_ended_with_all_it_started(tmp_path):
    note = tmp_path / "child"
    started = time.monotonic()
    status = run_within([sys.executable, "-c", HANGS.format(note=str(note))], 1.5, tmp_path, grace=0.2)
    assert status is None
    assert time.monotonic() - started < 30
    assert _ends(int(note.read_text()))


def test_what_a_command_leaves_behind_ends_with_it(tmp_path):
    program = HANGS.format(note=str(tmp_path / "child")).partition("while True")[0]
    assert run_within([sys.executable, "-c", program], 60, tmp_path) == 0
    assert _ends(int((tmp_path / "child").read_text()))


def test_a_command_that_ends_says_how(tmp_path):
    program = f"import os; raise SystemExit(3 if os.getcwd() == {str(tmp_path)!r} else 4)"
    assert run_within([sys.executable, "-c", program], 60, tmp_path) == 3


def test_every_step_runs_and_the_summary_names_each(capfd):
    hung = _step("睡着的一步", "import time; time.sleep(600)", 0.5)
    steps = [_step("没过的一步", "raise SystemExit(1)"), hung, _step("好的一步", "print('做完了')")]
    assert run_steps(steps, Path(sys.executable)) == 1
    said = capfd.readouterr()
    assert "做完了" in said.out
    summary = said.err.partition("== 结果")[2]
    assert re.search(r"没过 .*没过的一步", summary)
    assert re.search(r"没过 .*睡着的一步（超过时限，已停止）", summary)
    assert re.search(r"通过 .*好的一步", summary)


def test_all_well_is_0(capfd):
    assert run_steps([_step("好的一步", "")], Path(sys.executable)) == 0


def test_every_step_has_a_limit_and_together_they_keep_within_the_hours_of_a_person():
    assert all(60 <= step.seconds <= 30 * 60 for step in STEPS)


def _expressions() -> list[str]:
    """What each pytest step selects."""
    return [step.command[step.command.index("-m", 2) + 1] for step in STEPS if "pytest" in step.command]


@pytest.mark.parametrize("slow", [False, True])
@pytest.mark.parametrize("judge", [False, True])
@pytest.mark.parametrize("gui", [False, True])
@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("random", [False, True])
@pytest.mark.parametrize("faults", [False, True])
def test_whatever_marks_a_test_carries_one_step_runs_it(slow, judge, gui, wide, random, faults):
    marks = {"slow": slow, "judge": judge, "gui": gui, "wide": wide, "hypothesis": random, "faults": faults}
    chosen = [text for text in _expressions() if eval(text, {"__builtins__": {}}, marks)]
    assert len(chosen) == 1, chosen
