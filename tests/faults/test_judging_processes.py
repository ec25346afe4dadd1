"""A batch judged by other processes, undisturbed and with those processes killed: every line and every row is the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from exchange import judging_ahead
from exchange.judging_ahead import JudgingRun, SpawnedJudging
from main import Adapters
from services import intake, intake_batch
from services.intake_rows import IntakeRow
from services.job import JobContext
from services.ports.judging_ahead import LookAlone
from services.workspaces import open_workspace
from tests.fakes.clock import MovableClock
from tests.faults.killing import fresh_copy
from tests.faults.material import Material
from tests.faults.states import DATABASE, files_in, rows_of

pytestmark = pytest.mark.faults


class Ready(SpawnedJudging):
    """Waits for its processes, so that they have something to do with a handful of files (已就绪的子进程)."""

    def __init__(self) -> None:
        super().__init__(at_least=2, processes=2)
        self.runs: list[JudgingRun] = []

    def begin(self, look: LookAlone) -> JudgingRun:
        run = super().begin(look)
        assert run.is_ready(60)
        self.runs.append(run)
        return run

    def kill(self) -> None:
        """Every process there is."""
        for lane in (lane for run in self.runs for lane in run.lanes):
            if lane.process is not None and not lane.is_over:
                lane.process.kill()


class Ending(NamedTuple):
    """What an intake came to (接收结果)."""

    rows: list[IntakeRow]
    database: str
    archive: dict[str, str]


def taken_in(
    material: Material, folder: Path, judging: SpawnedJudging, told: Callable[[IntakeRow], object]
) -> Ending:
    """The department's package, the town's and the one that is cut off, taken in at the same place each time."""
    tools = Adapters(MovableClock())
    tools.judging_ahead = judging
    desk = open_workspace(tools, fresh_copy(material.bureau, folder)).workspace
    report = intake.receive(desk, [material.files], JobContext(), told)
    desk.close()
    return Ending(report.rows, rows_of(folder / DATABASE), files_in(folder / "packages"))


def test_the_same_comes_of_it_with_processes_without_and_with_killed_ones(
    material: Material, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_batch, "MOST_FILES", 2)
    by_process: list[Path] = []
    done = JudgingRun.done

    def noted(run: JudgingRun, task: judging_ahead._Task, answer: object) -> None:
        by_process.extend([task.path] if isinstance(answer, bytes) else [])
        done(run, task, answer)  # type: ignore[arg-type]

    monkeypatch.setattr(JudgingRun, "done", noted)
    alone = taken_in(material, place / "bureau", SpawnedJudging(processes=0), lambda _row: None)
    assert (len(alone.rows), by_process) == (7, [])
    assert taken_in(material, place / "bureau", Ready(), lambda _row: None) == alone
    assert by_process
    doomed = Ready()
    assert taken_in(material, place / "bureau", doomed, lambda _row: doomed.kill()) == alone
