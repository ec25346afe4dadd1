"""Long work (任务进度): steps told as they are done, and a cancel the worker asks for.

A job is a plain function `work(ctx)`; nothing here knows threads or windows.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from models.domain.errors import Cancelled

Progress = Callable[[int, int, str], None]


def _silent(_done: int, _total: int, _text: str) -> None:
    """Nobody listens."""


class JobContext:
    """What a job is given (任务上下文): `step` tells progress and raises Cancelled once the user has stopped it."""

    def __init__(self, progress: Progress = _silent) -> None:
        self._progress = progress
        self._cancelled = threading.Event()

    def step(self, done: int, total: int, text: str) -> None:
        """Tell that `done` of `total` are finished; raises Cancelled when the user has asked to stop."""
        self.check_cancel()
        self._progress(done, total, text)

    def check_cancel(self) -> None:
        """Raise Cancelled when the user has asked to stop."""
        if self._cancelled.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the job to stop at its next step; may be called from any thread."""
        self._cancelled.set()
