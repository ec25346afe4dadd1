"""Opening workspaces' databases (打开工作区): looked at before anything is touched, then checked, then upgraded.

This module loads SQLAlchemy; whoever wants a quick start imports it when the first workspace is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from models.store import migrations
from models.store.backups import DATABASE, UPGRADE, WorkspaceBackups
from models.store.durable_files import flush_to_disk, put_in_place
from models.store.engine import WRITING, store_engine
from models.store.policy import StorePolicy
from models.store.problems import Trouble, place_of, problem
from models.store.sqlite_dialect import in_sentences, is_sound, log_belongs, set_mark, url_of, version_in
from models.store.store import SqlStore

if TYPE_CHECKING:
    from services.ports.store import Backup


class SqliteStoreOpener:
    """Opens the database in a workspace's folder (打开工作区)."""

    def __init__(
        self, policy: StorePolicy | None = None, steps: Sequence[migrations.Step] | None = None
    ) -> None:
        self._policy = policy or StorePolicy()
        self._steps = migrations.STEPS if steps is None else tuple(steps)
        self._version = migrations.current_version(self._steps)

    def open(self, folder: Path, now: datetime, *, create: bool = False) -> SqlStore:
        """Open or create; upgrades with a backup first.

        Raises StorageProblem (newer program, locked, missing), DamagedStorage (damaged, or gone while there
        are backups), EnvironmentProblem (read-only folder, full disk). Nothing is changed then.
        """
        path, place = folder / DATABASE, place_of(folder)
        backups = WorkspaceBackups(folder, self._policy)
        with in_sentences(place):
            if not path.exists():
                self._create(path, backups, now, create=create)
            version = self._readable_version(path, place)
            if not log_belongs(path):
                raise problem(Trouble.FOREIGN_LOG, place)
        engine = store_engine(url_of(path), self._policy, place)
        try:
            with in_sentences(place):
                _make_sure_of(
                    engine, place, is_checked=path.stat().st_size <= self._policy.checked_when_opened
                )
            if version < self._version:
                self._upgrade(engine, backups, now, place)
        except BaseException:
            engine.dispose()
            raise
        return SqlStore(engine, backups)

    def backups(self, folder: Path) -> Sequence[Backup]:
        """Backups of a workspace, newest first."""
        return WorkspaceBackups(folder, self._policy).all()

    def restore(self, folder: Path, backup: Backup, now: datetime) -> None:
        """Put a verified backup in the place of the database; the damaged one is set aside, never deleted."""
        WorkspaceBackups(folder, self._policy).restore(backup, now, self._version)

    def _create(self, path: Path, backups: WorkspaceBackups, now: datetime, *, create: bool) -> None:
        """A new database, made under another name so that it is whole or not there."""
        place = place_of(path.parent)
        if backups.all():
            raise problem(Trouble.LOST, place)
        if not create:
            raise problem(Trouble.MISSING, place)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.new")
        for suffix in ("", "-wal", "-shm"):
            fresh.with_name(f"{fresh.name}{suffix}").unlink(missing_ok=True)
        fresh.touch()
        engine = store_engine(url_of(fresh), self._policy, place)
        try:
            migrations.create_tables(engine, self._version, now)
            with engine.connect().execution_options(**WRITING) as connection, connection.begin():
                set_mark(connection)
        finally:
            engine.dispose()
        flush_to_disk(fresh)
        put_in_place(fresh, path)

    def _readable_version(self, path: Path, place: str) -> int:
        """The schema version of a database this program can work with; found without changing the file."""
        version = version_in(path)
        if version is None:
            raise problem(Trouble.DAMAGED, place)
        if version > self._version:
            raise problem(Trouble.NEWER, place)
        return version

    def _upgrade(self, engine: Engine, backups: WorkspaceBackups, now: datetime, place: str) -> None:
        """Backup, steps, page-by-page check."""
        backups.make(UPGRADE, now)
        migrations.upgrade(engine, self._steps, now)
        with in_sentences(place):
            _make_sure_of(engine, place, is_checked=True, quick=False)


def _make_sure_of(engine: Engine, place: str, *, is_checked: bool, quick: bool = True) -> None:
    """Raise a sentence now rather than at the first save: in use, read-only, unreliable disk, damaged pages.

    The update meets no row; it is there because beginning alone does not notice a read-only file.
    """
    with engine.connect().execution_options(**WRITING) as connection:
        with connection.begin():
            connection.exec_driver_sql("UPDATE schema_versions SET name = name WHERE 0")
            set_mark(connection)
            mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        if mode != "wal":
            raise problem(Trouble.NOT_RELIABLE, place)
        driver: Any = connection.connection.driver_connection
        if is_checked and not is_sound(driver, quick=quick):
            raise problem(Trouble.DAMAGED, place)
