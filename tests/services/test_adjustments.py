"""An adjustment's whole way: approved target, adjustment sealed and received, noted as approved, compared with later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.errors import InputError
from models.domain.filing import FilingStatus
from services import archive, filings, matrix
from services.approval_notes import ApprovalNote, approvals_of, note_by_hand
from services.ports.store import FilingFigures, FilingQuery
from services.reporting_status import reporting_status
from services.workspaces import Workspace
from tests.services.county import TOWN, County
from tests.services.year_forms import desk_with, fill, filled_targets, project_of

pytestmark = pytest.mark.wide

ADJUSTMENT = "target_adjustment_2027"


@pytest.fixture
def desk(county: County) -> Workspace:
    return desk_with(county, "target_adjustment")


def _note(desk: Workspace, number: str, amount: int | None = None) -> ApprovalNote:
    return ApprovalNote(number, desk.today, amount)


def _filed_target(county: County, desk: Workspace) -> tuple[str, str]:
    """Task and project of a project's target that was sealed."""
    (made,) = filled_targets(desk)
    county.sealed(desk, [made.filing.filing_id])
    return made.filing.task_id, made.filing.project_id


def _edit(opened) -> dict:
    first, *others = opened.filing.answers["indicators"]
    total = opened.filing.answers["annual_total_fen"] + 1_000_000
    return {
        "reason": "汛期塌方，部分路段改为水毁修复，资金相应增加。",
        "basis_document": "镇党委会议纪要〔2026〕7号",
        "annual_total_fen": total,
        "annual_fiscal_fen": total - (opened.filing.answers.get("annual_other_fen") or 0),
        "indicators": [{**first, "third_level": f"{first['third_level']}（调整）"}, *others],
    }


def _cell(desk: Workspace, task_id: str, project_id: str) -> matrix.MatrixCell:
    row = next(row for row in matrix.matrix(desk).rows if row.project_id == project_id)
    return next(cell for cell in row.cells if cell.task_id == task_id)


def _target(desk: Workspace, place: tuple[str, str]):
    with desk.store.reading() as work:
        return work.filings.find(FilingQuery(task_id=place[0], project_id=place[1]))[0]


def test_nobody_misses_an_adjustment(county, desk):
    cell = _cell(desk, ADJUSTMENT, project_of(desk))
    assert (cell.word, cell.is_due, cell.opens) == ("需要时填", False, True)
    assert ADJUSTMENT not in {card.task.task_id for card in matrix.matrix(desk).cards}
    town = next(status for status in reporting_status(county.bureau) if status.unit.code == TOWN)
    assert ADJUSTMENT not in {item.task.task_id for item in town.items}


def test_from_the_approved_target_to_the_adjusted_one(county, desk):
    place = _filed_target(county, desk)
    note_by_hand(desk, *place, _note(desk, "示财预〔2026〕12号"))
    made = fill(desk, ADJUSTMENT, place[1], _edit)
    assert made.filing.answers["approved_document"] == "示财预〔2026〕12号"
    county.accepted(desk, [made.filing.filing_id])
    received = archive.open_received(county.bureau, made.filing.filing_id)
    assert received.filing.answers["indicators"][0]["change"] == "修改"

    noted = note_by_hand(desk, ADJUSTMENT, place[1], _note(desk, "示财预〔2026〕40号", 90_000_000))
    assert (noted.adjustments, noted.form_id) == (1, "performance_target")
    assert _target(desk, place).status is FilingStatus.ADJUSTED
    assert _target(desk, (ADJUSTMENT, place[1])).status is FilingStatus.APPROVED
    assert _cell(desk, *place).word == "已调整（第1次）"
    in_force = filings.open_filing(desk, *place).context.approved
    assert in_force is not None
    assert in_force.answers["indicators"][0]["third_level"].endswith("（调整）")
    assert in_force.answers["indicators"][0].keys() <= {*made.filing.answers["indicators"][0]} - {"change"}
    assert (in_force.document_number, in_force.amount_fen) == ("示财预〔2026〕40号", 90_000_000)

    again = filings.open_filing(desk, ADJUSTMENT, place[1])
    assert again.form.derive(again.context, again.filing.answers) == again.filing.answers


def test_a_corrected_note_does_not_adjust_twice(county, desk):
    place = _filed_target(county, desk)
    note_by_hand(desk, *place, _note(desk, "示财预〔2026〕12号"))
    made = fill(desk, ADJUSTMENT, place[1], _edit)
    county.sealed(desk, [made.filing.filing_id])
    first = note_by_hand(desk, ADJUSTMENT, place[1], _note(desk, "示财预〔2026〕40号"))
    second = note_by_hand(desk, ADJUSTMENT, place[1], _note(desk, "示财预〔2026〕41号"))
    assert (first.adjustments, second.adjustments) == (1, 1)
    assert second.answers == first.answers
    assert len(approvals_of(desk, place[1])) == 3


