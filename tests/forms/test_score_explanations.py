"""Explanations by place: every scored cell says why, where points went, and what another value would bring (F24, F26)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import registry
from forms.answers import blank_answers
from forms.context import FormContext
from forms.findings import Place
from forms.score_breakdown_sheet import breakdown_sheet
from forms.score_explainer import ScoreExplainer, explainer_of
from forms.sound_answers import sound_answers
from models.domain.kit import ParameterKit, ScoreScheme
from resources.builtin_kits import base_score_schemes
from tests.forms import cases, ex_ante_cases, review_cases, self_evaluations
from tests.forms.cases import KIT_101, Answers
from tests.forms.hostile import answers_of
from tests.forms.self_evaluations import context, filled, typed

OVERALL = "overall_expenditure_self_evaluation"
SCHEMES = {scheme.scheme_id: scheme for scheme in base_score_schemes()}
SPENDING = Place("funds", "total", "spending_fen")


def explainer(given_context: FormContext | None = None) -> ScoreExplainer:
    """The explainer of a context's form."""
    given_context = given_context or context()
    found = explainer_of(registry.form(given_context.task.form_id), given_context)
    assert found is not None
    return found


def with_scheme(**changes: Any) -> ParameterKit:
    """The kit with its schemes changed."""

    def changed(scheme: ScoreScheme) -> ScoreScheme:
        return replace(scheme, **changes)

    return replace(KIT_101, schemes=tuple(changed(scheme) for scheme in KIT_101.schemes))


