"""What is true of PostgreSQL alone: opening, upgrading, text it cannot keep, sentences, backups, passwords."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, text

from models.domain.errors import DamagedStorage, EnvironmentProblem, InputError, StorageProblem
from models.domain.project import Project
from models.store import migrations
from models.store.database_file import parsed, without_password
from models.store.databases import WorkspaceDatabases
from models.store.engine import READING, WRITING
from models.store.migrations import Step
from models.store.password_file import keep_password
from models.store.postgres_opener import PostgresStoreOpener
from models.store.store import SqlStore
from services.ports.store import Backup
from tests.postgres_server import PASSWORD, Server, emptied
from tests.store.conftest import IMPATIENT
from tests.store.samples import NOW, TOWN, change, figures, filing, later
from tests.store.test_migrations import says

pytestmark = pytest.mark.judge

NEXT = migrations.current_version(migrations.STEPS) + 1
NOTES = Step(
    NEXT,
    "notes",
    says(
        "ALTER TABLE units ADD COLUMN note TEXT NOT NULL DEFAULT '无'",
        "CREATE TABLE notes (note_number INTEGER NOT NULL, words TEXT NOT NULL DEFAULT '',"
        " PRIMARY KEY (note_number))",
        "INSERT INTO notes (note_number, words) VALUES (7, '旧')",
        "UPDATE filings SET grade = '优'",
    ),
)
FAILS = Step(NEXT, "fails", says("CREATE TABLE made (a TEXT)", "SELECT nothing FROM nowhere"))
BREAKS = Step(NEXT, "breaks", says("UPDATE filing_contents SET filing_id = 'nobody'"))
OPENER = PostgresStoreOpener(IMPATIENT)


@pytest.fixture
def url(postgres_server: Server, folder: Path) -> URL:
    """A workspace with a filing, in a database that no other test uses."""
    with postgres_server.connect("postgres") as connection:
        connection.execute("DROP DATABASE IF EXISTS alone WITH (FORCE)")
    given = emptied(postgres_server.database("alone"), OPENER, folder)
    store = OPENER.open(folder, given, NOW)
    with store.writing() as work:
        work.registers.put_units([TOWN])
        work.filings.save(filing(), figures(filing()), expected_revision=None)
        work.filings.add_history([change(1)])
        work.commit()
    store.close()
    return given


def asked(url: URL, statement: str) -> list[tuple[object, ...]]:
    engine = OPENER.engine(url)
    try:
        with engine.connect().execution_options(**READING) as connection:
            return [tuple(row) for row in connection.execute(text(statement))]
    finally:
        engine.dispose()


def test_a_later_step_runs_and_its_table_is_like_the_others(url: URL, folder: Path):
    opener = PostgresStoreOpener(IMPATIENT, steps=(*migrations.STEPS, NOTES))
    store = opener.open(folder, url, later(5))
    store.close()
    assert asked(url, "SELECT code, note FROM units") == [(TOWN.code, "无")]
    assert asked(url, "SELECT max(version) FROM schema_versions") == [(NEXT,)]
    engine = opener.engine(url)
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        connection.execute(text("INSERT INTO notes (words) VALUES ('新')"))
    engine.dispose()
    assert asked(url, 'SELECT note_number FROM notes ORDER BY words COLLATE "C" DESC') == [(7,), (8,)]
    alike = "SELECT DISTINCT collation_name FROM information_schema.columns WHERE data_type = 'text' AND table_schema = 'budget_desk'"
    assert asked(url, alike) == [("C",)]
    (backup,) = opener.backups(folder, url).all()
    assert (backup.reason, backup.path.suffix) == ("upgrade", ".dump")


@pytest.mark.parametrize(("step", "kind"), [(FAILS, Exception), (BREAKS, DamagedStorage)])
def test_a_step_that_fails_is_rolled_back_whole(url: URL, folder: Path, step: Step, kind: type[Exception]):
    with pytest.raises(kind):
        PostgresStoreOpener(IMPATIENT, steps=(*migrations.STEPS, step)).open(folder, url, later(5))
    assert asked(url, "SELECT max(version) FROM schema_versions") == [(NEXT - 1,)]
    assert asked(url, "SELECT to_regclass('made')") == [(None,)]
    assert asked(url, "SELECT filing_id FROM filing_contents") == [("F1",)]


def test_a_newer_database_is_left_alone(url: URL, folder: Path):
    PostgresStoreOpener(IMPATIENT, steps=(*migrations.STEPS, NOTES)).open(folder, url, later(5)).close()
    with pytest.raises(StorageProblem, match="更新版本的程序"):
        OPENER.open(folder, url, later(6))


def test_an_upgrade_without_a_backup_program_changes_nothing(
    url: URL, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(EnvironmentProblem, match="pg_dump"):
        PostgresStoreOpener(IMPATIENT, steps=(*migrations.STEPS, NOTES)).open(folder, url, later(5))
    assert asked(url, "SELECT max(version) FROM schema_versions") == [(NEXT - 1,)]
    store = OPENER.open(folder, url, later(6))
    assert not store.due_for_daily(later(6))
    store.close()


def test_texts_postgresql_cannot_keep_come_back_as_they_were(shared: SqlStore):
    texts = ["a\0b", "\0", "\ufdd0", "\ufdd00", "\ufdd0\0\ufdd01", "𠮷 😀"]
    half = filing(answers={"annual_target": "半个\ud83d", "nul": "x\0y"})
    with shared.writing() as work:
        for number, name in enumerate(texts):
            work.projects.put(Project(f"P{number}", name, TOWN.code))
        work.filings.save(half, figures(half), expected_revision=None)
        work.commit()
    with shared.reading() as work:
        assert [project.name for project in work.projects.list()] == texts
        kept = work.filings.get("F1")
    assert kept is not None
    assert kept.answers == half.answers


def test_texts_sort_by_code_point(shared: SqlStore):
    codes = ["a", "B", "_", "é", "区", "中", "-1", "10", "9"]
    with shared.writing() as work:
        work.registers.put_units([replace(TOWN, code=code) for code in codes])
        work.commit()
    with shared.reading() as work:
        assert [unit.code for unit in work.registers.units()] == sorted(codes)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"password": "falsch"}, "用户名或密码"),
        ({"database": "nirgends"}, "没有这个名称的数据库"),
        ({"query": {"host": "/tmp/nobody-listens-here"}}, "连不上"),
    ],
)
def test_a_server_that_does_not_let_us_in(
    postgres_server: Server, folder: Path, changed: dict[str, object], words: str
):
    url = postgres_server.database("contract").set(**changed)  # type: ignore[arg-type]
    with pytest.raises(EnvironmentProblem, match=words) as caught:
        OPENER.open(folder, url, NOW)
    assert PASSWORD not in caught.value.sentence
    assert "falsch" not in caught.value.sentence


def test_a_connection_that_is_cut_is_told_and_made_anew(shared: SqlStore, postgres_server: Server):
    def cut() -> None:
        with postgres_server.connect("contract") as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = 'contract' AND pid <> pg_backend_pid()"
            )

    with shared.writing() as work:
        work.settings.put("a", 1)
        cut()
        with pytest.raises(EnvironmentProblem, match="连不上"):
            work.commit()
    cut()
    with shared.writing() as work:
        assert work.settings.get("a") is None
        work.settings.put("a", 2)
        work.commit()


def test_a_schema_taken_away_is_told(url: URL, folder: Path, postgres_server: Server):
    store = OPENER.open(folder, url, NOW)
    with postgres_server.connect("alone") as connection:
        connection.execute("ALTER SCHEMA budget_desk RENAME TO elsewhere")
    with store.writing() as work, pytest.raises(StorageProblem, match="可能已移回"):
        work.settings.put("a", 1)
    store.close()
    with pytest.raises(StorageProblem, match="可能已移回"):
        OPENER.open(folder, url, NOW)


def test_a_backup_is_whole_and_can_be_restored(url: URL, folder: Path):
    store = OPENER.open(folder, url, NOW)
    assert store.due_for_daily(NOW)
    store.backup("daily", NOW)
    assert not store.due_for_daily(later(5))
    with store.writing() as work:
        work.settings.put("a", 1)
        work.commit()
    store.close()
    backups = OPENER.backups(folder, url)
    (backup,) = backups.all()
    backups.restore(backup, later(10), NEXT - 1)
    store = OPENER.open(folder, url, later(11))
    with store.writing() as work:
        assert work.settings.get("a") is None
        assert work.filings.get("F1") == filing(revision=1)
        work.filings.add_history([change(2)])
        work.commit()
    store.close()
    aside = "SELECT value FROM budget_desk_damaged_20260901_084000.settings WHERE key = 'a'"
    assert asked(url, aside) == [("1",)]


def test_a_damaged_backup_changes_nothing(url: URL, folder: Path):
    store = OPENER.open(folder, url, NOW)
    path = store.backup("manual", NOW)
    store.close()
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(StorageProblem, match="不完整"):
        OPENER.backups(folder, url).restore(Backup(path, NOW, "manual", 1), later(10), NEXT - 1)
    assert asked(url, "SELECT filing_id FROM filings") == [("F1",)]


def test_the_folder_names_the_database_without_the_password(
    url: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    desk = tmp_path / "desk"
    databases = WorkspaceDatabases(IMPATIENT)
    databases.use(desk, url.render_as_string(hide_password=False))
    databases.open(desk, NOW).close()
    kept = (desk / "database.json").read_text("utf-8")
    assert "口令" not in kept
    assert "%E5%8F%A3" not in kept
    assert databases.address(desk) == without_password(url)
    with pytest.raises(EnvironmentProblem, match="密码"):
        WorkspaceDatabases(IMPATIENT).open(desk, NOW)
    keep_password(parsed(databases.address(desk)), "旧的")
    keep_password(parsed(databases.address(desk)), PASSWORD)
    assert len((tmp_path / "pgpass").read_text("utf-8").splitlines()) == 1
    assert (tmp_path / "pgpass").stat().st_mode & 0o777 == 0o600
    WorkspaceDatabases(IMPATIENT).open(desk, NOW).close()


@pytest.mark.parametrize(
    "address",
    ["", "mysql://a@b/c", "postgresql+psycopg://host/db", "postgresql+psycopg://user@host", "so nicht"],
)
def test_an_address_that_cannot_be_understood(address: str):
    with pytest.raises(InputError, match="用户名@服务器"):
        parsed(address)


def test_the_server_is_not_run_by_root(postgres_server: Server):
    with postgres_server.connect("postgres") as connection:
        assert isinstance(connection, psycopg.Connection)
    owner = (postgres_server.folder / "data").stat().st_uid
    assert owner != 0
    assert owner == os.getuid() or os.getuid() == 0
