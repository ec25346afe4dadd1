"""A machine that does not play along: locked, full, read-only. One sentence each, nothing lost, work goes on after."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from models.domain.errors import DeskError, EnvironmentProblem, StorageProblem
from models.store.backups import WorkspaceBackups
from models.store.engine import store_engine
from models.store.opener import SqliteStoreOpener
from models.store.sqlite_dialect import url_of
from models.store.store import SqlStore
from tests.store.conftest import IMPATIENT
from tests.store.samples import NOW, answers, change, figures, filing, later
from tests.store.test_opening import is_plain, keep_a_filing

pytestmark = pytest.mark.wide

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
NOBODY = 65534


@contextmanager
def held_by_another_program(database: Path) -> Iterator[None]:
    """Another program in the middle of writing."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def is_sound(database: Path) -> bool:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_saving_while_another_program_writes(store: SqlStore, database: Path):
    keep_a_filing(store)
    with held_by_another_program(database):
        with pytest.raises(StorageProblem, match="使用") as caught, store.writing():
            pass
        assert is_plain(caught.value)
        with store.reading() as work:
            assert work.filings.get("F1") is not None
    with store.writing() as work:
        work.filings.save(filing(answers=answers(3)), figures(filing()), expected_revision=1)
        work.commit()


def test_opening_while_another_program_writes(opener: SqliteStoreOpener, database: Path, store: SqlStore):
    store.close()
    with held_by_another_program(database), pytest.raises(StorageProblem, match="使用") as caught:
        opener.open(database.parent, NOW)
    assert is_plain(caught.value)
    opener.open(database.parent, NOW).close()


def test_opening_while_another_program_keeps_everyone_out(
    opener: SqliteStoreOpener, database: Path, store: SqlStore
):
    store.close()
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageProblem, match="使用"):
            opener.open(database.parent, NOW)
        other.execute("ROLLBACK")


@pytest.fixture
def small_disk(store: SqlStore, database: Path) -> Iterator[SqlStore]:
    """The same database on a disk that takes a few pages more and no further one."""
    keep_a_filing(store)
    with closing(sqlite3.connect(database)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    engine = store_engine(url_of(database), IMPATIENT, "工作区“测试”")

    @event.listens_for(engine, "connect")
    def _limit(connection, _record) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 10}")

    limited = SqlStore(engine, WorkspaceBackups(database.parent, IMPATIENT))
    yield limited
    limited.close()


