"""All that is true of PostgreSQL alone (PostgreSQL 专用): hooks, error codes, text, the schema of a workspace.

One workspace is one schema of a database. Writing units of work take one advisory lock at their beginning:
repositories read a number and write the next one, which is safe only one after another; SERIALIZABLE would
end such a unit in the middle and ask services to begin it anew. Reading ones see one state and wait for nobody.
"""

from __future__ import annotations

import re
from typing import Any

import psycopg
from psycopg.adapt import Buffer
from psycopg.types.string import StrDumperUnknown, TextLoader
from sqlalchemy import URL, Connection, Engine, event, text

from models.store.problems import Trouble
from models.store.sqlite_dialect import WRITES

SCHEMA = "budget_desk"
"""Where a workspace's tables lie."""

WRITERS = 0x62646573
"""The advisory lock of writing units of work; the number only has to be the same at every desk."""

_SIGN = "\ufdd0"
"""A code point that is no character: stands before what PostgreSQL cannot keep in a text."""

_TROUBLES = {
    "08": Trouble.UNREACHABLE,
    "57P": Trouble.UNREACHABLE,
    "28": Trouble.REFUSED,
    "3D": Trouble.NO_DATABASE,
    "3F": Trouble.MOVED,
    "42P01": Trouble.MOVED,
    "42501": Trouble.NOT_ALLOWED,
    "25006": Trouble.READ_ONLY,
    "40P01": Trouble.LOCKED,
    "53100": Trouble.DISK_FULL,
    "53": Trouble.UNREACHABLE,
    "55P03": Trouble.LOCKED,
    "58": Trouble.DISK_FAILS,
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
}
"""By the beginning of the SQLSTATE, the longest that fits; https://www.postgresql.org/docs/current/errcodes-appendix.html"""


def trouble_of(error: BaseException) -> Trouble | None:
    """What of the environment a PostgreSQL error speaks of; None when it is a mistake of ours.

    A connection that was never made or is lost has no code: the server's words tell wrong names and passwords apart.
    """
    if not isinstance(error, psycopg.Error):
        return None
    if error.sqlstate:
        fitting = [begin for begin in _TROUBLES if error.sqlstate.startswith(begin)]
        return _TROUBLES[max(fitting, key=len)] if fitting else None
    if not isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return None
    words = str(error).lower()
    if "password" in words or "密码" in words:
        return Trouble.REFUSED
    return (
        Trouble.NO_DATABASE if re.search(r'database "[^"]*" does not exist', words) else Trouble.UNREACHABLE
    )


def connect_arguments(busy_timeout_ms: int) -> dict[str, Any]:
    """What every connection is made with: patience, durable commits, the workspace's schema alone."""
    settings = {"search_path": SCHEMA, "synchronous_commit": "on", "lock_timeout": int(busy_timeout_ms)}
    return {
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
        "client_encoding": "utf8",
        "connect_timeout": 10,
        "application_name": "budget-performance-desk",
    }


class _KeptText(StrDumperUnknown):
    """Texts on their way in: a NUL, which a paste can leave, is spelled otherwise and comes back as it was."""

    def dump(self, obj: str) -> Buffer | None:
        """The text PostgreSQL keeps."""
        if "\0" in obj or _SIGN in obj:
            obj = obj.replace(_SIGN, f"{_SIGN}1").replace("\0", f"{_SIGN}0")
        return super().dump(obj)


class _ReadText(TextLoader):
    """Texts on their way out."""

    def load(self, data: Buffer) -> str:
        """The text as it was given."""
        kept = bytes(data).decode("utf-8")
        return kept.replace(f"{_SIGN}0", "\0").replace(f"{_SIGN}1", _SIGN) if _SIGN in kept else kept


def install_hooks(engine: Engine) -> None:
    """Set every connection up once and begin every transaction as what it is.

    Writing: READ COMMITTED behind the lock, so that every statement sees what the writer before has committed.
    Reading: REPEATABLE READ, READ ONLY, one state throughout.
    """

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.adapters.register_dumper(str, _KeptText)
        for name in ("text", "varchar"):
            connection.adapters.register_loader(name, _ReadText)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES, False):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def has_schema(connection: Connection, name: str = SCHEMA) -> bool:
    """Whether a schema is there."""
    wanted = text("SELECT count(*) FROM pg_namespace WHERE nspname = :name")
    return bool(connection.execute(wanted, {"name": name}).scalar_one())


def version_in(connection: Connection) -> int | None:
    """The schema version of the workspace in the database; None when there is none."""
    found = connection.execute(text(f"SELECT to_regclass('{SCHEMA}.schema_versions') IS NOT NULL"))
    if not found.scalar_one():
        return None
    version = connection.execute(text("SELECT max(version) FROM schema_versions")).scalar()
    return version if isinstance(version, int) else None


def encoding_of(connection: Connection) -> str:
    """How the database keeps text."""
    return str(connection.exec_driver_sql("SHOW server_encoding").scalar_one())


def make_alike(connection: Connection) -> None:
    """Bring tables just made, by us or by a step's plain words, to what SQLite does by itself.

    Texts sort by code point whatever the database's language; a single whole-number key numbers itself.
    """
    texts = connection.exec_driver_sql(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' ORDER BY table_name, ordinal_position"
    )
    changes: dict[str, list[str]] = {}
    for table, column in texts:
        changes.setdefault(table, []).append(f'ALTER COLUMN "{column}" TYPE text COLLATE "C"')
    for table, clauses in changes.items():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(clauses)}')
    for table, column in _plain_keys(connection):
        connection.exec_driver_sql(
            f'ALTER TABLE "{table}" ALTER COLUMN "{column}" ADD GENERATED BY DEFAULT AS IDENTITY'
        )
        number_on(connection, table, column)


def number_on(connection: Connection, table: str, column: str) -> None:
    """Let a key that numbers itself go on after the highest number there is."""
    connection.exec_driver_sql(
        f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'),"
        f' coalesce(max("{column}"), 0) + 1, false) FROM "{table}"'
    )


def numbered_keys(connection: Connection) -> list[tuple[str, str]]:
    """Tables with a key that numbers itself, and its column."""
    return _single_keys(connection, "a.atthasdef OR a.attidentity <> ''")


def _plain_keys(connection: Connection) -> list[tuple[str, str]]:
    """Tables with a single whole-number key that does not number itself yet, and its column."""
    return _single_keys(connection, "NOT a.atthasdef AND a.attidentity = ''")


def _single_keys(connection: Connection, condition: str) -> list[tuple[str, str]]:
    """Tables of the workspace with a single whole-number key whose column fits."""
    found = connection.exec_driver_sql(
        "SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]"
        " WHERE i.indisprimary AND i.indnatts = 1 AND c.relnamespace = current_schema()::regnamespace"
        f" AND a.atttypid IN ('int4'::regtype, 'int8'::regtype) AND ({condition}) ORDER BY c.relname"
    )
    return [(str(table), str(column)) for table, column in found]


def broken_references(connection: Connection) -> int:
    """1 when rows refer to rows that are not there; the transaction has to be given up then.

    References stay checked at once for the rest of the transaction: tables can be altered only so.
    """
    try:
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    except Exception as error:
        if isinstance(error.__cause__, psycopg.errors.ForeignKeyViolation):
            return 1
        raise
    return 0


def place_on_server(url: URL) -> str:
    """How a sentence names a shared database: by name and server."""
    return f"数据库“{url.database}”（{url.host or '本机'}）"
