"""Adding or replacing rows (写入行) the same way on every database: update by key, insert what was not there.

`INSERT … ON CONFLICT` is spelled differently from dialect to dialect, and deleting first would take along
the rows that refer to this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, Update, bindparam, insert, update

from models.domain.errors import StorageProblem

Row = Mapping[str, Any]
"""Values by column name."""


def put_row(connection: Connection, table: Table, row: Row) -> None:
    """Add a row, or replace the given columns of the row with the same primary key."""
    given = {f"new_{name}": value for name, value in row.items()}
    if connection.execute(_replacing(table, tuple(row)), given).rowcount == 0:
        connection.execute(inserting(table), dict(row))


@lru_cache(maxsize=128)
def inserting(table: Table) -> Insert:
    """The statement that adds rows to a table, made once: taking in thousands of packages asks for it ten times each."""
    return insert(table)


@lru_cache(maxsize=128)
def _replacing(table: Table, names: tuple[str, ...]) -> Update:
    """The statement that replaces these columns of the row with the same primary key, made once."""
    keys = {column.name for column in table.primary_key}
    statement = update(table).values({name: bindparam(f"new_{name}") for name in names if name not in keys})
    for name in sorted(keys):
        statement = statement.where(table.c[name] == bindparam(f"new_{name}"))
    return statement


def change_known(connection: Connection, statement: Update, what: str) -> None:
    """Run an update that must meet a row. Raises StorageProblem saying that `what` is not there any more."""
    if connection.execute(statement).rowcount == 0:
        raise StorageProblem(f"找不到这{what}，可能已在别的窗口变动", "请刷新列表后再试")
