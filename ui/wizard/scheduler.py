"""When checks run and answers are handed on (检查与保存的时机): after typing stops, in short slices.

A keystroke never waits for a check: the timer starts anew with each one, a run that has begun is
dropped, and each turn of the event loop takes a millisecond or two of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

CHECK_AFTER_MS = 200
"""How long typing must have stopped before checks run."""
SLICE_SECONDS = 0.001
"""The longest a slice of checks may take before the event loop turns."""
BATCH_AFTER_MS, BATCH_AT_LATEST_MS = 300, 1000
"""A batch of keystrokes is handed on 300 ms after the last, at the latest one second after the first."""
FOLLOW_AFTER_MS = 60
"""Scores, lights and sums follow this long after a keystroke: at once to the eye, and never in the keystroke's way."""

_NEXT_TURN = object()
"""Yielded where the event loop must turn: what a follower has changed is painted before the next one."""


class QuietTimer(QObject):
    """Fires once nothing has been noted for a while (静候计时); noting costs next to nothing.

    The clock is not started anew with each keystroke: when it rings too early it waits for the rest.
    """

    quiet = Signal()

    def __init__(self, milliseconds: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wait = milliseconds / 1000
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)
        self.is_active = False

    def note(self) -> None:
        """Something happened: wait from now on."""
        self._last = time.perf_counter()
        if not self.is_active:
            self.is_active = True
            self._timer.start(round(self._wait * 1000))

    def stop(self) -> None:
        """Wait for nothing any more."""
        self.is_active = False
        self._timer.stop()

    def _on_timeout(self) -> None:
        left = self._last + self._wait - time.perf_counter()
        if left > 0.002:
            self._timer.start(round(left * 1000))
            return
        self.is_active = False
        self.quiet.emit()


class CheckScheduler(QObject):
    """Runs the checks and what follows from them in slices (检查调度)."""

    checked = Signal()

    def __init__(
        self,
        slices: Callable[[], Iterator[object]],
        followers: Sequence[Callable[[], None]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_slices = slices
        self._followers = tuple(followers)
        self._running: Iterator[object] | None = None
        self._waiting = QuietTimer(CHECK_AFTER_MS, self)
        self._waiting.quiet.connect(self._begin)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._on_turn)

    @property
    def is_busy(self) -> bool:
        """Whether a run is waiting or under way."""
        return self._waiting.is_active or self._running is not None

    def restart(self) -> None:
        """Somebody is typing: drop what runs, begin again when typing has stopped."""
        if self._running is not None:
            self._running = None
            self._turn.stop()
        self._waiting.note()

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

    def _begin(self) -> None:
        self._running = self._whole_run()
        self._turn.start()

    def _whole_run(self) -> Iterator[object]:
        """The checks, then what shows their results, each a slice of its own."""
        yield from self._make_slices()
        for follow in self._followers:
            yield _NEXT_TURN
            follow()

    def _on_turn(self) -> None:
        """As many slices as fit into a few milliseconds."""
        running = self._running
        if running is None:
            return
        end = time.perf_counter() + SLICE_SECONDS
        while time.perf_counter() < end:
            try:
                if next(running) is _NEXT_TURN:
                    break
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
        self._quiet = QuietTimer(BATCH_AFTER_MS, self)
        self._quiet.quiet.connect(self.flush)
        self._latest = QTimer(self)
        self._latest.setSingleShot(True)
        self._latest.setInterval(BATCH_AT_LATEST_MS)
        self._latest.timeout.connect(self.flush)
        self._is_pending = False

    @property
    def is_pending(self) -> bool:
        """Whether something has not been handed on yet."""
        return self._is_pending

    def note(self) -> None:
        """A keystroke."""
        self._quiet.note()
        if not self._is_pending:
            self._is_pending = True
            self._latest.start()

    def flush(self) -> None:
        """Hand on now what is pending."""
        if self._is_pending:
            self.drop()
            self.due.emit()

    def drop(self) -> None:
        """Forget what is pending (another form is opened)."""
        self._is_pending = False
        self._quiet.stop()
        self._latest.stop()
