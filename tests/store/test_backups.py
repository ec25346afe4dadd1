"""Backups: verified, named, thinned out by reason, listed, restored without losing the damaged one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from models.domain.errors import DamagedStorage, StorageProblem
from models.store.migrations import STEPS, current_version
from models.store.opener import SqliteStoreOpener
from models.store.store import SqlStore
from services.ports.store import Backup
from tests.store.samples import NOW, later
from tests.store.test_opening import fingerprints, is_plain, keep_a_filing

pytestmark = pytest.mark.wide

BEIJING = timezone(timedelta(hours=8))


def test_a_backup_is_one_sound_file_with_everything_committed(store: SqlStore, folder: Path):
    keep_a_filing(store)
    path = store.backup("manual", NOW)
    assert path == folder / "backups" / f"20260901-083000+0000_v{current_version(STEPS)}_manual.db"
    assert [item.name for item in path.parent.iterdir()] == [path.name]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("SELECT filing_id FROM filings").fetchall() == [("F1",)]


def test_a_backup_is_made_while_somebody_writes(store: SqlStore):
    keep_a_filing(store)
    with store.writing() as work:
        work.settings.put("half", 1)
        path = store.backup("manual", NOW)
        work.commit()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM settings").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM filings").fetchone() == (1,)


def test_backups_are_listed_newest_first_and_nothing_else_is(
    store: SqlStore, opener: SqliteStoreOpener, folder: Path
):
    assert opener.backups(folder) == []
    beijing = later(10).astimezone(BEIJING)
    paths = [store.backup("manual", NOW), store.backup("结账", beijing), store.backup("manual", later(5))]
    (folder / "backups" / "notes.txt").write_text("x")
    (folder / "backups" / "other.db").write_bytes(b"x")
    found = opener.backups(folder)
    assert [item.path for item in found] == [paths[1], paths[2], paths[0]]
    assert found[0] == Backup(paths[1], beijing, "结账", paths[1].stat().st_size)


def test_two_backups_in_one_second_are_two(store: SqlStore, opener: SqliteStoreOpener, folder: Path):
    paths = [store.backup("manual", NOW) for _ in range(3)]
    assert len(set(paths)) == 3
    assert [item.path for item in opener.backups(folder)] == paths[::-1]


def test_the_newest_few_of_each_reason_are_kept(store: SqlStore, opener: SqliteStoreOpener, folder: Path):
    store.backup("upgrade", later(-60))
    for minutes in range(5):
        store.backup("daily", later(minutes))
    found = [(item.reason, item.made_at) for item in opener.backups(folder)]
    assert found == [("daily", later(n)) for n in (4, 3, 2)] + [("upgrade", later(-60))]


def test_a_clock_that_was_wrong_costs_no_new_backup(store: SqlStore, opener: SqliteStoreOpener, folder: Path):
    wrong = NOW.replace(year=2031)
    for minutes in range(3):
        store.backup("daily", wrong + timedelta(minutes=minutes))
    made = [store.backup("daily", later(minutes)) for minutes in range(3)]
    assert [item.path for item in opener.backups(folder)] == made[::-1]


def test_a_backup_of_the_same_second_is_never_the_one_thinned_out(
    store: SqlStore, opener: SqliteStoreOpener, folder: Path
):
    made = [store.backup("manual", NOW) for _ in range(5)]
    assert [item.path for item in opener.backups(folder)] == made[:1:-1]


def test_what_a_killed_program_left_is_cleared_away_after_a_day(store: SqlStore, folder: Path):
    store.backup("manual", NOW)
    old, fresh = folder / "backups" / ".old.db.part", folder / "backups" / ".fresh.db.part"
    for path, age in ((old, 2), (fresh, 0)):
        path.write_bytes(b"half")
        at = (NOW - timedelta(days=age)).timestamp()
        os.utime(path, (at, at))
    store.backup("manual", later(1))
    assert (old.exists(), fresh.exists()) == (False, True)


@pytest.mark.parametrize("reason", ["", "two words", "../up", "a_b", "a-b"])
def test_a_reason_is_one_word(store: SqlStore, folder: Path, reason: str):
    with pytest.raises(ValueError, match="one word"):
        store.backup(reason, NOW)
    assert not (folder / "backups").exists()


def test_a_daily_backup_is_due_once_a_day_of_the_clock_on_the_wall(store: SqlStore):
    late = datetime(2026, 9, 1, 23, 50, tzinfo=BEIJING)
    assert store.due_for_daily(late)
    store.backup("manual", late)
    assert store.due_for_daily(late)
    store.backup("daily", late)
    assert not store.due_for_daily(late + timedelta(minutes=5))
    assert store.due_for_daily(late + timedelta(minutes=15))
    # 23:55 in Beijing is 15:55 in UTC of the same day; 01:00 in Beijing is still the first there.
    assert not store.due_for_daily((late + timedelta(minutes=70)).astimezone(NOW.tzinfo))


def test_restoring_goes_back_and_sets_the_present_aside(
    store: SqlStore, opener: SqliteStoreOpener, folder: Path
):
    keep_a_filing(store)
    store.backup("manual", NOW)
    with store.writing() as work:
        work.settings.put("later", 1)
        work.commit()
    store.close()
    (backup,) = opener.backups(folder)
    for number in (1, 2):
        opener.restore(folder, backup, later(1))
        assert len(list(folder.glob("workspace-damaged-20260901-083100*.db"))) == number
    again = opener.open(folder, later(2))
    with again.reading() as work:
        assert work.filings.get("F1") is not None
        assert work.settings.get("later") is None
    again.close()
    with closing(sqlite3.connect(folder / "workspace-damaged-20260901-083100.db")) as aside:
        assert aside.execute("SELECT count(*) FROM settings").fetchone() == (1,)
    assert backup.path.exists()


def test_a_log_left_beside_a_damaged_database_goes_with_it(
    store: SqlStore, opener: SqliteStoreOpener, folder: Path
):
    # A log of the old database beside the restored one would undo or damage it.
    keep_a_filing(store)
    store.backup("manual", NOW)
    store.close()
    (folder / "workspace.db").write_bytes(b"\xa5" * 8192)
    (folder / "workspace.db-wal").write_bytes(b"old log")
    opener.restore(folder, opener.backups(folder)[0], later(1))
    assert not (folder / "workspace.db-wal").exists()
    assert (folder / "workspace-damaged-20260901-083100.db-wal").read_bytes() == b"old log"
    opener.open(folder, later(2)).close()


def test_a_database_in_use_is_not_replaced(store: SqlStore, opener: SqliteStoreOpener, folder: Path):
    keep_a_filing(store)
    store.backup("manual", NOW)
    with pytest.raises(StorageProblem, match="现在不能恢复") as caught:
        opener.restore(folder, opener.backups(folder)[0], later(1))
    assert is_plain(caught.value)
    with store.reading() as work:
        assert work.filings.get("F1") is not None


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:6000])


def _spoil_a_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192 : 8192 + 4096] = b"\xa5" * 4096
    path.write_bytes(bytes(content))


def _blank(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("spoil", [_truncate, _spoil_a_page, _blank, Path.unlink])
def test_a_damaged_backup_is_not_restored(spoil, store: SqlStore, opener: SqliteStoreOpener, folder: Path):
    keep_a_filing(store)
    store.backup("manual", NOW)
    store.close()
    (backup,) = opener.backups(folder)
    spoil(backup.path)
    before = fingerprints(folder)
    with pytest.raises(StorageProblem, match="这份备份不完整") as caught:
        opener.restore(folder, backup, later(1))
    assert not isinstance(caught.value, DamagedStorage), "the workspace itself is whole"
    assert backup.path.name in caught.value.where
    assert is_plain(caught.value)
    assert fingerprints(folder) == before
