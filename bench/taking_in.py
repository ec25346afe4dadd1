"""One intake in a process of its own (单独进程中的一次接收), and what it and its helpers took.

Helpers are the processes that judge packages ahead; they load this file with nothing but what stands on top of it.
Memory is read from the system's own books (VmHWM, Linux): what `getrusage` tells goes back to whoever started a process.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Taken(NamedTuple):
    """What something took (耗时): seconds by the clock and of the processor, the latter of helpers too; most memory in MB,
    that of the largest helper, and how many helpers were seen."""

    elapsed: float
    processor: float
    of_helpers: float = 0.0
    peak: float = 0.0
    peak_of_helper: float = 0.0
    helpers: int = 0


def timed(work: Callable[[], object]) -> Taken:
    """How long something takes in this process alone."""
    start, used = time.perf_counter(), time.process_time()
    work()
    return Taken(time.perf_counter() - start, time.process_time() - used)


class HelperWatch:
    """Looks at this process's children now and then: they are gone when the work is done (子进程观察).

    Every half second, since looking takes a millisecond or two of the process that is measured.
    """

    def __init__(self) -> None:
        self.peaks: dict[int, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> HelperWatch:
        self._thread.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.5):
            for task in Path("/proc/self/task").glob("*/children"):
                for pid in task.read_text().split():
                    if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text():
                        self.peaks[int(pid)] = max(peak_of(pid), self.peaks.get(int(pid), 0.0))


def peak_of(process: int | str) -> float:
    """The most memory a running process had, in MB."""
    status = Path(f"/proc/{process}/status")
    try:
        lines = status.read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def take_in(bureau: Path, files: list[Path], processes: int | None) -> None:
    """Take files in and say how long it took; the measured part begins after the program's start."""
    import resource

    from exchange.judging_ahead import SpawnedJudging
    from main import Adapters
    from services import intake
    from services.intake_rows import IntakeOutcome, IntakeReport
    from services.job import JobContext
    from services.workspaces import open_workspace

    tools = Adapters()
    if processes is not None:
        tools.judging_ahead = SpawnedJudging(processes=processes)
    workspace = open_workspace(tools, bureau).workspace
    reports: list[IntakeReport] = []
    with HelperWatch() as watch:
        took = timed(lambda: reports.append(intake.receive(workspace, files, JobContext())))
    outcomes = {outcome.value: reports[0].count(outcome) for outcome in IntakeOutcome}
    workspace.close()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = took._replace(
        of_helpers=children.ru_utime + children.ru_stime,
        peak=peak_of("self"),
        peak_of_helper=max(watch.peaks.values(), default=0.0),
        helpers=len(watch.peaks),
    )
    print(json.dumps({"took": took, "outcomes": outcomes}))


if __name__ == "__main__":
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else None
    take_in(Path(sys.argv[1]), [Path(line) for line in sys.stdin.read().splitlines()], wanted)
