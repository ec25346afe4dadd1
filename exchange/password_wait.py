"""The wait after wrong passwords (密码输错后的等待): grows, survives a restart, never sleeps.

The count stands in a small file beside the key. It slows a colleague at the desk; against somebody
who copies the file away only the wrapping's cost helps.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from exchange.atomic_file import write_whole
from models.domain.canonical_json import canonical_json
from models.domain.errors import EnvironmentProblem
from models.domain.wait_policy import WaitPolicy


@dataclass(frozen=True, slots=True)
class PasswordWait:
    """The failures of one key (密码错误记录), kept in `path`."""

    path: Path
    policy: WaitPolicy

    def seconds_left(self, now: datetime) -> int:
        """Whole seconds until the next try; a clock set back never makes it longer than the wait itself."""
        failures, last = self._read()
        if not failures or last is None:
            return 0
        wait = self.policy.after(failures)
        left = (last + timedelta(seconds=wait) - now).total_seconds()
        return math.ceil(min(max(left, 0), wait))

    def failed(self, now: datetime) -> int:
        """Count one more failure and say how long to wait."""
        failures = self._read()[0] + 1
        content = canonical_json({"failures": failures, "last": now.isoformat()})
        try:
            write_whole(self.path, (content,), is_private=True)
        except EnvironmentProblem:
            return self.policy.after(failures)
        return self.policy.after(failures)

    def succeeded(self) -> None:
        """Forget the failures; a read-only carrier may keep them, the right password opens all the same."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError:
            return

    def _read(self) -> tuple[int, datetime | None]:
        """Failures so far and the last one's moment; a damaged file counts as none."""
        try:
            value = json.loads(self.path.read_bytes())
            return max(int(value["failures"]), 0), datetime.fromisoformat(value["last"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0, None
