"""The engine (数据库引擎): made once from a URL, with the hooks of its dialect and one door for its errors.

The tables run on any database SQLAlchemy speaks to; `models.store.sqlite_dialect` is what differs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Engine, ExceptionContext, create_engine, event

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
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        sqlite_dialect.install_hooks(engine, policy.busy_timeout_ms)
        _translate_errors(engine, place)
    return engine


def _translate_errors(engine: Engine, place: str) -> None:
    """Let every error of the environment leave the engine as a sentence; mistakes of ours stay as they are."""

    @event.listens_for(engine, "handle_error")
    def _on_error(context: ExceptionContext) -> DeskError | None:
        trouble = sqlite_dialect.trouble_of(context.original_exception)
        if trouble is None or (trouble is Trouble.READ_ONLY and _only_reads(context)):
            return None
        return problem(trouble, place)


def _only_reads(context: ExceptionContext) -> bool:
    """Whether the unit of work was a reading one: then writing was our mistake, not the folder's."""
    connection = context.connection
    return connection is not None and connection.get_execution_options().get(sqlite_dialect.WRITES) is False
