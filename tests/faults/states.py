"""What a workspace holds, to be compared whole (工作区内容): every row of every table, every file beside the database."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from models.store.unit_of_work import SqlUnitOfWork

DATABASE = "workspace.db"
_END_MARK = "closed_cleanly"
_TOLD = ("row_changes", "audit_log", "counters")
"""Which rows changed last, what the log says of it and how much was counted: they tell the way things came, and a
run in two parts or a backup put back is told as such; not what is there."""


def rows_of(database: Path) -> str:
    """A digest over all rows, however they and their changes came; whether the desk ended well is left out."""
    digest = hashlib.sha256()
    with closing(sqlite3.connect(database)) as connection:
        tables = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
        for (table,) in connection.execute(tables).fetchall():
            if table in _TOLD:
                continue
            lines = sorted(repr(row) for row in connection.execute(f'SELECT * FROM "{table}"'))
            kept = [line for line in lines if table != "settings" or _END_MARK not in line]
            digest.update("\n".join([table, *kept]).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def is_sound(database: Path) -> bool:
    """Whether SQLite finds every page, every index and every reference whole."""
    with closing(sqlite3.connect(database)) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return whole and not connection.execute("PRAGMA foreign_key_check").fetchall()


def files_in(folder: Path) -> dict[str, str]:
    """Every finished file below a folder with its digest; unfinished ones bear names nobody reads."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(("~", "."))
    }


@contextmanager
def states_noted(database: Path) -> Iterator[list[str]]:
    """While this lasts: the rows after each commit, in order, those before the first one in front."""
    states = [rows_of(database)]
    commit = SqlUnitOfWork.commit

    def noted(work: SqlUnitOfWork) -> None:
        commit(work)
        now = rows_of(database)
        if now != states[-1]:
            states.append(now)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqlUnitOfWork, "commit", noted)
        yield states
