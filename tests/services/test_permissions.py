"""Who may do what: every refusal is a sentence that names who may, stands in the log, and leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.review import ReviewLevel, ReviewOutcome
from services import backup_copies, bureau_keys, kit_issue, moving, people, unit_removal
from services.audit_log import newest
from services.desk_people import sit_down, stand_up
from services.job import JobContext
from services.permission_table import ROLE_ACTIONS, Action, roles_for
from services.permissions import NotAllowed, may, require
from services.review.approving import approve
from services.review.deciding import DecisionDraft, decide
from services.review.enlisting import enlist
from services.review.reassigning import Target, reassign_filings, reassign_unit
from services.workspaces import Workspace
from tests.services.county import OTHER, TOWN, County, everything_but_notes
from tests.services.review.test_approving import DOCUMENT

ADMIN = DeskUser("U1", "李文", (UserRole.ADMINISTRATOR,))
OFFICE = DeskUser("U2", "王芳", (UserRole.OFFICE_REVIEWER,), "农业股")
LEADER = DeskUser("U3", "赵局", (UserRole.LEADER,))
PERFORMANCE = DeskUser("U4", "周明", (UserRole.PERFORMANCE_REVIEWER,))
EVERYBODY = (ADMIN, OFFICE, LEADER, PERFORMANCE)

REFUSED: dict[str, tuple[Action, Callable[[County], object]]] = {
    "people are added": (
        Action.PEOPLE,
        lambda c: people.add_person(c.bureau, "新人", [UserRole.LEADER], "", "first-2026"),
    ),
    "roles are changed": (
        Action.PEOPLE,
        lambda c: people.change_person(c.bureau, "U2", [UserRole.ADMINISTRATOR], "", is_active=True),
    ),
    "a kit is issued": (
        Action.ISSUE_KIT,
        lambda c: kit_issue.issue_kit(
            c.bureau, kit_issue.draft_from(c.bureau, c.bureau.current_kit().kit), c.keys, c.stick
        ),
    ),
    "a key is revoked": (Action.KEYS, lambda c: bureau_keys.revoke_key(c.bureau, c.keys, "any")),
    "a backup is restored": (Action.RESTORE, lambda c: backup_copies.before_restoring(c.bureau)),
    "the data is moved": (
        Action.MOVE,
        lambda c: moving.move_to_shared(c.bureau, "postgresql://db", "", JobContext()),
    ),
    "the data is moved home": (Action.MOVE, lambda c: moving.move_home(c.bureau, JobContext())),
    "a unit is removed": (Action.REMOVE_UNIT, lambda c: unit_removal.remove_unit(c.bureau, OTHER)),
    "targets are enlisted": (Action.ENLIST, lambda c: enlist(c.bureau, OFFICE, ["any"])),
    "a budget is approved": (Action.APPROVE, lambda c: approve(c.bureau, OFFICE, DOCUMENT, ())),
    "filings are reassigned": (
        Action.ASSIGN,
        lambda c: reassign_filings(c.bureau, OFFICE, [("any", 0)], Target("社保股", "", "调整分工")),
    ),
    "a unit is reassigned": (
        Action.ASSIGN,
        lambda c: reassign_unit(c.bureau, OFFICE, TOWN, Target("社保股", "", "调整分工")),
    ),
}


@pytest.fixture
def staffed(county: County) -> County:
    """A bureau with four people, nobody of them signed in."""
    with county.bureau.store.writing() as work:
        for user in EVERYBODY:
            work.users.put(user)
        work.commit()
    return county


@pytest.mark.parametrize("name", REFUSED)
def test_who_may_not_is_told_who_may(staffed: County, name: str):
    action, attempt = REFUSED[name]
    sit_down(staffed.bureau, OFFICE)
    before = everything_but_notes(staffed.bureau)
    with pytest.raises(NotAllowed) as told:
        attempt(staffed)
    able = [user.name for user in EVERYBODY if may(user, action)]
    assert f"王芳没有{action.label}的权限" in told.value.sentence
    assert all(who in told.value.sentence for who in able)
    entry = newest(staffed.bureau)[0]
    assert (entry.who, entry.action, action.label in entry.what) == ("王芳", "refused", True)
    after = everything_but_notes(staffed.bureau)
    changed = {key: value for key, value in after.items() if before[key] != value}.keys()
    assert changed == {"audit", "counters"}, "the log and how many entries it has"


def test_nobody_signed_in_is_told_to_sign_in(staffed: County):
    with pytest.raises(
        NotAllowed, match="现在没有人登录，不能移除单位。请由绩效股复审（周明）或系统管理员（李文）登录后办理"
    ):
        unit_removal.remove_unit(staffed.bureau, OTHER)
    sit_down(staffed.bureau, ADMIN)
    assert require(staffed.bureau, Action.REMOVE_UNIT) == ADMIN
    stand_up(staffed.bureau)
    with pytest.raises(NotAllowed):
        require(staffed.bureau, Action.REMOVE_UNIT)


def test_without_people_the_desks_own_person_does_everything(county: County):
    assert all(require(county.bureau, action).name == county.bureau.profile.person_name for action in Action)


def test_every_action_is_somebodys_and_the_administrator_may_all():
    assert all(roles_for(action) for action in Action)
    assert ROLE_ACTIONS[UserRole.ADMINISTRATOR] == set(Action)
    assert set(ROLE_ACTIONS) == set(UserRole)


@pytest.mark.parametrize("who", [OFFICE, PERFORMANCE, LEADER, ADMIN])
def test_a_level_is_decided_by_whose_it_is(staffed: County, town: Workspace, who: DeskUser):
    (filing_id,) = staffed.filled(town)
    sit_down(staffed.bureau, PERFORMANCE)
    staffed.accepted(town, [filing_id])
    with pytest.raises(NotAllowed, match="业务股室初审") as told:
        decide(staffed.bureau, who, filing_id, 0, DecisionDraft(ReviewOutcome.PASS, "同意"))
    assert f"{who.name}没有这个环节的权限" in told.value.sentence
    entry = newest(staffed.bureau)[0]
    assert (entry.who, entry.subject, entry.action) == (who.name, filing_id, "refused")


def test_a_reviewer_who_lost_the_role_since_is_refused(staffed: County, town: Workspace):
    (filing_id,) = staffed.filled(town)
    sit_down(staffed.bureau, PERFORMANCE)
    staffed.accepted(town, [filing_id])
    own = DeskUser("U2", "王芳", (UserRole.OFFICE_REVIEWER,), "")
    assert own.may_decide(ReviewLevel.OFFICE, "乡财股")
    with pytest.raises(NotAllowed, match="没有这个环节的权限"):
        decide(staffed.bureau, own, filing_id, 0, DecisionDraft(ReviewOutcome.PASS, "同意"))
