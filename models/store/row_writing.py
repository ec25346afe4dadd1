"""Adding or replacing rows (写入行) the same way on every database: update by key, insert what was not there.

`INSERT … ON CONFLICT` is spelled differently from dialect to dialect, and deleting first would take along
the rows that refer to this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, Update, insert, update

from models.domain.errors import StorageProblem

Row = Mapping[str, Any]
"""Values by column name."""


def put_row(connection: Connection, table: Table, row: Row) -> None:
    """Add a row, or replace the given columns of the row with the same primary key."""
    keys = {column.name for column in table.primary_key}
    changed = {name: value for name, value in row.items() if name not in keys}
    statement = update(table).values(changed)
    for name in keys:
        statement = statement.where(table.c[name] == row[name])
    if connection.execute(statement).rowcount == 0:
        connection.execute(insert(table).values(dict(row)))


def change_known(connection: Connection, statement: Update, what: str) -> None:
    """Run an update that must meet a row. Raises StorageProblem saying that `what` is not there any more."""
    if connection.execute(statement).rowcount == 0:
        raise StorageProblem(f"找不到这{what}，可能已在别的窗口变动", "请刷新列表后再试")
