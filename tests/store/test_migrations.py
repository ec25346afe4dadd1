"""Upgrades: a backup first, one transaction per step with its number inside, checked after, whole at one version."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from models.domain.errors import DamagedStorage
from models.domain.project import Project, ProjectYear
from models.store import migrations
from models.store.migrations import Step
from models.store.opener import SqliteStoreOpener
from tests.store.samples import NOW, TOWN, figures, filing, later

pytestmark = pytest.mark.wide


def says(*statements: str) -> Callable[[Connection], None]:
    """A step that runs these statements."""

    def apply(connection: Connection) -> None:
        for statement in statements:
            connection.execute(text(statement))

    return apply


NOTE = Step(2, "note_of_units", says("ALTER TABLE units ADD COLUMN note TEXT NOT NULL DEFAULT '无'"))
REBUILD = Step(
    3,
    "project_names_checked",
    says(
        "CREATE TABLE made AS SELECT * FROM projects",
        "DROP TABLE projects",
        "CREATE TABLE projects (project_id TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL,"
        " name TEXT NOT NULL CHECK (name <> ''), unit_code TEXT NOT NULL, project_code TEXT NOT NULL,"
        " category TEXT NOT NULL, binned_at TEXT)",
        "INSERT INTO projects SELECT * FROM made",
        "DROP TABLE made",
    ),
)
FAILS = Step(3, "fails", says("CREATE TABLE made (a)", "DELETE FROM projects", "SELECT nothing FROM nowhere"))
BREAKS = Step(3, "breaks_references", says("DELETE FROM projects"))
FIRST = SqliteStoreOpener(steps=())


@pytest.fixture
def first_version(folder: Path) -> Path:
    """A closed workspace of the first version with something in it; the steps of these tests begin from it."""
    store = FIRST.open(folder, NOW, create=True)
    with store.writing() as work:
        work.registers.put_units([TOWN])
        work.projects.put(Project("P1", "农村公路日常养护", TOWN.code))
        work.projects.put_year(ProjectYear("P1", 2027, 100))
        work.filings.save(filing(), figures(filing()), expected_revision=None)
        work.commit()
    store.close()
    return folder


def asked(folder: Path, statement: str, name: str = "workspace.db") -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / name)) as connection:
        return connection.execute(statement).fetchall()


def test_steps_run_in_order_and_are_recorded(first_version: Path):
    SqliteStoreOpener(steps=[NOTE, REBUILD]).open(first_version, later(5)).close()
    recorded = asked(first_version, "SELECT version, name, applied_at FROM schema_versions ORDER BY version")
    assert recorded == [
        (1, "new", "2026-09-01T08:30:00.000000Z"),
        (2, "note_of_units", "2026-09-01T08:35:00.000000Z"),
        (3, "project_names_checked", "2026-09-01T08:35:00.000000Z"),
    ]
    assert asked(first_version, "SELECT code, note FROM units") == [(TOWN.code, "无")]


def test_rebuilding_a_table_leaves_what_refers_to_it(first_version: Path):
    store = SqliteStoreOpener(steps=[NOTE, REBUILD]).open(first_version, later(5))
    with store.reading() as work:
        assert list(work.projects.years("P1")) == [ProjectYear("P1", 2027, 100)]
        assert work.filings.get("F1") == filing(revision=1)
    with store.writing() as work:
        work.projects.put_year(ProjectYear("nobody", 2027))
        with pytest.raises(Exception, match="FOREIGN KEY"):
            work.commit()
    store.close()


def test_a_backup_of_the_old_version_is_made_first(first_version: Path):
    opener = SqliteStoreOpener(steps=[NOTE])
    opener.open(first_version, later(5)).close()
    (backup,) = opener.backups(first_version)
    assert backup.path.name == "20260901-083500+0000_v1_upgrade.db"
    assert (backup.reason, backup.made_at) == ("upgrade", later(5))
    old = asked(first_version / "backups", "SELECT max(version) FROM schema_versions", backup.path.name)
    assert old == [(1,)]


def test_a_database_of_the_present_version_is_left_alone(first_version: Path):
    opener = SqliteStoreOpener(steps=[NOTE])
    for minutes in (5, 6):
        opener.open(first_version, later(minutes)).close()
    assert len(opener.backups(first_version)) == 1


def test_a_failing_step_leaves_the_version_before_it_whole(first_version: Path):
    with pytest.raises(Exception, match="nowhere"):
        SqliteStoreOpener(steps=[NOTE, FAILS]).open(first_version, later(5))
    assert asked(first_version, "SELECT max(version) FROM schema_versions") == [(2,)]
    assert asked(first_version, "SELECT count(*) FROM projects") == [(1,)]
    assert asked(first_version, "SELECT name FROM sqlite_master WHERE name = 'made'") == []
    assert asked(first_version, "PRAGMA integrity_check") == [("ok",)]
    mended = SqliteStoreOpener(steps=[NOTE, REBUILD]).open(first_version, later(6))
    with mended.reading() as work:
        assert work.filings.get("F1") is not None
    mended.close()


def test_a_step_that_breaks_references_is_rolled_back(first_version: Path):
    with pytest.raises(DamagedStorage, match="升级到第3版"):
        SqliteStoreOpener(steps=[NOTE, BREAKS]).open(first_version, later(5))
    assert asked(first_version, "SELECT count(*) FROM projects") == [(1,)]
    assert asked(first_version, "SELECT max(version) FROM schema_versions") == [(2,)]


def test_the_backup_before_an_upgrade_can_be_restored(first_version: Path):
    newer, older = SqliteStoreOpener(steps=[NOTE]), FIRST
    newer.open(first_version, later(5)).close()
    older.restore(first_version, older.backups(first_version)[0], later(6))
    store = older.open(first_version, later(7))
    with store.reading() as work:
        assert work.filings.get("F1") == filing(revision=1)
    store.close()
    newer.open(first_version, later(8)).close()
    assert asked(first_version, "SELECT max(version) FROM schema_versions") == [(2,)]


def test_a_newer_backup_is_not_restored(first_version: Path):
    newer, older = SqliteStoreOpener(steps=[NOTE]), FIRST
    store = newer.open(first_version, later(5))
    store.backup("manual", later(6))
    store.close()
    content = (first_version / "workspace.db").read_bytes()
    backup = next(b for b in older.backups(first_version) if b.reason == "manual")
    with pytest.raises(Exception, match="更新版本的程序"):
        older.restore(first_version, backup, later(7))
    assert (first_version / "workspace.db").read_bytes() == content


def test_released_steps_are_numbered_without_gaps_and_named():
    numbers = [step.version for step in migrations.STEPS]
    assert numbers == list(range(migrations.FIRST_VERSION + 1, migrations.FIRST_VERSION + 1 + len(numbers)))
    assert all(step.name.isidentifier() and step.apply.__doc__ for step in migrations.STEPS)
    assert migrations.current_version(migrations.STEPS) == migrations.FIRST_VERSION + len(numbers)
