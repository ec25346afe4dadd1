"""Time comes in through a port (时钟), so nothing in the core reads the machine's clock."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The machine's clock; `now` is timezone-aware."""

    def now(self) -> datetime:
        """The present moment with its time zone."""
        ...
