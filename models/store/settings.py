"""Settings and running numbers of a workspace (工作区设置与编号).

What every start reads and writes is spelled out here and in `kits`, `projects`, `filing_queries`: putting such a
statement together from its table takes longer than running it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, text

from models.store.row_writing import put_row
from models.store.tables import counters, settings
from models.store.values import json_column, read_json

_GET = text("SELECT value FROM settings WHERE key = :key")
_PUT = text("UPDATE settings SET value = :value WHERE key = :key")


class SqlSettings:
    """Named JSON values (工作区设置)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> Any:
        """The value, or None."""
        found = self._connection.execute(_GET, {"key": key}).scalar()
        return None if found is None else read_json(found)

    def some(self, keys: Collection[str]) -> Mapping[str, Any]:
        """The values of those of some keys that are kept, in one question."""
        wanted = select(settings.c.key, settings.c.value).where(settings.c.key.in_(keys))
        return {key: read_json(value) for key, value in self._connection.execute(wanted).all()}

    def put(self, key: str, value: Any) -> None:
        """Set a value. Raises TypeError on floats: sizes and rates are kept as text."""
        row = {"key": key, "value": json_column(value)}
        if self._connection.execute(_PUT, row).rowcount == 0:
            self._connection.execute(insert(settings).values(row))

    def next_number(self, name: str) -> int:
        """The next running number of that name, from 1; given back only when the unit of work is not committed."""
        last = self._connection.execute(select(counters.c.value).where(counters.c.name == name)).scalar()
        number = (last or 0) + 1
        put_row(self._connection, counters, {"name": name, "value": number})
        return number

    def raise_number(self, name: str, least: int) -> None:
        """Numbers of that name up to `least` are taken; nothing changes when they are already."""
        last = self._connection.execute(select(counters.c.value).where(counters.c.name == name)).scalar()
        if least > (last or 0):
            put_row(self._connection, counters, {"name": name, "value": least})
