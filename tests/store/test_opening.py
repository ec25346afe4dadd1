"""Opening a workspace: creating, missing, newer, damaged; each refusal one sentence, and nothing touched."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from models.domain.errors import DamagedStorage, DeskError, EnvironmentProblem, StorageProblem
from models.store.migrations import STEPS, Step, current_version
from models.store.opener import SqliteStoreOpener
from models.store.policy import StorePolicy
from models.store.store import SqlStore
from tests.store.samples import NOW, figures, filing, later

pytestmark = pytest.mark.wide

NEWER = SqliteStoreOpener(steps=[*STEPS, Step(current_version(STEPS) + 1, "next", lambda _connection: None)])


def fingerprints(folder: Path) -> dict[str, str]:
    """Every file of a folder with its digest."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def is_plain(error: DeskError) -> bool:
    """Whether a sentence names the place and a remedy, and has no English or codes in it apart from the path."""
    words = (error.what + error.remedy).replace("U盘", "")
    return bool(error.where and error.remedy) and not any("a" <= sign.lower() <= "z" for sign in words)


def keep_a_filing(store: SqlStore) -> None:
    with store.writing() as work:
        work.filings.save(filing(), figures(filing()), expected_revision=None)
        work.commit()


def test_a_new_workspace_is_made_with_its_folders(opener: SqliteStoreOpener, tmp_path: Path):
    folder = tmp_path / "甲" / "乙"
    opener.open(folder, NOW, create=True).close()
    assert [path.name for path in folder.iterdir()] == ["workspace.db"]
    opener.open(folder, NOW).close()


def test_creating_where_there_is_one_opens_it(opener: SqliteStoreOpener, store: SqlStore, folder: Path):
    keep_a_filing(store)
    store.close()
    again = opener.open(folder, later(1), create=True)
    with again.reading() as work:
        assert work.filings.get("F1") is not None
    again.close()


def test_an_unfinished_creation_is_made_anew(opener: SqliteStoreOpener, folder: Path):
    folder.mkdir()
    (folder / ".workspace.db.new").write_bytes(b"half")
    opener.open(folder, NOW, create=True).close()
    assert [path.name for path in folder.iterdir()] == ["workspace.db"]


def test_a_missing_database_is_not_made_by_opening(opener: SqliteStoreOpener, folder: Path):
    folder.mkdir()
    with pytest.raises(StorageProblem, match="没有工作区的数据文件") as caught:
        opener.open(folder, NOW)
    assert not isinstance(caught.value, DamagedStorage)
    assert is_plain(caught.value)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("create", [True, False])
def test_a_lost_database_with_backups_is_never_replaced_by_an_empty_one(
    opener: SqliteStoreOpener, store: SqlStore, folder: Path, *, create: bool
):
    keep_a_filing(store)
    store.backup("daily", NOW)
    store.close()
    (folder / "workspace.db").unlink()
    with pytest.raises(DamagedStorage, match="备份") as caught:
        opener.open(folder, NOW, create=create)
    assert is_plain(caught.value)
    assert not (folder / "workspace.db").exists()
    opener.restore(folder, opener.backups(folder)[0], later(1))
    again = opener.open(folder, later(2))
    with again.reading() as work:
        assert work.filings.get("F1") is not None
    again.close()


def test_a_newer_database_is_refused_and_untouched(folder: Path):
    NEWER.open(folder, NOW, create=True).close()
    before = fingerprints(folder)
    with pytest.raises(StorageProblem, match="更新版本的程序") as caught:
        SqliteStoreOpener().open(folder, NOW)
    assert is_plain(caught.value)
    assert "\n" not in caught.value.sentence
    assert fingerprints(folder) == before


def test_a_newer_database_left_by_a_killed_program_is_untouched_too(folder: Path, tmp_path: Path):
    # The upgrade stands only in the write-ahead log beside the file.
    SqliteStoreOpener().open(folder, NOW, create=True).close()
    running = NEWER.open(folder, NOW)
    killed = tmp_path / "killed"
    shutil.copytree(folder, killed, ignore=shutil.ignore_patterns("*-shm", "backups"))
    running.close()
    before = fingerprints(killed)
    assert set(before) == {"workspace.db", "workspace.db-wal"}
    with pytest.raises(StorageProblem, match="更新版本的程序"):
        SqliteStoreOpener().open(killed, NOW)
    after = fingerprints(killed)
    assert {name: after[name] for name in before} == before
    NEWER.open(killed, NOW).close()


def _garbage(path: Path) -> None:
    path.write_bytes(b"\x00garbage" * 2000)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _short_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def _truncated(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _overwritten_header(path: Path) -> None:
    path.write_bytes(b"\xff" * 16 + path.read_bytes()[16:])


def _corrupted_page(path: Path) -> None:
    """Noise over the middle of every page but the first: b-tree cells point nowhere."""
    content = bytearray(path.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 200] = b"\xa5" * 200
    path.write_bytes(bytes(content))


def _foreign(path: Path) -> None:
    """A database of some other program."""
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE something (a)")


DAMAGES = [_garbage, _empty, _short_header, _truncated, _overwritten_header, _corrupted_page, _foreign]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__.strip("_"))
def test_a_damaged_database_is_named_kept_and_can_be_restored(
    damage, opener: SqliteStoreOpener, store: SqlStore, folder: Path
):
    keep_a_filing(store)
    store.backup("daily", NOW)
    store.close()
    damage(folder / "workspace.db")
    before = fingerprints(folder)
    with pytest.raises(DamagedStorage, match="已损坏") as caught:
        opener.open(folder, later(1))
    assert is_plain(caught.value)
    assert "从备份恢复" in caught.value.remedy
    after = fingerprints(folder)
    assert {name: after[name] for name in before} == before

    damaged = (folder / "workspace.db").read_bytes()
    opener.restore(folder, opener.backups(folder)[0], later(2))
    (aside,) = folder.glob("workspace-damaged-*.db")
    assert aside.read_bytes() == damaged
    again = opener.open(folder, later(3))
    with again.reading() as work:
        assert work.filings.get("F1") == filing(revision=1)
    again.close()


def test_damage_met_while_working_is_named_too(folder: Path, tmp_path: Path):
    trusting = SqliteStoreOpener(StorePolicy(checked_when_opened=0))
    store = trusting.open(folder, NOW, create=True)
    keep_a_filing(store)
    with store.writing() as work:
        work.settings.put("large", "x" * 400_000)
        work.commit()
    store.close()
    path = folder / "workspace.db"
    content = bytearray(path.read_bytes())
    first_page = len(content) // 2 // 4096 * 4096
    for start in range(first_page, len(content), 4096):
        content[start : start + 16] = b"\xa5" * 16
    path.write_bytes(bytes(content))
    store = trusting.open(folder, NOW)
    with store.reading() as work, pytest.raises(DamagedStorage, match="已损坏"):
        work.settings.get("large")
    with pytest.raises(DamagedStorage, match="已损坏"):
        store.backup("daily", NOW)
    assert list(folder.glob("backups/*")) == list(folder.glob("backups/.*")) == []
    store.close()


def test_a_folder_in_the_place_of_the_database(opener: SqliteStoreOpener, folder: Path):
    (folder / "workspace.db").mkdir(parents=True)
    with pytest.raises(EnvironmentProblem) as caught:
        opener.open(folder, NOW)
    assert is_plain(caught.value)
