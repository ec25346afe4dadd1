"""Long work off the window's thread (后台任务): the one place for threads.

Two workers: one for the store, so that its work is done in order and never twice at once, and one for
long jobs (sealing, taking in a folder). Results come back on the window's thread; an error goes to the
job's own `failed`, else to the door for errors. Closing cancels what runs and waits for it.
"""

from __future__ import annotations

import enum
import itertools
import queue
import sys
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from models.domain.errors import Cancelled
from services.job import JobContext

T = TypeVar("T")
Work = Callable[[JobContext], T]
Failed = Callable[[BaseException], object]
Progress = Callable[[int, int, str], object]


SWITCH_SECONDS = 0.0005
"""How long a worker may keep the interpreter when the window wants it: a keystroke must not wait the usual 5 ms."""


class Lane(enum.Enum):
    """Where a job runs (任务队列)."""

    STORE = "store"
    LONG = "long"


class Job:
    """A job that was handed over (任务); `cancel` asks it to stop at its next step."""

    def __init__(
        self,
        number: int,
        context: JobContext,
        work: Callable[[JobContext], Any],
        done: Callable[[Any], object] | None,
        failed: Failed | None,
        progress: Progress | None,
        cancelled: Callable[[], object] | None,
    ) -> None:
        self.number, self.context, self.work = number, context, work
        self.done, self.failed, self.progress, self.cancelled = done, failed, progress, cancelled
        self.is_finished = False

    def cancel(self) -> None:
        """Ask the job to stop; what it has finished stays."""
        self.context.cancel()


class _Worker:
    """A thread with a queue of its own, started with its first job."""

    def __init__(self, name: str, run: Callable[[Job], None]) -> None:
        self._name = name
        self._run = run
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def put(self, job: Job) -> None:
        """Queue a job."""
        if self._thread is None:
            sys.setswitchinterval(SWITCH_SECONDS)
            self._thread = threading.Thread(target=self._loop, name=self._name, daemon=True)
            self._thread.start()
        self._queue.put(job)

    def stop(self, timeout: float) -> bool:
        """End after the job that runs; whether the thread has ended in time."""
        if self._thread is None:
            return True
        self._queue.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _loop(self) -> None:
        while (job := self._queue.get()) is not None:
            self._run(job)


class Jobs(QObject):
    """All background work (后台任务); `busy_changed` tells when the first begins and the last ends."""

    busy_changed = Signal(bool)
    error_raised = Signal(object)
    _stepped = Signal(object, int, int, str)
    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._workers = {lane: _Worker(f"desk-{lane.value}", self._work) for lane in Lane}
        self._open: dict[int, Job] = {}
        self._is_closed = False
        self._stepped.connect(self._on_stepped, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether any job is waiting or running."""
        return bool(self._open)

    def run(
        self,
        work: Work[T],
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        progress: Progress | None = None,
        *,
        cancelled: Callable[[], object] | None = None,
        lane: Lane = Lane.STORE,
    ) -> Job:
        """Hand over a job; the callbacks are called on the window's thread, one of `done`, `failed`, `cancelled`."""
        number = next(self._numbers)
        context = JobContext(lambda step, total, text: self._stepped.emit(job, step, total, text))
        job = Job(number, context, work, done, failed, progress, cancelled)
        if self._is_closed:
            job.is_finished = True
            return job
        was_idle = not self._open
        self._open[number] = job
        self._workers[lane].put(job)
        if was_idle:
            self.busy_changed.emit(True)
        return job

    def close(self, timeout: float = 10.0) -> bool:
        """Cancel what runs, take no more, wait for the workers; no callback comes after this."""
        self._is_closed = True
        for job in self._open.values():
            job.cancel()
        ended = [worker.stop(timeout) for worker in self._workers.values()]
        self._open.clear()
        return all(ended)

    def _work(self, job: Job) -> None:
        """Runs on a worker: the job's function, whatever becomes of it."""
        try:
            job.context.check_cancel()
            self._ended.emit(job, job.work(job.context), None)
        except BaseException as error:  # noqa: BLE001 - every outcome must reach the window's thread
            self._ended.emit(job, None, error)

    def _on_stepped(self, job: Job, step: int, total: int, text: str) -> None:
        if job.progress is not None and not job.is_finished and not self._is_closed:
            job.progress(step, total, text)

    def _on_ended(self, job: Job, result: object, error: BaseException | None) -> None:
        job.is_finished = True
        self._open.pop(job.number, None)
        if self._is_closed:
            return
        try:
            self._tell(job, result, error)
        finally:
            if not self._open:
                self.busy_changed.emit(False)

    def _tell(self, job: Job, result: object, error: BaseException | None) -> None:
        if error is None:
            if job.done is not None:
                job.done(result)
        elif isinstance(error, Cancelled):
            if job.cancelled is not None:
                job.cancelled()
        elif job.failed is not None:
            job.failed(error)
        else:
            self.error_raised.emit(error)
