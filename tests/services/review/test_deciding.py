"""Review level by level: who may decide, what follows, what is taken back, and two reviewers at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.audit_entry import first_break
from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import InputError, RevisionConflict
from models.domain.filing import FilingStatus
from models.domain.review import CommentState, ReviewLevel, ReviewOutcome
from services.archive import open_received
from services.received_checks import received_report
from services.review.deciding import DecisionDraft, decide, decide_many
from services.review.queue import QueueFilter, QueueLine, QueueQuery, line_of, queue
from services.review.remarks import RemarkDraft, change_remark, remark, settle, take_back_remark
from services.review.taking_back import withdraw
from services.workspaces import Workspace
from tests.services.county import County, kept

pytestmark = pytest.mark.wide

OFFICE = DeskUser("U1", "李文", (UserRole.OFFICE_REVIEWER,))
PERFORMANCE = DeskUser("U2", "王芳", (UserRole.PERFORMANCE_REVIEWER,))
PASS = DecisionDraft(ReviewOutcome.PASS, "同意。")
RETURN = DecisionDraft(ReviewOutcome.RETURN, "请补充满意度指标。")


@pytest.fixture
def sent(county: County, town: Workspace) -> list[str]:
    """Two filings of the town, received."""
    ids = county.filled(town, 2)
    county.accepted(town, ids)
    return ids


def revision(county: County, filing_id: str) -> int:
    return line(county, filing_id).file.revision


def line(county: County, filing_id: str) -> QueueLine:
    found = line_of(county.bureau, filing_id)
    assert found is not None
    return found


def status(county: County, filing_id: str) -> FilingStatus:
    return kept(county.bureau, filing_id).status


def test_one_level_after_the_other(county: County, sent: list[str]):
    first = sent[0]
    assert line(county, first).file.level is ReviewLevel.OFFICE
    decide(county.bureau, OFFICE, first, 0, PASS)
    assert status(county, first) is FilingStatus.IN_REVIEW
    assert line(county, first).file.level is ReviewLevel.PERFORMANCE
    decide(county.bureau, PERFORMANCE, first, revision(county, first), PASS)
    assert status(county, first) is FilingStatus.PASSED
    done = line(county, first)
    assert not done.is_waiting
    assert [item.decided_by for item in done.decisions] == ["李文", "王芳"]
    assert [one.filing.filing_id for one in queue(county.bureau, QueueQuery(QueueFilter.DONE))] == [first]
    waiting = queue(county.bureau, QueueQuery(level=ReviewLevel.OFFICE))
    assert [one.filing.filing_id for one in waiting] == [sent[1]]


@pytest.mark.parametrize(
    ("who", "draft", "words"),
    [
        (PERFORMANCE, PASS, "没有这个环节的权限"),
        (replace(OFFICE, is_active=False), PASS, "没有这个环节的权限"),
        (replace(OFFICE, office="别的股室"), PASS, "没有这个环节的权限"),
        (OFFICE, DecisionDraft(ReviewOutcome.RETURN, " "), "没有写明要改什么"),
        (OFFICE, DecisionDraft(ReviewOutcome.REFUSE, ""), "没有写明不予通过的理由"),
        (OFFICE, replace(PASS, submitted_fen=1, approved_fen=2), "审定金额"),
        (OFFICE, replace(PASS, approved_fen=-1), "审定金额"),
        (OFFICE, replace(PASS, conclusion="不予支持"), "不能审核通过"),
        (OFFICE, replace(PASS, points="120"), "不在 0 到 100 分之间"),
        (OFFICE, replace(PASS, points="NaN"), "不在 0 到 100 分之间"),
        (OFFICE, replace(PASS, points="40", grade="优"), "按 40 分应评“差”，评的是“优”"),
        (OFFICE, replace(PASS, points="40"), "评为“差”的绩效目标不能审核通过"),
    ],
)
def test_what_may_not_be_decided(county: County, sent: list[str], who, draft, words):
    with pytest.raises(InputError, match=words):
        decide(county.bureau, who, sent[0], 0, draft)
    assert status(county, sent[0]) is FilingStatus.RECEIVED
    assert line(county, sent[0]).decisions == ()


def test_of_two_reviewers_the_slower_is_told(county: County, sent: list[str]):
    decide(county.bureau, OFFICE, sent[0], 0, PASS)
    with pytest.raises(RevisionConflict, match="另一位审核人员"):
        decide(county.bureau, OFFICE, sent[0], 0, RETURN)
    assert len(line(county, sent[0]).decisions) == 1


def test_many_at_once_leaves_alone_what_cannot_be_decided(county: County, sent: list[str]):
    decide(county.bureau, OFFICE, sent[0], 0, PASS)
    result = decide_many(county.bureau, OFFICE, [(sent[0], 0), (sent[1], 0), ("none", 0)], PASS)
    assert result.decided == (sent[1],)
    assert [filing_id for filing_id, _why in result.refused] == [sent[0], "none"]
    assert "另一位审核人员" in result.refused[0][1]


def test_a_return_ends_the_review_until_the_next_version(county: County, sent: list[str]):
    decide(county.bureau, OFFICE, sent[0], 0, RETURN)
    assert status(county, sent[0]) is FilingStatus.RETURNED
    assert not line(county, sent[0]).is_waiting
    with pytest.raises(InputError, match="没有待审的环节"):
        decide(county.bureau, OFFICE, sent[0], 1, PASS)


def test_the_last_decision_can_be_taken_back_with_a_reason(county: County, sent: list[str]):
    decide(county.bureau, OFFICE, sent[0], 0, PASS)
    decide(county.bureau, PERFORMANCE, sent[0], 1, RETURN)
    first, second = line(county, sent[0]).decisions
    with pytest.raises(InputError, match="没有写明撤回的理由"):
        withdraw(county.bureau, PERFORMANCE, second.decision_id, " ")
    with pytest.raises(InputError, match="还有别的审核决定"):
        withdraw(county.bureau, OFFICE, first.decision_id, "误点")
    with pytest.raises(InputError, match="权限"):
        withdraw(county.bureau, OFFICE, second.decision_id, "误点")
    withdraw(county.bureau, PERFORMANCE, second.decision_id, "误点")
    again = line(county, sent[0])
    assert (again.file.level, again.filing.status) == (ReviewLevel.PERFORMANCE, FilingStatus.IN_REVIEW)
    assert again.decisions[1].withdrawn_reason == "误点"
    withdraw(county.bureau, OFFICE, first.decision_id, "再看看")
    assert status(county, sent[0]) is FilingStatus.RECEIVED
    assert line(county, sent[0]).file.level is ReviewLevel.OFFICE
    with pytest.raises(InputError, match="已经撤回"):
        withdraw(county.bureau, OFFICE, first.decision_id, "再撤")
    with county.bureau.store.reading() as work:
        entries = list(work.audit.oldest_first())
    assert first_break(entries) is None
    assert [entry.action for entry in entries][-4:] == ["review", "review", "withdraw", "withdraw"]


def test_remarks_at_a_place(county: County, sent: list[str]):
    desk = county.bureau
    first = remark(
        desk, OFFICE, sent[0], RemarkDraft("annual_target", "年度目标", " 请写明里程 ", "完成养护")
    )
    assert (first.text, first.level, first.version) == ("请写明里程", ReviewLevel.OFFICE, 1)
    assert queue(desk, QueueQuery(QueueFilter.COMMENTED))[0].count(CommentState.OPEN) == 1
    assert change_remark(desk, OFFICE, first.comment_id, "请写明里程和标准").text == "请写明里程和标准"
    with pytest.raises(InputError, match="由本人修改"):
        change_remark(desk, PERFORMANCE, first.comment_id, "改")
    with pytest.raises(InputError, match="意见是空的"):
        remark(desk, OFFICE, sent[0], RemarkDraft("", "", "  "))
    with pytest.raises(InputError, match="没有这个环节的权限"):
        remark(desk, PERFORMANCE, sent[0], RemarkDraft("", "", "请改"))
    assert settle(desk, OFFICE, first.comment_id).state is CommentState.SETTLED
    assert settle(desk, OFFICE, first.comment_id, is_settled=False).state is CommentState.OPEN
    take_back_remark(desk, OFFICE, first.comment_id)
    with pytest.raises(InputError, match="已经撤回"):
        settle(desk, OFFICE, first.comment_id)


def test_a_remark_alone_is_reason_enough_to_return(county: County, sent: list[str]):
    remark(county.bureau, OFFICE, sent[0], RemarkDraft("annual_target", "年度目标", "请改"))
    decide(county.bureau, OFFICE, sent[0], 0, DecisionDraft(ReviewOutcome.RETURN, ""))
    assert status(county, sent[0]) is FilingStatus.RETURNED


def test_the_queue_by_words_office_and_form(county: County, sent: list[str]):
    everything = queue(county.bureau, QueueQuery(QueueFilter.ALL))
    one = everything[0]
    assert {item.filing.filing_id for item in everything} >= set(sent)
    by_text = queue(county.bureau, QueueQuery(QueueFilter.ALL, text=one.subject))
    assert one in by_text
    assert queue(county.bureau, QueueQuery(QueueFilter.ALL, office="没有的股室")) == ()
    by_office = queue(county.bureau, QueueQuery(QueueFilter.ALL, office=one.file.office))
    assert one in by_office
    assert queue(county.bureau, QueueQuery(form_id="rectification")) == ()
    assert queue(county.bureau, QueueQuery(QueueFilter.UNSIGNED)) == ()


def test_a_grade_changed_without_words_is_refused(county: County, sent: list[str]):
    first = sent[0]
    decide(county.bureau, OFFICE, first, 0, replace(PASS, opinion="", grade="优", points="95"))
    changed = replace(PASS, opinion=" ", grade="良", points="82")
    with pytest.raises(InputError, match="等级由“优”改为“良”"):
        decide(county.bureau, PERFORMANCE, first, revision(county, first), changed)
    decide(county.bureau, PERFORMANCE, first, revision(county, first), replace(changed, opinion="指标偏低。"))
    found = received_report(county.bureau, open_received(county.bureau, first)).findings
    (gap,) = [item for item in found if item.code == "C47"]
    assert "业务股室初审 95 分 优，绩效股复审 82 分 良，相差 13 分，超过 10 分" in gap.message
    assert gap.values == (("业务股室初审", "95 分 优"), ("绩效股复审", "82 分 良"))
