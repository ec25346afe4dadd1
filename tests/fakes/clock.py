"""A clock that stands where a test puts it (可调的时钟)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
START = datetime(2026, 9, 1, 9, 0, tzinfo=CHINA)


class MovableClock:
    """Moves only when told to."""

    def __init__(self, start: datetime = START) -> None:
        self.moment = start

    def now(self) -> datetime:
        return self.moment
