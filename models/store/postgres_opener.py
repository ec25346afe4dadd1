"""Opening a workspace whose database is PostgreSQL (打开多人共用的工作区): looked at, made, upgraded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Engine

from models.store import migrations, postgres_dialect
from models.store.backups import UPGRADE
from models.store.engine import READING, WRITING, store_engine
from models.store.policy import StorePolicy
from models.store.postgres_backups import PostgresBackups
from models.store.problems import Trouble, problem
from models.store.store import SqlStore


class PostgresStoreOpener:
    """Opens the schema of a workspace in a PostgreSQL database (打开多人共用的工作区)."""

    def __init__(
        self, policy: StorePolicy | None = None, steps: Sequence[migrations.Step] | None = None
    ) -> None:
        self._policy = policy or StorePolicy()
        self._steps = migrations.STEPS if steps is None else tuple(steps)
        self._version = migrations.current_version(self._steps)

    def engine(self, url: URL) -> Engine:
        """An engine for an address."""
        return store_engine(url, self._policy, postgres_dialect.place_on_server(url))

    def open(self, folder: Path, url: URL, now: datetime, *, create: bool = False) -> SqlStore:
        """Open or create; upgrades with a backup first.

        Raises StorageProblem (newer program, in use, moved away), EnvironmentProblem (server, password, rights,
        a backup program that is missing before an upgrade). Nothing is changed then.
        """
        engine = self.engine(url)
        try:
            backups = PostgresBackups(folder, self._policy, engine, url)
            self._make_ready(engine, backups, now, create=create)
        except BaseException:
            engine.dispose()
            raise
        return SqlStore(engine, backups)

    def backups(self, folder: Path, url: URL) -> PostgresBackups:
        """Backups this desk has made, for a workspace that is not open."""
        return PostgresBackups(folder, self._policy, self.engine(url), url, is_alone=True)

    def _make_ready(self, engine: Engine, backups: PostgresBackups, now: datetime, *, create: bool) -> None:
        """A database of this program's version."""
        place = postgres_dialect.place_on_server(engine.url)
        with engine.connect().execution_options(**READING) as connection:
            version = postgres_dialect.version_in(connection)
            if postgres_dialect.encoding_of(connection) != "UTF8":
                raise problem(Trouble.WRONG_ENCODING, place)
        if version is None and not create:
            raise problem(Trouble.MOVED, place)
        if version is None:
            make_schema(engine)
            migrations.create_tables(engine, self._version, now)
        elif version > self._version:
            raise problem(Trouble.NEWER, place)
        elif version < self._version:
            backups.make(UPGRADE, now)
            migrations.upgrade(engine, self._steps, now)

    @property
    def version(self) -> int:
        """The schema version this program works with."""
        return self._version


def make_schema(engine: Engine) -> None:
    """The empty schema of a workspace, unless it is there."""
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {postgres_dialect.SCHEMA}")