def overall() -> tuple[FormContext, Answers]:
    """A unit as a whole that spent 90 of 100 万元."""
    given_context = cases.context(KIT_101, OVERALL)
    answers: Answers = blank_answers(registry.form(OVERALL), given_context)
    for row_id, fen in (("basic", 40_000_000), ("project", 60_000_000)):
        answers = typed(given_context, answers, ("funds", row_id, "annual_fen"), fen)
        answers = typed(given_context, answers, ("funds", row_id, "spending_fen"), fen * 9 // 10)
    return given_context, answers


# What a place says --------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["score", "actual_value", "third_level"])
def test_any_cell_of_a_row_tells_the_rows_score(column: str) -> None:
    shown = explainer().shown(filled(), Place("indicators", "r2", column))
    assert (shown.title, shown.score, shown.full_score) == ("养护里程", "9.33", "10")
    assert shown.explanation.formula == "10 × 11.20 ÷ 12 = 9.33"
    assert shown.explanation.change == "再完成 0.80 公里（达到 12 公里）可得满分"
    assert "〔2021〕101号" in shown.explanation.clause
    assert shown.sentence == (
        "养护里程　9.33／10 分：10 × 11.20 ÷ 12 = 9.33。再完成 0.80 公里（达到 12 公里）可得满分。"
    )


@pytest.mark.parametrize("place", [None, Place("total_score"), Place("grade"), Place("actual_result")])
def test_total_grade_and_everything_without_points_tell_the_total(place: Place | None) -> None:
    shown = explainer().shown(filled(), place)
    assert (shown.is_total, shown.score, shown.grade, shown.trial) == (True, "99.17", "优", None)
    assert shown.explanation.formula.endswith("= 99.17；99.17 分，达到 90 分，等级为“优”")


def test_execution_names_money_clause_and_what_is_left_to_spend() -> None:
    shown = explainer().shown(filled(), Place("funds", "fiscal", "spending_fen"))
    assert (shown.title, shown.score, shown.trial) == ("预算执行率", "9.84", SPENDING)
    assert shown.explanation.formula == "10 × 126.40 ÷ 128.40 = 9.84（执行率 98.44%）"
    assert shown.explanation.change == "再执行 2 万元（全年执行数达到 128.40 万元），可得满分"
    assert "〔2021〕101号" in shown.explanation.clause


@pytest.mark.parametrize(
    ("actual", "said"),
    [
        (None, "没有填写实际完成值，暂按 0 分计"),
        ("0", "实际 0 公里，没有完成，得 0 分"),
        ("大部分", "实际完成值“大部分”不能按数字计算，暂按 0 分计"),
        ("-3", "实际 -3 公里，没有完成，得 0 分"),
        ("不适用", "不适用（没有写明原因），不计分"),
    ],
)
def test_missing_zero_and_odd_values_are_explained(actual: str | None, said: str) -> None:
    answers = typed(context(), filled(), ("indicators", "r2", "actual_value"), actual)
    if actual == "不适用":
        answers = typed(context(), answers, ("indicators", "r2", "deviation_reason"), None)
    shown = explainer().shown(answers, Place("indicators", "r2", "score"))
    assert shown.explanation.formula == said
    assert shown.score in ("", "0.00")


def test_a_blank_form_explains_every_row_execution_and_total() -> None:
    for given_context in (context(), cases.context(KIT_101, OVERALL)):
        form = registry.form(given_context.task.form_id)
        answers, asked = blank_answers(form, given_context), explainer(given_context)
        lines = list(asked.lines(answers))
        assert all(line.explanation.formula for line in lines)
        assert asked.shown(answers, None).is_open
        assert asked.shown(answers, SPENDING).explanation.formula


def test_points_that_differ_from_the_rule_are_said_where_a_form_is_only_read() -> None:
    answers = {**self_evaluations.altered(filled(), "r2", score="9.50"), "total_score": "100"}
    asked = explainer()
    row = asked.shown(answers, Place("indicators", "r2", "score"))
    assert row.explanation.notes == ("表上填写的得分是 9.50，按规则应为 9.33",)
    assert asked.shown(answers, None).explanation.notes == ("表上填写的得分是 100，按规则应为 99.17",)
    assert asked.shown(filled(), None).explanation.notes == ()


def test_points_scored_elsewhere_have_a_reason_of_their_own() -> None:
    item = SCHEMES["scheme_70_30"].entered_items
    given_context = context(with_scheme(entered_items=item))
    answers = typed(given_context, filled(given_context), ("entered_items", item[0].item_id, "score"), "28.5")
    place = Place("entered_items", item[0].item_id, "score")
    shown = explainer(given_context).shown(answers, place)
    assert (shown.title, shown.score, shown.full_score) == (item[0].name, "28.50", "30")
    assert shown.explanation.change == "最多还可得 1.50 分，由评定的部门决定"
    assert place in [loss.place for loss in explainer(given_context).losses(answers)]
    tried = explainer(given_context).trial(answers, place, "30")
    assert (tried.before, tried.score) == ("28.50", "30.00")


# What another value would bring -------------------------------------------------------------------


def test_a_trial_is_what_typing_would_bring_and_touches_nothing() -> None:
    given_context, answers = context(), filled()
    place, before = Place("indicators", "r2", "actual_value"), repr(answers)
    registry.form("self_evaluation").derive(given_context, answers)
    computed = given_context.memory["self_evaluation_derived"]
    for value in ("6", "12", "0", "11.9", "不适用"):
        tried = explainer(given_context).trial(answers, place, value)
        really = typed(context(), answers, ("indicators", "r2", "actual_value"), value)
        assert (tried.total, tried.grade) == (really["total_score"], really["grade"]), value
    assert repr(answers) == before
    assert given_context.memory["self_evaluation_derived"] is computed


def test_a_trial_says_what_is_wrong_with_a_value_instead_of_scoring_it() -> None:
    place = Place("indicators", "r2", "actual_value")
    assert explainer().trial(filled(), place, "很多").problem.startswith("实际完成值“很多”不能按数字计算")
    assert explainer().trial(filled(), SPENDING, "一百万").problem
    assert explainer().trial(filled(), place, " ").problem == ""


def test_words_are_offered_where_only_words_count() -> None:
    asked, answers = explainer(), filled()
    shown = asked.shown(answers, Place("indicators", "r7", "score"))
    assert shown.trial is not None
    assert shown.trial_choices[-1] == "不适用"
    totals = [asked.trial(answers, shown.trial, word).total for word in shown.trial_choices[:3]]
    assert totals == sorted(totals, reverse=True)
    assert len(set(totals)) == 3


def test_spending_tried_out_moves_execution_total_and_the_cap() -> None:
    given_context = context(with_scheme(caps=SCHEMES["scheme_10_capped"].caps))
    asked = explainer(given_context)
    answers = typed(given_context, filled(given_context), ("funds", "fiscal", "spending_fen"), 80_000_000)
    total = asked.shown(answers, None)
    assert (total.score, total.grade, total.trial) == ("79.00", "中", SPENDING)
    assert "总分最高 79 分" in total.remarks[0]
    tried = asked.trial(answers, SPENDING, "128.40")
    assert (tried.title, tried.before, tried.score) == ("预算执行率", "6.88", "10.00")
    assert (tried.total_before, tried.total, tried.grade_before, tried.grade) == (
        "79.00",
        "99.33",
        "中",
        "优",
    )
    assert tried.remarks == ()
    worse = asked.trial(filled(given_context), SPENDING, "60")
    assert worse.remarks == ("执行率 46.73%，低于 50%，总分最高 59 分，94.00 分按 59 分计",)


def test_where_only_fiscal_money_counts_that_is_tried_out() -> None:
    given_context = context(with_scheme(execution=SCHEMES["scheme_20_80"].execution))
    asked, answers = explainer(given_context), filled(given_context)
    shown = asked.shown(answers, Place("funds", "total", "score"))
    assert shown.trial == Place("funds", "fiscal", "spending_fen")
    assert shown.trial_label == "财政拨款全年执行数"
    assert asked.trial(answers, shown.trial, "60").score == "5.00"


def test_the_rate_of_a_unit_as_a_whole_is_tried_out_by_its_money() -> None:
    given_context, answers = overall()
    asked = explainer(given_context)
    rows = [row for row in answers["indicators"] if row["third_level"] == "预算执行率"]
    place = Place("indicators", rows[0]["row_id"], "score")
    shown = asked.shown(answers, place)
    assert (shown.score, shown.trial, shown.trial_label) == ("9.00", SPENDING, "全年执行数")
    # the money is what is tried out, so the change of the row shows in the total
    tried = asked.trial(answers, SPENDING, "50")
    assert float(tried.total) == pytest.approx(float(tried.total_before) - 4)


# Ex-ante evaluations and target reviews -----------------------------------------------------------


def test_an_ex_ante_item_tells_rating_points_and_veto() -> None:
    asked = explainer(ex_ante_cases.context())
    shown = asked.shown(ex_ante_cases.REPORT, Place("ratings", "n3", "score"))
    assert (shown.score, shown.full_score) == ("4.00", "5")
    assert shown.explanation.formula == "评级“良”：5 × 80% = 4.00"
    assert shown.explanation.change == "评为“优”可得 5 分"
    veto = asked.shown(ex_ante_cases.REPORT, Place("ratings", "n2", "rating")).explanation
    assert veto.notes[0] == "这一项是否决事项：评为“差”的，结论为“不予支持”"


def test_an_ex_ante_total_tells_its_sum_band_and_the_way_up() -> None:
    asked = explainer(ex_ante_cases.context())
    total = asked.shown(ex_ante_cases.REPORT, None)
    assert (total.score, total.grade) == ("90.00", "予以支持")
    assert total.explanation.formula.startswith("立项必要性 18 + 投入经济性 18")
    assert "属于“予以支持”（80 分及以上）" in total.explanation.formula
    poor = ex_ante_cases.rated(
        ex_ante_cases.REPORT, {f"{name}{number}": "中" for name in "etpf" for number in range(1, 5)}
    )
    middling = asked.shown(poor, None)
    assert middling.grade == "调整完善后予以支持"
    assert "才到“予以支持”" in middling.remarks[0]
    assert middling.explanation.change.endswith("可达到“予以支持”")


def test_a_veto_goes_before_the_total_and_a_trial_shows_it() -> None:
    given_context = ex_ante_cases.context()
    asked, place = explainer(given_context), Place("ratings", "n2", "rating")
    tried = asked.trial(ex_ante_cases.REPORT, place, "差")
    assert (tried.score, tried.total, tried.grade_before, tried.grade) == (
        "0.00",
        "85.00",
        "予以支持",
        "不予支持",
    )
    assert "属于否决事项，结论为“不予支持”" in tried.remarks[0]
    vetoed = ex_ante_cases.rated(ex_ante_cases.REPORT, {"n2": "差"})
    assert asked.shown(vetoed, None).explanation.change == "否决事项消除后，按总分属于“予以支持”"
    unrated = ex_ante_cases.rated(ex_ante_cases.REPORT, {"n2": None})
    assert asked.shown(unrated, None).is_open
    assert asked.shown(unrated, place).explanation.formula == "还没有评级，暂按 0 分计"


def test_a_review_tells_points_sum_grade_and_consequence() -> None:
    asked, answers = explainer(review_cases.REVIEW), review_cases.reviewed()
    shown = asked.shown(answers, Place("review_items", "clear", "score"))
    assert (shown.score, shown.explanation.formula) == ("9", "评定 9 分，满分 10 分")
    assert shown.explanation.change == "满足全部要求还可多得 1 分"
    total = asked.shown(answers, None)
    assert (total.score, total.full_score, total.grade) == ("92", "100", "优")
    tried = asked.trial(answers, Place("review_items", "funding", "score"), "4")
    assert (tried.total, tried.grade_before, tried.grade) == ("82", "优", "良")
    assert tried.remarks == ("再得 8 分可评为“优”",)
    open_review = review_cases.reviewed(clear=None)
    assert asked.shown(open_review, None).explanation.formula.endswith("还有没打分的内容，打完才有等级")


# For all ------------------------------------------------------------------------------------------

ALL = {
    "self_evaluation": (context(), filled()),
    OVERALL: overall(),
    "ex_ante_evaluation": (ex_ante_cases.context(), ex_ante_cases.REPORT),
    "target_review": (review_cases.REVIEW, review_cases.reviewed()),
}
HOSTILE = {name: answers_of(registry.form(name)) for name in ALL}


@pytest.mark.parametrize("name", ALL)
def test_lines_losses_and_total_agree(name: str) -> None:
    given_context, answers = ALL[name]
    asked = explainer(given_context)
    lines, total = list(asked.lines(answers)), asked.shown(answers, None)
    assert lines[-1].score == total.score
    lost = sum(float(loss.lost) for loss in asked.losses(answers))
    assert float(total.score) == pytest.approx(float(total.full_score) - lost)
    for loss in asked.losses(answers):
        assert not asked.shown(answers, loss.place).is_total
    assert asked.result(answers)[0] is not None
    assert asked.basis
    assert set(asked.tables) <= {table.key for table in asked.form.tables()}


@pytest.mark.parametrize("name", ALL)
def test_the_printed_breakdown_is_a_sheet_of_its_own(name: str) -> None:
    given_context, answers = ALL[name]
    form = registry.form(name)
    sheet = breakdown_sheet(form, given_context, answers)
    assert sheet.title == f"{given_context.title(form)}得分说明"
    assert any("不是报送表样" in str(cell.value) for cell in sheet.cells)
    assert all("得分说明" not in printed.title for printed in form.sheets(given_context, answers))


@pytest.mark.parametrize("name", ALL)
@given(data=st.data())
def test_whatever_a_file_holds_is_explained(name: str, data: st.DataObject) -> None:
    given_context, _answers = ALL[name]
    asked = explainer(given_context)
    answers = sound_answers(registry.form(name), data.draw(HOSTILE[name]))
    for line in asked.lines(answers):
        assert line.explanation.text
    for table in asked.tables:
        for row in answers.get(table) or ():
            shown = asked.shown(answers, Place(table, str(row.get("row_id"))))
            assert shown.sentence
            if shown.trial is not None:
                asked.trial(answers, shown.trial, "1")
    asked.losses(answers)


def test_a_row_without_an_id_is_not_tried_out() -> None:
    given_context, _answers = ALL["self_evaluation"]
    asked = explainer(given_context)
    place = Place("indicators", "", "actual")
    assert "不能试算" in asked.trial({"indicators": [{"row_id": ""}]}, place, "1").problem


def test_forms_without_points_and_kits_without_a_scheme_have_no_explainer() -> None:
    target = cases.context()
    assert explainer_of(registry.form(target.task.form_id), target) is None
    bare = ex_ante_cases.context(replace(KIT_101, ex_ante_scheme=None))
    assert explainer_of(registry.form("ex_ante_evaluation"), bare) is None
    with pytest.raises(ValueError, match="no scores"):
        breakdown_sheet(registry.form(target.task.form_id), target, {})
