"""What comes down again: the receipt of the department's own package, and its units' messages handed on unchanged."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import EnvironmentProblem, InputError
from models.domain.filing import FilingStatus
from models.domain.message import MessageType
from models.domain.review import CommentState, ReviewComment, ReviewLevel, ReviewOutcome
from services import filings, inbox, receipts
from services.approval_notes import ApprovalNote
from services.department.carrier_receipt import brought, carrier_rows
from services.department.passing_down import TakenForUnit, put_out, unit_messages
from services.job import JobContext
from services.kits import KitOffer
from services.package_lines import package_lines
from services.receipts import TakenReceipt, receipt_time, take_receipt
from services.remark_answers import answer, remarks_of
from services.review.approval_messages import issue_notices, waiting_for_notice
from services.review.approving import approvable, approve
from services.review.deciding import DecisionDraft, decide
from services.review.enlisting import enlist
from services.review.queue import line_of
from services.review.remarks import RemarkDraft, remark, settle
from services.review.return_slips import issue_return_slips, waiting_for_slip
from services.review.sheet import review_sheet
from services.review.taking_back import withdraw
from services.workspaces import Workspace
from tests.services.county import County, kept
from tests.services.department.desks import HEAD, REVIEWER, SCHOOL, Chain, build_chain, with_department_key

pytestmark = pytest.mark.wide

BUREAU = DeskUser("B1", "李文", tuple(UserRole))
AGREED = DecisionDraft(ReviewOutcome.PASS, "同意。")
CHANGE = DecisionDraft(ReviewOutcome.RETURN, "请核对资金。")


@pytest.fixture
def chain(county: County) -> Chain:
    return build_chain(county)


@pytest.fixture
def sent(chain: Chain) -> tuple[Workspace, str]:
    """A school's desk and its filing, forwarded and at the bureau with all keys registered."""
    (school,), (filing_id,), up = chain.up(SCHOOL)
    with_department_key(chain, up)
    for _ in range(2):
        chain.county.receive(up)
        chain.county.register()
    chain.county.receive(up)
    return school, filing_id


def receipt_files(chain: Chain) -> list[Path]:
    county = chain.county
    waiting = receipts.without_receipt(county.bureau)
    return [
        Path(receipts.issue_receipt(county.bureau, record, county.keys.bureau, county.stick).source_path)
        for record in waiting
    ]


def passed(chain: Chain, filing_id: str, draft: DecisionDraft = AGREED) -> None:
    """The bureau's decision at every level that is left."""
    while (line := line_of(chain.county.bureau, filing_id)) is not None and line.is_waiting:
        decide(chain.county.bureau, BUREAU, filing_id, line.file.revision, draft)


def notice(chain: Chain, filing_id: str) -> Path:
    """The filing enlisted, approved in a list and told."""
    desk = chain.county.bureau
    passed(chain, filing_id)
    enlist(desk, BUREAU, [filing_id])
    year = kept(desk, filing_id).budget_year
    lines = [replace(one, approved_fen=100_00) for one in approvable(desk, year)]
    approve(desk, BUREAU, ApprovalNote("示财预〔2026〕9号", date(2026, 8, 1), None), lines)
    (record,) = issue_notices(
        desk, waiting_for_notice(desk, year), chain.county.keys.bureau, chain.county.stick, JobContext()
    )
    return Path(record.source_path)


def slip(chain: Chain, filing_id: str) -> Path:
    desk = chain.county.bureau
    passed(chain, filing_id, CHANGE)
    (record,) = issue_return_slips(
        desk, waiting_for_slip(desk), chain.county.keys.bureau, chain.county.stick, JobContext()
    )
    return Path(record.source_path)


def test_a_receipt_for_the_departments_own_package(chain: Chain, sent: tuple[Workspace, str]) -> None:
    outer, _inner = receipt_files(chain)
    taken = inbox.take_in(chain.department, outer)
    assert isinstance(taken, TakenReceipt)
    assert (taken.package_count, taken.waiting_count, taken.certificate_taken) == (1, 0, True)
    with chain.department.store.reading() as work:
        (up,) = work.packages.find("sent", MessageType.DEPARTMENT_SUBMISSION.value)
    assert receipt_time(chain.department, up) is not None
    assert receipts.without_receipt(chain.county.bureau) == []
    again = inbox.take_in(chain.department, outer)
    assert isinstance(again, TakenReceipt)
    assert again.was_known


