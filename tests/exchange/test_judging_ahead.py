"""Processes that judge ahead: they find what is found here, and whatever becomes of them loses no file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from exchange import reasons
from exchange.judging_ahead import JudgingRun, SpawnedJudging, processes_here
from exchange.judging_worker import Answer, looked_at
from exchange.reader import StrictPackageReader
from models.domain.errors import Cancelled
from services.ports.exchange import TrustMaterial
from services.ports.judging_ahead import LookAlone
from tests.exchange.looking import AGES, at_length, deadly, endlessly, soundly, wrongly
from tests.exchange.world import NOW, World
from tests.patience import killed_after
from tests.source import ROOT

pytestmark = pytest.mark.wide


def go_on() -> None:
    """Nobody has stopped the run."""


@contextmanager
def begun(look: LookAlone, processes: int = 1, longest: float = AGES) -> Iterator[JudgingRun]:
    """A run whose processes are ready; nothing of it is left afterwards."""
    run = SpawnedJudging(processes=processes, longest=longest).begin(look)
    try:
        assert run.is_ready(60)
        yield run
    finally:
        run.close()
    assert not [lane for lane in run.lanes if lane.thread.is_alive()]


def until(run: JudgingRun, holds: Callable[[], bool]) -> None:
    """Wait, helping nobody."""
    for _ in range(1200):
        with run._changed:
            if holds() or run._changed.wait_for(holds, 0.05):
                return
    raise AssertionError("nothing came of it")


@pytest.fixture(scope="module")
def mixed(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Good ones and bad ones."""
    folder, whole = tmp_path_factory.mktemp("mixed"), sample.read_bytes()
    contents = [whole, whole[:-400], whole.replace(b"990001001", b"990001002", 1), b"junk", b"", whole]
    paths = [folder / f"{number}.asice" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths


def here(path: Path, trust: TrustMaterial) -> object:
    """The judgement made in this process."""
    note = lambda payload: soundly(payload, reasons)[0]  # noqa: E731
    return StrictPackageReader().judge(path, trust, NOW, inspect_answers=note)


def test_they_find_what_is_found_here_whatever_the_trust(world: World, mixed: list[Path]) -> None:
    with begun(soundly) as run:
        given = [(path, trust) for trust in (world.trust, TrustMaterial(), world.trust) for path in mixed]
        tickets = [run.give(path, trust, NOW) for path, trust in given]
        until(run, lambda: all(one.answer for one in tickets))
        found = [ticket.take(go_on) for ticket in tickets]
    assert [one and one.read.answered(one.reasons) for one in found] == [here(*one) for one in given]
    assert {one.found for one in found if one and one.read.payload} == {"990001001"}


def test_long_trust_and_long_answers_do_not_wait_for_each_other(world: World, mixed: list[Path]) -> None:
    """More than any pipe holds, both ways, with another trust for each file."""
    trusts = [replace(world.trust, registered=("x" * 3_000_000, str(number))) for number in range(4)]
    with begun(at_length) as run:
        tickets = [run.give(mixed[0], trust, NOW) for trust in trusts]
        until(run, lambda: all(one.answer for one in tickets))
        found = [ticket.take(go_on) for ticket in tickets]
    assert [len(one.found) for one in found if one] == [3_000_000] * 4


def test_who_needs_a_file_takes_it_back_or_judges_another_meanwhile(world: World, sample: Path) -> None:
    run = SpawnedJudging(processes=1).begin(soundly)  # not ready yet: nobody has begun anything
    with run._changed:
        first, second, third = (run.give(sample, world.trust, NOW) for _ in range(3))
        assert first.take(go_on) is None
        other = run._begun()
        assert other is second  # as if a process had begun it

    def ends() -> None:
        run.done(second, looked_at(StrictPackageReader(), soundly, sample, world.trust, NOW))

    found = second.take(ends)
    run.close()
    assert found is not None
    assert isinstance(third.answer, Answer | bytes)


def test_nobody_waits_for_ever(world: World, sample: Path) -> None:
    """Whatever holds a process up: here nobody is there who would ever answer."""
    with begun(soundly, processes=0, longest=0.01) as run:
        ticket = run.give(sample, world.trust, NOW)
        run._begun()
        assert ticket.take(go_on) is None


def test_a_file_that_has_changed_since_is_another_file(world: World, sample: Path, tmp_path: Path) -> None:
    path = shutil.copy(sample, tmp_path / "a.asice")
    with begun(soundly, processes=0) as run:
        tickets = [run.give(Path(path), world.trust, NOW) for _ in range(3)]
        with run._changed:
            run._begun()
        run.done(tickets[0], looked_at(StrictPackageReader(), soundly, Path(path), world.trust, NOW))
        Path(path).write_bytes(sample.read_bytes() + b" ")
        assert tickets[0].take(go_on) is None


def test_what_cannot_be_read_there_is_left_to_who_asks(world: World, tmp_path: Path, sample: Path) -> None:
    reader = StrictPackageReader()
    assert looked_at(reader, soundly, tmp_path / "gone.asice", world.trust, NOW) is None
    assert looked_at(reader, soundly, tmp_path, world.trust, NOW) is None
    assert looked_at(reader, wrongly, sample, world.trust, NOW) is None


def test_a_process_that_dies_or_never_answers_loses_no_file(world: World, sample: Path) -> None:
    for look, longest in ((deadly, AGES), (endlessly, 0.2)):
        with begun(look, longest=longest) as run:
            tickets = [run.give(sample, world.trust, NOW) for _ in range(3)]
            until(run, lambda lane=run.lanes[0]: lane.is_over)  # type: ignore[misc]
            assert [ticket.take(go_on) for ticket in tickets] == [None] * 3


def test_one_that_is_killed_while_it_waits(world: World, sample: Path) -> None:
    with begun(soundly) as run:
        process = run.lanes[0].process
        assert process is not None
        process.kill()
        ticket = run.give(sample, world.trust, NOW)
        until(run, lambda: run.lanes[0].is_over)
        assert ticket.take(go_on) is None


def test_stopping_ends_them_at_once(world: World, sample: Path) -> None:
    with begun(endlessly, processes=2) as run:
        tickets = [run.give(sample, world.trust, NOW) for _ in range(2)]
        until(run, lambda: not run._waiting)

        def stopped() -> None:
            raise Cancelled

        with pytest.raises(Cancelled):
            tickets[0].take(stopped)


def test_where_none_can_be_started_everything_is_left_to_who_asks(
    world: World, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_process: object) -> None:
        raise PermissionError

    monkeypatch.setattr(SpawnProcess, "start", refused)
    judging = SpawnedJudging(processes=2)
    assert not judging.is_possible(soundly)
    run = judging.begin(soundly)
    assert run.give(sample, world.trust, NOW).take(go_on) is None
    run.close()
    monkeypatch.setattr(threading.Thread, "start", lambda _thread: _fail())
    run = judging.begin(soundly)
    assert run.give(sample, world.trust, NOW).take(go_on) is None
    run.close()


def _fail() -> None:
    raise RuntimeError("can't start new thread")


def test_none_outlives_the_program_that_is_killed(sample: Path) -> None:
    """Whoever inherited the program's output has ended when it is at its end: two processes in the midst of a file."""
    command = [sys.executable, "-m", "tests.exchange.left_alone", str(sample), str(sample)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as program, killed_after(program):
        assert program.stdout is not None
        assert program.stdout.readline() == b"ready\n"
        program.kill()
        assert program.stdout.read() == b""


def test_they_load_what_judging_needs_and_no_more() -> None:
    """No window, no database, nothing that draws: each of them weighs little."""
    names = "exchange.judging_worker, exchange.documents, exchange.judging, services.inspection_alone"
    program = f"import sys, {names}\nprint(*sorted(sys.modules))"
    command = [sys.executable, "-c", program]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    loaded = {name.split(".")[0] for name in said.split()}
    assert loaded & {"PySide6", "sqlalchemy", "openpyxl", "reportlab", "pyhanko", "psycopg"} == set()
    ours = {"services.ports.store", "services.workspaces", "services.contexts", "forms.hand_filled.grid"}
    assert ours & set(said.split()) == set()


def test_a_machine_of_one_processor_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = {1: 0, 2: 1, 4: 3, 64: 4}
    for usable, processes in numbers.items():
        monkeypatch.setattr(os, "sched_getaffinity", lambda _pid, n=usable: set(range(n)), raising=False)
        assert processes_here() == processes
    assert SpawnedJudging(at_least=5, processes=1).at_least == 5
    assert SpawnedJudging(at_least=5, processes=0).at_least > 1_000_000


def test_one_can_be_started_here() -> None:
    assert SpawnedJudging().is_possible(soundly)
