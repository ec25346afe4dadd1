"""Copying a workspace's tables from one database to another (数据表复制), and proving that both hold the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from models.domain.canonical_json import canonical_json
from models.domain.errors import StorageProblem
from models.store.all_tables import all_tables
from services.ports.databases import Step, TableCopied

_AT_ONCE = 500
"""Rows in memory at a time, whatever the table's length."""


def copy_tables(source: Connection, target: Connection, step: Step) -> tuple[TableCopied, ...]:
    """Copy every row of every table, then read both sides and compare. Raises StorageProblem when they differ.

    It commits nothing: the caller's transactions on both sides decide.
    """
    tables = all_tables()
    total = sum(source.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)
    done = 0
    for table in tables:
        for rows in _portions(source, table):
            target.execute(insert(table), [dict(row._mapping) for row in rows])
            done += len(rows)
            step(done, 3 * total, "复制数据")
    copied = []
    for table in tables:
        here, there = _summed(source, table), _summed(target, table)
        if here != there:
            raise StorageProblem(
                "复制后的数据与原来的不一致，没有移动，仍在原来的地方",
                "请再试一次；仍然这样请联系技术人员",
                table.name,
            )
        done += 2 * here.rows
        step(done, 3 * total, "核对数据")
        copied.append(here)
    return tuple(copied)


def _portions(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """The rows of a table in the order of its key, a portion at a time."""
    wanted = select(table).order_by(*table.primary_key.columns)
    with connection.execute(wanted, execution_options={"yield_per": _AT_ONCE}) as found:
        yield from found.partitions()


def _summed(connection: Connection, table: Table) -> TableCopied:
    """How many rows, and the SHA-256 over their canonical spelling in the order of their keys."""
    count, digest = 0, hashlib.sha256()
    for rows in _portions(connection, table):
        count += len(rows)
        for row in rows:
            digest.update(canonical_json(list(row)) + b"\n")
    return TableCopied(table.name, count, digest.hexdigest())