def test_a_receipt_names_what_still_waits(chain: Chain) -> None:
    """The department's key is known, one unit's is not: its package waits and the receipt says so."""
    _, _, up = chain.up(HEAD, SCHOOL)
    with_department_key(chain, up)
    chain.county.receive(up)
    county = chain.county
    (carrier,) = receipts.without_receipt(county.bureau)
    assert [(item.unit_name[:3], item.is_received) for item in brought(county.bureau, carrier)] == [
        ("示例县", False),
        ("示例县", False),
    ]
    assert [row[-1] for row in carrier_rows(county.bureau, carrier)] == ["待核实", "待核实"]
    receipt = receipts.issue_receipt(county.bureau, carrier, county.keys.bureau, county.stick)
    taken = take_receipt(chain.department, Path(receipt.source_path))
    assert (taken.package_count, taken.waiting_count) == (0, 2)
    old = replace(carrier, verdict={})
    assert brought(county.bureau, old) == ()


def test_receipts_and_approvals_are_handed_on(
    chain: Chain, sent: tuple[Workspace, str], tmp_path: Path
) -> None:
    school, filing_id = sent
    _outer, inner = receipt_files(chain)
    approval = notice(chain, filing_id)
    for path, kind in ((inner, MessageType.RECEIPT), (approval, MessageType.APPROVAL)):
        taken = inbox.take_in(chain.department, path)
        assert isinstance(taken, TakenForUnit)
        assert (taken.unit_name, taken.kind, taken.was_known) == ("示例县第一实验小学", kind, False)
        again = inbox.take_in(chain.department, path)
        assert isinstance(again, TakenForUnit)
        assert again.was_known
    assert kept(chain.department, filing_id).status is FilingStatus.APPROVED
    waiting = unit_messages(chain.department)
    *waiting, kit = waiting
    assert (kit.kind, kit.unit_name, kit.is_waiting) == (MessageType.PARAMETER_KIT, "全部下级单位", False)
    assert {(item.receivers[0][0], item.put_out_at) for item in waiting} == {(SCHOOL, None)}
    written = put_out(
        chain.department, [item.record.manifest_sha256 for item in waiting], tmp_path, JobContext()
    )
    assert {path.parent.name for path in written} == {"205002 示例县第一实验小学"}
    assert {path.read_bytes() for path in written} == {inner.read_bytes(), approval.read_bytes()}
    assert all(item.put_out_at is not None for item in unit_messages(chain.department)[1:])
    for path in sorted(written, key=lambda item: "receipt" not in item.name):
        inbox.take_in(school, path)
    assert kept(school, filing_id).status is FilingStatus.APPROVED


def test_a_refusal_is_handed_on_and_read_here_too(
    chain: Chain, sent: tuple[Workspace, str], tmp_path: Path
) -> None:
    school, filing_id = sent
    desk, year = chain.county.bureau, kept(chain.county.bureau, filing_id).budget_year
    passed(chain, filing_id, DecisionDraft(ReviewOutcome.REFUSE, "不符合支持方向。"))
    (record,) = issue_notices(
        desk, waiting_for_notice(desk, year), chain.county.keys.bureau, chain.county.stick, JobContext()
    )
    inbox.take_in(chain.department, Path(record.source_path))
    assert kept(chain.department, filing_id).status is FilingStatus.REFUSED
    assert [item.text for item in told(chain, filing_id)] == ["不符合支持方向。"]
    inbox.take_in(school, handed_out(chain, tmp_path))
    assert kept(school, filing_id).status is FilingStatus.REFUSED
    line = line_of(desk, filing_id)
    assert line is not None
    withdraw(desk, BUREAU, line.decisions[-1].decision_id, "改为退回修改")
    inbox.take_in(chain.department, slip(chain, filing_id))
    assert kept(chain.department, filing_id).status is FilingStatus.RETURNED
    inbox.take_in(school, handed_out(chain, tmp_path / "next"))
    assert kept(school, filing_id).status is FilingStatus.RETURNED


