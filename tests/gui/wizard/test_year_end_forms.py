"""Adjustment, rectification, review and summaries on screen: what is reckoned follows the typing, what is fixed stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms import registry
from forms.answers import blank_answers
from models.domain.background import LedgerLine
from models.domain.project import DeclarationStage
from tests.forms import adjustment_cases, cases, review_cases, self_evaluations, summary_cases

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


def test_what_the_treasury_paid_is_shown_beside_what_was_typed(wizard):
    given = self_evaluations.context(ledger=LedgerLine(110_000_000, date(2025, 12, 31), "支付进度.xlsx"))
    wizard.open(given, self_evaluations.filled(given))
    (found,) = [one for one in wizard.wait_checked() if one.code == "C52"]
    assert "C52" in wizard.codes()
    assert "支付进度表（支付进度.xlsx，截至2025年12月31日）是 110 万元" in found.message
    assert dict(found.values) == {"填写的执行数": "118 万元", "国库支付数": "110 万元"}


def test_a_second_round_begins_with_the_first_and_asks_why_money_alone_changed(wizard):
    given = cases.context(first_round=cases.ROADS)
    given = replace(given, task=replace(given.task, stage=DeclarationStage.SECOND_ROUND))
    form = registry.form(cases.TARGET)
    wizard.open(given, blank_answers(form, given))
    assert wizard.cells("third_level")[0] == "每公里养护成本"
    wizard.go_step("funds")
    wizard.fill("annual_total_fen", "100")
    wizard.enter()
    wizard.settle()
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
