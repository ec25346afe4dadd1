"""Packages judged ahead of who needs them (预先验看接口), in processes of their own; implemented in `exchange`.

Only what asks no store is done ahead. Whoever needs a package may always judge it himself, and does where nobody has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from models.domain.verdict import Judgement, Reason
from services.ports.exchange import ReasonCatalogue, TrustMaterial


class PackageRead(Protocol):
    """A package judged but for its answers (验签完、内容待审)."""

    @property
    def bare(self) -> Judgement:
        """The judgement if nobody asks about the answers."""
        ...

    @property
    def payload(self) -> Mapping[str, Any] | None:
        """What the answers are looked into; None where an earlier stage leaves no sense to that."""
        ...

    def answered(self, found: Sequence[Reason]) -> Judgement:
        """The whole judgement, with the reasons found in the answers."""
        ...


LookAlone = Callable[[Mapping[str, Any], ReasonCatalogue], tuple[Sequence[Reason], Any]]
"""Looks into a payload's answers without a store: reasons, and what else whoever gave it wants back.

It and what it yields travel between processes, so both are plain data (pickle).
"""


@dataclass(frozen=True, slots=True)
class ReadAhead:
    """What was found ahead (预先验看结果): the package but for its answers, and what looking into those alone found."""

    read: PackageRead
    reasons: Sequence[Reason] = ()
    found: Any = None


class Ticket(Protocol):
    """Stands for one file given to be judged ahead (预先验看凭据)."""

    def take(self, check: Callable[[], None]) -> ReadAhead | None:
        """What was found; None where the file is to be judged by who asks: nobody has begun, or who did has failed, or
        the file is another one by now. Waits only for a file that is being judged, and calls `check` meanwhile, which
        may raise."""
        ...

    def drop(self) -> None:
        """Nobody needs that file any more."""
        ...


class AheadRun(Protocol):
    """Processes at work for one intake (一次预先验看); it and its tickets are used from one thread."""

    def give(self, path: Path, trust: TrustMaterial, now: datetime) -> Ticket:
        """Have a file judged, in the order given; never waits."""
        ...

    def close(self) -> None:
        """End the processes at once, whatever they are doing."""
        ...


class JudgingAhead(Protocol):
    """Starts such processes (预先验看)."""

    @property
    def at_least(self) -> int:
        """From how many files on it pays."""
        ...

    def begin(self, look: LookAlone) -> AheadRun:
        """Start processes, without waiting for them."""
        ...

    def is_possible(self, look: LookAlone) -> bool:
        """Whether processes can be started on this machine; takes a second or two."""
        ...
