"""A workspace moved to PostgreSQL and back: everything compared, failures and cut-off moves leave one in force."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from models.domain.errors import Cancelled, StorageProblem
from models.domain.project import Project
from models.store import copying, database_file, moving
from models.store.all_tables import all_tables
from models.store.backups import DATABASE
from models.store.databases import WorkspaceDatabases
from models.store.engine import WRITING
from models.store.store import SqlStore
from services.ports.store import FilingQuery
from tests.postgres_server import Server
from tests.store.conftest import IMPATIENT
from tests.store.samples import NOW, TOWN, change, figures, filing, later

pytestmark = pytest.mark.judge

COUNT = 700
"""More filings than are copied at a time."""


def silent(_done: int, _total: int, _text: str) -> None:
    """Nobody listens."""


@pytest.fixture
def databases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WorkspaceDatabases:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    return WorkspaceDatabases(IMPATIENT)


@pytest.fixture
def url(postgres_server: Server) -> URL:
    """An empty database."""
    with postgres_server.connect("postgres") as connection:
        connection.execute("DROP DATABASE IF EXISTS moving WITH (FORCE)")
    return postgres_server.database("moving")


@pytest.fixture
def address(url: URL) -> str:
    return url.render_as_string(hide_password=False)


@pytest.fixture
def filled(store: SqlStore, folder: Path) -> Path:
    """A closed workspace in its folder."""
    with store.writing() as work:
        work.registers.put_units([TOWN])
        work.projects.put(Project("P1", "农村\0公路", TOWN.code))
        for number in range(COUNT):
            work.filings.save(filing(f"F{number}"), figures(filing(f"F{number}")), expected_revision=None)
        work.filings.add_history([change(1, filing_id="F0"), change(2, filing_id="F0")])
        work.audit.append(NOW, "李文", "x", "F0", "记一笔", {"a": 1})
        work.settings.next_number("package")
        work.commit()
    store.close()
    return folder


def is_whole(databases: WorkspaceDatabases, folder: Path) -> None:
    """Everything is there and goes on where it was; what is written now is taken back again."""
    store = databases.open(folder, later(60))
    with store.writing() as work:
        assert [project.name for project in work.projects.list()] == ["农村\0公路"]
        assert len(work.filings.overview(FilingQuery())) == COUNT
        assert work.filings.get("F7") == filing("F7", revision=1)
        assert work.filings.history("F0") == [change(2, filing_id="F0"), change(1, filing_id="F0")]
        assert work.settings.next_number("package") == 2
        work.filings.add_history([change(3, filing_id="F0")])
        assert work.filings.history("F0")[0] == change(3, filing_id="F0")
        assert [entry.number for entry in work.audit.oldest_first()] == [1]
    store.close()


def test_there_and_back(databases: WorkspaceDatabases, filled: Path, address: str):
    told: list[tuple[int, int]] = []
    there = databases.move_there(
        filled, address, "", later(1), lambda done, total, _t: told.append((done, total))
    )
    assert [table.name for table in there.tables] == [table.name for table in all_tables()]
    assert there.rows > COUNT * 2
    assert told[-2] == (3 * there.rows, 3 * there.rows)
    assert not (filled / DATABASE).exists()
    assert (filled / there.aside).exists()
    is_whole(databases, filled)
    is_whole(WorkspaceDatabases(IMPATIENT), filled)  # the password is in the account's own file
    assert databases.look(address).has_workspace
    back = databases.move_back(filled, later(2), silent)
    assert back.tables == there.tables
    assert databases.address(filled) == ""
    is_whole(databases, filled)
    assert not databases.look(address).has_workspace
    assert databases.move_there(filled, address, "", later(3), silent).tables == there.tables


def test_a_difference_is_found_and_the_old_one_stays(
    databases: WorkspaceDatabases, filled: Path, address: str, monkeypatch: pytest.MonkeyPatch
):
    honest = copying._portions

    def losing(connection, table):
        for rows in honest(connection, table):
            lost = table.name == "answer_history" and connection.dialect.name == "sqlite" and len(calls) < 20
            calls.append(table.name)
            yield rows[:-1] if lost else rows

    calls: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(copying, "_portions", losing)
        patch.setattr(copying, "_summed", _counted)
        with pytest.raises(StorageProblem, match="不一致"):
            databases.move_there(filled, address, "", later(1), silent)
    assert databases.address(filled) == ""
    assert not databases.look(address).has_workspace
    is_whole(databases, filled)


def _counted(connection, table):
    rows = [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key.columns))]
    return copying.TableCopied(table.name, len(rows), repr(rows))


def test_stopped_in_the_middle_and_begun_anew(databases: WorkspaceDatabases, filled: Path, address: str):
    def stop(done: int, total: int, _text: str) -> None:
        if done > total // 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        databases.move_there(filled, address, "", later(1), stop)
    is_whole(databases, filled)
    databases.move_there(filled, address, "", later(2), silent)
    with pytest.raises(Cancelled):
        databases.move_back(filled, later(3), stop)
    assert databases.address(filled) != ""
    is_whole(databases, filled)


def test_nobody_may_have_it_open(databases: WorkspaceDatabases, filled: Path, address: str):
    other = databases.open(filled, later(1))
    with other.reading() as work:
        assert work.settings.get("x") is None
        with pytest.raises(StorageProblem, match="另一个窗口"):
            databases.move_there(filled, address, "", later(1), silent)
    other.close()
    databases.move_there(filled, address, "", later(1), silent)
    other = databases.open(filled, later(2))
    with other.writing(), pytest.raises(StorageProblem, match="另一个窗口"):
        databases.move_back(filled, later(2), silent)
    databases.move_back(filled, later(3), silent)
    with other.writing() as work, pytest.raises(StorageProblem, match="可能已移回"):
        work.settings.put("a", 1)
    other.close()


def test_nobody_can_open_it_meanwhile(databases: WorkspaceDatabases, filled: Path, address: str):
    refused: list[str] = []

    def try_to_open(_done: int, _total: int, text: str) -> None:
        if text == "核对数据" and not refused:
            with pytest.raises(StorageProblem, match="使用") as caught:
                WorkspaceDatabases(IMPATIENT).open(filled, later(1))
            refused.append(caught.value.sentence)

    databases.move_there(filled, address, "", later(1), try_to_open)
    assert len(refused) == 1


def test_a_workspace_that_is_there_is_never_overwritten(
    databases: WorkspaceDatabases, filled: Path, address: str, tmp_path: Path
):
    databases.use(tmp_path / "first", address)
    databases.open(tmp_path / "first", NOW, create=True).close()
    with pytest.raises(StorageProblem, match="已有工作区"):
        databases.move_there(filled, address, "", later(1), silent)
    is_whole(databases, filled)


@pytest.mark.parametrize("moment", ["before the file", "before the claim", "before setting aside"])
def test_a_move_there_cut_off(
    databases: WorkspaceDatabases, filled: Path, address: str, moment: str, monkeypatch: pytest.MonkeyPatch
):
    def cut(*_arguments: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        if moment == "before the file":
            patch.setattr(database_file, "write_file", cut)
        else:
            patch.setattr(moving, "claim" if moment == "before the claim" else "set_aside", cut)
        with pytest.raises(ZeroDivisionError):
            databases.move_there(filled, address, "", later(1), silent)
    is_whole(databases, filled)
    assert (databases.address(filled) == "") == (moment == "before the file")
    assert (filled / DATABASE).exists() == (moment == "before the file")
    if moment == "before the file":
        databases.move_there(filled, address, "", later(2), silent)
    assert databases.look(address).has_workspace


@pytest.mark.parametrize("has_left", [False, True])
def test_a_move_back_cut_off(
    databases: WorkspaceDatabases, filled: Path, address: str, url: URL, has_left: bool
):
    databases.move_there(filled, address, "", later(1), silent)
    named = (filled / database_file.NAME).read_text("utf-8")
    databases.move_back(filled, later(2), silent)
    noted = json.loads(named) | {"leaving": "budget_desk_moved_20260901_083200"}
    (filled / database_file.NAME).write_text(json.dumps(noted), "utf-8")
    if not has_left:
        from models.store.postgres_opener import PostgresStoreOpener

        engine = PostgresStoreOpener(IMPATIENT).engine(url)
        with engine.connect().execution_options(**WRITING) as connection, connection.begin():
            connection.execute(text(f"ALTER SCHEMA {noted['leaving']} RENAME TO budget_desk"))
        engine.dispose()
    is_whole(databases, filled)
    assert (databases.address(filled) == "") == has_left
    assert (filled / DATABASE).exists() == has_left
