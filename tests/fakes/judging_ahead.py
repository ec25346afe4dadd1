"""Packages judged ahead without processes (预先验看的替身): at once when given, noting what was asked of it."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from exchange import reasons
from models.domain.verdict import Judgement, Reason
from services.ports.judging_ahead import LookAlone, ReadAhead
from tests.fakes.exchange import FakeReader, TrustMaterial

NEVER = 1 << 62


@dataclass
class FakeRead:
    """What FakeReader finds, asked again once the answers were looked into."""

    path: Path
    trust: TrustMaterial
    now: datetime
    bare: Judgement
    payload: Mapping[str, Any] | None

    def answered(self, found: Sequence[Reason]) -> Judgement:
        return FakeReader().judge(self.path, self.trust, self.now, inspect_answers=lambda _payload: found)


@dataclass
class FakeRun:
    """Judges when given; `fails` names files nobody has judged when they are needed."""

    look: LookAlone
    fails: set[str] = field(default_factory=set)
    given: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    most_open: int = 0
    is_closed: bool = False

    def give(self, path: Path, trust: TrustMaterial, now: datetime) -> FakeTicket:
        assert not self.is_closed
        self.given.append(path.name)
        self.most_open = max(self.most_open, len(self.given) - len(self.taken) - len(self.dropped))
        return FakeTicket(self, path, self._judged(path, trust, now))

    def close(self) -> None:
        self.is_closed = True

    def _judged(self, path: Path, trust: TrustMaterial, now: datetime) -> ReadAhead:
        seen: list[Mapping[str, Any]] = []
        bare = FakeReader().judge(
            path, trust, now, inspect_answers=lambda payload: seen.append(payload) or ()
        )
        payload = seen[0] if seen else None
        look = pickle.loads(pickle.dumps(self.look))  # as on its way to another process
        found, more = look(payload, reasons) if payload is not None else ((), None)
        ahead = ReadAhead(FakeRead(path, trust, now, bare, payload), found, more)
        return pickle.loads(pickle.dumps(ahead))  # type: ignore[no-any-return]


@dataclass
class FakeTicket:
    """One file."""

    run: FakeRun
    path: Path
    ahead: ReadAhead

    def take(self, check: Callable[[], None]) -> ReadAhead | None:
        check()
        self.run.taken.append(self.path.name)
        return None if self.path.name in self.run.fails else self.ahead

    def drop(self) -> None:
        self.run.dropped.append(self.path.name)


@dataclass
class FakeJudging:
    """Implements the port JudgingAhead; nobody else's test sees it at work."""

    at_least: int = NEVER
    fails: set[str] = field(default_factory=set)
    runs: list[FakeRun] = field(default_factory=list)

    def begin(self, look: LookAlone) -> FakeRun:
        self.runs.append(FakeRun(look, self.fails))
        return self.runs[-1]

    def is_possible(self, _look: LookAlone) -> bool:
        return True
