"""The ex-ante report in the wizard: length meters, ratings that bring points at once, conclusion, policy, local name."""

from __future__ import annotations

import pytest

from forms.registry import form
from tests.forms.ex_ante_cases import EX_ANTE, REPORT, context, rated, xigong_kit

pytestmark = pytest.mark.gui
RATINGS = "ratings"


def opened(wizard, answers=REPORT, given=None):
    """The wizard with a report open."""
    wizard.open(given or context(), answers)
    return wizard


def test_a_section_says_how_much_is_still_wanted_while_it_is_typed(wizard):
    page = opened(wizard, {**REPORT, "overview": None})
    page.go_step("object")
    meter = page.field("overview").counter
    assert meter() == "0 / 2000 字，至少 80 字"
    page.fill("overview", "全镇村道 86 公里。")
    assert meter() == "11 / 2000 字，还差 71 字"
    assert "C56" in {finding.code for finding in page.wait_checked()}
    page.fill("overview", "全镇村道八十六公里。" * 8)
    assert meter() == "80 / 2000 字"
    assert "C56" not in {finding.code for finding in page.wait_checked()}


def test_a_rating_brings_points_total_and_conclusion_at_once(wizard):
    page = opened(wizard)
    page.go_step(RATINGS)
    page.go_cell(0, "rating", RATINGS)
    page.type("差")
    page.enter()
    assert page.cell(0, "score", RATINGS) == "0.00"
    answers = page.view.answers()
    assert (answers["total_score"], answers["suggested_conclusion"]) == ("85.00", "予以支持")
    page.go_cell(1, "rating", RATINGS)
    page.type("差")
    page.enter()
    assert page.view.answers()["suggested_conclusion"] == "不予支持"
    assert "C57" in {finding.code for finding in page.wait_checked()}
    page.go_step("conclusion")
    assert page.field("suggested_conclusion").text() == "不予支持"
    assert "否决事项" in page.field("score_note").text()
    page.undo()
    page.undo()
    assert page.view.answers()["total_score"] == REPORT["total_score"]


def test_items_and_points_are_not_the_clerks(wizard):
    page = opened(wizard)
    page.go_step(RATINGS)
    page.go_cell(0, "points", RATINGS)
    page.type("50")
    page.enter()
    assert page.view.answers() == REPORT


def test_a_policy_is_rated_by_other_items(wizard):
    page = opened(wizard)
    page.go_step("object")
    page.field("object_kind").editor.setCurrentText("政策")
    page.field("object_kind").typed.emit("政策")
    page.settle()
    page.go_step(RATINGS)
    assert page.cell(0, "dimension", RATINGS) == "政策设立必要性"
    assert set(page.cells("rating", RATINGS)) == {""}
    assert page.view.answers()["total_score"] is None


def test_amounts_show_what_is_cut(wizard):
    page = opened(wizard)
    page.go_step("funds")
    page.fill("approved_fen", "100")
    page.tab()
    assert page.field("reduced_fen").text() == "28.40"
    assert page.view.answers()["reduction_rate"] == "0.2212"


def test_the_place_names_report_sections_and_guidance(wizard):
    given = context(xigong_kit())
    page = opened(wizard, {"object_kind": "project"}, given)
    assert page.view.frame.head.title.text() == "财政支出事前论证报告"
    page.go_step("opinions")
    section = page.field("dimension_text_5")
    assert section.editor.accessibleName() == "（五）财政支持方式科学性／政策资金合规性"
    spec = form(EX_ANTE).field("dimension_text_1")
    assert spec.help_in(given).startswith("项目：写清立项依据")


def test_a_vetoed_report_still_opens_read_only_as_it_was_sent(wizard):
    answers = {**rated(REPORT, {"n2": "差"}), "total_score": "99"}
    page = opened(wizard)
    page.view.close_form()
    wizard.open(context(), answers, read_only=True)
    assert page.view.answers()["total_score"] == "99"
