"""登记批复 at the unit's desk: the note, the steps of the state chain, corrections, and who sees it afterwards."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest

from forms import registry
from models.domain.errors import InputError
from models.domain.filing import FilingStatus, may_move
from services import filings, matrix
from services.approval_notes import ApprovalNote, approval_sheet, approvals_of, note_by_hand
from services.approval_states import CHAIN, can_be_noted
from services.ports.store import FilingFigures, FilingQuery
from services.workspaces import Workspace
from tests.services.county import County
from tests.services.year_forms import filled_targets

NUMBER = "示财预〔2026〕12号"


@pytest.fixture
def desk(county: County) -> Workspace:
    return county.desk()


@pytest.fixture
def place(county: County, desk: Workspace) -> tuple[str, str]:
    """Task and project of a target that was sealed."""
    (made,) = filled_targets(desk)
    county.sealed(desk, [made.filing.filing_id])
    return made.filing.task_id, made.filing.project_id


def _note(desk: Workspace, **changes) -> ApprovalNote:
    return replace(ApprovalNote(NUMBER, desk.today, 12_000_000), **changes)


def _filing(desk: Workspace, place: tuple[str, str]):
    with desk.store.reading() as work:
        return work.filings.find(FilingQuery(task_id=place[0], project_id=place[1]))[0]


def _cell(desk: Workspace, place: tuple[str, str]) -> matrix.MatrixCell:
    row = next(row for row in matrix.matrix(desk).rows if row.project_id == place[1])
    return next(cell for cell in row.cells if cell.task_id == place[0])


def test_the_chain_is_one_the_states_allow():
    assert all(may_move(one, other) for one, other in itertools.pairwise(CHAIN))


def test_a_sealed_target_becomes_approved_and_later_forms_see_it(desk, place):
    made = note_by_hand(desk, *place, _note(desk))
    filing = _filing(desk, place)
    assert filing.status is FilingStatus.APPROVED
    assert (made.is_by_hand, made.adjustments, made.noted_by) == (True, 0, desk.profile.person_name)
    approved = filings.open_filing(desk, *place).context.approved
    assert approved is not None
    assert approved.answers["indicators"] == filing.answers["indicators"]
    assert (approved.document_number, approved.amount_fen) == (NUMBER, 12_000_000)


def test_the_matrix_tells_the_document(desk, place):
    assert _cell(desk, place).is_approvable
    note_by_hand(desk, *place, _note(desk))
    cell = _cell(desk, place)
    assert cell.word == "已批复"
    assert NUMBER in cell.reason
    assert "批复金额 12 万元" in cell.reason.replace("12.00", "12")


def test_the_sheet_proposes_what_was_declared_then_what_was_noted(desk, place):
    before = approval_sheet(desk, *place)
    assert (before.proposed.document_number, before.proposed.approved_on) == ("", None)
    filing = _filing(desk, place)
    assert before.proposed.amount_fen == registry.form(filing.form_id).amount_of(filing.answers) > 0
    assert not before.corrects
    assert before.history == ()
    note_by_hand(desk, *place, _note(desk))
    after = approval_sheet(desk, *place)
    assert after.corrects
    assert after.proposed == _note(desk)


def test_a_correction_is_another_note_and_the_first_stays(desk, place):
    note_by_hand(desk, *place, _note(desk))
    note_by_hand(desk, *place, _note(desk, document_number="示财预〔2026〕13号", amount_fen=None))
    assert [item.document_number for item in approvals_of(desk, place[1])] == ["示财预〔2026〕13号", NUMBER]
    assert [item.adjustments for item in approvals_of(desk, place[1])] == [0, 0]
    assert _filing(desk, place).status is FilingStatus.APPROVED


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"document_number": " "}, "没有填写批复文号"),
        ({"approved_on": None}, "没有填写批复日期"),
        ({"amount_fen": -1}, "小于 0"),
    ],
)
def test_what_no_document_says_is_refused(desk, place, changes, wrong):
    with pytest.raises(InputError, match=wrong):
        note_by_hand(desk, *place, _note(desk, **changes))
    assert _filing(desk, place).status is FilingStatus.SEALED
    assert approvals_of(desk, place[1]) == []


def test_a_date_to_come_is_refused(desk, place):
    with pytest.raises(InputError, match="晚于今天"):
        note_by_hand(desk, *place, _note(desk, approved_on=desk.today + timedelta(days=1)))


def test_a_draft_cannot_be_approved(county, desk):
    filing = filled_targets(desk)[0].filing
    with pytest.raises(InputError, match="还没有报送"):
        note_by_hand(desk, filing.task_id, filing.project_id, _note(desk, approved_on=date(2026, 1, 5)))
    assert not _cell(desk, (filing.task_id, filing.project_id)).is_approvable


@pytest.mark.parametrize("status", [FilingStatus.DRAFT, FilingStatus.RETURNED, FilingStatus.EXEMPT])
def test_only_what_was_filed_may_be_noted(status):
    assert not can_be_noted("performance_target", status)


def test_no_other_form_is_approved():
    assert not can_be_noted("self_evaluation", FilingStatus.RECEIVED)


@pytest.mark.parametrize("status", [FilingStatus.IN_REVIEW, FilingStatus.ENLISTED, FilingStatus.UNFUNDED])
def test_from_every_step_of_the_chain(desk, place, status):
    filing = _filing(desk, place)
    with desk.store.writing() as work:
        work.filings.save(replace(filing, status=status), FilingFigures(), expected_revision=filing.revision)
        work.commit()
    note_by_hand(desk, *place, _note(desk))
    assert _filing(desk, place).status is FilingStatus.APPROVED


def test_what_is_approved_is_not_reopened(desk, place):
    note_by_hand(desk, *place, _note(desk))
    with pytest.raises(InputError, match="已批复"):
        filings.reopen(desk, filings.open_filing(desk, *place))


def test_a_task_nobody_handed_out(desk):
    with pytest.raises(InputError, match="没有这项任务"):
        note_by_hand(desk, "nothing", "", _note(desk))
    task = next(t for t in desk.current_kit().kit.tasks if t.form_id == "performance_target")
    with pytest.raises(InputError, match="没有可以登记批复"):
        note_by_hand(desk, task.task_id, "nobody", _note(desk))
