"""Reading anew without piling up (刷新): one reading at a time, one more when something changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.job import JobContext
from ui.errors import ErrorDoor
from ui.jobs import Jobs


class Refresher:
    """Reads a page's data as a job and shows it (刷新器); a hundred changes in a row read twice, not a hundred times."""

    def __init__(
        self,
        jobs: Jobs,
        door: ErrorDoor,
        prepare: Callable[[], Callable[[JobContext], Any]],
        show: Callable[[Any], object],
    ) -> None:
        self._jobs, self._door = jobs, door
        self._prepare, self._show = prepare, show
        self._is_reading = False
        self._is_stale = False

    def request(self) -> None:
        """Read now, or once more after the reading that goes on."""
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        self._jobs.run(self._prepare(), self._on_read, self._on_failed)

    def _on_read(self, data: Any) -> None:
        self._is_reading = False
        if self._is_stale:
            self.request()
        else:
            self._show(data)

    def _on_failed(self, error: BaseException) -> None:
        self._is_reading = False
        self._door.show(error)
