"""The program's own settings: kept between starts, never a reason not to start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.domain.errors import EnvironmentProblem
from services.home import HOME_VARIABLE, Home, HomeSettings, home_folder
from tests.fakes.documents import FakeFiles

FILE = "设置.json"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home", FakeFiles())


def put(home: Home, text: str | bytes) -> None:
    home.folder.mkdir(exist_ok=True)
    content = text if isinstance(text, bytes) else text.encode()
    (home.folder / FILE).write_bytes(content)


def test_kept_between_starts(home: Home) -> None:
    home.remember(Path("/a"), "甲")
    home.remember(Path("/b"))
    settings = home.remember(Path("/a"), "甲镇")
    assert settings.workspaces == ("/a", "/b")
    assert settings.last_workspace == "/a"
    assert settings.names == {"/a": "甲镇", "/b": "b"}
    assert home.read() == settings


def test_a_start_on_the_same_desk_writes_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.remember(Path("/a"), "甲")
    writes: list[HomeSettings] = []
    monkeypatch.setattr(home, "write", writes.append)
    home.remember(Path("/a"), "甲")
    assert writes == []
    home.remember(Path("/a"), "乙")
    assert [settings.names for settings in writes] == [{"/a": "乙"}]


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", "null", "5", "[" * 200_000, b"\xff\xfe\x00", '"text"', "NaN"],
    ids=lambda damage: str(damage)[:8],
)
def test_a_damaged_file_is_begun_anew_and_set_aside(home: Home, damage: str | bytes) -> None:
    put(home, damage)
    before = (home.folder / FILE).read_bytes()
    assert home.read() == HomeSettings()
    home.remember(Path("/a"))
    assert home.read().last_workspace == "/a"
    assert (home.folder / "设置（损坏）.json").read_bytes() == before


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("workspaces", "abc"),
        ("workspaces", None),
        ("names", ["a"]),
        ("last_workspace", 5),
        ("text_scale", 9),
        ("text_scale", "1.25"),
        ("text_scale", None),
        ("text_scale", float("nan")),
        ("notice_accepted", "yes"),
        ("of_the_future", {"a": 1}),
    ],
)
def test_one_odd_value_costs_only_itself(home: Home, key: str, value: object) -> None:
    good = {"workspaces": ["/a", "/b"], "last_workspace": "/a", "text_scale": 1.25, "notice_accepted": True}
    put(home, json.dumps({**good, key: value}))
    settings = home.read()
    plain = HomeSettings()
    for name, kept in good.items():
        expected = tuple(kept) if isinstance(kept, list) else kept
        assert getattr(settings, name) == (getattr(plain, name) if name == key else expected)


def test_texts_among_other_things_are_kept(home: Home) -> None:
    put(home, '{"workspaces": ["/a", 5, null], "names": {"/a": "甲", "/b": 5}}')
    assert home.read().workspaces == ("/a",)
    assert home.read().names == {"/a": "甲"}


def test_a_full_disk_only_costs_the_convenience(home: Home) -> None:
    home.files = FakeFiles(EnvironmentProblem("磁盘已满"))
    assert home.remember(Path("/a")).last_workspace == "/a"
    assert home.read() == HomeSettings()


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    home = Home(tmp_path / "home", FakeFiles())
    home.write(HomeSettings(last_workspace="/a"))
    assert home.read() == HomeSettings()


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("柳林镇人民政府", "柳林镇人民政府"),
        ("甲/乙:丙", "甲_乙_丙"),
        ("行\n\0", "行__"),
        ("", "工作区"),
        (" .. ", "工作区"),
        ("CON", "_CON"),
        ("镇" * 99, "镇" * 40),
    ],
)
def test_folders_for_new_workspaces(home: Home, name: str, folder: str) -> None:
    assert home.new_workspace_folder(name).name == folder
    home.new_workspace_folder(name).mkdir(parents=True)
    assert home.new_workspace_folder(name).name == f"{folder}（2）"


def test_the_data_folder_can_lie_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert home_folder() == tmp_path
    monkeypatch.delenv(HOME_VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert home_folder() == Path("/data/预算绩效工作台")