def test_a_full_disk_loses_nothing(small_disk: SqlStore, database: Path):
    larger = filing(answers=answers(300))
    with small_disk.writing() as work:
        work.filings.add_history([change(1)])
        with pytest.raises(EnvironmentProblem, match="磁盘空间已满") as caught:
            work.filings.save(larger, figures(larger), expected_revision=1)
    assert is_plain(caught.value)
    with small_disk.reading() as work:
        assert work.filings.get("F1") == filing(revision=1)
        assert work.filings.history("F1") == []
    with small_disk.writing() as work:
        work.filings.save(filing(answers=answers(1)), figures(filing()), expected_revision=1)
        work.commit()
    assert is_sound(database)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of two megabytes."""
    if not IS_ROOT:
        pytest.skip("mounting a small disk needs root")
    mounted = tmp_path / "disk"
    mounted.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(mounted)], capture_output=True
    )
    if done.returncode:
        pytest.skip("this machine does not let tests mount a disk")
    try:
        yield mounted
    finally:
        subprocess.run(["umount", str(mounted)], check=True)


def _fill(disk: Path) -> Path:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    file.write(b"\x00" * size)
            except OSError:
                continue
    return filler


def test_a_really_full_disk_loses_nothing(tiny_disk: Path, opener: SqliteStoreOpener):
    folder = tiny_disk / "工作区"
    store = opener.open(folder, NOW, create=True)
    keep_a_filing(store)
    first = store.backup("manual", NOW)
    filler = _fill(tiny_disk)
    larger = filing(answers=answers(300))

    def save_larger() -> None:
        with store.writing() as work:
            work.filings.save(larger, figures(larger), expected_revision=1)
            work.commit()

    with pytest.raises(EnvironmentProblem, match="磁盘"):
        save_larger()
    with store.reading() as work:
        assert work.filings.get("F1") == filing(revision=1)
    with pytest.raises(EnvironmentProblem, match="磁盘"):
        store.backup("manual", later(1))
    assert list((folder / "backups").iterdir()) == [first]
    store.close()
    filler.unlink()
    store = opener.open(folder, NOW)
    save_larger()
    assert store.backup("manual", later(2)).exists()
    store.close()
    assert is_sound(folder / "workspace.db")


def test_creating_on_a_full_disk_leaves_no_half_workspace(tiny_disk: Path, opener: SqliteStoreOpener):
    filler = _fill(tiny_disk)
    with pytest.raises(EnvironmentProblem, match="磁盘") as caught:
        opener.open(tiny_disk / "新工作区", NOW, create=True)
    assert is_plain(caught.value)
    assert not (tiny_disk / "新工作区" / "workspace.db").exists()
    filler.unlink()
    opener.open(tiny_disk / "新工作区", NOW, create=True).close()


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without root's right to write everywhere."""
    if not IS_ROOT:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def _refusal(opener: SqliteStoreOpener, folder: Path, **options: bool) -> DeskError:
    with as_nobody(), pytest.raises(EnvironmentProblem) as caught:
        opener.open(folder, NOW, **options)
    return caught.value


@pytest.fixture
def public_folder(opener: SqliteStoreOpener) -> Iterator[Path]:
    """A workspace that anybody may reach; its rights are the test's to set."""
    outer = Path(tempfile.mkdtemp())
    outer.chmod(0o755)
    folder = outer / "工作区"
    store = opener.open(folder, NOW, create=True)
    keep_a_filing(store)
    store.close()
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(outer)


@pytest.mark.skipif(os.name != "posix", reason="rights are set the POSIX way")
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o444), (0o777, 0o444), (0o555, 0o666)])
def test_what_is_read_only_is_said_at_once_and_untouched(
    public_folder: Path, opener: SqliteStoreOpener, folder_mode: int, file_mode: int
):
    database = public_folder / "workspace.db"
    content = database.read_bytes()
    database.chmod(file_mode)
    public_folder.chmod(folder_mode)
    error = _refusal(opener, public_folder)
    assert "只能读取" in error.what
    assert is_plain(error)
    assert database.read_bytes() == content
    public_folder.chmod(0o777)
    database.chmod(0o666)
    store = opener.open(public_folder, NOW)
    with store.reading() as work:
        assert work.filings.get("F1") is not None
    store.close()


@pytest.mark.skipif(os.name != "posix", reason="rights are set the POSIX way")
def test_nothing_is_made_where_one_may_not_write(public_folder: Path, opener: SqliteStoreOpener):
    public_folder.chmod(0o555)
    error = _refusal(opener, public_folder / "新", create=True)
    assert "只能读取" in error.what
    assert is_plain(error)


@pytest.mark.skipif(os.name != "posix", reason="rights are set the POSIX way")
def test_what_may_not_be_read_is_said(public_folder: Path, opener: SqliteStoreOpener):
    (public_folder / "workspace.db").chmod(0o000)
    assert is_plain(_refusal(opener, public_folder))


def test_a_carrier_pulled_while_working(store: SqlStore, database: Path):
    keep_a_filing(store)
    store.close()
    moved = database.rename(database.with_name("pulled.db"))
    with pytest.raises(EnvironmentProblem, match="打不开") as caught, store.reading():
        pass
    assert is_plain(caught.value)
    assert not database.exists(), "a missing database is never made anew by working on"
    moved.rename(database)
    with store.reading() as work:
        assert work.filings.get("F1") is not None
