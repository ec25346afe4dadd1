"""What changed (变更通知): named facts travel from operations to whoever shows them, with the initiator."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import NamedTuple


class Topic(enum.StrEnum):
    """What kind of thing changed (变更类别)."""

    FILINGS = "filings"
    EVIDENCE = "evidence"
    PROJECTS = "projects"
    KITS = "kits"
    REGISTERS = "registers"
    PACKAGES = "packages"
    KEYS = "keys"
    SETTINGS = "settings"


class ChangeSet(NamedTuple):
    """Topics changed by one operation and who asked for it, so that a screen can ignore its own change."""

    topics: frozenset[Topic]
    initiator: object | None = None


Listener = Callable[[ChangeSet], None]


class ChangeFeed:
    """Tells listeners what changed (变更广播)."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Add a listener; the returned function takes it off again."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, *topics: Topic, initiator: object | None = None) -> None:
        """Tell every listener."""
        change = ChangeSet(frozenset(topics), initiator)
        for listener in tuple(self._listeners):
            listener(change)