def test_a_return_is_handed_on_and_the_next_version_goes_up(
    chain: Chain, sent: tuple[Workspace, str], tmp_path: Path
) -> None:
    school, filing_id = sent
    place = RemarkDraft("annual_target", "年度目标", "请写明完成的时间。")
    remark(chain.county.bureau, BUREAU, filing_id, place)
    inbox.take_in(chain.department, slip(chain, filing_id))
    assert kept(chain.department, filing_id).status is FilingStatus.RETURNED
    assert waiting_for_slip(chain.department) == ()
    words = review_sheet(chain.department, REVIEWER, filing_id).from_bureau
    assert [(item.place, item.text, item.author) for item in words] == [
        ("", "请核对资金。", "李文"),
        ("annual_target", "请写明完成的时间。", "李文"),
    ]
    line = line_of(chain.department, filing_id)
    assert line is not None
    assert line.comments == ()
    assert review_sheet(chain.county.bureau, BUREAU, filing_id).from_bureau == ()
    item, _kit = unit_messages(chain.department)
    (path,) = put_out(chain.department, [item.record.manifest_sha256], tmp_path, JobContext())
    inbox.take_in(school, path)
    assert kept(school, filing_id).status is FilingStatus.RETURNED


def test_the_units_answers_stand_beside_the_bureaus_remarks(
    chain: Chain, sent: tuple[Workspace, str], tmp_path: Path
) -> None:
    """Changed, answered in words or left open in the next version; asked again, a remark is open beside its answer."""
    school, filing_id = sent
    wanted = (("annual_target", True), ("total_fen", True), ("project_overview", False))
    for place, is_compulsory in wanted:
        draft = RemarkDraft(place, place, f"请核对{place}。", is_compulsory=is_compulsory)
        remark(chain.county.bureau, BUREAU, filing_id, draft)
    inbox.take_in(chain.department, slip(chain, filing_id))
    assert {item.state for item in told(chain, filing_id)} == {CommentState.OPEN}
    inbox.take_in(school, handed_out(chain, tmp_path))
    chain.take_in(next_version(chain, school, filing_id, "一季度完成。", {"total_fen": "批复后追加。"}))
    assert states(chain, filing_id) == {
        "": (1, "open", ""),
        "annual_target": (1, "answered", "已按意见修改"),
        "total_fen": (1, "answered", "批复后追加。"),
        "project_overview": (1, "open", ""),
    }
    asked = next(item for item in told(chain, filing_id) if item.place == "total_fen")
    assert (asked.answered_by, asked.level) == (school.profile.person_name, ReviewLevel.OFFICE)
    line = line_of(chain.department, filing_id)
    assert line is not None
    assert line.comments == (), "the bureau's words are never its own"

    chain.decide(filing_id)
    chain.county.receive(chain.forward())
    settle(chain.county.bureau, BUREAU, asked.comment_id, is_settled=False)
    inbox.take_in(chain.department, slip(chain, filing_id))
    assert states(chain, filing_id) == {
        "": (1, "open", ""),
        "total_fen": (2, "open", "批复后追加。"),
        "project_overview": (2, "open", ""),
        "annual_target": (1, "answered", "已按意见修改"),
    }
    assert [item.version for item in told(chain, filing_id)] == [2, 2, 2, 1, 1]


def told(chain: Chain, filing_id: str) -> tuple[ReviewComment, ...]:
    """The bureau's remarks as the department's reviewer sees them."""
    return review_sheet(chain.department, REVIEWER, filing_id).from_bureau


def states(chain: Chain, filing_id: str) -> dict[str, tuple[int, str, str]]:
    """By place: the version it was said of, state and answer; the first opinion under ""."""
    return {item.place: (item.version, item.state.value, item.answer) for item in told(chain, filing_id)}


