"""Adjustment, rectification, review and summaries on screen: what is reckoned follows the typing, what is fixed stays."""

from __future__ import annotations

import pytest

from tests.forms import adjustment_cases, review_cases, summary_cases

pytestmark = pytest.mark.gui


def test_an_indicator_changed_is_marked_and_the_old_side_stays(wizard):
    wizard.open(adjustment_cases.context(), adjustment_cases.begun())
    wizard.go_step("indicators")
    assert wizard.cells("change") == ["不变", "不变", "不变"]
    wizard.go_cell(0, "planned_value")
    wizard.type("10")
    wizard.enter()
    wizard.settle()
    assert wizard.cells("change")[0] == "修改"
    assert wizard.cells("old_value") == ["≥12公里", "≥85%", "≥90%"]
    wizard.undo()
    wizard.settle()
    assert wizard.cells("change")[0] == "不变"
    wizard.go_cell(0, "old_value")
    wizard.type("9")
    assert wizard.cells("old_value")[0] == "≥12公里"


def test_money_alone_asks_for_a_word(wizard):
    wizard.open(adjustment_cases.context(), adjustment_cases.with_money(160))
    wizard.wait_checked()
    assert "C51" in wizard.codes()


def test_points_become_total_grade_and_conclusion(wizard):
    wizard.open(review_cases.REVIEW, review_cases.reviewed(normal=None))
    wizard.go_step("items")
    assert wizard.view.session.answers.get("total_score") is None
    wizard.go_cell(0, "score", "review_items")
    wizard.type("10")
    wizard.enter()
    wizard.settle()
    answers = wizard.view.session.answers
    assert (answers["total_score"], answers["grade"]) == ("92", "优")


def test_problems_are_there_and_their_state_is_chosen(wizard):
    wizard.open(summary_cases.context("rectification"), summary_cases.begun("rectification"))
    wizard.go_step("problems")
    assert len(wizard.cells("issue", "problems")) == 2
    wizard.go_cell(0, "state", "problems")
    wizard.type("正在整改")
    wizard.enter()
    wizard.settle()
    assert wizard.cells("state", "problems")[0] == "正在整改"
    assert wizard.view.session.answers["problems"][0]["state"] == "ongoing"


@pytest.mark.parametrize("form_id", summary_cases.SUMMARIES)
def test_a_summary_takes_remarks_alone(wizard, form_id):
    wizard.open(summary_cases.context(form_id), summary_cases.begun(form_id))
    wizard.go_step("rows")
    names = wizard.cells("project_name", "summary_rows")
    wizard.go_cell(0, "project_name", "summary_rows")
    wizard.type("别的项目")
    assert wizard.cells("project_name", "summary_rows") == names
    wizard.go_cell(0, "remark", "summary_rows")
    wizard.type("年中追加")
    wizard.enter()
    wizard.settle()
    assert wizard.view.session.answers["summary_rows"][0]["remark"] == "年中追加"
