"""People at a department's desk: one alone is never asked, two sign in, and each may do what is theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import InputError, WrongPassword
from models.domain.review import ReviewFile, ReviewLevel
from models.domain.review_rule import ReviewStep
from services import key_care, people, sealing, setup, token_keys
from services.audit_log import newest
from services.department.forwarding import forward
from services.desk_people import asks_who, present_user, seat_lone_person
from services.job import JobContext
from services.people import (
    Recovery,
    add_person,
    change_person,
    enter,
    recover_with_colleague,
    recovery_way,
    roles_here,
)
from services.permission_table import BUREAU_ROLES, DEPARTMENT_ROLES, Action
from services.permissions import NotAllowed, level_obstacle, require
from services.ports.tokens import TokenChoice, TokenPlace
from services.workspaces import DeskRole, Workspace
from tests.fakes.tools import FakeTools
from tests.services.department.desks import DEPARTMENT

pytestmark = pytest.mark.wide

FIRST, NEW, SIGNING = "first-2026", "second-2026", "qianming-2026"
STEP, FILE = ReviewStep(ReviewLevel.DEPARTMENT), ReviewFile("F1", 1, ReviewLevel.DEPARTMENT)


@pytest.fixture(autouse=True)
def _cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(people._COST, "n", 2**4)


@pytest.fixture
def desk(tools: FakeTools, tmp_path: Path) -> Workspace:
    """A department's desk that knows nobody yet."""
    kit = tools.builtin_kits(2026)[0]
    folder = tmp_path / "department"
    return setup.set_up_unit_builtin(tools, folder, kit, DEPARTMENT, "孙立", DeskRole.DEPARTMENT)


@pytest.fixture
def two(desk: Workspace) -> tuple[DeskUser, DeskUser]:
    """Who worked there alone, and a reviewer; nobody is signed in."""
    first = add_person(desk, "孙立", [UserRole.CLERK], "", FIRST)
    return first, add_person(desk, "周敏", [UserRole.DEPARTMENT_REVIEWER], "", FIRST)


def test_one_person_is_never_asked_and_does_everything(desk: Workspace):
    assert not asks_who(desk)
    own = add_person(desk, "孙丽", [UserRole.CLERK], "", FIRST)
    assert (own.roles, own.must_change) == (DEPARTMENT_ROLES, False)
    assert not asks_who(desk)
    assert present_user(desk).name == desk.profile.person_name == "孙丽"
    assert require(desk, Action.FORWARD).name == "孙丽"
    assert level_obstacle([own], own, STEP, FILE) is None
    again = Workspace(desk.folder, desk.store, desk.tools, desk.profile, desk.changes)
    again.profile = replace(desk.profile, person_name="孙立")
    seat_lone_person(again)
    assert again.profile.person_name == "孙丽"


def test_the_second_person_makes_both_sign_in(desk: Workspace, two: tuple[DeskUser, DeskUser]):
    first, second = two
    assert asks_who(desk)
    assert not present_user(desk).roles
    with pytest.raises(NotAllowed, match="现在没有人登录，不能汇总报送。请由经办人（孙立）"):
        require(desk, Action.FORWARD)
    assert enter(desk, first.user_id, FIRST) == first
    assert not asks_who(desk)
    assert enter(desk, second.user_id, FIRST).must_change
    assert present_user(desk).name == "孙立"
    people.enter_anew(desk, second.user_id, FIRST, NEW)
    assert desk.profile.person_name == "周敏"


def test_who_is_left_alone_does_everything_again(desk: Workspace, two: tuple[DeskUser, DeskUser]):
    first, second = two
    enter(desk, first.user_id, FIRST)
    change_person(desk, first.user_id, [UserRole.ADMINISTRATOR], "", is_active=True)
    change_person(desk, second.user_id, [UserRole.DEPARTMENT_REVIEWER], "", is_active=False)
    assert present_user(desk).roles == DEPARTMENT_ROLES
    assert newest(desk)[0].what == "只剩孙立一位操作人员，办理全部工作"


