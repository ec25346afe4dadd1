"""People at a desk: passwords, waits, two others make a forgotten one good, and the log of it all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import InputError, KeyProblem, WrongPassword
from services import people as people_service
from services.audit_log import check_log, newest
from services.people import (
    add_person,
    change_person,
    fits,
    people,
    recover,
    set_password,
    sign_in,
    verifier_of,
)
from tests.services.county import County

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
    return (
        add_person(desk, "李文", "李文", [UserRole.PERFORMANCE_REVIEWER], "", FIRST),
        add_person(desk, "李文", "王芳", [UserRole.OFFICE_REVIEWER], "农业股", FIRST),
        add_person(desk, "李文", "赵局", [UserRole.LEADER], "", FIRST),
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
    assert waits == [1, 2, 4]
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
    with pytest.raises(InputError, match="没有系统管理员"):
        recover(desk, admin, [(office, NEW), (leader, FIRST)], NEW)
    with pytest.raises(WrongPassword):
        recover(desk, office, [(admin, "falsch-2026"), (leader, FIRST)], NEW)


def test_who_left_gets_in_no_more_and_stays_on_record(county: County, three):
    desk = county.bureau
    admin, office, _leader = three
    change_person(desk, "李文", office.user_id, office.roles, office.office, is_active=False)
    with pytest.raises(KeyProblem, match="已停用"):
        sign_in(desk, office.user_id, FIRST)
    assert [user.name for user in people(desk)][-1] == "王芳"
    with pytest.raises(InputError, match="系统管理员"):
        change_person(desk, "李文", admin.user_id, [UserRole.LEADER], "", is_active=True)
    with pytest.raises(InputError, match="系统管理员"):
        change_person(desk, "李文", admin.user_id, admin.roles, "", is_active=False)


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
        add_person(county.bureau, "李文", name, roles, office, password)
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
    sign_in(desk, three[0].user_id, FIRST)
    assert check_log(desk).broken_at is None
    assert "没有改动" in check_log(desk).words
    assert newest(desk, "登录")[0].what == "登录"
    entries = desk.store.state.audit  # type: ignore[attr-defined]
    entries[-2] = replace(entries[-2], what="别的")
    assert check_log(desk).broken_at == len(entries) - 1
    assert "可能被改动过" in check_log(desk).words
