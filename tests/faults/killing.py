"""Killing programs at random moments (随机杀死): a warm server of children, moments drawn from a seed, told on failure."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.patience import killed_after
from tests.source import ROOT

SEED = int(os.environ.get("KILL_SEED", "20260901"))
"""Decides every moment; a failure names it with the number of the kill."""


class Life(NamedTuple):
    """What became of one child (一次运行): the whole lines it had said, and how it ended."""

    said: list[str]
    was_killed: bool
    seconds: float
    calls: int


class Moment(NamedTuple):
    """When a child is killed (时刻): so many seconds after its beginning, or at a call of a function."""

    number: int
    after: float | None
    at_call: int | None


def moments(whole: Life, counted: Life, seed: int = SEED) -> Iterator[Moment]:
    """Moments all over a job's length, by the clock and by the count of calls in turn.

    By the clock a kill falls inside system calls too; one by count can be repeated exactly.
    """
    draw = random.Random(seed)
    number = 0
    while True:
        yield Moment(number, draw.uniform(0.0, whole.seconds), None)
        yield Moment(number + 1, None, draw.randint(1, counted.calls))
        number += 2


@contextmanager
def told(moment: Moment, seed: int = SEED) -> Iterator[None]:
    """Name the moment when what is looked at after it is not as it should be."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"after a kill at {moment}; repeat with KILL_SEED={seed}")
        raise


class KillServer:
    """The running server (见 kill_server.py)."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def warm(self, job: str, folder: Path, **facts: object) -> None:
        """Do a job once in the server itself, in a folder nobody looks at afterwards."""
        self._ask({"job": job, "folder": str(folder), "warm": True, **facts})

    def run(self, job: str, folder: Path, moment: Moment | None = None, **facts: object) -> Life:
        """A child's life; one that was not killed must have ended well."""
        request = {"job": job, "folder": str(folder), **facts}
        if moment is not None:
            request |= {"after": moment.after, "at_call": moment.at_call}
            request["counts"] = moment.at_call is not None
        answer = self._ask(request)
        assert not answer.pop("failed"), answer
        return Life(**answer)

    def lengths(self, job: str, pristine: Path, scratch: Path, **facts: object) -> tuple[Life, Life]:
        """How long a job takes on a copy of a folder when nobody disturbs it: by the clock, and counted."""
        lives = []
        for counts in (False, True):
            folder = fresh_copy(pristine, scratch)
            lives.append(self.run(job, folder, counts=counts, **facts))
        return lives[0], lives[1]

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        with killed_after(self._process, 300):
            answer = self._process.stdout.readline()
        assert answer, "the server of children has ended"
        result: dict[str, Any] = json.loads(answer)
        return result


@contextmanager
def running_server() -> Iterator[KillServer]:
    """A server for a few tests; it ends when nothing more is asked."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.kill_server"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as process:
        yield KillServer(process)
        assert process.stdin is not None
        process.stdin.close()


def fresh_copy(pristine: Path, folder: Path) -> Path:
    """A folder as another one is, whatever lay there before."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(pristine, folder)
    return folder
