"""All that is true of SQLite alone (SQLite 专用): hooks, error codes, copies, looking without touching.

Nothing outside this module and `models.store.backups` and `models.store.opener` knows that the database is
a file.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event

from models.store.problems import Trouble, problem, system_problem

WRITES = "desk_writes"
"""Execution option of a connection: whether its transactions may write."""

_CHANGES = "desk_changes"
"""Under this name a connection remembers how many rows it had changed when its transaction began."""

_MAGIC = b"SQLite format 3\x00"
_TROUBLES = {
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_FULL: Trouble.DISK_FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_AUTH: Trouble.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
    sqlite3.SQLITE_IOERR: Trouble.DISK_FAILS,
    sqlite3.SQLITE_CANTOPEN: Trouble.CANNOT_OPEN,
}
_NO_ROOM = frozenset({sqlite3.SQLITE_IOERR_SHMSIZE})
"""Failures of the disk that are a want of room: even the small file that lies beside an open database has none."""


def trouble_of(error: BaseException) -> Trouble | None:
    """What of the environment an SQLite error speaks of; None when it is a mistake of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if code in _NO_ROOM:
        return Trouble.DISK_FULL
    return _TROUBLES.get(code & 0xFF) if isinstance(code, int) else None


@contextmanager
def in_sentences(place: str) -> Iterator[None]:
    """Let errors of files and of plain connections leave as sentences told with `place`."""
    try:
        yield
    except sqlite3.Error as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        raise problem(trouble, place) from error
    except OSError as error:
        raise system_problem(error, place) from error


def url_of(path: Path) -> URL:
    """The URL of an existing database file; a missing one is an error, never made anew by opening."""
    return URL.create("sqlite", database=path.absolute().as_uri(), query={"mode": "rw", "uri": "true"})


def install_hooks(engine: Engine, busy_timeout_ms: int) -> None:
    """Set every connection up once and begin every transaction explicitly.

    Python's own transaction control begins only before INSERT, UPDATE and DELETE, so that DDL would not
    roll back; it is switched off and `BEGIN` said here. Units of work that write begin IMMEDIATE: waiting
    for another writer happens at the start, never in the middle. Reading ones begin plainly, which never
    holds a writer up, and are kept from writing by `query_only`.
    """

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {int(busy_timeout_ms)}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
        if writes:
            connection.info[_CHANGES] = _changes(connection)

    @event.listens_for(engine, "commit")
    def _on_commit(connection: Connection) -> None:
        # Writes the first page, so that every log bears the mark of its own database: see `log_belongs`.
        if _changes(connection) > connection.info.get(_CHANGES, 0):
            connection.exec_driver_sql("PRAGMA user_version = 1")

    @event.listens_for(engine, "reset")
    def _on_reset(connection: Any, _record: Any, _state: Any) -> None:
        # A COMMIT that SQLite refuses leaves its transaction open, while SQLAlchemy takes it for ended.
        connection.rollback()


def _changes(connection: Connection) -> int:
    """How many rows this connection has changed since it was made."""
    driver: Any = connection.connection.driver_connection
    return int(driver.total_changes)


def set_mark(connection: Connection) -> None:
    """Give a database a mark of its own, kept in its first page, unless it bears one; within a unit that writes."""
    if connection.exec_driver_sql("PRAGMA application_id").scalar() == 0:
        mark = int.from_bytes(os.urandom(4), "big") >> 1 | 1
        connection.exec_driver_sql(f"PRAGMA application_id = {mark}")


def log_belongs(path: Path) -> bool:
    """Whether the log beside a database is its own, found without changing either.

    SQLite takes any whole log for its own: one of another database, put there while copying files about, would
    silently take the place of what is in the file. A database of an older program bears no mark yet.
    """
    if not _has_log(path):
        return True
    with closing(connect_file(path, "ro&immutable=1")) as connection:
        own = connection.execute("PRAGMA application_id").fetchone()[0]
    with closing(connect_file(path, "ro")) as connection:
        return own in (0, connection.execute("PRAGMA application_id").fetchone()[0])


@contextmanager
def without_references(connection: Connection) -> Iterator[None]:
    """Suspend foreign keys around a migration step, so that a table can be rebuilt without its rows' children going.

    To be entered outside a transaction; `broken_references` tells whether the step left any.
    """
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def broken_references(connection: Connection) -> int:
    """How many rows refer to rows that are not there."""
    return len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())


def connect_file(path: Path, mode: str, timeout: float = 5.0) -> sqlite3.Connection:
    """A plain connection to an existing file, outside the engine; `mode` is `ro` or `rw`."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=timeout)


def _has_log(path: Path) -> bool:
    """Whether a write-ahead log lies beside the database: then the file alone is not the whole truth."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _begins_as_database(path: Path) -> bool:
    """Whether a file has SQLite's first bytes. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def version_in(path: Path) -> int | None:
    """The schema version a file holds, read without changing a byte of it; None when it is not ours.

    Raises sqlite3.Error when the file is locked or damaged.
    """
    if not _begins_as_database(path):
        return None
    mode = "ro" if _has_log(path) else "ro&immutable=1"
    with closing(connect_file(path, mode)) as connection:
        found = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_versions'"
        ).fetchone()
        if found is None:
            return None
        version = connection.execute("SELECT max(version) FROM schema_versions").fetchone()[0]
    return version if isinstance(version, int) else None


def is_sound(connection: sqlite3.Connection, *, quick: bool = False) -> bool:
    """Whether SQLite finds the database whole; `quick` leaves out comparing indices with their tables."""
    try:
        answer = connection.execute("PRAGMA quick_check(1)" if quick else "PRAGMA integrity_check(1)")
        return bool(answer.fetchone() == ("ok",))
    except sqlite3.DatabaseError as error:
        if trouble_of(error) is Trouble.DAMAGED:
            return False
        raise


def is_in_use(path: Path) -> bool:
    """Whether any other connection, of this program or another, has the database open.

    A file that does not even begin as a database is left alone: SQLite would throw its log away.
    """
    if not _begins_as_database(path):
        return False
    with closing(connect_file(path, "rw", timeout=0)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            return trouble_of(error) is Trouble.LOCKED
    return False


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy by SQLite's online backup, as one file that needs no log beside it.

    Raises sqlite3.Error; the caller removes what stands at `target` then.
    """
    with closing(connect_file(source, "ro")) as reading, closing(sqlite3.connect(target)) as writing:
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode = DELETE")
