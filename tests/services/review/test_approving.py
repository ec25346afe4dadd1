"""Enlisting, approving a list, telling the units: three things, each with its own state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import InputError
from models.domain.filing import FilingStatus
from models.domain.review import ReviewOutcome
from services import filings
from services.approval_notes import ApprovalNote
from services.approved_messages import take_approvals
from services.job import JobContext
from services.review import approving
from services.review.approval_messages import issue_notices, waiting_for_notice
from services.review.approving import ApprovalLine, approvable, approve, read_list
from services.review.deciding import DecisionDraft, decide
from services.review.enlisting import enlist, take_out
from services.review.queue import line_of
from services.workspaces import Workspace
from tests.services.county import County, kept, opened

BOTH = DeskUser("U1", "李文", (UserRole.OFFICE_REVIEWER, UserRole.PERFORMANCE_REVIEWER))
OFFICE = replace(BOTH, roles=(UserRole.OFFICE_REVIEWER,))
OVERALL = "overall_expenditure_target"
DOCUMENT = ApprovalNote("示财预〔2026〕9号", date(2026, 8, 20), None)


@pytest.fixture
def passed(county: County, town: Workspace) -> list[str]:
    """Two project targets of the town that passed review."""
    ids = [i for i in county.filled(town, 3) if kept(town, i).project_id][:2]
    county.accepted(town, ids)
    for filing_id in ids:
        line = line_of(county.bureau, filing_id)
        while line is not None and line.is_waiting:
            decide(
                county.bureau, BOTH, filing_id, line.file.revision, DecisionDraft(ReviewOutcome.PASS, "同意")
            )
            line = line_of(county.bureau, filing_id)
    return ids


def lines(county: County) -> list[ApprovalLine]:
    return list(approvable(county.bureau, 2027))


def statuses(desk: Workspace, ids: list[str]) -> list[FilingStatus]:
    return [kept(desk, filing_id).status for filing_id in ids]


def notice(county: County) -> Path:
    waiting = waiting_for_notice(county.bureau, 2027)
    (record,) = issue_notices(county.bureau, waiting, county.keys.bureau, county.stick, JobContext())
    assert waiting_for_notice(county.bureau, 2027) == ()
    return Path(record.source_path)


def test_passed_enlisted_and_out_again(county: County, passed: list[str]):
    assert statuses(county.bureau, passed) == [FilingStatus.PASSED] * 2
    with pytest.raises(InputError, match="没有项目入库的权限"):
        enlist(county.bureau, OFFICE, passed)
    assert enlist(county.bureau, BOTH, passed) == 2
    assert statuses(county.bureau, passed) == [FilingStatus.ENLISTED] * 2
    with pytest.raises(InputError, match="已入库"):
        enlist(county.bureau, BOTH, passed)
    assert take_out(county.bureau, BOTH, passed[:1]) == 1
    assert statuses(county.bureau, passed) == [FilingStatus.PASSED, FilingStatus.ENLISTED]


def test_a_list_is_approved_and_the_units_are_told(county: County, town: Workspace, passed: list[str]):
    first, second = lines(county)
    done = approve(
        county.bureau,
        BOTH,
        DOCUMENT,
        [replace(first, approved_fen=900_000_00), replace(second, approved_fen=0)],
    )
    assert done == (1, 1)
    by_id = {line.filing.filing_id: line for line in lines(county)}
    assert by_id[first.filing.filing_id].document_number == DOCUMENT.document_number
    assert by_id[first.filing.filing_id].approved_fen == 900_000_00, (
        "a correction begins from what was approved"
    )
    assert by_id[second.filing.filing_id].approved_fen == 0
    path = notice(county)
    taken = take_approvals(town, path)
    assert (taken.approved, taken.unfunded, taken.left) == (1, 1, ())
    here = {line.filing.filing_id: kept(town, line.filing.filing_id) for line in (first, second)}
    assert here[first.filing.filing_id].status is FilingStatus.APPROVED
    assert here[second.filing.filing_id].status is FilingStatus.UNFUNDED
    with town.store.reading() as work:
        (approval,) = work.approvals.in_force(2027)
    assert (approval.amount_fen, approval.document_number) == (900_000_00, DOCUMENT.document_number)
    assert not approval.is_by_hand
    assert approval.answers["indicators"]
    assert take_approvals(town, path).was_known


def test_a_corrected_approval_is_told_again(county: County, town: Workspace, passed: list[str]):
    line = replace(lines(county)[0], approved_fen=900_000_00)
    approve(county.bureau, BOTH, DOCUMENT, [line])
    take_approvals(town, notice(county))
    approve(county.bureau, BOTH, replace(DOCUMENT, document_number="示财预〔2026〕10号"), [line])
    take_approvals(town, notice(county))
    with town.store.reading() as work:
        (approval,) = work.approvals.in_force(2027)
    assert approval.document_number == "示财预〔2026〕10号"


def test_what_may_not_be_approved(county: County, passed: list[str]):
    line = replace(lines(county)[0], approved_fen=1)
    with pytest.raises(InputError, match="没有登记批复的权限"):
        approve(county.bureau, OFFICE, DOCUMENT, [line])
    with pytest.raises(InputError, match="没有选择"):
        approve(county.bureau, BOTH, DOCUMENT, [])
    with pytest.raises(InputError, match="文号"):
        approve(county.bureau, BOTH, replace(DOCUMENT, document_number=" "), [line])
    approve(county.bureau, BOTH, DOCUMENT, [line])
    with pytest.raises(InputError, match="已经批复"):
        approve(county.bureau, BOTH, DOCUMENT, [replace(line, approved_fen=0)])
    assert statuses(county.bureau, passed).count(FilingStatus.APPROVED) == 1


def test_a_form_changed_since_is_left_alone_and_named(county: County, town: Workspace, passed: list[str]):
    first = lines(county)[0]
    approve(county.bureau, BOTH, DOCUMENT, [replace(first, approved_fen=1)])
    filings.reopen(town, opened(town, first.filing.filing_id))
    taken = take_approvals(town, notice(county))
    assert taken.approved == 0
    assert "报送后又改过" in taken.left[0]
    assert kept(town, first.filing.filing_id).status is FilingStatus.DRAFT


def test_a_list_from_a_table(county: County, passed: list[str]):
    first, second = lines(county)
    assert first.project is not None
    assert second.project is not None
    path = county.tools.tables.put(
        "批复.csv",
        ("项目代码", "项目名称", "单位代码", "批复金额（万元）"),
        (first.project.project_code, first.project.name, "820001", "12.5"),
        ("", second.project.name, "820001", "0"),
        ("", "没有的项目", "820001", "3"),
        ("", second.project.name, "820001", "5"),
        ("", first.project.name, "820001", "一万"),
    )
    found = read_list(county.bureau, path, 2027)
    assert {line.filing.filing_id: line.approved_fen for line in found.lines} == {
        first.filing.filing_id: 12_500_000,
        second.filing.filing_id: 0,
    }
    assert [number for number, _why in found.faults] == [4, 5, 6]
    for words, (_number, why) in zip(("没有对应", "两次", "不能识别"), found.faults, strict=True):
        assert words in why
    by_name = county.tools.tables.put(
        "按单位名称.csv",
        ("项目编码", "项目名称", "单位", "批复数（万元）"),
        (first.project.project_code, first.project.name, "", "3"),
        ("", second.project.name, second.unit.name, "4"),
        ("", second.project.name, "", "5"),
    )
    met = read_list(county.bureau, by_name, 2027)
    assert {line.filing.filing_id: line.approved_fen for line in met.lines} == {
        first.filing.filing_id: 3_000_000,
        second.filing.filing_id: 4_000_000,
    }
    assert [number for number, _why in met.faults] == [4]
    bare = county.tools.tables.put("x.csv", ("项目名称", "单位代码", "批复金额"), ("甲", "820001", "3"))
    with pytest.raises(InputError, match="没有写明金额单位"):
        read_list(county.bureau, bare, 2027)


def test_a_list_meets_overall_targets_and_adjustments(
    county: County, passed: list[str], monkeypatch: pytest.MonkeyPatch
):
    first, second = lines(county)
    assert first.project is not None
    assert second.project is not None
    overall = replace(
        first, project=None, filing=first.filing._replace(filing_id="W", form_id=OVERALL, project_id="")
    )
    bound = replace(first, filing=first.filing._replace(status=FilingStatus.APPROVED))
    change = replace(first, filing=first.filing._replace(filing_id="A", form_id="target_adjustment"))
    both = replace(second, filing=second.filing._replace(filing_id="B", form_id="target_adjustment"))
    offered = (overall, bound, change, second, both)
    monkeypatch.setattr(approving, "approvable", lambda _workspace, _year: offered)
    path = county.tools.tables.put(
        "批复.csv",
        ("项目代码", "项目名称", "单位代码", "批复事项", "批复金额（万元）"),
        ("", first.unit.name, "820001", "", "80"),
        ("", first.project.name, "820001", "", "9"),
        ("", second.project.name, "820001", "", "5"),
        ("", second.project.name, "820001", "绩效目标", "6"),
        ("", second.project.name, "820001", "目标调整", ""),
        ("", "部门整体支出", "820001", "", "80"),
    )
    found = read_list(county.bureau, path, 2027)
    met = {line.filing.filing_id: line.approved_fen for line in found.lines}
    assert met == {"W": 80_000_000, "A": 9_000_000, second.filing.filing_id: 6_000_000}
    assert [(number, why.rpartition("”")[2]) for number, why in found.faults] == [
        (4, "对应多个绩效目标"),
        (6, "的目标调整没有写批复金额"),
        (7, "在清单里出现两次"),
    ]
