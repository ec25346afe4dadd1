"""`import`: batch intake that can be repeated, into a bureau's desk or a new one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.domain.errors import EnvironmentProblem
from services.ports.store import FilingQuery
from services.workspaces import Workspace, open_workspace
from tests.commands.conftest import Run
from tests.fakes.exchange import spoil
from tests.services.county import OTHER, TOWN, County

pytestmark = pytest.mark.wide

KEYS = ["received", "unchanged", "replaced", "filings", "files", "bytes", "seconds", "quarantined"]


@pytest.fixture
def bureau(county: County) -> Path:
    county.bureau.close()
    return county.bureau.folder


@pytest.fixture
def town(county: County) -> Workspace:
    desk = county.desk()
    county.accepted(desk, county.filled(desk))
    return desk


def counted(result: dict[str, Any]) -> list[int]:
    return [result[key] for key in ("received", "unchanged", "replaced", "filings", "files")]


def test_received_replaced_unchanged_and_not_accepted(
    county: County, run: Run, bureau: Path, town: Workspace
) -> None:
    ids = county.filled(town, 4)[1:]
    folder = county.stick / "深" / "层"
    folder.mkdir(parents=True)
    path = county.sealed(town, ids)
    path.rename(folder / path.name)
    junk = folder / "junk.asice"
    junk.write_bytes(b"junk")
    (folder / "readme.txt").write_text("not a package")
    said = run("import", county.stick, "--workspace", bureau, "--json")
    result = said.json
    assert list(result) == KEYS
    assert said.status == 1
    assert counted(result) == [1, 2, 0, len(ids), 4]
    assert result["bytes"] == sum(p.stat().st_size for p in county.stick.rglob("*.asice"))
    assert isinstance(result["seconds"], float)
    (waiting,) = result["quarantined"]
    assert list(waiting) == ["file", "verdict", "reasons"]
    assert (waiting["file"], waiting["verdict"]) == (str(junk), "cannot_judge")
    assert [reason["code"] for reason in waiting["reasons"]] == ["not_a_package"]
    again = run("import", county.stick, "--workspace", bureau, "--json")
    assert counted(again.json) == [0, 3, 0, 0, 4]
    assert [w["file"] for w in again.json["quarantined"]] == [str(junk)]
    junk.unlink()
    assert run("import", county.stick, "--workspace", bureau, "--json").status == 0


def test_for_people_and_progress_on_stderr(county: County, run: Run, bureau: Path, town: Workspace) -> None:
    (county.stick / "坏的.asice").write_bytes(b"junk")
    said = run("import", county.stick, "--workspace", bureau)
    assert said.out.splitlines() == [
        "接收 0 个，替换旧版 0 个，以前已接收 2 个，未接收（待核实）1 个；写入 0 份填报件。",
        "　　坏的.asice：无法判断。不是本程序生成的报送文件。请确认选对了文件，让对方交来原文件。",
    ]
    assert said.err.splitlines()[-1] == "[3/3] 接收完成"


def test_into_a_new_workspace_twice(
    county: County, run: Run, trust: dict[str, Path], town: Workspace
) -> None:
    new = county.folder / "新建"
    kit = county.issued()
    words = ("import", county.stick, "--workspace", new, "--kit", kit, "--trust", trust["root"], "--json")
    first = run(*words)
    assert counted(first.json) == [1, 1, 0, 1, 3]
    assert [reason["code"] for w in first.json["quarantined"] for reason in w["reasons"]] == [
        "not_for_this_desk"
    ]
    second = run(*words)
    assert counted(second.json) == [0, 2, 0, 0, 3]
    with open_workspace(county.tools, new).workspace.store.reading() as work:
        assert [filing.unit_code for filing in work.filings.find(FilingQuery())] == [TOWN]


def test_registered_certificates_besides_the_root(county: County, run: Run, trust: dict[str, Path]) -> None:
    other = county.desk(OTHER)
    path = county.sealed(other, county.filled(other))
    registered = county.folder / "registered.pem"
    registered.write_text(other.vault.certificate("unit").pem)
    words = ("import", path, "--workspace", county.folder / "new", "--kit", county.kit_file)
    said = run(*words, "--trust", trust["root"], "--trust", registered, "--json")
    assert (said.status, counted(said.json)) == (0, [1, 0, 0, 1, 1])


def test_an_empty_folder_is_no_finding(county: County, run: Run, bureau: Path) -> None:
    (county.folder / "leer").mkdir()
    said = run("import", county.folder / "leer", "--workspace", bureau, "--json")
    assert (said.status, counted(said.json)) == (0, [0, 0, 0, 0, 0])


def test_the_open_desk_is_not_said_to_have_ended(county: County, run: Run) -> None:
    open_workspace(county.tools, county.bureau.folder)
    run("import", county.stick, "--workspace", county.bureau.folder)
    assert open_workspace(county.tools, county.bureau.folder).was_cut_off


class TestWhatCannotBeDone:
    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (["import"], "缺少 路径, --workspace"),
            (["import", "{stick}"], "缺少 --workspace"),
            (["import", "{stick}/gone", "--workspace", "{bureau}"], "路径不存在"),
            (["import", "{stick}", "--workspace", "{folder}/new"], "同时给出任务参数包和根证书"),
            (["import", "{stick}", "--workspace", "{folder}/new", "--kit", "{kit}"], "同时给出"),
            (["import", "{stick}", "--workspace", "{stick}"], "没有工作区"),
            (
                ["import", "{stick}", "--workspace", "{folder}/new", "--kit", "gone", "--trust", "{root}"],
                "不是任务参数包",
            ),
            (
                ["import", "{stick}", "--workspace", "{folder}/new", "--kit", "{kit}", "--trust", "gone"],
                "根证书文件读不出来",
            ),
            (["import", "{stick}", "--workspace", "postgresql+psycopg://x@h/y"], "同时给出"),
            (["import", "{stick}", "--workspace", "postgresql+psycopg://x@h/nowhere"], "连不上"),
            (
                ["import", "{stick}", "--workspace", "{bureau}", "--files", "{folder}"],
                "--files 只和数据库地址",
            ),
        ],
    )
    def test_usage_workspace_kit_and_root(
        self, county: County, run: Run, trust: dict[str, Path], words: list[str], sentence: str
    ) -> None:
        places = {
            "{stick}": county.stick,
            "{bureau}": county.bureau.folder,
            "{folder}": county.folder,
            "{kit}": county.kit_file,
            "{root}": trust["root"],
        }
        for place, path in places.items():
            words = [word.replace(place, str(path)) for word in words]
        before = sorted(county.folder.iterdir())
        assert sentence in run(*words, "--json").sentence
        assert sorted(county.folder.iterdir()) == before

    def test_the_desk_of_a_unit(self, county: County, run: Run, town: Workspace) -> None:
        town.close()
        assert "不是财政端工作区" in run("import", county.stick, "--workspace", town.folder).sentence

    def test_a_kit_that_was_changed(self, county: County, run: Run, trust: dict[str, Path]) -> None:
        spoil(county.kit_file, spoiled=True)
        words = ("import", county.stick, "--workspace", county.folder / "new", "--kit", county.kit_file)
        assert "不是任务参数包" in run(*words, "--trust", trust["root"]).sentence
        assert not (county.folder / "new").exists()

    def test_a_full_disk(self, county: County, run: Run, bureau: Path, town: Workspace) -> None:
        county.sealed(town, county.filled(town, 2)[1:])
        county.tools.files.failure = EnvironmentProblem("磁盘已满", "请清理空间后再试")
        said = run("import", county.stick, "--workspace", bureau, "--json")
        assert said.sentence == "磁盘已满。请清理空间后再试。"
        assert run("import", county.stick, "--workspace", bureau, "--json").json["received"] == 1
