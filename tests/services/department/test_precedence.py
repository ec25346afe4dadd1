"""Who comes first, department or bureau: what the kit says is kept, with a plain sentence and without a dead end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import InputError
from models.domain.paper_filing import PaperFiling
from models.domain.review import ReviewLevel, ReviewOutcome
from services.kit_rules.table import kit_rules, with_rule
from services.review.deciding import DecisionDraft, decide, decide_many
from services.review.desk_queue import desk_queue
from services.review.queue import QueueFilter, QueueLine, QueueQuery, line_of, queue
from services.review.sheet import review_sheet
from tests.services.county import County
from tests.services.department.desks import SCHOOL, Chain, build_chain, with_department_key

BUREAU = DeskUser("B1", "李文", tuple(UserRole))
AGREED = DecisionDraft(ReviewOutcome.PASS, "时间紧急，先行审核。")
SILENT = DecisionDraft(ReviewOutcome.PASS, " ")


@pytest.fixture
def chain(county: County) -> Chain:
    return build_chain(county)


@pytest.fixture
def filed(chain: Chain) -> str:
    """A school's filing that came to the bureau directly."""
    school = chain.unit(SCHOOL)
    (filing_id,) = chain.filled(school)
    chain.county.accepted(school, [filing_id])
    return filing_id


def line(chain: Chain, filing_id: str) -> QueueLine:
    found = line_of(chain.county.bureau, filing_id)
    assert found is not None
    return found


def forbid_preceding(chain: Chain, filing_id: str) -> None:
    """The next kit forbids it; the filing's task is in that one as well."""
    desk = chain.county.bureau
    kit = desk.current_kit().kit
    assert kit.review is not None
    chain.county.issued(template=replace(kit, review=replace(kit.review, bureau_may_precede=False)))
    assert not line(chain, filing_id).may_precede


def test_the_bureau_waits_for_the_department(chain: Chain, filed: str) -> None:
    forbid_preceding(chain, filed)
    desk, seen = chain.county.bureau, line(chain, filed)
    assert seen.awaits_department
    assert [one.filing.filing_id for one in queue(desk, QueueQuery(QueueFilter.AWAITS_DEPARTMENT))] == [filed]
    found = desk_queue(desk, QueueQuery())
    assert (found.has_departments, found.counts[QueueFilter.AWAITS_DEPARTMENT]) == (True, 1)
    assert review_sheet(desk, BUREAU, filed).obstacle == "主管部门还没有审核，请等汇总报送或催办"
    for outcome in ReviewOutcome:
        with pytest.raises(InputError, match="主管部门“示例县教育体育局”还没有审核这一版"):
            decide(desk, BUREAU, filed, 0, DecisionDraft(outcome, "理由充分。"))
    together = decide_many(desk, BUREAU, [(filed, 0)], AGREED)
    assert together.decided == ()
    assert "汇总报送" in together.refused[0][1]
    with desk.store.reading() as work:
        assert work.reviews.decisions([filed]) == []


def test_with_a_reason_where_the_kit_does_not_forbid_it(chain: Chain, filed: str) -> None:
    desk = chain.county.bureau
    assert line(chain, filed).may_precede
    sheet = review_sheet(desk, BUREAU, filed)
    assert sheet.obstacle == ""
    assert "写明理由" in sheet.caution
    with pytest.raises(InputError, match="写明理由"):
        decide(desk, BUREAU, filed, 0, SILENT)
    saved = decide(desk, BUREAU, filed, 0, AGREED)
    assert saved.level is ReviewLevel.PERFORMANCE
    after = line(chain, filed)
    assert not after.awaits_department
    decide(desk, BUREAU, filed, saved.revision, SILENT)
    with desk.store.reading() as work:
        told = ["先行办理" in entry.what for entry in work.audit.newest(9) if entry.action == "review"]
    assert sorted(told) == [False, True]


def test_what_the_department_said_opens_the_way(chain: Chain) -> None:
    _, (filing_id,), up = chain.up(SCHOOL)
    with_department_key(chain, up)
    chain.county.receive(up)
    chain.county.register()
    chain.county.receive(up)
    assert not line(chain, filing_id).awaits_department
    assert decide(chain.county.bureau, BUREAU, filing_id, 0, SILENT).level is ReviewLevel.PERFORMANCE


def test_a_stamped_paper_has_been_past_the_department(chain: Chain, filed: str) -> None:
    desk = chain.county.bureau
    now = desk.tools.clock.now()
    with desk.store.writing() as work:
        work.papers.put(PaperFiling(filed, 1, "表.xlsx", "0" * 64, "李文", now, now.date(), 0))
        work.commit()
    assert not line(chain, filed).awaits_department
    decide(desk, BUREAU, filed, 0, SILENT)


def test_the_rule_stands_among_the_kits_rules(chain: Chain) -> None:
    kit = chain.county.bureau.current_kit().kit
    rule = next(one for one in kit_rules(kit) if one.label.startswith("主管部门审核前"))
    assert (rule.text, rule.choices) == ("写明理由可以", ("不可以", "写明理由可以"))
    changed = with_rule(kit, rule, "不可以")
    assert changed.review is not None
    assert not changed.review.bureau_may_precede
    assert with_rule(changed, rule, "写明理由可以") == kit
    without = replace(kit, review=None)
    assert not any(one.label == rule.label for one in kit_rules(without))


def test_an_older_kit_keeps_its_digest(chain: Chain) -> None:
    """The default is left out of what is signed, so nothing of a kit issued before changes."""
    from services.messages import kit_digest

    kit = chain.county.bureau.current_kit().kit
    assert kit.review is not None
    assert kit_digest(kit) == kit_digest(replace(kit, review=replace(kit.review, bureau_may_precede=True)))
    assert kit_digest(kit) != kit_digest(replace(kit, review=replace(kit.review, bureau_may_precede=False)))
