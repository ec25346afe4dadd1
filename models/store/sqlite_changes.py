"""Noting changes in SQLite (变动记载，SQLite 专用): one trigger per table and verb."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from models.store.change_tables import TRIGGERS, WATCHED

_NAMES = ", ".join(f"'{name}'" for name in TRIGGERS)
_WATCHING = text(f"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN ({_NAMES})")


def keep_watch(connection: Connection) -> None:
    """Make every trigger that is missing."""
    for statement in _statements():
        connection.execute(text(statement))


def place(connection: Connection) -> str | None:
    """What numbers of changes belong to, None while a trigger is missing: here the open file, for as long as it is open."""
    return "" if connection.execute(_WATCHING).scalar() == len(TRIGGERS) else None


def _statements() -> Iterator[str]:
    """What makes the triggers. A thing whose name is changed counts under both names."""
    for table, (kind, column) in WATCHED.items():
        old, new = (f"{row}.{column}" if column else f"'{table}'" for row in ("OLD", "NEW"))
        actions = {
            "insert": _note(kind, new),
            "update": _note(kind, new) + (_note(kind, old, f"{old} IS NOT {new}") if column else ""),
            "delete": _note(kind, old),
        }
        for verb, action in actions.items():
            yield (
                f"CREATE TRIGGER IF NOT EXISTS noted_{table}_{verb} AFTER {verb.upper()} ON {table}"
                f" BEGIN {action}END"
            )


def _note(kind: str, key: str, condition: str = "") -> str:
    """What notes a thing. Only where there is a condition are the values a question: of one that asks the very table it
    adds to SQLite keeps the answer in a table made for it, row by row."""
    values = f"'{kind}', {key}, (SELECT coalesce(max(number), 0) + 1 FROM row_changes)"
    given = f"SELECT {values} WHERE {condition}" if condition else f"VALUES ({values})"
    return (
        f"INSERT INTO row_changes (kind, key, number) {given}"
        " ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number; "
    )
