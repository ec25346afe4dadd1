"""The reasons of scores at the screen: the formula under the table, trials, the way by keyboard, every scored form, no word cut off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from forms import registry
from forms.answers import with_value
from forms.findings import Place
from tests.forms import cases, ex_ante_cases, review_cases
from tests.forms.cases import KIT_101
from tests.forms.full_answers import full_answers
from tests.forms.self_evaluations import context, filled
from tests.gui.pages.cut_off import cut_off, settle
from tests.gui.pages.score_page import ScorePage
from tests.gui.pages.wizard_page import SHIFT
from tests.gui.wizard.test_sizes import framed

pytestmark = pytest.mark.gui
__all__ = ["framed"]
OVERALL = "overall_expenditure_self_evaluation"


@pytest.fixture
def scores(wizard) -> ScorePage:
    """A good self-evaluation open at its indicators."""
    page = ScorePage(wizard)
    page.open(context(), filled())
    return page


def test_choosing_a_score_shows_its_formula_under_the_table(scores: ScorePage) -> None:
    scores.wizard.go_cell(1, "score")
    assert scores.strip() == (
        "养护里程　9.33／10 分：10 × 11.20 ÷ 12 = 9.33。再完成 0.80 公里（达到 12 公里）可得满分。"
    )
    scores.wizard.go_cell(4, "score")
    assert scores.strip().startswith("水毁修复及时率　10.00／10 分：实际 97%，达到指标值 96%")
    scores.wizard.go_step("funds")
    scores.wizard.go_cell(0, "score", "funds")
    assert "10 × 126.40 ÷ 128.40 = 9.84" in scores.strip("funds")


def test_the_formula_follows_what_is_typed_even_where_the_points_stay(scores: ScorePage) -> None:
    scores.actual(1, "13")
    scores.wizard.go_cell(1, "actual_value")
    scores.wizard.press(Qt.Key.Key_Delete)
    scores.wizard.type("14")
    scores.wizard.qtbot.waitUntil(lambda: "实际 14 公里，达到指标值 12 公里" in scores.strip())


def test_words_are_tried_out_from_a_list(scores: ScorePage) -> None:
    scores.wizard.go_cell(6, "score")
    scores.wizard.press(Qt.Key.Key_F9)
    scores.wizard.press(Qt.Key.Key_F9)
    assert scores.panel.trial.choices.hasFocus()
    scores.wizard.press(Qt.Key.Key_Down)
    scores.wizard.press(Qt.Key.Key_Down)
    assert "本项 8.00 → 5.60 分" in scores.reasons()
    assert scores.card() == "99.17 优"
    scores.wizard.go_cell(1, "score")
    assert "→" not in scores.reasons()
    assert scores.panel.trial.typed.isVisible()


def test_spending_is_tried_out_and_a_wrong_amount_is_told(scores: ScorePage) -> None:
    scores.wizard.go_step("funds")
    scores.wizard.go_cell(0, "score", "funds")
    scores.wizard.press(Qt.Key.Key_F9)
    scores.wizard.press(Qt.Key.Key_F9)
    scores.wizard.type("64.2")
    assert "本项 9.84 → 5.00 分" in scores.reasons()
    scores.wizard.type("x")
    assert "→" not in scores.reasons()
    assert scores.panel.trial.text()


def test_everything_is_reached_by_keyboard(scores: ScorePage) -> None:
    asked: list[str] = []
    view = scores.wizard.view
    view.score_print_requested.connect(lambda: asked.append("print"))
    view.score_save_requested.connect(lambda: asked.append("save"))
    scores.wizard.go_cell(1, "score")
    scores.wizard.press(Qt.Key.Key_F9, SHIFT)
    assert "= 99.17" in scores.reasons()
    scores.wizard.press(Qt.Key.Key_Escape)
    scores.wizard.press(Qt.Key.Key_F9)
    scores.wizard.press(Qt.Key.Key_F9)
    found = []
    for _ in range(6):
        scores.wizard.tab()
        focus = QApplication.focusWidget()
        found.append(focus)
        if focus in (scores.panel.print_button, scores.panel.save_button):
            scores.wizard.press(Qt.Key.Key_Return)
    assert scores.panel.to_total in found
    assert asked == ["print", "save"]


def test_points_of_a_sent_form_that_differ_are_pointed_out(wizard) -> None:
    page = ScorePage(wizard)
    page.open(context(), {**filled(), "total_score": "60", "grade": "中"}, read_only=True)
    page.why()
    assert "表上填写的得分是 60，按规则应为 99.17" in page.reasons()


def test_a_unit_as_a_whole_tells_its_scores_alike(wizard) -> None:
    given = cases.context(KIT_101, OVERALL)
    page = ScorePage(wizard)
    page.open(given, full_answers(registry.form(OVERALL), given))
    wizard.go_cell(4, "score")
    assert page.strip().startswith("预算调整率　2.50／3 分：3 × 10% ÷ 12% = 2.50")
    wizard.press(Qt.Key.Key_F9)
    assert "降低 2 个百分点（不超过 10%）可得满分" in page.reasons()


def test_an_ex_ante_evaluation_explains_total_and_conclusion(wizard) -> None:
    page = ScorePage(wizard)
    page.open(ex_ante_cases.context(), ex_ante_cases.REPORT, step="ratings")
    assert page.card() == "90.00 予以支持"
    wizard.go_cell(2, "score", "ratings")
    assert page.strip("ratings").endswith("评级“良”：5 × 80% = 4.00。评为“优”可得 5 分。")
    wizard.go_cell(1, "score", "ratings")
    wizard.press(Qt.Key.Key_F9)
    wizard.press(Qt.Key.Key_F9)
    for _ in range(4):
        wizard.press(Qt.Key.Key_Down)
    assert "结论 予以支持 → 不予支持" in page.reasons()
    assert "属于否决事项" in page.reasons()
    wizard.go_step("conclusion")
    wizard.view.go_to(Place("assessment_conclusion"))
    assert "立项必要性 18 + 投入经济性 18" in page.reasons()
    assert page.panel.loss_buttons


def test_a_target_review_explains_its_total(wizard) -> None:
    page = ScorePage(wizard)
    page.open(review_cases.REVIEW, review_cases.reviewed(), step="items")
    assert page.card() == "92 优"
    page.why()
    assert "等级为“优”" in page.reasons()


LONG = with_value(
    filled(), Place("indicators", "r2", "third_level"), "全镇农村公路日常养护和水毁修复总里程" * 3
)
FORMS = {
    "project": (context(), LONG, "indicators", Place("indicators", "r2", "score")),
    "unit": (
        cases.context(KIT_101, OVERALL),
        full_answers(registry.form(OVERALL), cases.context(KIT_101, OVERALL)),
        "indicators",
        Place("indicators", "budget_adjustment_rate", "score"),
    ),
    "ex ante": (ex_ante_cases.context(), ex_ante_cases.REPORT, "ratings", Place("ratings", "n2", "score")),
}


def test_no_word_is_cut_off(framed) -> None:
    for name, (given, answers, step, place) in FORMS.items():
        framed.open(registry.form(given.task.form_id), given, answers, {})
        framed.check_now()
        framed.show_step(step)
        framed.go_to(place)
        settle()
        assert cut_off(framed) == [], name
        scores = framed.frame.scores
        scores.toggle()
        scores.panel.trial.typed.setText("6")
        settle()
        assert cut_off(framed) == [], name
        scores.show_total()
        settle()
        assert cut_off(framed) == [], name


def test_reasons_with_a_list_and_the_checklist_beside_them_are_whole_on_a_small_screen(
    scores: ScorePage,
) -> None:
    view = scores.wizard.view
    view.resize(930, 520)
    scores.wizard.go_cell(6, "score")
    scores.wizard.press(Qt.Key.Key_F9)
    settle()
    panel = scores.panel
    assert scores.panel.trial.choices.isVisible()
    assert cut_off(panel) == []
    view.show_step("check")
    settle()
    check = view.frame.pages.check_page
    assert check.seal_button.mapTo(check, check.seal_button.rect().bottomRight()).x() <= check.width()
    assert check._verdict.height() < 4 * check._verdict.fontMetrics().height()
