"""Shared databases as services see them (多人共用的数据库): where a workspace's database is, and moving it.

A workspace stays a folder at every desk: keys, copies of packages and evidence lie there. Its database is
either a file of that folder, or a PostgreSQL database several desks work with at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

Step = Callable[[int, int, str], None]
"""Tells done, total and what; raises Cancelled when the work shall stop."""


@dataclass(frozen=True, slots=True)
class DatabaseFound:
    """What a test of the connection found (连接测试结果): whether a workspace is there already, the server's version."""

    has_workspace: bool
    server: str


@dataclass(frozen=True, slots=True)
class TableCopied:
    """One table on both sides (数据表核对): rows and the SHA-256 over their canonical spelling, equal on both."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class MoveReport:
    """A finished move (移动结果): every table as compared, and what the old database is called now."""

    tables: tuple[TableCopied, ...]
    aside: str

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)


class SharedDatabases(Protocol):
    """Where databases are, and moving them (数据库的位置与移动)."""

    def address(self, folder: Path) -> str:
        """The address of a folder's shared database, without password; "" when its database is its own file."""
        ...

    def desk(self, folder: Path) -> str:
        """What tells this desk from the others at the same database; "" when there are no others."""
        ...

    def name(self, address: str) -> str:
        """Short words for an address: database and server. InputError when it cannot be understood."""
        ...

    def look(self, address: str, password: str = "") -> DatabaseFound:
        """Try a connection. InputError (spelling), EnvironmentProblem (server, password, rights)."""
        ...

    def use(self, folder: Path, address: str) -> None:
        """Let a folder without a database name a shared one; a password in the address counts for this run only."""
        ...

    def join(self, folder: Path, address: str, password: str) -> None:
        """Like `use`, for good: the password goes to the account's own password file."""
        ...

    def move_there(self, folder: Path, address: str, password: str, now: datetime, step: Step) -> MoveReport:
        """Move a folder's database to PostgreSQL; the password goes to the account's own password file.

        StorageProblem when anybody has the database open, when a workspace is there already, or when the two
        sides differ afterwards. Until the report is given the old database is in force.
        """
        ...

    def move_back(self, folder: Path, now: datetime, step: Step) -> MoveReport:
        """Move a shared database into the folder; the other desks are told that it is gone."""
        ...
