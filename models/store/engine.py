"""The engine (数据库引擎): made once from a URL, with the hooks of its dialect and one door for its errors.

The tables run on any database SQLAlchemy speaks to; `models.store.sqlite_dialect` and
`models.store.postgres_dialect` are what differs. Only the one that is needed is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url

from models.store import sqlite_dialect
from models.store.problems import Trouble, problem

if TYPE_CHECKING:
    from models.domain.errors import DeskError
    from models.store.policy import StorePolicy

WRITING: dict[str, Any] = {sqlite_dialect.WRITES: True}
READING: dict[str, Any] = {sqlite_dialect.WRITES: False}


def store_engine(url: str | URL, policy: StorePolicy, place: str) -> Engine:
    """An engine whose environment errors are sentences for people, told with `place`.

    Raises nothing by itself; the first connection may raise StorageProblem or EnvironmentProblem.
    """
    if make_url(url).get_backend_name() == "postgresql":
        from models.store import postgres_dialect

        arguments = postgres_dialect.connect_arguments(policy.busy_timeout_ms)
        engine = create_engine(url, connect_args=arguments, pool_pre_ping=True)
        postgres_dialect.install_hooks(engine)
        _translate_errors(engine, place, postgres_dialect.trouble_of)
    else:
        engine = create_engine(url)
        sqlite_dialect.install_hooks(engine, policy.busy_timeout_ms)
        _translate_errors(engine, place, sqlite_dialect.trouble_of)
    return engine


@contextmanager
def without_references(connection: Connection) -> Iterator[None]:
    """Suspend references around migration steps; PostgreSQL checks them at commit and needs nothing."""
    if connection.dialect.name == "sqlite":
        with sqlite_dialect.without_references(connection):
            yield
    else:
        yield


def broken_references(connection: Connection) -> int:
    """How many rows refer to rows that are not there (at least)."""
    if connection.dialect.name == "sqlite":
        return sqlite_dialect.broken_references(connection)
    from models.store import postgres_dialect

    return postgres_dialect.broken_references(connection)


def make_alike(connection: Connection) -> None:
    """After tables were made or changed: what their plain words leave open on this database."""
    if connection.dialect.name != "sqlite":
        from models.store import postgres_dialect

        postgres_dialect.make_alike(connection)


def _translate_errors(
    engine: Engine, place: str, trouble_of: Callable[[BaseException], Trouble | None]
) -> None:
    """Let every error of the environment leave the engine as a sentence; mistakes of ours stay as they are."""

    @event.listens_for(engine, "handle_error")
    def _on_error(context: ExceptionContext) -> DeskError | None:
        if context.is_pre_ping:  # the pool asks whether the connection still lives, and makes another
            return None
        trouble = trouble_of(context.original_exception)
        if trouble is None or (trouble is Trouble.READ_ONLY and _only_reads(context)):
            return None
        return problem(trouble, place)


def _only_reads(context: ExceptionContext) -> bool:
    """Whether the unit of work was a reading one: then writing was our mistake, not the folder's."""
    connection = context.connection
    return connection is not None and connection.get_execution_options().get(sqlite_dialect.WRITES) is False
