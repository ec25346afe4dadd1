"""What forms of the unit as a whole see of the unit's other filings, at the unit's desk and at its department's."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from forms.findings import FindingCounts
from models.domain.filing import Filing, FilingStatus
from models.domain.project import Project, Unit
from services import filings
from services.contexts import build_context
from services.filings import payload_answers
from services.ports.store import FilingFigures, SubmittedVersion
from tests.services.county import County
from tests.services.year_forms import fill, filled_targets


def _tasks(desk):
    tasks = desk.current_kit().kit.tasks
    project = next(task for task in tasks if task.form_id == "performance_target")
    return project, next(task for task in tasks if task.form_id == "overall_expenditure_target")


def test_a_form_of_the_unit_sees_its_projects_forms_and_a_projects_form_none(county: County):
    desk = county.desk()
    count = len(filled_targets(desk, 3))
    project_task, whole_task = _tasks(desk)
    seen = filings.open_filing(desk, whole_task.task_id).context.unit_filings
    assert len(seen) == count == 3
    assert {item.form_id for item in seen} == {"performance_target"}
    assert all(item.amount_fen and item.project_name and item.answers["indicators"] for item in seen)
    assert {item.unit_code for item in seen} == {desk.profile.unit.code}
    assert filings.open_filing(desk, project_task.task_id, seen[0].project_id).context.unit_filings == ()


def _put(work, number: int, unit_code: str, **changes) -> None:
    work.projects.put(Project(f"x{number}", f"项目{number}", unit_code, ""))
    filing = Filing(f"F{number}", "t", "self_evaluation", "1", 2027, unit_code, f"x{number}", **changes)
    work.filings.save(
        replace(filing, status=FilingStatus.RECEIVED), FilingFigures(amount_fen=5), expected_revision=None
    )


def test_a_department_sees_what_its_units_sent(county: County):
    desk = county.desk()
    unit = desk.profile.unit
    other = Unit("900001", "示例县柳林镇中心小学", unit.code, unit.name)
    stranger = Unit("900002", "示例县第二小学", "205", "示例县教育体育局")
    kit = replace(desk.current_kit().kit, units=(unit, other, stranger))
    with desk.store.writing() as work:
        _put(work, 1, other.code, answers={"total_score": "91.50", "grade": "优"})
        _put(work, 2, stranger.code, answers={"total_score": "much"})
        work.commit()
    with desk.store.reading() as work:
        seen = build_context(work, kit, _tasks(desk)[1], unit, "").unit_filings
    (own,) = [item for item in seen if item.form_id == "self_evaluation"]
    assert (own.unit_name, own.project_name, own.score, own.grade) == (
        other.name,
        "项目1",
        Decimal("91.50"),
        "优",
    )
    assert own.status is FilingStatus.RECEIVED


def test_a_project_in_the_bin_counts_no_more(county: County):
    desk = county.desk()
    filled_targets(desk, 2)
    whole = _tasks(desk)[1].task_id
    first = filings.open_filing(desk, whole).context.unit_filings[0]
    with desk.store.writing() as work:
        work.projects.put_in_bin(first.project_id, desk.tools.clock.now())
        work.commit()
    after = filings.open_filing(desk, whole).context.unit_filings
    assert first.project_id not in {item.project_id for item in after}


def _send(desk, *opened) -> None:
    """Note the filings as handed in together, with what stands in them."""
    at = desk.tools.clock.now()
    with desk.store.writing() as work:
        for one in opened:
            filing = replace(one.filing, status=FilingStatus.SEALED, version=1)
            work.filings.save(filing, FilingFigures(), expected_revision=one.filing.revision)
            work.filings.add_version(
                SubmittedVersion(filing.filing_id, 1, "m1", payload_answers(filing.answers), {}, [], at)
            )
        work.commit()


def test_a_sent_form_is_held_against_what_was_handed_in_with_it(county: County):
    desk = county.desk()
    first, second = filled_targets(desk, 2)
    whole = _tasks(desk)[1].task_id
    made = fill(desk, whole, "", lambda _opened: {})
    _send(desk, first, second, made)
    sent = filings.open_filing(desk, whole)
    assert {item.amount_fen for item in sent.context.unit_filings} == {
        one.filing.answers["annual_total_fen"] for one in (first, second)
    }
    project = filings.open_filing(desk, first.filing.task_id, first.filing.project_id)
    changed = filings.reopen(desk, project)
    filings.save_draft(desk, changed, {**changed.filing.answers, "annual_total_fen": 1}, {}, FindingCounts())
    assert filings.open_filing(desk, whole).context.unit_filings == tuple(
        replace(item, status=FilingStatus.SEALED) for item in sent.context.unit_filings
    )
    again = filings.reopen(desk, filings.open_filing(desk, whole))
    assert 1 in {item.amount_fen for item in again.context.unit_filings}


def test_a_draft_that_had_not_gone_out_leaves_a_sent_form_unjudged(county: County):
    desk = county.desk()
    first, _second = filled_targets(desk, 2)
    whole = _tasks(desk)[1].task_id
    _send(desk, first, fill(desk, whole, "", lambda _opened: {}))
    assert filings.open_filing(desk, whole).context.unit_filings == ()
