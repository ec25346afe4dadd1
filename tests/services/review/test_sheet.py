"""What the review page is made of: who sits there, the queue with its counts, one filing's sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import InputError
from models.domain.kit import ParameterKit
from models.domain.review import ReviewLevel, ReviewOutcome
from models.domain.review_rule import CannedOpinion, ReviewRule
from services.desk_people import present_user, sit_down
from services.review.deciding import DecisionDraft, decide
from services.review.desk_queue import desk_queue
from services.review.queue import QueueFilter, QueueQuery
from services.review.sheet import bulk_choices, opinions_of, outcomes_of, review_sheet
from services.workspaces import Workspace
from tests.services.county import County

PASS, RETURN = ReviewOutcome.PASS, ReviewOutcome.RETURN
RECHECK, REFUSE = ReviewOutcome.RECHECK, ReviewOutcome.REFUSE


@pytest.fixture
def sent(county: County, town: Workspace) -> list[str]:
    """Two filings of the town, received."""
    ids = county.filled(town, 2)
    county.accepted(town, ids)
    return ids


def add_user(county: County, user: DeskUser) -> None:
    with county.bureau.store.writing() as work:
        work.users.put(user)
        work.commit()


def test_the_desks_own_person_does_everything_until_there_are_users(county: County):
    name = county.bureau.profile.person_name
    who = present_user(county.bureau)
    assert (who.name, set(who.roles)) == (name, set(UserRole))
    assert all(who.may_decide(level, "任一股室") for level in ReviewLevel)
    add_user(county, DeskUser("U1", "别人", (UserRole.LEADER,)))
    assert present_user(county.bureau).roles == ()
    known = DeskUser("U2", name, (UserRole.OFFICE_REVIEWER,))
    add_user(county, known)
    assert present_user(county.bureau).roles == (), "a name is no password"
    sit_down(county.bureau, known)
    assert present_user(county.bureau) == known
    add_user(county, replace(known, is_active=False))
    assert present_user(county.bureau).roles == ()


def test_the_queue_with_counts_and_choices(county: County, sent: list[str]):
    who = present_user(county.bureau)
    found = desk_queue(county.bureau, QueueQuery())
    assert (len(found.lines), found.waiting, found.slips) == (2, 2, 0)
    assert found.counts[QueueFilter.WAITING] == found.counts[QueueFilter.ALL] == 2
    assert set(found.form_ids) == {line.filing.form_id for line in found.lines}
    assert found.target_years == found.years
    decide(county.bureau, who, sent[0], 0, DecisionDraft(RETURN, "请修改。"))
    after = desk_queue(county.bureau, QueueQuery(QueueFilter.DONE))
    assert [line.filing.filing_id for line in after.lines] == [sent[0]]
    assert (after.waiting, after.slips, after.counts[QueueFilter.DONE]) == (1, 1, 1)
    subject = next(line.subject for line in found.lines if line.project is not None)
    searched = desk_queue(county.bureau, QueueQuery(QueueFilter.ALL, text=subject))
    assert [line.subject for line in searched.lines] == [subject]
    assert searched.counts[QueueFilter.ALL] == 1
    nobody = QueueQuery(QueueFilter.ALL, form_id="monitoring")
    assert desk_queue(county.bureau, nobody).lines == ()
    assert desk_queue(county.bureau, QueueQuery(QueueFilter.ALL, budget_year=1999)).lines == ()


def test_the_sheet_of_a_target(county: County, sent: list[str]):
    who = present_user(county.bureau)
    sheet = review_sheet(county.bureau, who, sent[0])
    assert sheet.step is not None
    assert (sheet.step.level, sheet.obstacle) == (ReviewLevel.OFFICE, "")
    assert sheet.outcomes == (RETURN, REFUSE, PASS)
    assert sheet.opinions
    assert not sheet.has_amounts
    assert sheet.conclusions == ()
    stranger = DeskUser("U9", "路人", (UserRole.LEADER,))
    assert "没有这个环节的权限" in review_sheet(county.bureau, stranger, sent[0]).obstacle
    decide(county.bureau, who, sent[0], 0, DecisionDraft(RETURN, "请修改。"))
    assert "退回" in review_sheet(county.bureau, who, sent[0]).obstacle
    with pytest.raises(InputError):
        review_sheet(county.bureau, who, "没有这份表")


@pytest.mark.parametrize(
    ("form_ids", "outcomes"),
    [
        (["performance_target"], (RETURN, REFUSE, PASS)),
        (["ex_ante_evaluation", "performance_target"], (RETURN, REFUSE, PASS)),
        (["self_evaluation"], (RETURN, RECHECK, PASS)),
        (["self_evaluation", "performance_target"], (RETURN, PASS)),
        (["monitoring"], (RETURN, PASS)),
    ],
)
def test_outcomes_by_form(form_ids: list[str], outcomes: tuple[ReviewOutcome, ...]):
    assert outcomes_of(form_ids) == outcomes
    assert outcomes_of(form_ids, may_return=False) == outcomes[1:]


def test_opinions_that_suit_all(county: County, sent: list[str]):
    said = (
        CannedOpinion("甲"),
        CannedOpinion("乙", ("monitoring",)),
        CannedOpinion("丙", ("performance_target",)),
    )
    kit: ParameterKit = replace(county.bureau.current_kit().kit, review=ReviewRule(opinions=said))
    assert opinions_of(kit, ["performance_target"]) == ("甲", "丙")
    assert opinions_of(kit, ["performance_target", "monitoring"]) == ("甲",)
    lines = desk_queue(county.bureau, QueueQuery()).lines
    outcomes, opinions = bulk_choices(county.bureau, lines)
    assert outcomes == (RETURN, REFUSE, PASS)
    assert opinions == review_sheet(county.bureau, present_user(county.bureau), sent[0]).opinions
    assert bulk_choices(county.bureau, ()) == ((RETURN, PASS), ())


def test_what_is_put_on_the_list_of_re_checks_can_be_listed(county: County, sent: list[str]):
    who = present_user(county.bureau)
    asked = QueueQuery(QueueFilter.RECHECK)
    assert desk_queue(county.bureau, asked).lines == ()
    decide(county.bureau, who, sent[0], 0, DecisionDraft(RECHECK, "得分偏高，列入复核。"))
    found = desk_queue(county.bureau, asked)
    assert [line.filing.filing_id for line in found.lines] == [sent[0]]
    assert found.counts[QueueFilter.RECHECK] == 1
