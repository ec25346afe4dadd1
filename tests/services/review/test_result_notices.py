"""What review refused reaches the unit with its reason, once for each decision; what became of it later follows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import InputError
from models.domain.filing import FilingStatus
from models.domain.letter_template import ApprovalLetterTemplate
from models.domain.review import ReviewLevel, ReviewOutcome
from services import filings
from services.approval_notes import ApprovalNote
from services.approved_messages import TakenApprovals, items_of, take_approvals
from services.job import JobContext
from services.matrix import matrix
from services.returned import take_return_slip
from services.review.approval_letters import approval_letters
from services.review.approval_messages import all_approved, issue_notices, waiting_for_notice
from services.review.approving import approvable, approve
from services.review.deciding import DecisionDraft, decide
from services.review.letter_wording import usual_wish
from services.review.queue import line_of
from services.review.return_slips import issue_return_slips, waiting_for_slip
from services.review.taking_back import withdraw
from services.review_results import Result, ReviewResult, results_in
from services.workspaces import Workspace
from tests.services.county import County, kept, opened

BOTH = DeskUser("U1", "李文", (UserRole.OFFICE_REVIEWER, UserRole.PERFORMANCE_REVIEWER))
WHY = "绩效目标与项目内容不符，不得进入预算安排。"
REFUSED, PASSED = FilingStatus.REFUSED, FilingStatus.PASSED


@pytest.fixture
def targets(county: County, town: Workspace) -> list[str]:
    """Two project targets of the town, received."""
    ids = [i for i in county.filled(town, 3) if kept(town, i).project_id][:2]
    county.accepted(town, ids)
    return ids


def decided(county: County, filing_id: str, outcome: ReviewOutcome, opinion: str = WHY) -> None:
    """The same decision at every level that is left."""
    while (line := line_of(county.bureau, filing_id)) is not None and line.is_waiting:
        decide(county.bureau, BOTH, filing_id, line.file.revision, DecisionDraft(outcome, opinion))


def taken_back(county: County, filing_id: str) -> None:
    line = line_of(county.bureau, filing_id)
    assert line is not None
    last = [item for item in line.decisions if item.is_in_force][-1]
    withdraw(county.bureau, BOTH, last.decision_id, "依据的材料有误")


def notices(county: County) -> list[Path]:
    waiting = waiting_for_notice(county.bureau, 2027)
    records = issue_notices(county.bureau, waiting, county.keys.bureau, county.stick, JobContext())
    assert waiting_for_notice(county.bureau, 2027) == ()
    return [Path(record.source_path) for record in records]


def told(county: County, town: Workspace) -> TakenApprovals:
    (path,) = notices(county)
    return take_approvals(town, path)


def payload_of(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8"))["payload"])


def refused(county: County, town: Workspace, filing_id: str) -> Path:
    """One target refused, told and taken in."""
    decided(county, filing_id, ReviewOutcome.REFUSE)
    (path,) = notices(county)
    assert take_approvals(town, path).refused == 1
    assert kept(town, filing_id).status is REFUSED
    return path


def test_a_refusal_reaches_the_unit_with_its_reason(county: County, town: Workspace, targets: list[str]):
    first, other = targets
    decided(county, first, ReviewOutcome.REFUSE)
    (item,) = waiting_for_notice(county.bureau, 2027)
    assert (item.filing.filing_id, item.word, item.approval) == (first, "不予通过", None)
    assert all_approved(county.bureau, 2027) == ()
    (path,) = notices(county)
    taken = take_approvals(town, path)
    assert (taken.refused, taken.approved, taken.unfunded, taken.left) == (1, 0, 0, ())
    assert [kept(town, i).status for i in targets] == [REFUSED, FilingStatus.SEALED]
    assert take_approvals(town, path).was_known
    one = opened(town, first)
    assert WHY in one.refusal
    assert "李文" in one.refusal
    with pytest.raises(InputError, match="不予通过，现在不能修改"):
        filings.reopen(town, one)
    cells = {cell.filing_id: cell for row in matrix(town).rows for cell in row.cells if cell.filing_id}
    assert (cells[first].word, cells[first].tone.value, cells[first].reason) == (
        "不予通过",
        "bad",
        one.refusal,
    )
    assert not cells[first].is_approvable
    assert cells[other].word == "已封装"


def test_a_program_without_the_key_finds_nothing_it_could_misread(
    county: County, town: Workspace, targets: list[str]
):
    """Approvals and refusals travel in files of their own, so nothing is passed over either."""
    first, other = targets
    decided(county, first, ReviewOutcome.REFUSE)
    decided(county, other, ReviewOutcome.PASS, "同意")
    (line,) = approvable(county.bureau, 2027)
    note = ApprovalNote("示财预〔2026〕9号", date(2026, 8, 20), None)
    approve(county.bureau, BOTH, note, [replace(line, approved_fen=500)])
    waiting, wish = waiting_for_notice(county.bureau, 2027), usual_wish(county.bureau, ApprovalLetterTemplate)
    (letter,) = approval_letters(county.bureau, waiting, wish)
    assert [item.filing.filing_id for item in letter.items] == [other]
    said = sorted((payload_of(path) for path in notices(county)), key=lambda one: len(one["filings"]))
    assert [len(one["filings"]) for one in said] == [0, 1]
    assert [one["result"] for one in said[0]["reviewed"]] == ["refused"]
    assert "reviewed" not in said[1]


@pytest.mark.parametrize(
    "change",
    [
        {"reviewed": []},
        {"reviewed": "x"},
        {"reviewed": [{}]},
        {"version": True},
        {"result": "unfunded"},
        {"opinion": " "},
        {"decided_at": "2026-08-20"},
        {"level": "court"},
    ],
)
def test_a_notice_is_read_strictly(
    county: County, town: Workspace, targets: list[str], change: dict[str, Any]
):
    decided(county, targets[0], ReviewOutcome.REFUSE)
    payload = payload_of(notices(county)[0])
    (item,) = payload["reviewed"]
    payload["reviewed"] = change.get("reviewed", [{**item, **change}])
    with pytest.raises(InputError, match="内容不完整"):
        (items_of(payload, Path("x")), results_in(payload, Path("x")))


def test_taken_back_before_anybody_was_told(county: County, targets: list[str]):
    decided(county, targets[0], ReviewOutcome.REFUSE)
    taken_back(county, targets[0])
    assert waiting_for_notice(county.bureau, 2027) == ()
    decided(county, targets[0], ReviewOutcome.PASS, "同意")
    assert waiting_for_notice(county.bureau, 2027) == (), "nobody was told of the refusal"


def test_passed_after_all_and_refused_anew(county: County, town: Workspace, targets: list[str]):
    first = targets[0]
    earlier = refused(county, town, first)
    taken_back(county, first)
    assert waiting_for_notice(county.bureau, 2027) == (), "not decided yet"
    decided(county, first, ReviewOutcome.PASS, "同意")
    taken = told(county, town)
    assert (taken.passed, taken.refused, taken.left) == (1, 0, ())
    assert kept(town, first).status is PASSED
    assert opened(town, first).refusal == ""
    taken_back(county, first)
    decided(county, first, ReviewOutcome.REFUSE, "仍不符合。")
    assert told(county, town).refused == 1
    assert "仍不符合" in opened(town, first).refusal
    assert take_approvals(town, earlier).was_known


def test_an_earlier_notice_that_comes_later_changes_nothing(
    county: County, town: Workspace, targets: list[str]
):
    first = targets[0]
    decided(county, first, ReviewOutcome.REFUSE)
    (earlier,) = notices(county)
    taken_back(county, first)
    county.tools.clock.moment += timedelta(minutes=5)
    decided(county, first, ReviewOutcome.PASS, "同意")
    assert told(county, town).passed == 1
    taken = take_approvals(town, earlier)
    assert (taken.refused, kept(town, first).status) == (0, PASSED)
    assert "更新的审核结果" in taken.left[0]


def test_returned_after_the_refusal_was_taken_back(county: County, town: Workspace, targets: list[str]):
    first = targets[0]
    refused(county, town, first)
    taken_back(county, first)
    line = line_of(county.bureau, first)
    assert line is not None
    decide(
        county.bureau, BOTH, first, line.file.revision, DecisionDraft(ReviewOutcome.RETURN, "请重新填报。")
    )
    assert waiting_for_notice(county.bureau, 2027) == ()
    (record,) = issue_return_slips(
        county.bureau, waiting_for_slip(county.bureau), county.keys.bureau, county.stick, JobContext()
    )
    assert take_return_slip(town, Path(record.source_path)).reopened == (first,)
    assert kept(town, first).status is FilingStatus.RETURNED


@pytest.mark.parametrize(("amount", "status"), [(500, FilingStatus.APPROVED), (0, FilingStatus.UNFUNDED)])
def test_approved_after_the_refusal_was_taken_back(
    county: County, town: Workspace, targets: list[str], amount: int, status: FilingStatus
):
    first = targets[0]
    refused(county, town, first)
    taken_back(county, first)
    decided(county, first, ReviewOutcome.PASS, "同意")
    (line,) = approvable(county.bureau, 2027)
    note = ApprovalNote("示财预〔2026〕9号", date(2026, 8, 20), None)
    approve(county.bureau, BOTH, note, [replace(line, approved_fen=amount)])
    taken = told(county, town)
    assert (taken.approved, taken.unfunded, taken.passed) == (int(amount > 0), int(amount == 0), 0)
    assert kept(town, first).status is status


def test_a_form_changed_since_is_left_alone(county: County, town: Workspace, targets: list[str]):
    first = targets[0]
    filings.reopen(town, opened(town, first))
    decided(county, first, ReviewOutcome.REFUSE)
    taken = told(county, town)
    assert taken.refused == 0
    assert "报送后又改过，不予通过的是第 1 版" in taken.left[0]
    assert kept(town, first).status is FilingStatus.DRAFT


def test_the_day_of_a_result_is_the_desks():
    """What was decided late in the evening by UTC was decided the day after here."""
    told = ReviewResult(
        "filing-1",
        1,
        "project_target",
        2027,
        Result.REFUSED,
        ReviewLevel.LEADER,
        "不属于部门职责",
        "李局长",
        datetime(2026, 11, 21, 17, 30, tzinfo=UTC),
        "decision-1",
    )
    desk: Any = SimpleNamespace(local=lambda moment: moment.astimezone(timezone(timedelta(hours=8))))
    assert told.words(desk) == "分管领导审定意见：不属于部门职责（李局长，2026年11月22日）"
