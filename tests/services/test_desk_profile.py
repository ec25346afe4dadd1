"""Who sits at a desk and in which year: each computer's own where several share one database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.domain.project import Unit
from services import bureau_workspace, desk_profile, moving
from services.job import JobContext
from services.workspaces import (
    DeskRole,
    Workspace,
    WorkspaceProfile,
    create_workspace,
    open_workspace,
    save_profile,
)
from tests.fakes.tools import FakeTools

PROFILE = WorkspaceProfile(DeskRole.BUREAU, Unit("820000", "示例县财政局"), "李文", 2026)
ADDRESS = "postgresql+psycopg://desk@server/budget"


@pytest.fixture
def tools() -> FakeTools:
    return FakeTools()


@pytest.fixture
def first(tools: FakeTools, tmp_path: Path) -> Workspace:
    """The desk whose data went to the shared database."""
    desk = create_workspace(tools, tmp_path / "first", PROFILE)
    moving.move_to_shared(desk, ADDRESS, "", JobContext())
    return desk


def another(tools: FakeTools, first: Workspace, folder: Path) -> Path:
    """A second computer at the same database."""
    folder.mkdir()
    tools.databases.join(folder, ADDRESS, "")
    tools.opener.stores[folder] = tools.opener.stores[first.folder]
    return folder


def profile_at(tools: FakeTools, folder: Path) -> WorkspaceProfile:
    """What a desk opens with."""
    return open_workspace(tools, folder, marks_end=False).workspace.profile


def test_turning_the_year_turns_it_at_this_computer_only(tools: FakeTools, first: Workspace, tmp_path: Path):
    second = another(tools, first, tmp_path / "second")
    assert profile_at(tools, second) == replace(PROFILE, person_name="")
    save_profile(first, replace(first.profile, working_year=2027))
    assert profile_at(tools, first.folder).working_year == 2027
    assert profile_at(tools, second).working_year == 2026
    desk = open_workspace(tools, second, marks_end=False).workspace
    save_profile(desk, replace(desk.profile, person_name="王敏", working_year=2025))
    assert profile_at(tools, first.folder) == replace(PROFILE, working_year=2027)
    assert profile_at(tools, second) == replace(PROFILE, person_name="王敏", working_year=2025)
    with first.store.reading() as work:
        kept = work.settings.get("profile")
    assert (kept["person_name"], kept["working_year"]) == ("李文", 2026)


def test_what_the_bureau_is_stays_shared(tools: FakeTools, first: Workspace, tmp_path: Path):
    second = another(tools, first, tmp_path / "second")
    renamed = Unit("820000", "示例县财政和国资局")
    save_profile(first, replace(first.profile, unit=renamed))
    assert profile_at(tools, second).unit == renamed


def test_whoever_is_signed_in_does_not_become_the_desks_person(tools: FakeTools, first: Workspace):
    first.signed_in = "U7"
    save_profile(first, replace(first.profile, person_name="周强", working_year=2027))
    assert first.profile.person_name == "周强"
    assert profile_at(tools, first.folder) == replace(PROFILE, working_year=2027)


def test_who_joins_keeps_their_own_name(
    tools: FakeTools, first: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    second = another(tools, first, tmp_path / "second")
    monkeypatch.setattr(moving, "files_folder", lambda *_: second)
    joined = moving.join(tools, ADDRESS, "", "王敏")
    assert joined.profile.person_name == "王敏"
    assert profile_at(tools, second).person_name == "王敏"
    assert profile_at(tools, first.folder).person_name == "李文"


def test_moving_home_takes_along_what_was_this_computers(tools: FakeTools, first: Workspace):
    save_profile(first, replace(first.profile, working_year=2027))
    moving.move_home(first, JobContext())
    assert not desk_profile.is_shared(tools, first.folder)
    assert profile_at(tools, first.folder).working_year == 2027
    with first.store.reading() as work:
        assert work.settings.get("profile")["working_year"] == 2027
    save_profile(first, replace(first.profile, working_year=2028))
    moving.move_to_shared(first, ADDRESS, "", JobContext())
    assert profile_at(tools, first.folder).working_year == 2028


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"person_name": 3, "working_year": true}', "[" * 5000])
def test_a_file_that_cannot_be_read_says_nothing(tools: FakeTools, first: Workspace, text: str):
    (first.folder / desk_profile.FILE).write_text(text, encoding="utf-8")
    assert profile_at(tools, first.folder) == replace(PROFILE, person_name="")


def test_a_visit_without_a_window_never_borrows_a_name(
    tools: FakeTools, first: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    second = another(tools, first, tmp_path / "second")
    monkeypatch.setattr(tools.databases, "use", lambda *_: None)
    visit = bureau_workspace.open_for_import(tools, ADDRESS, None, (), second)
    assert visit.profile.person_name == bureau_workspace.UNNAMED
    assert not (second / desk_profile.FILE).exists()
    desk_profile.keep_own(tools, second, replace(PROFILE, person_name="王敏"))
    visit = bureau_workspace.open_for_import(tools, ADDRESS, None, (), second)
    assert visit.profile.person_name == "王敏"


def test_a_desk_of_its_own_has_no_such_file(tools: FakeTools, tmp_path: Path):
    desk = create_workspace(tools, tmp_path / "own", PROFILE)
    save_profile(desk, replace(PROFILE, working_year=2027))
    assert not (desk.folder / desk_profile.FILE).exists()
    assert profile_at(tools, desk.folder).working_year == 2027
