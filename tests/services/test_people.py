"""People at a desk: passwords, waits, two others make a forgotten one good, and the log of it all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import InputError, KeyProblem, WrongPassword
from services import people as people_service
from services.audit_log import check_log, newest
from services.desk_people import asks_who, present_user, sit_down, stand_up
from services.people import (
    add_person,
    change_person,
    enter,
    enter_anew,
    fits,
    needs_keys,
    people,
    recover,
    recover_with_keys,
    set_password,
    sign_in,
    verifier_of,
)
from services.permissions import NotAllowed
from tests.services.county import LEAF, ROOT, County

FIRST, NEW = "first-2026", "second-2026"
SHIPPED_COST = dict(people_service._COST)


@pytest.fixture(autouse=True)
def _cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords of these tests cost next to nothing; what the program ships is a test of its own."""
    monkeypatch.setitem(people_service._COST, "n", 2**4)


def test_a_guess_costs_time_and_memory():
    assert 128 * SHIPPED_COST["n"] * SHIPPED_COST["r"] * SHIPPED_COST["p"] >= 16 * 1024 * 1024


@pytest.fixture
def three(county: County) -> tuple[DeskUser, DeskUser, DeskUser]:
    """The administrator, somebody of an office, and the leader."""
    desk = county.bureau
    first = add_person(desk, "李文", [UserRole.PERFORMANCE_REVIEWER], "", FIRST)
    sit_down(desk, first)
    return (
        first,
        add_person(desk, "王芳", [UserRole.OFFICE_REVIEWER], "农业股", FIRST),
        add_person(desk, "赵局", [UserRole.LEADER], "", FIRST),
    )


def test_the_first_one_is_administrator(county: County, three):
    first, second, _third = people(county.bureau)
    assert first.roles == (UserRole.PERFORMANCE_REVIEWER, UserRole.ADMINISTRATOR)
    assert (second.roles, second.office) == ((UserRole.OFFICE_REVIEWER,), "农业股")
    assert sign_in(county.bureau, first.user_id, FIRST).must_change


def test_a_wrong_password_waits_longer_each_time(county: County, three):
    desk, clock, who = county.bureau, county.tools.clock, three[0].user_id
    waits = []
    for _ in range(3):
        with pytest.raises(WrongPassword) as told:
            sign_in(desk, who, "falsch-2026")
        waits.append(told.value.wait_seconds)
        with pytest.raises(WrongPassword, match="刚刚输错过"):
            sign_in(desk, who, FIRST)
        clock.moment = clock.moment.replace(minute=clock.moment.minute + 1)
    assert waits == [1, 2, 5]
    assert sign_in(desk, who, FIRST).name == "李文"


def test_ones_own_password_is_changed(county: County, three):
    desk, who = county.bureau, three[1].user_id
    with pytest.raises(InputError, match="相同"):
        set_password(desk, who, FIRST, FIRST)
    with pytest.raises(InputError, match="少于"):
        set_password(desk, who, FIRST, "kurz")
    set_password(desk, who, FIRST, NEW)
    assert not sign_in(desk, who, NEW).must_change
    with pytest.raises(WrongPassword):
        sign_in(desk, who, FIRST)


def test_two_others_make_a_forgotten_password_good(county: County, three):
    desk = county.bureau
    admin, office, leader = (user.user_id for user in three)
    recover(desk, office, [(admin, FIRST), (leader, FIRST)], NEW)
    assert sign_in(desk, office, NEW).must_change
    for confirming in ([(admin, FIRST)], [(admin, FIRST), (admin, FIRST)], [(office, NEW), (admin, FIRST)]):
        with pytest.raises(InputError, match="另外两位"):
            recover(desk, office, confirming, NEW)
    second = add_person(desk, "钱科", [UserRole.ADMINISTRATOR], "", FIRST)
    with pytest.raises(InputError, match="没有系统管理员"):
        recover(desk, admin, [(office, NEW), (leader, FIRST)], NEW)
    with pytest.raises(InputError, match="少于"):
        recover(desk, admin, [(second.user_id, FIRST), (leader, FIRST)], "kurz")
    with pytest.raises(WrongPassword, match=f"{three[0].name}：登录密码不正确"):
        recover(desk, office, [(admin, "falsch-2026"), (leader, FIRST)], NEW)


def test_the_only_administrators_password_is_made_good_by_any_two(county: County, three):
    admin, office, leader = (user.user_id for user in three)
    recover(county.bureau, admin, [(office, FIRST), (leader, FIRST)], NEW)
    assert sign_in(county.bureau, admin, NEW).must_change
    assert newest(county.bureau, "没有别的系统管理员")[0].subject == admin


def test_too_few_people_confirm_with_the_key_passwords(county: County, three):
    desk, (admin, office, _leader) = county.bureau, three
    with pytest.raises(InputError, match="两位以上"):
        recover_with_keys(desk, admin.user_id, ROOT, LEAF, NEW)
    change_person(desk, office.user_id, office.roles, office.office, is_active=False)
    assert needs_keys(desk)
    with pytest.raises(WrongPassword, match="根密码"):
        recover_with_keys(desk, admin.user_id, "falsch-2026", LEAF, NEW)
    recover_with_keys(desk, admin.user_id, ROOT, LEAF, NEW)
    assert sign_in(desk, admin.user_id, NEW).must_change


