"""Several people at one department: nobody is asked while one works alone, then each signs in and does what is theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from main import Adapters
from models.domain.desk_user import UserRole
from services import people as people_service
from services import setup
from services.desk_people import present_user
from services.workspaces import DeskRole, open_workspace
from tests.gui.pages.desk_program import ProgramPage, words_of
from tests.gui.pages.people import PeopleDeskPage
from tests.gui.pages.sign_in import SignInGate
from tests.services.county_sample import PASSWORD
from tests.services.department.desks import DEPARTMENT
from ui.bureau.sheet_dialogs import SignInNoticesDialog
from ui.bureau.sign_in_dialogs import ColleagueRecoveryDialog
from ui.desks.department_desk import DepartmentDesk

FIRST, OWN, ANEW = "chuci-mima-1", "ziji-de-mima-2", "huifu-mima-3"


@pytest.fixture(autouse=True)
def _cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(people_service._COST, "n", 2**4)


@pytest.fixture
def folder(tools: Adapters, tmp_path: Path) -> Path:
    """The desk of a department, closed so that the program can open it."""
    kit, place = tools.builtin_kits(2026)[0], tmp_path / "department"
    made = setup.set_up_unit_builtin(tools, place, kit, DEPARTMENT, "孙立", DeskRole.DEPARTMENT)
    setup.make_unit_key(made, PASSWORD)
    made.close()
    return place


def test_alone_then_two_of_them(program: ProgramPage, folder: Path) -> None:
    clerk = program.open(folder)
    gate = SignInGate(clerk)
    people = PeopleDeskPage(clerk)
    assert not gate.is_shown()
    people.add("孙立", (), FIRST)
    assert people.rows() == [("孙立", "经办人、审核人、单位负责人、系统管理员", "在用")]
    assert people.present().endswith("不用登录")
    assert not gate.is_shown()
    assert not people.page.switch_button.isEnabled()
    assert not people.page.recovery_button.isEnabled()
    assert (
        clerk.frame.top_bar.person_button.menu() is None
        or not clerk.frame.top_bar.person_button.menu().actions()
    )

    people.add("周敏", (UserRole.DEPARTMENT_REVIEWER,), FIRST)
    assert gate.is_shown()
    gate.enter("孙立", FIRST)
    assert not gate.is_shown()
    assert gate.person() == "孙立 · 经办人等 ▾"
    people.sign_in("周敏", FIRST)
    people.change_password(FIRST, OWN)
    assert gate.person() == "周敏 · 审核人 ▾"
    assert not people.page.add_button.isEnabled()
    assert people.log("周敏")[:1] == ["登录"]


def test_asked_at_the_start_and_helped_by_a_colleague(program: ProgramPage, folder: Path) -> None:
    workspace = open_workspace(program.tools, folder).workspace
    people_service.add_person(workspace, "孙立", (), "", FIRST)
    people_service.add_person(workspace, "周敏", [UserRole.DEPARTMENT_REVIEWER], "", FIRST)
    workspace.close()
    clerk = program.open(folder)
    gate = SignInGate(clerk)
    assert gate.is_shown()
    assert gate.names() == ["孙立", "周敏"]
    gate.enter("周敏", FIRST)
    gate.change_first(FIRST, OWN)
    desk = clerk.desk
    assert isinstance(desk, DepartmentDesk)
    access = desk._access()
    access.key = clerk.workspace.vault.unlock("unit", PASSWORD, clerk.workspace.tools.clock.now())
    gate.work("锁定")
    assert gate.is_shown()
    assert access.key is None, "it goes with whoever unlocked it"
    gate.page.fields.recovery_button.click()
    PeopleDeskPage.confirm_as_colleague(clerk, "孙立", ("周敏", OWN), PASSWORD, ANEW)
    assert "已重设" in gate.problem()
    gate.enter("孙立", ANEW)
    gate.change_first(ANEW, FIRST)
    assert not gate.is_shown()
    assert present_user(clerk.workspace).name == clerk.workspace.profile.person_name == "孙立"


@pytest.mark.wide
def test_both_forgot_and_the_sheet_from_the_safe_helps(program: ProgramPage, folder: Path) -> None:
    """It is made by two, used by one, and the colleague reads of it at the next sign-in."""
    workspace = open_workspace(program.tools, folder).workspace
    people_service.add_person(workspace, "孙立", (), "", FIRST)
    other = people_service.add_person(workspace, "周敏", [UserRole.DEPARTMENT_REVIEWER], "", FIRST)
    people_service.set_password(workspace, other.user_id, FIRST, OWN)
    workspace.close()
    clerk = program.open(folder)
    gate = SignInGate(clerk)
    gate.page.fields.recovery_button.click()
    asked = clerk.dialog(ColleagueRecoveryDialog)
    assert asked.sheet_button.isHidden(), "there is none yet"
    asked.reject()
    gate.enter("孙立", FIRST)
    assert "还没有恢复单" in clerk.notice()
    people = PeopleDeskPage(clerk)
    code = people.make_sheet(FIRST, ("周敏", OWN))
    assert "第 1 号恢复单已启用" in people.told()
    gate.work("锁定")
    gate.page.fields.recovery_button.click()
    PeopleDeskPage.use_sheet(clerk, "孙立", code, ANEW)
    assert "恢复单已作废" in gate.problem()
    gate.enter("孙立", ANEW)
    gate.change_first(ANEW, FIRST)
    assert "还没有恢复单" in clerk.notice()
    people.sign_in("周敏", OWN)
    told = clerk.dialog(SignInNoticesDialog)
    assert "陈局长批准启封" in words_of(told)
    told.accept_button.click()
    clerk.settle()
    assert not clerk.has_dialog(SignInNoticesDialog)
    assert not people.page.sheet_button.isEnabled()
    people.sign_in("周敏", OWN)
    assert not clerk.has_dialog(SignInNoticesDialog)
