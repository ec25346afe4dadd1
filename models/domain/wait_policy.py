"""The wait after wrong passwords (密码输错后的等待), the same for signing keys and for signing in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WaitPolicy:
    """Seconds to wait after the first, second … wrong password; the last counts for all further ones."""

    seconds: tuple[int, ...] = (1, 2, 5, 10, 30, 60, 300)

    def after(self, failures: int) -> int:
        """The wait after that many failures in a row."""
        return self.seconds[min(failures, len(self.seconds)) - 1] if failures else 0
