"""Settings and running numbers of a workspace (工作区设置与编号)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from models.store.row_writing import put_row
from models.store.tables import counters, settings
from models.store.values import json_column, read_json


class SqlSettings:
    """Named JSON values (工作区设置)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> Any:
        """The value, or None."""
        found = self._connection.execute(select(settings.c.value).where(settings.c.key == key)).scalar()
        return None if found is None else read_json(found)

    def put(self, key: str, value: Any) -> None:
        """Set a value. Raises TypeError on floats: sizes and rates are kept as text."""
        put_row(self._connection, settings, {"key": key, "value": json_column(value)})

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
