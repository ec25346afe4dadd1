"""Packages judged ahead in other processes (多进程预先验看): who needs a package finds it judged, or judges it himself.

Processes are spawned, never forked (a copied window or lock is of no use to anybody), each by a thread that starts it,
asks it and listens to it. Nothing depends on them: a process that cannot be started, dies or does not answer leaves
its file to whoever needs it. Answers stay pickled until they are taken, so that many of them weigh little.
"""

from __future__ import annotations

import contextlib
import enum
import itertools
import multiprocessing
import os
import pickle
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from exchange.judging_worker import READY, Answer, Asked, looked_at, serve, stamp_of
from exchange.reader import StrictPackageReader
from services.ports.exchange import TrustMaterial
from services.ports.judging_ahead import LookAlone, ReadAhead

AT_LEAST = 120
"""Files from which on it pays: half of them are judged while a process starts and reads its libraries."""

MOST_PROCESSES = 4
"""Beyond that the one that writes cannot keep up; each takes the memory of a small program."""

LONGEST = 60.0
"""Seconds after which a process that has not answered is given up; the largest file it gets takes a second or two."""

_AT_ONCE = 3
"""Files of one question: its thread is woken, and holds the others up, once for all of them."""

_QUESTIONS = 2
"""Questions a process is asked at a time, so that it need not wait for the next one."""

_LOOK_AROUND = 0.1
"""Seconds between two looks whether the user has stopped the run."""

_PATIENCE = 2.0
"""Seconds to wait for a thread whose process was ended; one that is still starting its process ends it by itself."""


def processes_here() -> int:
    """One fewer than the processors this program may use: the one that writes keeps its own. None on a single one."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_PROCESSES, usable - 1)


class _State(enum.Enum):
    WAITING = enum.auto()
    BEGUN = enum.auto()
    DONE = enum.auto()


@dataclass(eq=False)
class _Task:
    """One file (一个文件), the port's Ticket; its answer comes pickled from a process, or as it is from here."""

    run: JudgingRun
    path: Path
    trust: TrustMaterial
    now: datetime
    state: _State = _State.WAITING
    answer: bytes | Answer | None = None

    def take(self, check: Callable[[], None]) -> ReadAhead | None:
        """What was found, None where the file is to be judged by who asks."""
        self.run.settle(self, check)
        answer, self.answer = self.answer, None
        if isinstance(answer, bytes):
            answer = pickle.loads(answer)
        return answer.ahead if answer is not None and answer.stamp == stamp_of(self.path) else None

    def drop(self) -> None:
        """Nobody needs that file any more."""
        self.run.forget(self)
        self.answer = None


class SpawnedJudging:
    """Implements the port JudgingAhead (预先验看); a test may ask for other numbers."""

    def __init__(
        self, at_least: int = AT_LEAST, processes: int | None = None, longest: float = LONGEST
    ) -> None:
        self._processes = processes_here() if processes is None else processes
        self._at_least, self._longest = at_least, longest

    @property
    def at_least(self) -> int:
        """From how many files on it pays; beyond any number where there is no processor for it."""
        return self._at_least if self._processes > 0 else 1 << 62

    def begin(self, look: LookAlone) -> JudgingRun:
        """Start processes, without waiting for them."""
        return JudgingRun(look, self._processes, self._longest)

    def is_possible(self, look: LookAlone) -> bool:
        """Whether a process can be started on this machine and is ready in time."""
        run = JudgingRun(look, 1, self._longest)
        try:
            return run.is_ready(self._longest)
        finally:
            run.close()


