"""Backups of a workspace (备份): verified copies in its `backups` folder, and putting one back.

A backup is one file, opened and checked page by page before it gets its name; its name tells time, schema
version and reason. Where the database itself turns out damaged, the copy is thrown away and nothing older is
removed. Restoring sets the damaged database aside and never deletes it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.domain.errors import DamagedStorage
from models.store.durable_files import flush_to_disk, put_in_place
from models.store.problems import Trouble, place_of, problem
from models.store.sqlite_dialect import (
    connect_file,
    copy_database,
    in_sentences,
    is_in_use,
    is_sound,
    version_in,
)

if TYPE_CHECKING:
    from models.store.policy import StorePolicy
    from services.ports.store import Backup

DATABASE = "workspace.db"
DAILY = "daily"
UPGRADE = "upgrade"

_FOLDER = "backups"
_TIME = "%Y%m%d-%H%M%S%z"
_NAME = r"(?P<time>\d{8}-\d{6}[+-]\d{4})_v\d+_(?P<reason>[^\W_]+)(?:-(?P<number>\d+))?"
_LEFTOVER_AFTER = 24 * 60 * 60
"""Seconds after which an unfinished copy belongs to a program that was killed."""


class WorkspaceBackups:
    """The backups of one workspace (工作区的备份); how a copy is made and verified is the database's own affair."""

    suffix = ".db"
    """How the files end: a folder may hold backups of two databases, one after the other."""

    def __init__(self, folder: Path, policy: StorePolicy) -> None:
        self._folder = folder
        self._policy = policy
        self._place = place_of(folder)

    def make(self, reason: str, now: datetime) -> Path:
        """A verified copy of the database as it stands.

        Raises DamagedStorage when the database is not whole, EnvironmentProblem when the disk does not
        take the copy, ValueError when the reason is not one word.
        """
        if re.fullmatch(r"[^\W_]+", reason) is None:
            raise ValueError(f"a backup's reason is one word, not {reason!r}")
        with in_sentences(self._place):
            target = self._free_name(reason, now, self.version())
            target.parent.mkdir(exist_ok=True)
            self.write_copy(target)
            self._thin_out(now, target)
        return target

    def version(self) -> int:
        """The schema version of the database."""
        return version_in(self._folder / DATABASE) or 0

    def write_copy(self, target: Path) -> None:
        """Write a verified copy of the database; nothing is left behind when it fails."""
        _verified_copy(self._folder / DATABASE, target, Trouble.DAMAGED, self._place)

    def all(self) -> Sequence[Backup]:
        """Backups, newest first. Raises EnvironmentProblem when the folder cannot be read."""
        from services.ports.store_records import Backup

        with in_sentences(self._place):
            files = (self._folder / _FOLDER).glob(f"*{self.suffix}")
            found = [(path, re.fullmatch(_NAME, path.name.removesuffix(self.suffix))) for path in files]
            backups = [
                (
                    Backup(path, _time(match), match["reason"], path.stat().st_size),
                    int(match["number"] or 1),
                )
                for path, match in found
                if match is not None
            ]
        backups.sort(key=lambda item: (item[0].made_at, item[1]), reverse=True)
        return [backup for backup, _number in backups]

    def due_for_daily(self, now: datetime) -> bool:
        """Whether no daily backup has been made on the date of `now` in its zone."""

        def day(moment: datetime) -> date:
            return moment.astimezone(now.tzinfo).date()

        return all(item.reason != DAILY or day(item.made_at) != day(now) for item in self.all())

    def restore(self, backup: Backup, now: datetime, newest_version: int) -> None:
        """Put a backup in the database's place; what was there is set aside under a new name.

        Raises StorageProblem when the backup is damaged or newer than `newest_version`, or while any program
        has the database open; EnvironmentProblem when the disk does not take it. Then nothing has changed.
        """
        database, ready = self._folder / DATABASE, self._folder / f".{DATABASE}.restored"
        with _of_backup(backup.path):
            self._refuse_unusable(backup.path, newest_version)
        with in_sentences(self._place):
            if database.exists() and is_in_use(database):
                raise problem(Trouble.STILL_OPEN, self._place)
        with _of_backup(backup.path):
            _verified_copy(backup.path, ready, Trouble.BACKUP_DAMAGED, _named(backup.path))
        with in_sentences(self._place):
            _set_aside(database, now)
            put_in_place(ready, database)

    def _refuse_unusable(self, path: Path, newest_version: int) -> None:
        """Raise StorageProblem on a backup that is gone, not ours, or newer than this program."""
        version = version_in(path) if path.exists() else None
        if version is None:
            raise problem(Trouble.BACKUP_DAMAGED, _named(path))
        if version > newest_version:
            raise problem(Trouble.NEWER, _named(path))

    def _free_name(self, reason: str, now: datetime, version: int) -> Path:
        """A name nobody has: two backups within one second are numbered, also when the first went meanwhile."""
        stem = f"{now.strftime(_TIME)}_v{version}_{reason}"
        folder = self._folder / _FOLDER
        form = re.compile(rf"{re.escape(stem)}(?:-(\d+))?{re.escape(self.suffix)}")
        found = [form.fullmatch(path.name) for path in folder.glob(f"*{self.suffix}")]
        taken = [int(match[1] or 1) for match in found if match is not None]
        return folder / f"{stem}{f'-{max(taken) + 1}' if taken else ''}{self.suffix}"

    def _thin_out(self, now: datetime, made: Path) -> None:
        """Remove the oldest backups of each reason beyond the policy, and copies a killed program left.

        The one just made stays whatever the others are called, and those dated after it go first: a machine
        whose clock was wrong must not throw each new backup away because of them.
        """
        kept: dict[str, int] = {}
        for item in sorted(self.all(), key=lambda item: (item.path != made, item.made_at > now)):
            kept[item.reason] = kept.get(item.reason, 0) + 1
            if kept[item.reason] > self._policy.kept_backups:
                item.path.unlink(missing_ok=True)
        for leftover in (self._folder / _FOLDER).glob(".*.part*"):
            if leftover.stat().st_mtime < now.timestamp() - _LEFTOVER_AFTER:
                leftover.unlink(missing_ok=True)


