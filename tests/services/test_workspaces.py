"""Workspaces: made once, opened again, a desk that was cut off is told, a folder of something else is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.domain.errors import InputError, KitProblem, StorageProblem
from models.domain.project import Unit
from services.workspaces import (
    DeskRole,
    NotAWorkspace,
    Workspace,
    WorkspaceProfile,
    create_workspace,
    is_free,
    open_workspace,
    working_years,
)
from tests.fakes.tools import FakeTools
from tests.services.county import County

PROFILE = WorkspaceProfile(DeskRole.FILER, Unit("820001", "柳林镇人民政府"), "张敏", 2026)


def made(tools: FakeTools, folder: Path) -> Workspace:
    return create_workspace(tools, folder, PROFILE)


def test_opened_again_it_is_the_same_desk(tools: FakeTools, tmp_path: Path) -> None:
    made(tools, tmp_path / "desk").close()
    opened = open_workspace(tools, tmp_path / "desk")
    assert opened.workspace.profile == PROFILE
    assert not opened.was_cut_off


def test_a_desk_killed_in_its_first_session_is_told(tools: FakeTools, tmp_path: Path) -> None:
    made(tools, tmp_path / "desk")
    assert open_workspace(tools, tmp_path / "desk").was_cut_off


def test_a_desk_killed_later_is_told_until_it_ends_well(tools: FakeTools, tmp_path: Path) -> None:
    made(tools, tmp_path / "desk").close()
    open_workspace(tools, tmp_path / "desk")
    again = open_workspace(tools, tmp_path / "desk")
    assert again.was_cut_off
    again.workspace.close()
    assert not open_workspace(tools, tmp_path / "desk").was_cut_off


def test_a_visit_leaves_the_mark_of_an_open_desk_alone(tools: FakeTools, tmp_path: Path) -> None:
    made(tools, tmp_path / "desk").close()
    open_workspace(tools, tmp_path / "desk")
    open_workspace(tools, tmp_path / "desk", marks_end=False).workspace.close()
    assert open_workspace(tools, tmp_path / "desk").was_cut_off


def test_the_database_is_released_even_when_the_end_cannot_be_noted(tools: FakeTools, tmp_path: Path) -> None:
    desk = made(tools, tmp_path / "desk")
    store = tools.opener.stores[tmp_path / "desk"]
    store.fail_next_commit = StorageProblem("磁盘已满")
    with pytest.raises(StorageProblem):
        desk.close()
    assert store.is_closed


@pytest.mark.parametrize("name", ["a.txt", "workspace.db"])
def test_a_folder_with_something_in_it_is_refused(tools: FakeTools, tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert not is_free(tmp_path)
    with pytest.raises(InputError, match="已有内容"):
        made(tools, tmp_path)


def test_what_a_killed_creation_leaves_is_no_content(tools: FakeTools, tmp_path: Path) -> None:
    for name in (".workspace.db.new", ".workspace.db.new-wal", ".DS_Store"):
        (tmp_path / name).touch()
    assert is_free(tmp_path)
    assert is_free(tmp_path / "not there")
    made(tools, tmp_path).close()


def test_a_file_is_no_folder(tools: FakeTools, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not is_free(tmp_path / "file")


def test_creation_that_fails_leaves_the_database_closed(tools: FakeTools, tmp_path: Path) -> None:
    store = tools.opener.open(tmp_path / "desk", tools.clock.now(), create=True)
    store.fail_next_commit = StorageProblem("磁盘已满")
    (tmp_path / "desk" / "workspace.db").unlink()
    with pytest.raises(StorageProblem):
        made(tools, tmp_path / "desk")
    assert store.is_closed


@pytest.mark.parametrize(
    "kept",
    [
        None,
        "filer",
        {},
        {"role": "nobody", "unit": {}, "person_name": "", "working_year": 2026, "is_practice": False},
        {
            "role": "filer",
            "unit": {"code": "1"},
            "person_name": "",
            "working_year": 2026,
            "is_practice": False,
        },
        {
            "role": "filer",
            "unit": {"code": "1", "name": "x", "of_the_future": 1},
            "person_name": "",
            "working_year": 2026,
            "is_practice": False,
        },
        {
            "role": "filer",
            "unit": {"code": "1", "name": "x"},
            "person_name": "",
            "working_year": "2026",
            "is_practice": False,
        },
    ],
)
def test_a_profile_nobody_can_read(tools: FakeTools, tmp_path: Path, kept: object) -> None:
    folder = tmp_path / "desk"
    made(tools, folder).close()
    store = tools.opener.stores[folder]
    with store.writing() as work:
        work.settings.put("profile", kept)
        work.commit()
    with pytest.raises(NotAWorkspace, match="不是本程序的工作区"):
        open_workspace(tools, folder)
    assert store.is_closed


def test_without_a_kit_each_desk_is_told_its_own_next_step(county: County, tmp_path: Path) -> None:
    filer = made(county.tools, tmp_path / "filer")
    with pytest.raises(KitProblem, match="装入财政部门下发的任务参数包"):
        filer.current_kit()
    assert working_years(filer) == []
    assert working_years(county.bureau) == [2026]


def test_moments_are_told_by_the_clock_on_the_desk(county: County) -> None:
    evening = datetime(2026, 8, 31, 23, 30, tzinfo=UTC)
    assert f"{county.bureau.local(evening):%m-%d %H:%M}" == "09-01 07:30"