class JudgingRun:
    """Implements the port AheadRun (一次预先验看)."""

    def __init__(self, look: LookAlone, processes: int, longest: float) -> None:
        self._reader, self._look, self._longest = StrictPackageReader(), look, longest
        self._changed = threading.Condition()
        self._waiting: deque[_Task] = deque()
        self._is_closed = False
        pickled = pickle.dumps(look, pickle.HIGHEST_PROTOCOL)
        self.lanes = [_Lane(self, pickled, longest) for _ in range(processes)]
        with contextlib.suppress(RuntimeError):  # no thread to be had: so much is judged by who asks
            for lane in self.lanes:
                lane.thread.start()

    def give(self, path: Path, trust: TrustMaterial, now: datetime) -> _Task:
        """Have a file judged, in the order given; never waits."""
        task = _Task(self, path, trust, now)
        with self._changed:
            self._waiting.append(task)
            self._changed.notify()
        return task

    def settle(self, task: _Task, check: Callable[[], None]) -> None:
        """Have a file done with: one that nobody has begun is left to who asks. While one is being judged by a
        process, another is judged here rather than waiting; nobody waits for ever, whatever holds a process up."""
        latest = time.monotonic() + self._longest * (_QUESTIONS + 1)
        while self.forget(task) is not _State.DONE and time.monotonic() < latest:
            with self._changed:
                other = self._begun()
                if other is None and task.state is _State.BEGUN:
                    self._changed.wait(_LOOK_AROUND)
            if other is not None:
                self.done(other, looked_at(self._reader, self._look, other.path, other.trust, other.now))
            check()

    def forget(self, task: _Task) -> _State:
        """Take a file back that nobody has begun; how it stands then."""
        with self._changed:
            if task.state is _State.WAITING:
                self._waiting.remove(task)
                task.state = _State.DONE
            return task.state

    def close(self) -> None:
        """End the processes at once, whatever they are doing."""
        with self._changed:
            self._is_closed = True
            self._waiting.clear()
            self._changed.notify_all()
        for lane in self.lanes:
            lane.end()

    def is_ready(self, seconds: float) -> bool:
        """Whether every process is ready, waited for no longer than that."""
        with self._changed:
            self._changed.wait_for(lambda: all(lane.is_ready or lane.is_over for lane in self.lanes), seconds)
        return all(lane.is_ready for lane in self.lanes)

    # For the threads ---------------------------------------------------------------------------

    @property
    def is_closed(self) -> bool:
        """Whether nobody wants anything any more."""
        return self._is_closed

    def told(self, lane: _Lane, *, is_over: bool = False) -> None:
        """A process is ready, or has come to its end."""
        with self._changed:
            lane.is_ready, lane.is_over = not is_over, is_over
            self._changed.notify_all()

    def next_tasks(self, *, waits: bool) -> list[_Task]:
        """The next files that are judged by the same trust, waited for if need be; none when there is none, or the run
        is over."""
        with self._changed:
            while waits and not self._waiting and not self._is_closed:
                self._changed.wait()
            tasks: list[_Task] = []
            while self._waiting and len(tasks) < _AT_ONCE and not self._is_closed:
                if tasks and self._waiting[0].trust is not tasks[0].trust:
                    break
                tasks.extend(filter(None, [self._begun()]))
            return tasks

    def done(self, task: _Task, answer: bytes | Answer | None) -> None:
        """A file has been judged, or could not be."""
        with self._changed:
            task.state, task.answer = _State.DONE, answer
            self._changed.notify_all()

    def _begun(self) -> _Task | None:
        if not self._waiting:
            return None
        task = self._waiting.popleft()
        task.state = _State.BEGUN
        return task


class _Lane:
    """One process and the thread that speaks with it (一条验看通道)."""

    _starting = threading.Lock()

    def __init__(self, run: JudgingRun, pickled: bytes, longest: float) -> None:
        self._run, self._pickled, self._longest = run, pickled, longest
        self.process: SpawnProcess | None = None
        self.is_ready = self.is_over = False
        self.thread = threading.Thread(target=self._live, name="judging-ahead", daemon=True)

    def end(self) -> None:
        """End the process and its thread; one that is just being started is ended by the thread."""
        process = self.process
        if process is not None:
            _killed(process)
        if self.thread.is_alive():
            self.thread.join(_PATIENCE)

    def _live(self) -> None:
        try:
            self._serve()
        except (OSError, EOFError, RuntimeError):
            pass  # it could not be started, or has died: its files are judged by who needs them
        finally:
            self._run.told(self, is_over=True)

    def _serve(self) -> None:
        """The process's life, from here."""
        ours, process = self._started()
        try:
            if self._has_loaded(ours):
                self._run.told(self)
                self._work(ours)
        finally:
            _killed(process)
            ours.close()
            process.join()
            with contextlib.suppress(ValueError):  # somebody else has just asked how it is
                process.close()

    def _started(self) -> tuple[Connection, SpawnProcess]:
        """A process of its own, and our end of the pipe to it."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        try:
            process = context.Process(target=serve, args=(theirs, self._pickled), daemon=True)
            with self._starting:
                process.start()
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        self.process = process
        return ours, process

    def _has_loaded(self, ours: Connection) -> bool:
        """Wait until the process has read its libraries; nothing is given to it before, so nobody waits for that."""
        while not self._run.is_closed:
            if ours.poll(_LOOK_AROUND):
                return ours.recv_bytes() == READY
        return False

    def _work(self, ours: Connection) -> None:
        """Ask file after file, some before the answer to the first has been heard: this thread gets its turn only now
        and then. What has not answered in time has not answered at all."""
        told: TrustMaterial | None = None
        held: list[_Task] = []
        asked: deque[list[_Task]] = deque()
        try:
            while True:
                if not held and len(asked) < _QUESTIONS:
                    held = self._run.next_tasks(waits=not asked)
                # Two that both send what no pipe holds at once would wait for each other: trust is long.
                if held and (held[0].trust is told or not asked):
                    asked.append(held)
                    ours.send_bytes(_question(held, told))
                    told, held = held[0].trust, []
                elif not asked or not ours.poll(self._longest):
                    return
                else:
                    answers = pickle.loads(ours.recv_bytes())
                    for task, answer in zip(asked.popleft(), answers, strict=True):
                        self._run.done(task, answer)
        finally:
            for task in itertools.chain(*asked, held):
                self._run.done(task, None)


def _question(tasks: Sequence[_Task], told: TrustMaterial | None) -> bytes:
    """What a process is asked about files of one trust, which is told where it is not that of the question before."""
    trust = None if tasks[0].trust is told else tasks[0].trust
    files = tuple((os.fspath(task.path), task.now.isoformat()) for task in tasks)
    return pickle.dumps(Asked(files, trust), pickle.HIGHEST_PROTOCOL)


def _killed(process: SpawnProcess) -> None:
    """End a process that may have ended already, and that its thread may be clearing away."""
    with contextlib.suppress(ValueError, OSError, AttributeError):
        process.kill()
