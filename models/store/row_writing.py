"""Adding or replacing rows, and asking for many (写入行) the same way on every database: update by key, insert what was not there.

`INSERT … ON CONFLICT` is spelled differently from dialect to dialect, and deleting first would take along
the rows that refer to this one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Table, Update, bindparam, insert, update

from models.domain.errors import StorageProblem

Row = Mapping[str, Any]
"""Values by column name."""

_AT_ONCE = 400
"""How many values one condition names; databases limit them."""


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


def add_rows(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Add many rows by one statement (成批写入), each the values of `names` in that order, as the columns hold them.

    The driver takes them as they are: naming and putting in order every value of every row, as a statement of
    SQLAlchemy has it, takes longer than the database does. Columns not named hold what the table says.
    """
    if rows:
        connection.exec_driver_sql(_adding(table, names, connection.dialect), list(rows))


def add_dicts(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """The same for rows by name, all of the same columns."""
    if rows:
        names = tuple(rows[0])
        add_rows(connection, table, names, list(map(itemgetter(*names), rows)))


def rows_among(
    connection: Connection, table: Table, names: tuple[str, ...], wanted: Collection[str]
) -> Iterator[Sequence[Any]]:
    """The values of `names` of the rows whose first one is among `wanted` (按键批量查询), some hundred keys a question."""
    listed = sorted(wanted)
    for start in range(0, len(listed), _AT_ONCE):
        some = tuple(listed[start : start + _AT_ONCE])
        yield from connection.exec_driver_sql(_asking(table, names, len(some), connection.dialect), some)


def drop_among(connection: Connection, table: Table, name: str, unwanted: Collection[str]) -> None:
    """Delete the rows whose value is among these (按键批量删除)."""
    listed = sorted(unwanted)
    for start in range(0, len(listed), _AT_ONCE):
        some = tuple(listed[start : start + _AT_ONCE])
        words = f"DELETE FROM {_among(table, name, len(some), connection.dialect)}"
        connection.exec_driver_sql(words, some)


@lru_cache(maxsize=256)
def _asking(table: Table, names: tuple[str, ...], count: int, dialect: Dialect) -> str:
    """The words that ask for these columns of so many keys."""
    columns = ", ".join(dialect.identifier_preparer.format_column(table.c[name]) for name in names)
    return f"SELECT {columns} FROM {_among(table, names[0], count, dialect)}"


def _among(table: Table, name: str, count: int, dialect: Dialect) -> str:
    """A table, and that a column is one of so many values."""
    spelled = dialect.identifier_preparer
    signs = ", ".join([_sign(dialect)] * count)
    return f"{spelled.format_table(table)} WHERE {spelled.format_column(table.c[name])} IN ({signs})"


def _sign(dialect: Dialect) -> str:
    """The sign that stands for a value."""
    return "?" if dialect.paramstyle == "qmark" else "%s"


@lru_cache(maxsize=128)
def _adding(table: Table, names: tuple[str, ...], dialect: Dialect) -> str:
    """The words that add a row of these columns; databases differ in the sign that stands for a value."""
    spelled = dialect.identifier_preparer
    columns = ", ".join(spelled.format_column(table.c[name]) for name in names)
    signs = ", ".join([_sign(dialect)] * len(names))
    return f"INSERT INTO {spelled.format_table(table)} ({columns}) VALUES ({signs})"


def change_known(connection: Connection, statement: Update, what: str) -> None:
    """Run an update that must meet a row. Raises StorageProblem saying that `what` is not there any more."""
    if connection.execute(statement).rowcount == 0:
        raise StorageProblem(f"找不到这{what}，可能已在别的窗口变动", "请刷新列表后再试")