def handed_out(chain: Chain, folder: Path) -> Path:
    """The return that waits, written for its unit."""
    item = next(item for item in unit_messages(chain.department) if item.is_waiting)
    (path,) = put_out(chain.department, [item.record.manifest_sha256], folder, JobContext())
    return path


def next_version(
    chain: Chain, school: Workspace, filing_id: str, target: str, answers: dict[str, str]
) -> Path:
    """The school changes its yearly target, answers by place, and seals again."""
    filing = kept(school, filing_id)
    opened = filings.open_filing(school, filing.task_id, filing.project_id)
    changed = {**opened.filing.answers, "annual_target": f"{opened.filing.answers['annual_target']}{target}"}
    filings.save_draft(school, opened, changed, opened.filing.explanations)
    for item in remarks_of(school, filing_id, changed):
        if said := answers.get(item.comment.place):
            answer(school, item.comment.comment_id, said)
    return chain.county.sealed(school, [filing_id])


def test_what_is_not_the_departments_to_hand_on(chain: Chain, sent: tuple[Workspace, str]) -> None:
    county, (school, filing_id) = chain.county, sent
    town = county.desk()
    county.accepted(town, county.filled(town))
    (foreign,) = [path for path in receipt_files(chain) if "820001" in path.read_text("utf-8")]
    with pytest.raises(InputError, match="不是本部门的下级单位"):
        inbox.take_in(chain.department, foreign)
    assert not any(item.is_waiting for item in unit_messages(chain.department))
    with pytest.raises(InputError):
        inbox.take_in(school, foreign)
    by_a_unit = county.forged(school, json.loads(slip(chain, filing_id).read_text("utf-8"))["payload"])
    with pytest.raises(InputError, match="身份不能发出"):
        inbox.take_in(chain.department, by_a_unit)
    assert not any(item.is_waiting for item in unit_messages(chain.department))


def test_nothing_chosen_or_a_copy_that_is_gone(
    chain: Chain, sent: tuple[Workspace, str], tmp_path: Path
) -> None:
    _outer, inner = receipt_files(chain)
    inbox.take_in(chain.department, inner)
    item, _kit = unit_messages(chain.department)
    manifest = item.record.manifest_sha256
    with pytest.raises(InputError, match="没有选择"):
        put_out(chain.department, [], tmp_path, JobContext())
    blocked = tmp_path / "205002 示例县第一实验小学"
    blocked.write_text("x")
    with pytest.raises(EnvironmentProblem, match="不能写入"):
        put_out(chain.department, [manifest], tmp_path, JobContext())
    (chain.department.archive / item.record.archive_name).write_text("{}")
    with pytest.raises(EnvironmentProblem, match="读不出来"):
        put_out(chain.department, [manifest], tmp_path / "other", JobContext())
    assert [one.put_out_at for one in unit_messages(chain.department)] == [None, None]


def test_what_was_taken_out_lies_in_its_own_copy(chain: Chain, sent: tuple[Workspace, str]) -> None:
    desk, (_school, filing_id) = chain.county.bureau, sent
    (line,) = [one for one in package_lines(desk) if one.is_carried]
    assert line.record is not None
    assert dict(line.record.filing_versions).keys() == {filing_id}
    assert line.record.source_path == ""
    assert line.file_name == line.record.file_name != Path(line.path).name
    assert Path(line.path).is_file()
    assert not [path for path in (desk.folder / "carried").rglob("*") if path.is_file()]


def test_the_kit_goes_on_to_every_unit(chain: Chain, tmp_path: Path) -> None:
    (kit,) = unit_messages(chain.department)
    assert kit.is_for_all
    written = put_out(chain.department, [kit.record.manifest_sha256], tmp_path, JobContext())
    assert [path.parent.name for path in written] == [
        "205001 示例县教育体育局本级",
        "205002 示例县第一实验小学",
    ]
    assert {path.read_bytes() for path in written} == {chain.kit_file.read_bytes()}
    assert unit_messages(chain.department)[0].put_out_at is not None
    school = chain.unit(SCHOOL)
    offered = inbox.take_in(school, written[1])
    assert isinstance(offered, KitOffer)
    assert unit_messages(school) == ()
