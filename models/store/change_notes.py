"""What changed since (变动查询): asked by lists kept in memory, which read again only that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from models.store.change_tables import DESK, FILING, PROJECT, SETTING
from services.ports.changes import ChangeMark, Changes

if TYPE_CHECKING:
    from collections.abc import Mapping

_LAST = text("SELECT coalesce(max(number), 0) FROM row_changes")
_SINCE = text("SELECT kind, key FROM row_changes WHERE number > :number")


class SqlChanges:
    """The list of what changed last (变动记载)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def mark(self) -> ChangeMark | None:
        """Where the list stands now; None while the database does not keep it whole."""
        place = self._place()
        return None if place is None else ChangeMark(place, self._connection.execute(_LAST).scalar_one())

    def since(self, mark: ChangeMark | None) -> Changes | None:
        """What changed after a mark; None when that cannot be told for certain, and everything is to be read again."""
        now = self.mark()
        if mark is None or now is None or now.place != mark.place or now.number < mark.number:
            return None
        found: Mapping[str, set[str]] = {kind: set() for kind in (FILING, PROJECT, DESK, SETTING)}
        for kind, key in self._connection.execute(_SINCE, {"number": mark.number}).all():
            if kind not in found:
                return None
            found[kind].add(key)
        return Changes(now, *(frozenset(found[kind]) for kind in (FILING, PROJECT, DESK, SETTING)))

    def _place(self) -> str | None:
        if self._connection.dialect.name == "sqlite":
            from models.store import sqlite_changes

            return sqlite_changes.place(self._connection)
        from models.store import postgres_changes

        return postgres_changes.place(self._connection)
