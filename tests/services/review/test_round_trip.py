"""A form returned with remarks, changed and answered at the unit, sent again: nothing lost on either side."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import InputError
from models.domain.filing import FilingStatus
from models.domain.review import CommentState, ReviewComment, ReviewLevel, ReviewOutcome
from services import filings, sealing
from services.job import JobContext
from services.ports.exchange import SignerRole
from services.remark_answers import answer, open_count, remarks_of
from services.returned import take_return_slip
from services.review.deciding import DecisionDraft, decide
from services.review.queue import line_of
from services.review.remarks import RemarkDraft, remark, settle
from services.review.return_slips import issue_return_slips, waiting_for_slip
from services.review.taking_back import withdraw
from services.workspaces import Workspace
from tests.fakes.exchange import FakeKey, make_certificate, put_package
from tests.services.county import County, kept, opened

pytestmark = pytest.mark.wide

OFFICE = DeskUser("U1", "李文", (UserRole.OFFICE_REVIEWER,))
RETURN = DecisionDraft(ReviewOutcome.RETURN, "请按意见修改。")
TARGET = "annual_target"


@pytest.fixture
def sent(county: County, town: Workspace) -> str:
    """A filing of the town, received."""
    (filing_id,) = county.filled(town)
    county.accepted(town, [filing_id])
    return filing_id


def returned(county: County, filing_id: str) -> Path:
    """The filing returned with a remark on its target; the slip's file."""
    draft = RemarkDraft(TARGET, "年度目标", "请写明里程", "原来的目标", "养护 50 公里")
    remark(county.bureau, OFFICE, filing_id, draft)
    decide(county.bureau, OFFICE, filing_id, 0, RETURN)
    return slip(county)


def slip(county: County) -> Path:
    waiting = waiting_for_slip(county.bureau)
    (record,) = issue_return_slips(county.bureau, waiting, county.keys.bureau, county.stick, JobContext())
    assert waiting_for_slip(county.bureau) == ()
    return Path(record.source_path)


def changed(desk: Workspace, filing_id: str, **answers: Any) -> None:
    """Answers changed at the unit's desk."""
    form = opened(desk, filing_id)
    filings.save_draft(desk, form, {**form.filing.answers, **answers}, form.filing.explanations)


def comments(desk: Workspace, filing_id: str) -> list[ReviewComment]:
    with desk.store.reading() as work:
        return list(work.reviews.comments([filing_id]))


def test_returned_changed_answered_and_sent_again(county: County, town: Workspace, sent: str):
    path = returned(county, sent)
    assert kept(county.bureau, sent).status is FilingStatus.RETURNED
    taken = take_return_slip(town, path)
    assert (taken.reopened, taken.comment_count, taken.answer_by) == ((sent,), 2, date(2026, 9, 6))
    assert kept(town, sent).status is FilingStatus.RETURNED
    at_target, opinion = remarks_of(town, sent, kept(town, sent).answers)
    assert (opinion.comment.text, opinion.is_done) == ("请按意见修改。", True)
    assert (at_target.comment.place, at_target.comment.proposed) == (TARGET, "养护 50 公里")
    (candidate,) = sealing.candidates(town, [sent])
    assert "1 条审核意见" in candidate.obstacle
    changed(town, sent, **{TARGET: "全年养护农村公路 50 公里，路面完好率达到 95%。"})
    assert open_count(remarks_of(town, sent, kept(town, sent).answers)) == 0
    answer(town, at_target.comment.comment_id, "已写明里程")
    county.receive(county.sealed(town, [sent]))
    again = line_of(county.bureau, sent)
    assert again is not None
    assert (again.filing.status, again.filing.version) == (FilingStatus.RECEIVED, 2)
    assert again.file.level is ReviewLevel.OFFICE
    (told,) = again.comments
    assert (told.state, told.answer, told.answered_by) == (CommentState.ANSWERED, "已写明里程", "张敏")
    decide(county.bureau, OFFICE, sent, again.file.revision, DecisionDraft(ReviewOutcome.PASS, ""))


def test_a_change_alone_answers_a_remark(county: County, town: Workspace, sent: str):
    take_return_slip(town, returned(county, sent))
    changed(town, sent, **{TARGET: "全年养护农村公路 50 公里，路面完好率达到 95%。"})
    county.receive(county.sealed(town, [sent]))
    (told,) = comments(county.bureau, sent)
    assert (told.state, told.answer) == (CommentState.ANSWERED, "已按意见修改")


def test_an_answer_alone_is_enough_and_can_be_taken_back(county: County, town: Workspace, sent: str):
    take_return_slip(town, returned(county, sent))
    comment_id = comments(town, sent)[0].comment_id
    answer(town, comment_id, "里程已在指标里写明")
    assert sealing.candidates(town, [sent])[0].obstacle == ""
    answer(town, comment_id, " ")
    assert "审核意见" in sealing.candidates(town, [sent])[0].obstacle
    with pytest.raises(InputError, match="超过"):
        answer(town, comment_id, "长" * 1001)


def test_an_opinion_alone_is_answered_as_a_remark_is(county: County, town: Workspace, sent: str):
    decide(county.bureau, OFFICE, sent, 0, RETURN)
    take_return_slip(town, slip(county))
    (opinion,) = remarks_of(town, sent, kept(town, sent).answers)
    assert not opinion.is_done
    assert "1 条审核意见" in sealing.candidates(town, [sent])[0].obstacle
    answer(town, opinion.comment.comment_id, "数据与决算一致，附说明")
    county.receive(county.sealed(town, [sent]))
    (told,) = comments(county.bureau, sent)
    assert (told.text, told.state) == ("请按意见修改。", CommentState.ANSWERED)
    assert (told.answer, told.answered_by) == ("数据与决算一致，附说明", "张敏")