def _named(path: Path) -> str:
    """How a sentence names a backup: by its file."""
    return f"备份“{path.name}”"


@contextmanager
def _of_backup(path: Path) -> Iterator[None]:
    """What is found damaged here is the backup, never the workspace that it was to replace."""
    try:
        with in_sentences(_named(path)):
            yield
    except DamagedStorage as error:
        raise problem(Trouble.BACKUP_DAMAGED, _named(path)) from error


def _time(match: re.Match[str]) -> datetime:
    """The time in a backup's name."""
    return datetime.strptime(match["time"], _TIME)


def _verified_copy(source: Path, target: Path, when_unsound: Trouble, place: str) -> None:
    """Copy, flush, check and name; on any failure nothing is left behind."""
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        copy_database(source, part)
        with closing(connect_file(part, "ro")) as connection:
            if not is_sound(connection):
                raise problem(when_unsound, place)
        flush_to_disk(part)
        put_in_place(part, target)
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            part.with_name(f"{part.name}{suffix}").unlink(missing_ok=True)


def _set_aside(database: Path, now: datetime) -> None:
    """Rename a damaged database with its log: the database first, so that it is never without its log."""
    stamp = now.strftime("%Y%m%d-%H%M%S")
    number, aside = 1, f"{database.stem}-damaged-{stamp}"
    while database.with_name(f"{aside}.db").exists():
        number += 1
        aside = f"{database.stem}-damaged-{stamp}-{number}"
    for suffix in ("", "-wal", "-shm"):
        old = database.with_name(f"{database.name}{suffix}")
        if old.exists():
            os.replace(old, database.with_name(f"{aside}.db{suffix}"))
