"""Approved targets: noted with document, date and amount, handed to later forms, corrected by another note."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.domain.background import ApprovedTarget
from models.domain.errors import InputError
from services import filings
from services.approvals import approved_target, note_approval, target_form_of
from services.workspaces import Workspace
from tests.services.county import County

ANSWERS = {"annual_target": "养护村道。", "indicators": [{"row_id": "r1", "third_level": "养护里程"}]}


@pytest.fixture
def desk(county: County) -> Workspace:
    return county.desk()


def _note(desk: Workspace, project_id: str, number: str = "示财预〔2027〕1号", **changes):
    target = ApprovedTarget(ANSWERS, number, date(2027, 2, 18), 12_345_600)
    return note_approval(desk, desk.profile.unit.code, project_id, 2027, replace(target, **changes))


def _project(desk: Workspace) -> str:
    with desk.store.reading() as work:
        return work.projects.list(desk.profile.unit.code)[0].project_id


def test_a_form_of_the_same_year_and_project_sees_the_target_in_force(desk: Workspace):
    project = _project(desk)
    _note(desk, project)
    task = next(
        t for t in desk.current_kit().kit.tasks if t.budget_year == 2027 and "overall" not in t.form_id
    )
    approved = filings.open_filing(desk, task.task_id, project).context.approved
    assert approved is not None
    assert approved.answers == ANSWERS
    assert (approved.document_number, approved.approved_on) == ("示财预〔2027〕1号", date(2027, 2, 18))
    assert approved.amount_fen == 12_345_600


def test_the_note_made_last_counts_and_says_who_made_it(desk: Workspace):
    project, unit = _project(desk), desk.profile.unit.code
    _note(desk, project)
    made = _note(desk, project, "示财预〔2027〕9号", adjustments=1, is_by_hand=True)
    assert (made.noted_by, made.noted_at) == (desk.profile.person_name, desk.tools.clock.now())
    with desk.store.reading() as work:
        found = approved_target(work, unit, project, 2027)
        assert found is not None
        assert (found.document_number, found.adjustments, found.is_by_hand) == ("示财预〔2027〕9号", 1, True)
        assert approved_target(work, unit, project, 2026) is None
        assert approved_target(work, unit, "", 2027) is None


@pytest.mark.parametrize(
    ("number", "answers", "wrong"),
    [("  ", ANSWERS, "没有填写批复文号"), ("示财预〔2027〕1号", {"indicators": []}, "没有指标")],
)
def test_what_cannot_bind_is_refused(desk: Workspace, number: str, answers: dict, wrong: str):
    with pytest.raises(InputError, match=wrong):
        _note(desk, _project(desk), number, answers=answers)
    with desk.store.reading() as work:
        assert list(work.approvals.in_force(2027)) == []


def test_projects_and_units_have_targets_of_their_own():
    assert target_form_of("p1") == "performance_target"
    assert target_form_of("") == "overall_expenditure_target"


def test_other_forms_of_the_year_are_at_hand(desk: Workspace):
    project = _project(desk)
    task = next(t for t in desk.current_kit().kit.tasks if t.form_id == "performance_target")
    opened = filings.open_filing(desk, task.task_id, project)
    filings.save_draft(desk, opened, {**opened.filing.answers, "annual_target": "养护村道。"}, {})
    assert filings.open_filing(desk, task.task_id, project).context.related == {}
