"""Moving a workspace between its folder and PostgreSQL (工作区移动): whole, compared, or not at all.

Both databases are held for writing from the first row to the end, so that nothing acknowledged is left behind.
The moment that counts is one file put in place or taken away; before it the old database is in force, after it
the new one, and whoever opens the folder next finishes what a killed program left.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from models.domain.errors import StorageProblem
from models.store import database_file, postgres_dialect
from models.store.all_tables import all_metadata
from models.store.backups import DATABASE
from models.store.copying import copy_tables
from models.store.durable_files import flush_to_disk, put_in_place
from models.store.engine import READING, WRITING, make_alike, store_engine
from models.store.policy import StorePolicy
from models.store.postgres_dialect import SCHEMA
from models.store.problems import Trouble, place_of, problem
from models.store.sqlite_dialect import in_sentences, is_in_use, url_of
from services.ports.databases import MoveReport, Step

_UNCLAIMED = "not in force"
"""Comment of a schema that was filled but that no folder names yet; such a one may be made anew."""

_BESIDE = ("", "-wal", "-shm")


def move_there(
    folder: Path, shared: Engine, file: database_file.DatabaseFile, now: datetime, step: Step
) -> MoveReport:
    """Copy the folder's database into `shared` and let the folder name it. Raises as `SharedDatabases.move_there`."""
    path, place = folder / DATABASE, place_of(folder)
    with in_sentences(place), _alone(path, place) as source:
        with shared.connect().execution_options(**WRITING) as target, target.begin():
            _empty_schema(target)
            all_metadata().create_all(target)
            make_alike(target)
            tables = copy_tables(source, target, step)
            for table, column in postgres_dialect.numbered_keys(target):
                postgres_dialect.number_on(target, table, column)
        step(1, 1, "启用新的数据库")
        database_file.write_file(folder, file)
    claim(shared)
    with in_sentences(place):
        return MoveReport(tables, set_aside(folder, now))


def claim(shared: Engine) -> None:
    """Note that a folder names the schema from now on."""
    with shared.connect().execution_options(**WRITING) as connection, connection.begin():
        connection.exec_driver_sql(f"COMMENT ON SCHEMA {SCHEMA} IS NULL")


def is_unclaimed(connection: Connection) -> bool:
    """Whether the schema was filled by a move that never came into force."""
    found = connection.exec_driver_sql(
        f"SELECT obj_description('{SCHEMA}'::regnamespace, 'pg_namespace') = '{_UNCLAIMED}'"
    )
    return bool(found.scalar())


def set_aside(folder: Path, now: datetime) -> str:
    """Give the folder's own database file a name nobody opens; the name, "" when there is none."""
    if not (folder / DATABASE).exists():
        return ""
    stem = f"{Path(DATABASE).stem}-moved-{now:%Y%m%d-%H%M%S}"
    number, aside = 1, f"{stem}.db"
    while (folder / aside).exists():
        number += 1
        aside = f"{stem}-{number}.db"
    for suffix in _BESIDE:
        old = folder / f"{DATABASE}{suffix}"
        if old.exists():
            os.replace(old, folder / f"{aside}{suffix}")
    return aside


def move_back(folder: Path, shared: Engine, policy: StorePolicy, now: datetime, step: Step) -> MoveReport:
    """Copy the shared database into a file of the folder and let it count. Raises as `SharedDatabases.move_back`."""
    place, file = place_of(folder), database_file.read_file(folder)
    assert file is not None, "the caller has looked"
    aside = f"{SCHEMA}_moved_{now:%Y%m%d_%H%M%S}"
    with in_sentences(place), shared.connect().execution_options(**WRITING) as source, source.begin():
        fresh = folder / f".{DATABASE}.new"
        tables = _copied_into(fresh, source, policy, place, step)
        step(1, 1, "启用本机的数据库")
        # From here on the file's note says how to find out whether the other side has let go.
        database_file.write_file(folder, file._replace(leaving=aside))
        set_aside(folder, now)
        flush_to_disk(fresh)
        put_in_place(fresh, folder / DATABASE)
        source.exec_driver_sql(f'ALTER SCHEMA {SCHEMA} RENAME TO "{aside}"')
    with in_sentences(place):
        database_file.remove_file(folder)
    return MoveReport(tables, aside)


def finish_leaving(folder: Path, shared: Engine, file: database_file.DatabaseFile, now: datetime) -> bool:
    """After a move back that was cut off: whether the folder's own database counts; the note is put in order."""
    with shared.connect().execution_options(**READING) as connection:
        has_left = postgres_dialect.has_schema(connection, file.leaving)
    with in_sentences(place_of(folder)):
        if has_left:
            database_file.remove_file(folder)
        else:
            set_aside(folder, now)
            database_file.write_file(folder, file._replace(leaving=""))
    return has_left


def _empty_schema(target: Connection) -> None:
    """A fresh schema marked as not in force; one a cut-off move left is dropped, a workspace never."""
    if postgres_dialect.has_schema(target):
        if postgres_dialect.version_in(target) is not None and not is_unclaimed(target):
            raise StorageProblem(
                "这个数据库里已有工作区，没有移动", "请另建一个空的数据库，或改用那里的工作区", "多人共用"
            )
        target.exec_driver_sql(f"DROP SCHEMA {SCHEMA} CASCADE")
    target.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
    target.exec_driver_sql(f"COMMENT ON SCHEMA {SCHEMA} IS '{_UNCLAIMED}'")


@contextmanager
def _alone(path: Path, place: str) -> Iterator[Connection]:
    """The folder's database for this connection alone: nobody else can open it until the block ends."""
    if not path.exists():
        raise problem(Trouble.MISSING, place)
    if is_in_use(path):
        raise problem(Trouble.LOCKED, place)
    engine = store_engine(url_of(path), StorePolicy(busy_timeout_ms=0), place)
    try:
        with engine.connect().execution_options(**WRITING) as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA locking_mode = EXCLUSIVE")
            with connection.begin():
                yield connection
    finally:
        engine.dispose()


def _copied_into(fresh: Path, source: Connection, policy: StorePolicy, place: str, step: Step) -> Any:
    """A database file with every row of `source`, compared; left closed, in one file."""
    for suffix in _BESIDE:
        fresh.with_name(f"{fresh.name}{suffix}").unlink(missing_ok=True)
    fresh.touch()
    engine = store_engine(url_of(fresh), policy, place)
    try:
        with engine.connect().execution_options(**WRITING) as target, target.begin():
            all_metadata().create_all(target)
            return copy_tables(source, target, step)
    finally:
        engine.dispose()