REFUSED: list[tuple[Action, Callable[[Workspace, Path], object]]] = [
    (Action.SEAL, lambda d, to: sealing.seal(d, ["any"], to, SIGNING, JobContext())),
    (Action.FORWARD, lambda d, to: forward(d, ["any"], to, SIGNING, JobContext())),
    (Action.OWN_KEYS, lambda d, _to: setup.make_unit_key(d, SIGNING)),
    (Action.OWN_KEYS, lambda d, _to: key_care.make_head_key(d, "陈立", SIGNING)),
    (Action.OWN_KEYS, lambda d, _to: key_care.replace_key(d, "unit", SIGNING)),
    (
        Action.OWN_KEYS,
        lambda d, _to: token_keys.use_token(d, TokenChoice(TokenPlace("m", "l", "s"), SIGNING)),
    ),
    (Action.PEOPLE, lambda d, _to: add_person(d, "新人", [UserRole.CLERK], "", FIRST)),
]


def test_a_reviewer_is_told_whose_work_it_is(desk: Workspace, two: tuple[DeskUser, DeskUser], tmp_path: Path):
    people.enter_anew(desk, two[1].user_id, FIRST, NEW)
    for action, attempt in REFUSED:
        with pytest.raises(NotAllowed, match=f"周敏没有{action.label}的权限.*孙立") as told:
            attempt(desk, tmp_path)
        assert newest(desk)[0].what == f"未办理：{told.value.what}"


def test_levels_are_the_reviewers_and_the_heads(desk: Workspace, two: tuple[DeskUser, DeskUser]):
    clerk = DeskUser("U9", "吴迪", (UserRole.CLERK,))
    head = DeskUser("U8", "陈立", (UserRole.HEAD,))
    everybody = [*two, clerk, head]
    assert [level_obstacle(everybody, who, STEP, FILE) is None for who in everybody] == [
        True,
        True,
        False,
        True,
    ]
    assert level_obstacle(everybody, clerk, STEP, FILE) == (
        "现在轮到“主管部门审核”，吴迪没有这个环节的权限",
        "请由孙立、周敏、陈立办理",
        "审核",
    )
    assert roles_here(desk) == DEPARTMENT_ROLES
    assert {UserRole.ADMINISTRATOR} == set(DEPARTMENT_ROLES) & set(BUREAU_ROLES)
    assert set(UserRole) == set(DEPARTMENT_ROLES) | set(BUREAU_ROLES)


def test_of_two_the_other_confirms_with_the_signing_password(
    tools: FakeTools, desk: Workspace, two: tuple[DeskUser, DeskUser]
):
    first, second = two
    people.set_password(desk, second.user_id, FIRST, NEW)
    assert recovery_way(desk) is Recovery.COLLEAGUE
    recover_with_colleague(desk, first.user_id, (second.user_id, NEW), "", "yiqian-2026")
    enter(desk, first.user_id, "yiqian-2026")
    people.enter_anew(desk, first.user_id, "yiqian-2026", FIRST)
    setup.make_unit_key(desk, SIGNING)
    confirming = (second.user_id, NEW)
    with pytest.raises(WrongPassword):
        recover_with_colleague(desk, first.user_id, confirming, "bu-shi-zhege", "wangji-2026")
    with pytest.raises(InputError, match="另一位"):
        recover_with_colleague(desk, second.user_id, confirming, SIGNING, "wangji-2026")
    tools.clock.moment += timedelta(minutes=10)
    recover_with_colleague(desk, first.user_id, confirming, SIGNING, "wangji-2026")
    assert newest(desk)[0].what == "由周敏和签名密码确认，重设登录密码"
    assert enter(desk, first.user_id, "wangji-2026").must_change
    people.enter_anew(desk, first.user_id, "wangji-2026", FIRST)
    add_person(desk, "吴迪", [UserRole.CLERK], "", FIRST)
    assert recovery_way(desk) is Recovery.TWO_OTHERS
    with pytest.raises(InputError, match="两位以上"):
        recover_with_colleague(desk, first.user_id, confirming, SIGNING, "wangji-2026")
