"""What was taken over from the platform (一体化带入记录): one file at a time, to be taken back as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class PlatformBatch:
    """One file taken over (带入批次).

    `undo` holds what stood before each change, as JSON values (`services.platform.batches`); `taken_back_at` is
    None while the batch stands. Moments are timezone-aware.
    """

    batch_id: str
    kinds: tuple[str, ...]
    file_name: str
    line_count: int
    taken_at: datetime
    taken_by: str = ""
    undo: Mapping[str, Any] = field(default_factory=dict)
    taken_back_at: datetime | None = None
