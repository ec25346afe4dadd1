"""A warm program that splits off short-lived ones to be killed (被杀死的程序); started by `killing.py`, never by hand.

Reads one JSON request per line: `{"job": …, "folder": …, …}` with `after` (seconds to the kill, from the split or from
the child's `lines`-th line) or `at_call` (the number of the call of a function at which the child kills itself), or
neither. Answers one JSON line: what the child had said in whole lines, whether it was killed, how long it lived, how
many calls it made.
With `warm` the job is done in this very process, so that no child spends its short life importing.
"""

from __future__ import annotations

import io
import json
import os
import select
import signal
import sys
import time
import traceback
from contextlib import redirect_stdout
from types import FrameType
from typing import Any, NoReturn

from tests.faults.killable import JOBS

LONGEST = 120.0
"""Seconds after which a child that was to end by itself is taken for one that hangs."""
_CALLS = "calls "


class CallCounter:
    """Counts calls of functions, Python's and built in, and kills its own process at one of them (计数)."""

    def __init__(self, at_call: int | None) -> None:
        self.count = 0
        self._last = at_call

    def __call__(self, _frame: FrameType, event: str, _argument: object) -> None:
        if event in ("call", "c_call"):
            self.count += 1
            if self.count == self._last:
                os.kill(os.getpid(), signal.SIGKILL)


def _child(request: dict[str, Any], said: int) -> NoReturn:
    """Do the job, telling it into the pipe; the parent's own ends are never run."""
    status = 1
    try:
        os.dup2(said, 1)
        counter = CallCounter(request.get("at_call"))
        if request.get("counts"):
            sys.setprofile(counter)
        JOBS[request["job"]](request)
        sys.setprofile(None)
        print(f"{_CALLS}{counter.count}", flush=True)
        status = 0
    finally:
        sys.setprofile(None)
        if status:
            traceback.print_exc()
            sys.stderr.flush()
        os._exit(status)


def _listen(pipe: int, child: int, after: float | None, lines: int) -> bytes:
    """What the child says until it ends; it is killed so many seconds after it has said so many lines."""
    told, moment = b"", after if lines == 0 else None
    until = time.monotonic() + (LONGEST if moment is None else moment)
    while True:
        ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            os.kill(child, signal.SIGKILL)
            until = time.monotonic() + LONGEST
            continue
        piece = os.read(pipe, 65536)
        if not piece:
            return told
        told += piece
        if moment is None and after is not None and told.count(b"\n") >= lines:
            moment = after
            until = time.monotonic() + after


def run(request: dict[str, Any]) -> dict[str, Any]:
    """One child's life."""
    reading, writing = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(request, writing)
    os.close(writing)
    told = _listen(reading, child, request.get("after"), request.get("lines", 0)).decode()
    os.close(reading)
    _, status = os.waitpid(child, 0)
    lines = list(told.split("\n")[:-1])  # what follows the last line's end was cut off
    calls = int(lines.pop().removeprefix(_CALLS)) if lines and lines[-1].startswith(_CALLS) else 0
    return {
        "said": lines,
        "was_killed": os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL,
        "failed": os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0,
        "seconds": time.monotonic() - started,
        "calls": calls,
    }


def serve() -> None:
    """Answer requests until there are no more."""
    for line in sys.stdin:
        request = json.loads(line)
        if request.get("warm"):
            with redirect_stdout(io.StringIO()):
                JOBS[request["job"]](request)
            answer: dict[str, Any] = {}
        else:
            answer = run(request)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    serve()