def test_people_sit_down_and_get_up(county: County, three):
    desk, (admin, office, _leader) = county.bureau, three
    with pytest.raises(WrongPassword):
        enter(desk, office.user_id, "falsch-2026")
    assert present_user(desk) == admin
    county.tools.clock.moment = county.tools.clock.moment.replace(minute=59)
    assert enter(desk, office.user_id, FIRST).must_change
    assert present_user(desk) == admin, "the first password is changed before anything else"
    enter_anew(desk, office.user_id, FIRST, NEW)
    assert (present_user(desk).name, desk.profile.person_name) == ("王芳", "王芳")
    stand_up(desk, "锁定")
    assert asks_who(desk)
    assert present_user(desk).roles == ()
    stand_up(desk)
    assert [entry.what for entry in newest(desk, "王芳")][:3] == ["锁定", "登录", "修改登录密码"]


def test_one_who_is_stopped_at_another_desk_may_do_nothing_more(county: County, three):
    desk, (_admin, office, _leader) = county.bureau, three
    sit_down(desk, office)
    with desk.store.writing() as work:
        work.users.put(replace(office, is_active=False))
        work.commit()
    assert asks_who(desk)
    with pytest.raises(NotAllowed, match="没有人登录"):
        add_person(desk, "周明", [UserRole.LEADER], "", FIRST)


def test_times_are_those_of_the_desk(county: County, three):
    desk, zone = county.bureau, county.tools.clock.now().tzinfo
    shift = timedelta(hours=-5)
    county.tools.clock.moment = county.tools.clock.now().astimezone(timezone(shift))
    assert {user.changed_at.utcoffset() for user in people(desk) if user.changed_at} == {shift}
    assert newest(desk)[0].at.utcoffset() == shift
    assert zone != timezone(shift)


def test_who_left_gets_in_no_more_and_stays_on_record(county: County, three):
    desk = county.bureau
    admin, office, _leader = three
    change_person(desk, office.user_id, office.roles, office.office, is_active=False)
    with pytest.raises(KeyProblem, match="已停用"):
        sign_in(desk, office.user_id, FIRST)
    assert [user.name for user in people(desk)][-1] == "王芳"
    with pytest.raises(InputError, match="系统管理员"):
        change_person(desk, admin.user_id, [UserRole.LEADER], "", is_active=True)
    with pytest.raises(InputError, match="系统管理员"):
        change_person(desk, admin.user_id, admin.roles, "", is_active=False)


@pytest.mark.parametrize(
    ("name", "roles", "office", "password", "words"),
    [
        (" ", [UserRole.LEADER], "", FIRST, "姓名"),
        ("王芳", [UserRole.LEADER], "", FIRST, "同名"),
        ("周明", [], "", FIRST, "角色"),
        ("周明", [UserRole.OFFICE_REVIEWER], " ", FIRST, "股室"),
        ("周明", [UserRole.LEADER], "", "1234567", "少于"),
    ],
)
def test_what_is_refused(county: County, three, name, roles, office, password, words):
    with pytest.raises(InputError, match=words):
        add_person(county.bureau, name, roles, office, password)
    assert len(people(county.bureau)) == 3


def test_a_verifier_holds_no_password():
    made = verifier_of(FIRST)
    assert FIRST not in str(made)
    assert fits(made, FIRST)
    assert not fits(made, FIRST + "x")
    assert not fits(None, "")
    assert verifier_of(FIRST)["key"] != made["key"]


def test_everything_is_logged_and_a_changed_entry_found(county: County, three):
    desk = county.bureau
    with desk.store.writing() as work:
        work.users.put(replace(three[0], must_change=False))
        work.commit()
    enter(desk, three[0].user_id, FIRST)
    assert check_log(desk).broken_at is None
    assert "没有改动" in check_log(desk).words
    assert newest(desk, "登录")[0].what == "登录"
    entries = desk.store.state.audit  # type: ignore[attr-defined]
    entries[-2] = replace(entries[-2], what="别的")
    assert check_log(desk).broken_at == len(entries) - 1
    assert "可能被改动过" in check_log(desk).words


def test_a_log_cut_off_at_its_end_is_found_also_after_more_was_written(county: County, three):
    desk = county.bureau
    enter_anew(desk, three[0].user_id, FIRST, NEW)
    before = check_log(desk)
    assert before.is_whole
    entries = desk.store.state.audit  # type: ignore[attr-defined]
    del entries[-1]
    assert not check_log(desk).is_whole
    assert f"写过 {before.count} 条，现在只有 {before.count - 1} 条" in check_log(desk).words
    enter(desk, three[0].user_id, NEW)
    assert check_log(desk).broken_at is None
    assert not check_log(desk).is_whole
