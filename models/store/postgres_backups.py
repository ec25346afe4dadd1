"""Backups of a shared database (多人共用数据库的备份), by PostgreSQL's own programs.

`pg_dump` writes one consistent archive while others go on working, `pg_restore` reads it through before it
gets its name. Restoring sets the schema aside under another name and never drops it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine

from models.store import postgres_dialect
from models.store.backups import WorkspaceBackups
from models.store.database_file import without_password
from models.store.durable_files import flush_to_disk, put_in_place
from models.store.engine import READING, WRITING
from models.store.postgres_dialect import SCHEMA
from models.store.problems import Trouble, problem

if TYPE_CHECKING:
    from models.store.policy import StorePolicy
    from services.ports.store import Backup

_PROGRAMS = ("pg_dump", "pg_restore")
_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0
"""On Windows a program of the console would open one for a moment."""


class PostgresBackups(WorkspaceBackups):
    """The backups this desk has made of a shared database (备份)."""

    suffix = ".dump"

    def __init__(
        self, folder: Path, policy: StorePolicy, engine: Engine, url: URL, *, is_alone: bool = False
    ) -> None:
        super().__init__(folder, policy)
        self._engine = engine
        self._is_alone = is_alone
        self._url = url

    def version(self) -> int:
        """The schema version of the database."""
        with self._connected(READING) as connection:
            return postgres_dialect.version_in(connection) or 0

    def due_for_daily(self, now: datetime) -> bool:
        """Whether today's is still to be made at this desk; never where PostgreSQL's programs are missing."""
        return all(map(shutil.which, _PROGRAMS)) and super().due_for_daily(now)

    def write_copy(self, target: Path) -> None:
        """Dump, read the archive through, flush and name; on any failure nothing is left behind."""
        part = target.with_name(f".{target.name}.part")
        try:
            self._run("pg_dump", "--format=custom", "--no-owner", f"--schema={SCHEMA}", f"--file={part}")
            self._read_through(part, Trouble.BACKUP_FAILED)
            flush_to_disk(part)
            put_in_place(part, target)
        finally:
            part.unlink(missing_ok=True)

    def restore(self, backup: Backup, now: datetime, newest_version: int) -> None:
        """Put a backup in the schema's place; what was there is set aside under a new name.

        Raises StorageProblem when the backup is damaged or newer; then nothing has changed. Every other desk
        is told that the workspace is not there until it is back.
        """
        self._read_through(backup.path, Trouble.BACKUP_DAMAGED)
        aside = f"{SCHEMA}_damaged_{now:%Y%m%d_%H%M%S}"
        had_one = self._rename(SCHEMA, aside)
        try:
            options = ("--single-transaction", "--exit-on-error", "--no-owner")
            self._run(
                "pg_restore", *options, f"--dbname={self._address()}", str(backup.path), to_server=False
            )
            if self.version() > newest_version:
                self._rename(SCHEMA, f"{aside}_newer")
                raise problem(Trouble.NEWER, f"备份“{backup.path.name}”")
        except BaseException:
            if had_one:
                self._rename(aside, SCHEMA)
            raise

    def _rename(self, name: str, new: str) -> bool:
        """Give a schema another name; whether it was there."""
        with self._connected(WRITING) as connection, connection.begin():
            if not postgres_dialect.has_schema(connection, name):
                return False
            connection.exec_driver_sql(f'ALTER SCHEMA "{name}" RENAME TO "{new}"')
        return True

    @contextmanager
    def _connected(self, options: dict[str, Any]) -> Iterator[Connection]:
        """A connection for one question; none is left behind where no store is open."""
        try:
            with self._engine.connect().execution_options(**options) as connection:
                yield connection
        finally:
            if self._is_alone:
                self._engine.dispose()

    def _read_through(self, path: Path, trouble: Trouble) -> None:
        """Let PostgreSQL's own program read every byte of an archive."""
        self._run("pg_restore", f"--file={os.devnull}", str(path), to_server=False, trouble=trouble)

    def _address(self) -> str:
        """The address in libpq's words, without the password."""
        return without_password(self._url.set(drivername="postgresql"))

    def _run(
        self, program: str, *options: str, to_server: bool = True, trouble: Trouble = Trouble.BACKUP_FAILED
    ) -> None:
        """Run one of PostgreSQL's programs; its complaint becomes a sentence."""
        found = shutil.which(program)
        if found is None:
            raise problem(Trouble.NO_BACKUP_PROGRAM, self._place)
        command = [found, *(("--no-password", f"--dbname={self._address()}") if to_server else ()), *options]
        secret = {"PGPASSWORD": str(self._url.password)} if self._url.password else {}
        done = subprocess.run(
            command, env={**os.environ, **secret}, capture_output=True, check=False, creationflags=_NO_WINDOW
        )
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise problem(trouble, self._place) from RuntimeError(said)
