"""Noting changes in PostgreSQL (变动记载，PostgreSQL 专用): one function, one trigger per table and verb."""

from __future__ import annotations

from sqlalchemy import Connection

from models.store.change_tables import TRIGGERS, WATCHED
from models.store.postgres_dialect import WRITERS

_NOTE = f"""
CREATE OR REPLACE FUNCTION note_row_change() RETURNS trigger LANGUAGE plpgsql AS $note$
DECLARE
    changed jsonb[] := ARRAY[]::jsonb[];
    one jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock({WRITERS});
    IF TG_OP <> 'DELETE' THEN changed := changed || to_jsonb(NEW); END IF;
    IF TG_OP <> 'INSERT' THEN changed := changed || to_jsonb(OLD); END IF;
    FOREACH one IN ARRAY changed LOOP
        INSERT INTO row_changes (kind, key, number)
        SELECT TG_ARGV[0], coalesce(one ->> TG_ARGV[1], TG_TABLE_NAME),
            (SELECT coalesce(max(number), 0) + 1 FROM row_changes)
        ON CONFLICT (kind, key) DO UPDATE SET number = excluded.number;
    END LOOP;
    RETURN NULL;
END $note$
"""
"""It takes the lock of writing units of work, which our own hold already: whoever else writes here waits as well, and a
number that is seen has no smaller one coming behind it."""


def keep_watch(connection: Connection) -> None:
    """Make the function anew and every trigger that is missing."""
    connection.exec_driver_sql(_NOTE)
    there = _triggers(connection)
    for table, (kind, column) in WATCHED.items():
        for verb in ("insert", "update", "delete"):
            if (name := f"noted_{table}_{verb}") not in there:
                connection.exec_driver_sql(
                    f"CREATE TRIGGER {name} AFTER {verb.upper()} ON {table} FOR EACH ROW"
                    f" EXECUTE FUNCTION note_row_change('{kind}', '{column}')"
                )


def place(connection: Connection) -> str | None:
    """What numbers of changes belong to, None while a trigger is missing: here the very table, not one restored since."""
    if not set(TRIGGERS) <= _triggers(connection):
        return None
    return str(connection.exec_driver_sql("SELECT 'row_changes'::regclass::oid").scalar_one())


def _triggers(connection: Connection) -> set[str]:
    found = connection.exec_driver_sql(
        "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal AND t.tgenabled = 'O'"
    )
    return {str(name) for (name,) in found}
