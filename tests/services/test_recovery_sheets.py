"""The recovery sheet: two make it, its code is read back from paper, it serves once, and nobody uses it unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import InputError, WrongPassword
from services import people as people_service
from services.audit_log import newest
from services.desk_people import sit_down
from services.people import add_person, change_person, recover, set_password, sign_in
from services.permissions import NotAllowed
from services.recovery_sheets import (
    SheetDraft,
    begin_sheet,
    keep_sheet,
    recover_with_sheet,
    sheet_in_force,
    sheet_page,
)
from services.sign_in_notices import acknowledge, notices_for
from services.workspaces import Workspace
from tests.services.county import County

FIRST, OWN, NEW = "first-2026", "second-2026", "third-2026"


@pytest.fixture(autouse=True)
def _cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(people_service._COST, "n", 2**4)


@pytest.fixture
def desk(county: County) -> Workspace:
    return county.bureau


@pytest.fixture
def three(desk: Workspace) -> tuple[DeskUser, DeskUser, DeskUser]:
    """The administrator, signed in, and two colleagues; only the first of these has changed the first password."""
    first = add_person(desk, "李文", [UserRole.PERFORMANCE_REVIEWER], "", FIRST)
    sit_down(desk, first)
    second = add_person(desk, "王芳", [UserRole.OFFICE_REVIEWER], "农业股", FIRST)
    set_password(desk, second.user_id, FIRST, OWN)
    return first, second, add_person(desk, "赵局", [UserRole.LEADER], "", FIRST)


def made(desk: Workspace, colleague: DeskUser) -> SheetDraft:
    draft = begin_sheet(desk, FIRST, (colleague.user_id, OWN))
    keep_sheet(desk, draft, draft.code)
    return draft


def test_nobody_makes_one_alone(desk: Workspace, three: tuple[DeskUser, ...]) -> None:
    admin, colleague, new_one = three
    for confirming in (None, (admin.user_id, FIRST), (new_one.user_id, FIRST)):
        with pytest.raises(InputError, match="另一位操作人员"):
            begin_sheet(desk, FIRST, confirming)
    with pytest.raises(WrongPassword):
        begin_sheet(desk, FIRST, (colleague.user_id, FIRST))
    sit_down(desk, colleague)
    with pytest.raises(NotAllowed, match="系统管理员"):
        begin_sheet(desk, OWN, (admin.user_id, FIRST))


def test_where_nobody_else_is_one_does_and_first_passwords_do_not_count(desk: Workspace) -> None:
    with pytest.raises(InputError, match="还没有登记"):
        begin_sheet(desk, "", None)
    admin = add_person(desk, "李文", [UserRole.LEADER], "", FIRST)
    sit_down(desk, admin)
    assert begin_sheet(desk, FIRST, None).made_by == "李文"
    add_person(desk, "王芳", [UserRole.LEADER], "", FIRST)
    with pytest.raises(InputError, match="还没有改过首次登录的密码"):
        begin_sheet(desk, FIRST, None)


def test_it_counts_once_it_was_read_back(desk: Workspace, three: tuple[DeskUser, ...]) -> None:
    draft = begin_sheet(desk, FIRST, (three[1].user_id, OWN))
    assert (len(draft.code), sheet_in_force(desk)) == (20, None)
    with pytest.raises(InputError, match="与刚才显示的恢复码不一样"):
        keep_sheet(desk, draft, draft.code[:-1])
    spaced = " ".join(draft.code[at : at + 4] for at in range(0, 20, 4)).lower()
    kept = keep_sheet(desk, draft, spaced)
    assert sheet_in_force(desk) == kept
    assert (kept.number, kept.made_by) == (1, "李文、王芳")
    with desk.store.reading() as work:
        assert draft.code not in str(work.settings.get("recovery_sheet"))


def test_the_page_has_room_for_the_code_but_not_the_code(
    county: County, desk: Workspace, three: tuple[DeskUser, ...]
) -> None:
    draft = begin_sheet(desk, FIRST, (three[1].user_id, OWN))
    sheet_page(desk, draft)
    cover, _marks = county.tools.documents.covers[-1]
    assert draft.code[:4] not in str(cover)
    assert (len(cover.contents_head), cover.contents) == (5, (("　",) * 5,))


def test_it_serves_once(desk: Workspace, three: tuple[DeskUser, ...]) -> None:
    admin, colleague, _leader = three
    draft = made(desk, colleague)
    recover_with_sheet(desk, admin.user_id, draft.code, "陈局长", NEW)
    assert sign_in(desk, admin.user_id, NEW).must_change
    assert sheet_in_force(desk) is None
    assert "第 1 号恢复单重设登录密码（陈局长批准启封）" in newest(desk, "恢复单")[0].what
    with pytest.raises(InputError, match="没有在用的恢复单"):
        recover_with_sheet(desk, admin.user_id, draft.code, "陈局长", OWN)


def test_a_newer_one_ends_the_one_before(desk: Workspace, three: tuple[DeskUser, ...]) -> None:
    admin, colleague, _leader = three
    old, new = made(desk, colleague), made(desk, colleague)
    with pytest.raises(WrongPassword, match="恢复码不正确"):
        recover_with_sheet(desk, admin.user_id, old.code, "陈局长", NEW)
    with pytest.raises(WrongPassword, match="恢复码刚刚输错过"):
        recover_with_sheet(desk, admin.user_id, new.code, "陈局长", NEW)
    assert newest(desk, "恢复码不正确")[0].subject == admin.user_id


def test_what_is_refused(county: County, desk: Workspace, three: tuple[DeskUser, ...]) -> None:
    admin, colleague, leader = three
    draft = made(desk, colleague)
    with pytest.raises(InputError, match="批准启封的人"):
        recover_with_sheet(desk, admin.user_id, draft.code, " ", NEW)
    with pytest.raises(InputError, match="少于"):
        recover_with_sheet(desk, admin.user_id, draft.code, "陈局长", "kurz")
    change_person(desk, leader.user_id, leader.roles, "", is_active=False)
    with pytest.raises(InputError, match="已停用"):
        recover_with_sheet(desk, leader.user_id, draft.code, "陈局长", NEW)
    assert sheet_in_force(desk) is not None, "nothing was used up"


def test_everybody_else_is_told_once(county: County, desk: Workspace, three: tuple[DeskUser, ...]) -> None:
    admin, colleague, leader = three
    draft = made(desk, colleague)
    assert [notices_for(desk, user.user_id) == [] for user in three] == [True, True, False]
    county.tools.clock.moment += timedelta(minutes=5)
    recover_with_sheet(desk, admin.user_id, draft.code, "陈局长", NEW)
    assert notices_for(desk, admin.user_id) == []
    (told,) = notices_for(desk, colleague.user_id)
    assert "李文：用第 1 号恢复单重设" in told
    assert len(notices_for(desk, leader.user_id)) == 2
    acknowledge(desk, leader.user_id, 1)
    assert notices_for(desk, leader.user_id) == [told]
    acknowledge(desk, colleague.user_id, 1)
    acknowledge(desk, leader.user_id, 1)
    with desk.store.reading() as work:
        assert work.settings.get("sign_in_notices") == []


def test_those_who_confirmed_need_not_be_told(desk: Workspace, three: tuple[DeskUser, ...]) -> None:
    admin, colleague, leader = three
    fourth = add_person(desk, "周明", [UserRole.LEADER], "", FIRST)
    recover(desk, colleague.user_id, [(admin.user_id, FIRST), (leader.user_id, FIRST)], NEW)
    told = {user.name: len(notices_for(desk, user.user_id)) for user in (*three, fourth)}
    assert told == {"李文": 0, "王芳": 0, "赵局": 0, "周明": 1}


def test_another_desk_that_was_quicker(
    desk: Workspace, three: tuple[DeskUser, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking at the code and setting the password the sheet was used elsewhere."""
    admin, colleague, _leader = three
    draft, put = made(desk, colleague), people_service.put_password

    def later(workspace: Workspace, *given: object, **more: object) -> None:
        with workspace.store.writing() as work:
            work.settings.put("recovery_sheet", None)
            work.commit()
        put(workspace, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(people_service, "put_password", later)
    with pytest.raises(InputError, match="刚刚用过"):
        recover_with_sheet(desk, admin.user_id, draft.code, "陈局长", NEW)
    assert sign_in(desk, admin.user_id, FIRST) == admin
