"""Commands at a workspace on a real PostgreSQL: made from kit and root, visited from another folder, moved home."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.store.databases import WorkspaceDatabases
from services.home import home_folder
from services.ports.store import FilingQuery
from services.workspaces import open_workspace
from tests.commands.conftest import Run
from tests.postgres_server import Server
from tests.services.county import TOWN, County

pytestmark = pytest.mark.judge


@pytest.fixture
def address(county: County, postgres_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database; the packages are sealed before the stores in memory are left."""
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    town = county.desk()
    county.accepted(town, county.filled(town))
    county.kit_file = county.issued()
    databases = WorkspaceDatabases()
    monkeypatch.setattr(county.tools, "opener", databases)
    monkeypatch.setattr(county.tools, "databases", databases)
    with postgres_server.connect("postgres") as connection:
        connection.execute("DROP DATABASE IF EXISTS commands WITH (FORCE)")
    return postgres_server.database("commands").render_as_string(hide_password=False)


def test_made_visited_and_moved(
    county: County, run: Run, trust: dict[str, Path], address: str, tmp_path: Path
) -> None:
    take = ("import", county.stick, "--workspace", address, "--json")
    assert "还没有财政端工作区" in run(*take).sentence
    assert not (home_folder() / "共用工作区").exists()
    first = run(*take, "--kit", county.kit_file, "--trust", trust["root"])
    assert first.json["received"] == 1
    (files,) = (home_folder() / "共用工作区").iterdir()
    assert {"database.json", "packages"} <= {item.name for item in files.iterdir()}
    again = run(*take, "--files", tmp_path / "zweiter Tisch")
    assert (again.status, again.json["received"], again.json["unchanged"]) == (
        first.status,
        0,
        first.json["unchanged"] + 1,
    )
    taken = ("export", "--workspace", address, "--unit", TOWN, "--year", 2027, "--to", tmp_path / "aus")
    assert run(*taken).status == 0
    moved = run("move", "--workspace", address, "--files", tmp_path / "zweiter Tisch", "--json")
    assert moved.json["filings"]["rows"] == 1
    home = open_workspace(county.tools, tmp_path / "zweiter Tisch").workspace
    with home.store.reading() as work:
        assert [filing.unit_code for filing in work.filings.find(FilingQuery())] == [TOWN]
    home.close()
    assert "还没有" in run(*take).sentence
    there = run("move", "--workspace", tmp_path / "zweiter Tisch", "--to", address)
    assert there.status == 0
    assert "逐表核对" in there.out


def test_no_folder_of_something_else(county: County, run: Run, trust: dict[str, Path], address: str) -> None:
    said = run(
        *("import", county.stick, "--workspace", address, "--files", county.bureau.folder),
        *("--kit", county.kit_file, "--trust", trust["root"]),
    )
    assert "已是另一个工作区" in said.sentence
