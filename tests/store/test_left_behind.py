"""A log a killed program left (遗留的日志): its own is taken up, with or without its index; another database's never is."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from models.domain.errors import DamagedStorage
from models.store.opener import SqliteStoreOpener
from models.store.store import SqlStore
from services.ports.store import FilingQuery
from tests.store.samples import NOW, figures, filing, later
from tests.store.test_opening import fingerprints, is_plain, keep_a_filing

pytestmark = pytest.mark.wide

LOG, INDEX = "workspace.db-wal", "workspace.db-shm"


def names(store: SqlStore) -> list[str]:
    with store.reading() as work:
        return sorted(found.filing_id for found in work.filings.find(FilingQuery()))


def left_by_a_killed_program(store: SqlStore, folder: Path, into: Path) -> Path:
    """The files as they lie while the program works: what was saved stands in the log alone."""
    keep_a_filing(store)
    shutil.copytree(folder, into)
    store.close()
    return into


@pytest.mark.parametrize("index", ["as it was", "gone", "of another time", "empty"])
def test_its_own_log_is_taken_up(
    index: str, store: SqlStore, opener: SqliteStoreOpener, folder: Path, tmp_path: Path
):
    left = left_by_a_killed_program(store, folder, tmp_path / "killed")
    if index == "gone":
        (left / INDEX).unlink()
    elif index == "of another time":
        (left / INDEX).write_bytes(bytes(reversed((left / INDEX).read_bytes())))
    elif index == "empty":
        (left / INDEX).write_bytes(b"")
    with closing(sqlite3.connect(f"{(left / 'workspace.db').as_uri()}?immutable=1", uri=True)) as alone:
        assert alone.execute("SELECT count(*) FROM filings").fetchone() == (0,)
    again = opener.open(left, later(1))
    assert names(again) == ["F1"]
    again.close()
    assert not (left / LOG).exists()


def test_a_log_cut_off_in_the_middle_keeps_every_whole_transaction(
    store: SqlStore, opener: SqliteStoreOpener, folder: Path, tmp_path: Path
):
    left = left_by_a_killed_program(store, folder, tmp_path / "killed")
    log = left / LOG
    log.write_bytes(log.read_bytes() + log.read_bytes()[32:3000])
    again = opener.open(left, later(1))
    assert names(again) == ["F1"]
    again.close()


@pytest.mark.parametrize("filings", [1, 40])
@pytest.mark.parametrize("is_whole", [False, True])
def test_a_log_of_another_database_is_refused_and_nothing_is_touched(
    filings: int, is_whole: bool, opener: SqliteStoreOpener, folder: Path, tmp_path: Path
):
    own = opener.open(folder, NOW, create=True)
    keep_a_filing(own)
    own.backup("daily", NOW)
    own.close()
    other = opener.open(tmp_path / "other", NOW, create=True)
    if is_whole:
        with closing(sqlite3.connect(tmp_path / "other" / "workspace.db")) as connection:
            connection.execute("VACUUM")  # every page goes through the log
    for number in range(filings):
        with other.writing() as work:
            one = filing(filing_id=f"X{number}", project_id=f"P{number}")
            work.filings.save(one, figures(one), expected_revision=None)
            work.commit()
    shutil.copy(tmp_path / "other" / LOG, folder)
    other.close()
    before = fingerprints(folder)
    with pytest.raises(DamagedStorage, match="别的工作区的日志") as caught:
        opener.open(folder, later(1))
    assert is_plain(caught.value)
    after = fingerprints(folder)
    assert {name: after[name] for name in before} == before
    opener.restore(folder, opener.backups(folder)[0], later(2))
    again = opener.open(folder, later(3))
    assert names(again) == ["F1"]
    again.close()


def test_every_database_bears_a_mark_of_its_own_for_good(opener: SqliteStoreOpener, tmp_path: Path):
    marks = []
    for name in ("a", "b", "a"):
        opener.open(tmp_path / name, NOW, create=True).close()
        with closing(sqlite3.connect(tmp_path / name / "workspace.db")) as connection:
            marks.append(connection.execute("PRAGMA application_id").fetchone()[0])
    assert 0 not in marks
    assert marks[0] == marks[2] != marks[1]


def test_the_database_of_an_older_program_gets_its_mark_and_its_own_log_counts(
    store: SqlStore, opener: SqliteStoreOpener, folder: Path, tmp_path: Path
):
    store.close()
    with closing(sqlite3.connect(folder / "workspace.db")) as connection:
        connection.execute("PRAGMA application_id = 0")
    old = opener.open(folder, NOW)
    left = left_by_a_killed_program(old, folder, tmp_path / "killed")
    again = opener.open(left, later(1))
    assert names(again) == ["F1"]
    again.close()
