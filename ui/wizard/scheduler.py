"""When checks run and answers are handed on (检查与保存的时机): after typing stops, in short slices.

A keystroke never waits for a check: the timer starts anew with each one, a run that has begun is
dropped, and each turn of the event loop takes a few milliseconds of it at most.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

CHECK_AFTER_MS = 200
"""How long typing must have stopped before checks run."""
SLICE_SECONDS = 0.003
"""The longest a slice of checks may take before the event loop turns."""
BATCH_AFTER_MS, BATCH_AT_LATEST_MS = 300, 1000
"""A batch of keystrokes is handed on 300 ms after the last, at the latest one second after the first."""


class CheckScheduler(QObject):
    """Runs the checks and what follows from them in slices (检查调度)."""

    checked = Signal()

    def __init__(
        self,
        slices: Callable[[], Iterator[None]],
        followers: Sequence[Callable[[], None]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_slices = slices
        self._followers = tuple(followers)
        self._running: Iterator[None] | None = None
        self._waiting = self._timer(CHECK_AFTER_MS, self._begin)
        self._turn = self._timer(0, self._on_turn)

    @property
    def is_busy(self) -> bool:
        """Whether a run is waiting or under way."""
        return self._waiting.isActive() or self._turn.isActive()

    def restart(self) -> None:
        """Somebody is typing: drop what runs, begin again when typing has stopped."""
        self._running = None
        self._turn.stop()
        self._waiting.start()

    def run_now(self) -> None:
        """Run everything at once (when a form is opened, before sealing)."""
        self.stop()
        for _ in self._whole_run():
            pass
        self.checked.emit()

    def stop(self) -> None:
        """Drop what waits or runs."""
        self._waiting.stop()
        self._turn.stop()
        self._running = None

    def _timer(self, milliseconds: int, work: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        made.timeout.connect(work)
        return made

    def _begin(self) -> None:
        self._running = self._whole_run()
        self._turn.start()

    def _whole_run(self) -> Iterator[None]:
        """The checks, then what shows their results, each a slice of its own."""
        yield from self._make_slices()
        for follow in self._followers:
            yield
            follow()

    def _on_turn(self) -> None:
        """As many slices as fit into a few milliseconds."""
        running = self._running
        if running is None:
            return
        end = time.perf_counter() + SLICE_SECONDS
        while time.perf_counter() < end:
            try:
                next(running)
            except StopIteration:
                self._running = None
                self.checked.emit()
                return
        self._turn.start()


class BatchTimer(QObject):
    """Hands keystrokes on in batches (按批提交): soon after the last, not much later than the first."""

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._quiet, self._latest = QTimer(self), QTimer(self)
        for timer, milliseconds in ((self._quiet, BATCH_AFTER_MS), (self._latest, BATCH_AT_LATEST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(milliseconds)
            timer.timeout.connect(self.flush)

    @property
    def is_pending(self) -> bool:
        """Whether something has not been handed on yet."""
        return self._latest.isActive()

    def note(self) -> None:
        """A keystroke."""
        self._quiet.start()
        if not self._latest.isActive():
            self._latest.start()

    def flush(self) -> None:
        """Hand on now what is pending."""
        if not self.is_pending:
            return
        self._quiet.stop()
        self._latest.stop()
        self.due.emit()

    def drop(self) -> None:
        """Forget what is pending (another form is opened)."""
        self._quiet.stop()
        self._latest.stop()
