"""The self-evaluation at the screen: actual values move scores, approved cells are locked, every score says why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from forms.findings import Place
from models.domain.kit import ParameterKit
from models.domain.self_evaluation_rule import SelfEvaluationRule
from tests.forms.cases import KIT_101
from tests.forms.self_evaluations import context, filled, typed
from tests.gui.pages.score_page import ScorePage


@pytest.fixture
def scores(wizard) -> ScorePage:
    """A good self-evaluation open at its indicators."""
    page = ScorePage(wizard)
    page.open(context(), filled())
    return page


def test_typing_an_actual_value_moves_score_total_and_card(scores: ScorePage) -> None:
    assert scores.card() == "99.17 优"
    scores.actual(1, "6")
    assert scores.wizard.cell(1, "score") == "5.00"
    assert scores.card() == "94.84 优"
    scores.actual(1, "12")
    assert (scores.wizard.cell(1, "score"), scores.card()) == ("10.00", "99.84 优")
    scores.wizard.undo()
    assert scores.wizard.cell(1, "score") != "10.00"


def test_every_keystroke_counts_and_the_editor_is_left_alone(scores: ScorePage) -> None:
    scores.begin(1)
    scores.wizard.type("1")
    scores.wizard.wait_followed()
    assert scores.wizard.cell(1, "score") == "0.83"
    scores.wizard.type("1.2")
    scores.wizard.wait_followed()
    assert scores.wizard.cell(1, "score") == "9.33"
    assert scores.editor_text() == "11.2"


def test_what_is_approved_is_locked_and_says_so(scores: ScorePage) -> None:
    for column in ("first_level", "third_level", "planned_text", "weight"):
        scores.wizard.go_cell(0, column)
        scores.wizard.type("9")
        assert scores.editor_text() is None, column
    assert "示财预〔2025〕1号（2025年2月18日）批复，只读" in scores.note()
    assert scores.wizard.cell(0, "planned_text") == "≤9.6万元"


def test_points_are_typed_only_where_the_rule_leaves_a_choice(scores: ScorePage) -> None:
    scores.wizard.go_cell(1, "score")
    scores.wizard.type("10")
    assert (scores.editor_text(), scores.wizard.cell(1, "score")) == (None, "9.33")
    scores.wizard.go_cell(6, "score")
    scores.wizard.type("7.5")
    scores.wizard.enter()
    assert (scores.wizard.cell(6, "score"), scores.card()) == ("7.5", "98.67 优")


def test_words_are_chosen_for_indicators_in_words_and_figures_stand_right(scores: ScorePage) -> None:
    model = scores.wizard.table().model
    column = [spec.key for spec in model.column_specs()].index("actual_value")
    looks = [model.look(model.index(row, column)).is_right for row in (1, 6)]
    assert looks == [True, False]
    scores.begin(6)
    scores.wizard.type("未达成")
    scores.wizard.enter()
    assert scores.wizard.cell(6, "actual_value") == "未达成预期指标且效果较差"
    assert scores.wizard.cell(6, "score") == "0.00"


def test_the_reasons_follow_the_cursor(scores: ScorePage) -> None:
    scores.wizard.go_cell(1, "score")
    scores.wizard.press(Qt.Key.Key_F9)
    assert "10 × 11.20 ÷ 12 = 9.33" in scores.reasons()
    assert "再完成 0.80 公里（达到 12 公里）可得满分" in scores.reasons()
    assert "参照财预〔2021〕101号" in scores.reasons()
    scores.wizard.go_cell(3, "actual_value")
    assert "路况优良率" in scores.reasons()
    scores.wizard.press(Qt.Key.Key_Escape)
    assert not scores.is_explaining()


def test_the_total_says_where_points_went_and_leads_there(scores: ScorePage) -> None:
    scores.why()
    assert "= 99.17" in scores.reasons()
    assert [made.text() for made in scores.panel.loss_buttons] == ["−0.67　养护里程", "−0.16　预算执行率"]
    scores.panel.loss_buttons[1].click()
    scores.wizard.settle()
    assert scores.wizard.step() == "funds"
    assert "126.40 ÷ 128.40" in scores.reasons()


def test_a_value_is_tried_without_being_kept(scores: ScorePage) -> None:
    scores.wizard.go_cell(1, "actual_value")
    scores.wizard.press(Qt.Key.Key_F9)
    scores.wizard.press(Qt.Key.Key_F9)
    scores.wizard.type("6")
    assert "本项 9.33 → 5.00 分" in scores.reasons()
    assert "总分 99.17 → 94.84 分" in scores.reasons()
    assert (scores.wizard.cell(1, "actual_value"), scores.card()) == ("11.20", "99.17 优")
    scores.wizard.press(Qt.Key.Key_F9)
    assert not scores.is_explaining()


def test_a_cap_is_named_and_what_lifts_it(wizard) -> None:
    page = ScorePage(wizard)
    given = context(_capped())
    answers = typed(given, filled(given), ("funds", "fiscal", "spending_fen"), 80_000_000)
    page.open(given, answers)
    page.why()
    assert "总分最高 79 分" in page.reasons()
    assert "执行率达到 70%，总分最高可到 89 分" in page.reasons()
    assert page.card() == "79.00 中"


def test_a_form_that_is_only_read_shows_what_was_sent_and_why(wizard) -> None:
    page = ScorePage(wizard)
    page.open(context(), {**filled(), "total_score": "60", "grade": "中"}, read_only=True)
    assert page.card() == "60 中"
    page.why()
    assert "= 99.17" in page.reasons()


def test_forms_without_points_have_no_card(wizard) -> None:
    from tests.forms import cases

    wizard.open(cases.context(), cases.ROADS)
    assert not wizard.view.frame.scores.card.isVisible()
    wizard.press(Qt.Key.Key_F9)
    assert not wizard.view.frame.scores.panel.isVisible()


def test_the_report_is_there_only_where_the_kit_asks_and_drafts_what_is_filled_in(wizard) -> None:
    page = ScorePage(wizard)
    page.open(context(), filled())
    assert "report" not in wizard.view.frame.pages.step_keys()
    asking = replace(KIT_101, self_evaluation=SelfEvaluationRule(report_forms=("self_evaluation",)))
    page.open(context(asking), filled())
    wizard.go_step("report")
    wizard.fill("report_causes", "由村组自行说明。")
    wizard.view.frame.pages.page("report").draft_button.click()
    wizard.settle()
    answers = wizard.view.answers()
    assert answers["report_conclusion"].startswith("自评得分 99.17 分（满分 100 分），等级为“优”。")
    assert "执行率 98.44%，得 9.84 分" in answers["report_analysis"]
    assert answers["report_causes"] == "由村组自行说明。"
    assert answers.get("report_process") is None
    wizard.undo()
    assert wizard.view.answers().get("report_conclusion") is None


def test_indicators_are_typed_where_nothing_is_approved(wizard) -> None:
    page = ScorePage(wizard)
    page.open(context(approved=None), {})
    panel = wizard.table()
    panel.actions_.add_row()
    wizard.settle()
    for column, text in (
        ("third_level", "养护里程"),
        ("planned_value", "12"),
        ("measure_unit", "公里"),
        ("weight", "10"),
    ):
        wizard.go_cell(0, column)
        wizard.type(text)
        wizard.enter()
    page.actual(0, "6")
    assert wizard.cell(0, "score") == "5.00"
    assert wizard.view.session.value(Place("indicators", "r1", "planned_text")) is None


def _capped() -> ParameterKit:
    from models.domain.kit import ScoreScheme
    from resources.builtin_kits import base_score_schemes

    def capped(scheme: ScoreScheme) -> ScoreScheme:
        caps = next(one.caps for one in base_score_schemes() if one.scheme_id == "scheme_10_capped")
        return replace(scheme, caps=caps)

    return replace(KIT_101, schemes=tuple(capped(scheme) for scheme in KIT_101.schemes))