def test_an_adjustment_of_a_target_nobody_approved_is_refused(county, desk):
    project = project_of(desk)
    fill(desk, ADJUSTMENT, project, lambda _opened: {"reason": "先调整后批复"})
    with desk.store.writing() as work:
        (filing,) = work.filings.find(FilingQuery(task_id=ADJUSTMENT, project_id=project))
        work.filings.set_status(filing.filing_id, FilingStatus.SEALED, desk.tools.clock.now())
        work.commit()
    with pytest.raises(InputError, match="还没有登记批复"):
        note_by_hand(desk, ADJUSTMENT, project, _note(desk, "示财预〔2026〕40号"))


def test_an_adjustment_begun_from_an_older_approval_is_refused(county, desk):
    place = _filed_target(county, desk)
    note_by_hand(desk, *place, _note(desk, "示财预〔2026〕12号"))
    made = fill(desk, ADJUSTMENT, place[1], _edit)
    county.sealed(desk, [made.filing.filing_id])
    with desk.store.writing() as work:
        filing = work.filings.get(made.filing.filing_id)
        stale = replace(filing, answers={**filing.answers, "adjustment_number": "3"})
        work.filings.save(stale, FilingFigures(), expected_revision=filing.revision)
        work.commit()
    with pytest.raises(InputError, match="不是按现行批复"):
        note_by_hand(desk, ADJUSTMENT, place[1], _note(desk, "示财预〔2026〕40号"))


def _approved_twice(county, desk):
    """A project whose target was approved and adjusted once, and the adjustment's filing."""
    place = _filed_target(county, desk)
    note_by_hand(desk, *place, _note(desk, "示财预〔2026〕12号"))
    first = fill(desk, ADJUSTMENT, place[1], _edit)
    county.accepted(desk, [first.filing.filing_id])
    note_by_hand(desk, ADJUSTMENT, place[1], _note(desk, "示财预〔2026〕40号", 90_000_000))
    return place, first


def test_a_second_adjustment_stands_on_the_first(county, desk):
    place, first = _approved_twice(county, desk)
    again = filings.open_filing(desk, ADJUSTMENT, place[1]).next_time
    assert again is not None
    assert (again.task_id, again.name) == (f"{ADJUSTMENT}#2", "绩效目标调整（第2次）〔2026年预算〕")

    second = fill(
        desk, again.task_id, place[1], lambda opened: {"reason": "再次调整", "basis_document": "会议纪要"}
    )
    answers = second.filing.answers
    assert answers["adjustment_number"] == "2"
    assert answers["approved_document"] == "示财预〔2026〕40号"
    assert answers["old_total_fen"] == 90_000_000
    assert answers["indicators"][0]["old_third_level"].endswith("（调整）")
    assert second.filing.filing_id != first.filing.filing_id
    cell = _cell(desk, again.task_id, place[1])
    assert cell.word.startswith("第2次 ")

    county.accepted(desk, [second.filing.filing_id])
    town = next(status for status in reporting_status(county.bureau) if status.unit.code == TOWN)
    sent = [item for item in town.items if item.task.form_id == "target_adjustment"]
    assert [item.form_name for item in sent] == ["", "目标调整（第2次）"]
    assert [(item.task.name.partition("〔")[0], item.state.label) for item in sent] == [
        ("绩效目标调整", "已报"),
        ("绩效目标调整（第2次）", "已报"),
    ]
    noted = note_by_hand(desk, again.task_id, place[1], _note(desk, "示财预〔2026〕55号"))
    assert noted.adjustments == 2
    assert _cell(desk, *place).word == "已调整（第2次）"
    assert filings.open_filing(desk, *place).context.approved.document_number == "示财预〔2026〕55号"
    assert filings.open_filing(desk, ADJUSTMENT, place[1]).filing.answers["adjustment_number"] == "1"


def test_no_second_adjustment_before_the_first_is_approved(county, desk):
    place = _filed_target(county, desk)
    note_by_hand(desk, *place, _note(desk, "示财预〔2026〕12号"))
    made = fill(desk, ADJUSTMENT, place[1], _edit)
    assert made.next_time is None
    with pytest.raises(InputError, match="上一次调整还没有登记批复"):
        filings.open_filing(desk, f"{ADJUSTMENT}#2", place[1])
    with pytest.raises(InputError, match="没有这项任务"):
        filings.open_filing(desk, f"{place[0]}#2", place[1])
