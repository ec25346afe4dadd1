"""What forms of the unit as a whole see of the unit's other filings, at the unit's desk and at its department's."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from models.domain.filing import Filing, FilingStatus
from models.domain.project import Project, Unit
from services import filings
from services.contexts import build_context
from services.ports.store import FilingFigures
from tests.services.county import County
from tests.services.year_forms import filled_targets


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
