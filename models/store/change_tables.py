"""The list of what changed last (变动记载): one row per thing, kept by the database itself.

Triggers write it in the transaction of each change, so that nothing, whoever writes and by whatever words, can be left
out. Lists kept in memory ask it what to read again. It holds nothing of its own: a moved workspace makes a new one.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, Index, Table, Text, event

from models.store.tables import metadata, number_column

row_changes = Table(
    "row_changes",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    number_column("number"),
    Index("row_changes_number", "number"),
)
"""When a filing, a project or anything else listed in `WATCHED` changed last; a higher number is later."""

FILING, PROJECT, DESK, SETTING = "filing", "project", "desk", "setting"

WATCHED = {
    "filings": (FILING, "filing_id"),
    "filing_contents": (FILING, "filing_id"),
    "review_files": (FILING, "filing_id"),
    "review_decisions": (FILING, "filing_id"),
    "review_comments": (FILING, "filing_id"),
    "paper_filings": (FILING, "filing_id"),
    "projects": (PROJECT, "project_id"),
    "project_years": (PROJECT, "project_id"),
    "units": (DESK, ""),
    "kits": (DESK, ""),
    "desk_users": (DESK, ""),
    "register_entries": (DESK, ""),
    "approvals": (DESK, ""),
    "settings": (SETTING, "key"),
}
"""Tables with the kind their changes are noted under and the column that names the thing, "" for the table as a whole."""

TRIGGERS = tuple(f"noted_{table}_{verb}" for table in WATCHED for verb in ("insert", "update", "delete"))
"""What the triggers are called."""


def keep_watch(connection: Connection) -> None:
    """Put every trigger in place that is missing; after tables were made, and after each step, which may rebuild one."""
    if connection.dialect.name == "sqlite":
        from models.store import sqlite_changes

        sqlite_changes.keep_watch(connection)
    else:
        from models.store import postgres_changes

        postgres_changes.keep_watch(connection)


@event.listens_for(metadata, "after_create")
def _after_create(_metadata: Any, connection: Connection, **_given: Any) -> None:
    keep_watch(connection)
