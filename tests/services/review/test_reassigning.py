"""Filings go to the office of their unit or project; reassigned with a reason, to office or person, never over a decision."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import InputError
from models.domain.review import ReviewFile, ReviewOutcome
from services.audit_log import newest
from services.desk_people import OWN_ID
from services.permissions import NotAllowed
from services.review.deciding import DecisionDraft, decide
from services.review.desk_queue import desk_queue, own_queue
from services.review.queue import QueueFilter, QueueQuery, line_of
from services.review.reassigning import Target, offices, reassign_filings, reassign_unit
from services.workspaces import Workspace
from tests.services.county import TOWN, County

pytestmark = pytest.mark.wide

PASS = DecisionDraft(ReviewOutcome.PASS, "同意。")
LEAD = DeskUser("U1", "周明", (UserRole.PERFORMANCE_REVIEWER, UserRole.ADMINISTRATOR))


@pytest.fixture
def sent(county: County, town: Workspace) -> list[str]:
    """Two filings of the town for the same office, received."""
    ids = county.filled(town, 5)
    county.accepted(town, ids)
    by_office: dict[str, list[str]] = {}
    for filing_id in ids:
        by_office.setdefault(file(county, filing_id).office, []).append(filing_id)
    return max(by_office.values(), key=len)[:2]


@pytest.fixture
def staff(county: County, sent: list[str]) -> tuple[DeskUser, DeskUser, DeskUser]:
    """Two of the office in charge, one of another."""
    own = file(county, sent[0]).office
    made = tuple(
        DeskUser(f"U{number}", name, (UserRole.OFFICE_REVIEWER,), office)
        for number, (name, office) in enumerate((("王芳", own), ("钱进", own), ("孙立", "别的股")), 2)
    )
    with county.bureau.store.writing() as work:
        for user in (LEAD, *made):
            work.users.put(user)
        work.commit()
    return made  # type: ignore[return-value]


def file(county: County, filing_id: str) -> ReviewFile:
    line = line_of(county.bureau, filing_id)
    assert line is not None
    return line.file


def mine(county: County, who: DeskUser) -> set[str]:
    found = desk_queue(county.bureau, QueueQuery(QueueFilter.MINE, who=who))
    assert found.mine == found.counts[QueueFilter.MINE] == len(found.lines)
    return {line.filing.filing_id for line in found.lines}


def test_filings_go_to_their_office(county: County, sent, staff):
    first, _second, other = staff
    assert first.office
    assert mine(county, first) == set(sent)
    assert mine(county, other) == mine(county, LEAD) == set()
    decide(county.bureau, first, sent[0], 0, PASS)
    assert (mine(county, first), mine(county, LEAD)) == ({sent[1]}, {sent[0]})


def test_what_everybody_begins_with():
    roles = UserRole
    own = {role: own_queue(DeskUser("U1", "某", (role,), "农业股")) for role in roles}
    assert own[roles.OFFICE_REVIEWER] == ("本股室待办", True)
    assert own[roles.LEADER] == ("待审定", True)
    assert not own[roles.PERFORMANCE_REVIEWER][1]
    assert not own_queue(DeskUser("U1", "某", (roles.OFFICE_REVIEWER, roles.ADMINISTRATOR), "农业股"))[1]
    assert own_queue(DeskUser(OWN_ID, "某", tuple(roles))) == ("", False)


def test_a_filing_goes_to_another_office(county: County, sent, staff):
    first, _second, other = staff
    result = reassign_filings(county.bureau, LEAD, [(sent[0], 0)], Target("别的股", "", "资金由别的股管理"))
    assert (result.decided, result.refused) == ((sent[0],), ())
    assert (mine(county, first), mine(county, other)) == ({sent[1]}, {sent[0]})
    with pytest.raises(NotAllowed, match=r"归口别的股，王芳没有.*请由别的股孙立办理"):
        decide(county.bureau, first, sent[0], 1, PASS)
    told = newest(county.bureau, "改派")[0]
    assert "改派给别的股：资金由别的股管理" in told.what
    decide(county.bureau, other, sent[0], 1, PASS)
    decided = newest(county.bureau)[0]
    line = line_of(county.bureau, sent[0])
    assert line is not None
    assert decided.about == f"{line.filing.budget_year}年绩效目标·{line.subject}·{line.unit.name}"
    assert newest(county.bureau, decided.about)[0] == decided


def test_a_filing_is_given_to_one_person(county: County, sent, staff):
    first, second, _other = staff
    reassign_filings(county.bureau, LEAD, [(sent[0], 0)], Target("", second.user_id, "王芳休假"))
    assert (mine(county, first), mine(county, second)) == ({sent[1]}, set(sent))
    with pytest.raises(NotAllowed, match=r"已分给钱进.*请由钱进办理，或先改派"):
        decide(county.bureau, first, sent[0], 1, PASS)
    with county.bureau.store.writing() as work:
        work.users.put(replace(second, is_active=False))
        work.commit()
    assert mine(county, first) == set(sent), "who left holds nothing back"


def test_a_unit_goes_to_another_office_with_all_it_has(county: County, sent, staff):
    first, _second, other = staff
    reassign_filings(county.bureau, LEAD, [(sent[0], 0)], Target("", first.user_id, "熟悉情况"))
    reassign_unit(county.bureau, LEAD, TOWN, Target("别的股", "", "归口调整"))
    assert (mine(county, first), mine(county, other) & set(sent)) == ({sent[0]}, {sent[1]})
    assert {"别的股", first.office} <= set(offices(county.bureau))


def test_reassigning_meets_a_decision_made_meanwhile(county: County, sent, staff):
    first = staff[0]
    decide(county.bureau, first, sent[0], 0, PASS)
    result = reassign_filings(
        county.bureau, LEAD, [(sent[0], 0), (sent[1], 0)], Target("别的股", "", "归口调整")
    )
    assert (result.decided, result.refused[0][0]) == ((sent[1],), sent[0])
    assert "另一位审核人员" in result.refused[0][1]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (Target("", "", "归口调整"), "没有选择改派给谁"),
        (Target("别的股", "", " "), "没有写明改派的理由"),
    ],
)
def test_what_is_no_target(county: County, sent, staff, target: Target, words: str):
    with pytest.raises(InputError, match=words):
        reassign_filings(county.bureau, LEAD, [(sent[0], 0)], target)


@pytest.mark.parametrize("person", ["U4", "U9"])
def test_only_who_can_decide_gets_it(county: County, sent, staff, person: str):
    result = reassign_filings(county.bureau, LEAD, [(sent[0], 0)], Target("", person, "归口调整"))
    assert result.decided == ()
    with pytest.raises(InputError, match="没有这个单位"):
        reassign_unit(county.bureau, LEAD, "000", Target("别的股", "", "归口调整"))
