"""The database of one workspace (工作区数据库) as services use it: units of work and backups."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from models.store.engine import READING, WRITING
from models.store.unit_of_work import SqlUnitOfWork

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, PoolProxiedConnection

    from models.store.backups import WorkspaceBackups
    from services.ports.store import UnitOfWork


class SqlStore:
    """Units of work over one engine (工作区数据库). May be used from several threads; each block has its own connection."""

    def __init__(self, engine: Engine, backups: WorkspaceBackups) -> None:
        self._engine = engine
        self._backups = backups
        self._watch: PoolProxiedConnection | None = None
        self._watching = Lock()

    def stamp(self) -> object:
        """Equal to an earlier one while nothing was committed since, by whatever connection, process or desk.

        SQLite counts the commits of others for every connection: one that never writes itself sees them all.
        """
        if self._engine.dialect.name != "sqlite":
            with self._unit(READING) as connection:
                return connection.execute(text("SELECT CAST(txid_current_snapshot() AS TEXT)")).scalar()
        with self._watching:
            if self._watch is None:
                self._watch = self._engine.raw_connection()
            cursor = self._watch.cursor()
            try:
                return cursor.execute("PRAGMA data_version").fetchone()[0]
            finally:
                cursor.close()

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """A unit of work that may write; StorageProblem when another one holds the database too long."""
        with self._unit_of_work(WRITING) as work:
            yield work

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A unit of work that only reads, always one consistent state; it never holds a writer up."""
        with self._unit_of_work(READING) as work:
            yield work

    @contextmanager
    def _unit_of_work(self, options: dict[str, Any]) -> Iterator[UnitOfWork]:
        """One connection and its transaction; what is not committed is rolled back when it is given back."""
        with self._unit(options) as connection:
            yield SqlUnitOfWork(connection)

    @contextmanager
    def _unit(self, options: dict[str, Any]) -> Iterator[Connection]:
        with self._engine.connect().execution_options(**options) as connection:
            connection.begin()
            yield connection

    def backup(self, reason: str, now: datetime) -> Path:
        """A verified copy of the database in the workspace's `backups` folder."""
        return self._backups.make(reason, now)

    def due_for_daily(self, now: datetime) -> bool:
        """Whether today's `daily` backup has still to be made."""
        return self._backups.due_for_daily(now)

    def close(self) -> None:
        """Release the database; the last one out folds the write-ahead log into the file."""
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self._engine.dispose()