def test_an_answer_that_does_not_do_comes_back_open(county: County, town: Workspace, sent: str):
    take_return_slip(town, returned(county, sent))
    comment_id = comments(town, sent)[0].comment_id
    answer(town, comment_id, "没有依据")
    county.receive(county.sealed(town, [sent]))
    settle(county.bureau, OFFICE, comment_id, is_settled=False)
    line = line_of(county.bureau, sent)
    assert line is not None
    county.tools.clock.moment = county.tools.clock.moment.replace(hour=16)
    decide(county.bureau, OFFICE, sent, line.file.revision, RETURN)
    path = slip(county)
    body = json.loads(path.read_text("utf-8"))["payload"]
    assert body["filings"][0]["version"] == 2
    # The remark is of version 1 at the bureau, but the slip that brings it again is of version 2.
    take_return_slip(town, path)
    again = next(c for c in comments(town, sent) if c.comment_id == comment_id)
    assert (again.state, again.answer, again.version) == (CommentState.OPEN, "没有依据", 2)


def test_what_the_clerk_has_changed_since_is_kept(county: County, town: Workspace, sent: str):
    path = returned(county, sent)
    filings.reopen(town, opened(town, sent))
    changed(town, sent, **{TARGET: "正在改的目标，还没有报。"})
    taken = take_return_slip(town, path)
    assert (taken.reopened, taken.kept) == ((), (sent,))
    assert kept(town, sent).answers[TARGET] == "正在改的目标，还没有报。"
    assert kept(town, sent).status is FilingStatus.RETURNED
    assert len(comments(town, sent)) == 2


def test_a_form_sent_anew_meanwhile_stays_as_it_is(county: County, town: Workspace, sent: str):
    path = returned(county, sent)
    filings.reopen(town, opened(town, sent))
    county.sealed(town, [sent])
    taken = take_return_slip(town, path)
    assert taken.newer == (sent,)
    assert kept(town, sent).status is FilingStatus.SEALED


def test_the_same_slip_again_changes_nothing(county: County, town: Workspace, sent: str):
    path = returned(county, sent)
    take_return_slip(town, path)
    answer(town, comments(town, sent)[0].comment_id, "已答复")
    again = take_return_slip(town, path)
    assert (again.was_known, again.comment_count) == (True, 0)
    assert comments(town, sent)[0].answer == "已答复"


def test_whose_slip_it_is(county: County, town: Workspace, sent: str):
    path = returned(county, sent)
    with pytest.raises(InputError, match="这是给"):
        take_return_slip(county.desk("821001"), path)
    with pytest.raises(InputError, match="本机没有"):
        take_return_slip(county.desk(name="another computer"), path)
    with pytest.raises(InputError, match="不是退回修改通知"):
        take_return_slip(town, county.kit_file)


@pytest.mark.parametrize("role", list(SignerRole))
def test_who_may_return_a_form(county: County, town: Workspace, sent: str, role: SignerRole):
    """A neighbour's certificate is in order, its signature too: only it is neither bureau nor the town's department."""
    neighbour = county.desk("821001")
    payload = json.loads(returned(county, sent).read_text("utf-8"))["payload"] | {"unit_code": "821001"}
    vault = county.tools.vault(neighbour.folder / "keys")
    key, subject = vault.keys["unit"][0], vault.keys["unit"][2].subject
    now = county.tools.clock.now()
    info = make_certificate(key, replace(subject, role=role), now, issuer=county.keys.root.key)  # type: ignore[attr-defined]
    path = put_package(county.stick, lambda _: "neighbour.asice", payload, {}, FakeKey(key, info), now).path
    words = {
        SignerRole.UNIT: "身份不能发出",
        SignerRole.HEAD: "身份不能发出",
        SignerRole.DEPARTMENT: "不是财政部门或本单位主管部门",
        SignerRole.BUREAU: None,
    }[role]
    if words is None:
        assert take_return_slip(town, path).reopened == (sent,)
        return
    with pytest.raises(InputError, match=words):
        take_return_slip(town, path)


@pytest.mark.parametrize(
    "spoiled",
    [
        {"filings": []},
        {"filings": "x"},
        {"filings": [{"filing_id": "F1"}]},
    ],
)
def test_a_slip_not_built_as_it_should_be(
    county: County, town: Workspace, sent: str, spoiled: dict[str, Any]
):
    payload = json.loads(returned(county, sent).read_text("utf-8"))["payload"]
    path = put_package(
        county.stick,
        lambda _: "spoiled.asice",
        payload | spoiled,
        {},
        county.keys.bureau,
        county.tools.clock.now(),
    ).path
    with pytest.raises(InputError, match="内容不完整"):
        take_return_slip(town, path)


def test_a_return_told_to_the_unit_is_not_taken_back(county: County, sent: str):
    returned(county, sent)
    line = line_of(county.bureau, sent)
    assert line is not None
    with pytest.raises(InputError, match="通知已经生成"):
        withdraw(county.bureau, OFFICE, line.decisions[-1].decision_id, "误点")
    assert replace(line.decisions[-1]).is_in_force
