"""The total: sums that add up, points of what does not apply, deductions, caps, grades, entered items."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.scoring.inputs import FundsInput
from forms.scoring.marks import Outcome
from forms.scoring.scorer import score_sheet
from models.domain.kit import GradeBand
from models.domain.score_rules import (
    DeviationDeduction,
    NotApplicable,
    OverAchievement,
    OverAction,
    RuleStep,
    TotalCap,
)
from tests.forms.scoring.cases import ALL_SPENT, SCHEME_10, SCHEMES, funds, row, scheme, sheet

CAPPED = SCHEMES["scheme_10_capped"]
GONE = {"not_applicable_reason": "当年没有服务对象"}


def _ninety(**more: object):
    """Rows of 50 / 30 / 10, all met but the second, which is at two thirds."""
    return [
        row("≥", "12", "12", "50", first_level="output", second_level="quantity"),
        row("≥", "3", "2", "30", first_level="benefit", second_level="social_benefit"),
        row("≥", "95", "95", "10", first_level="satisfaction", second_level="client_satisfaction", **more),
    ]


def test_the_total_is_the_sum_of_what_is_printed() -> None:
    found = sheet(*_ninety(), funds=funds(100, 86))
    assert [str(one.score) for one in found.rows] == ["50.00", "20.00", "10.00"]
    assert (str(found.execution.score), str(found.total), found.grade) == ("8.60", "88.60", "良")
    assert found.full_total == 100
    assert found.is_complete


def test_rounding_is_per_row_so_that_the_printed_table_adds_up() -> None:
    found = sheet(*[row("≥", "3", "2", "10") for _ in range(9)])
    assert {str(one.score) for one in found.rows} == {"6.67"}
    assert str(found.total) == "70.03"


def test_an_incomplete_sheet_says_what_is_missing() -> None:
    found = sheet(row("≥", "1", None, "50"), row("≥", "1", "1", "40"), funds=funds(None, 1))
    assert not found.is_complete
    assert found.explanation().notes == ("还有 1 条指标没有填完", "预算数或执行数没有填写")
    assert not sheet().is_complete
    assert sheet(row("≥", "1", "1", "70")).explanation().notes == ("分值合计 80 分，应为 100 分",)


@pytest.mark.parametrize(
    ("mode", "fulls", "execution", "total"),
    [
        (NotApplicable.OTHER_INDICATORS, ["56.25", "33.75", None], "10", "88.75"),
        (NotApplicable.EVERYTHING, ["55.56", "33.33", None], "11.11", "88.89"),
        (NotApplicable.SIBLINGS, ["56.25", "33.75", None], "10", "88.75"),
    ],
)
def test_points_of_what_does_not_apply_go_to_the_rest(mode, fulls, execution, total) -> None:
    found = sheet(*_ninety(**GONE), by=scheme(not_applicable=mode))
    assert [str(one.full_score) if one.is_counted else None for one in found.rows] == fulls
    assert str(found.execution.full_score) == execution
    assert (found.full_total, str(found.total)) == (100, total)
    assert found.rows[2].outcome is Outcome.NOT_APPLICABLE
    assert found.rows[2].explanation.formula == "不适用（当年没有服务对象），不计分"
    assert found.rows[2].full_score == 10


def test_siblings_come_first() -> None:
    rows = [
        row("≥", "1", "1", "20", first_level="output", second_level="quantity"),
        row("≥", "1", "1", "10", first_level="output", second_level="quantity", **GONE),
        row("≥", "1", "1", "20", first_level="output", second_level="quality"),
        row("≥", "1", "1", "10", first_level="output", second_level="timeliness", **GONE),
        row("≥", "1", "1", "30", first_level="benefit", second_level="social_benefit"),
    ]
    found = sheet(*rows, by=scheme(not_applicable=NotApplicable.SIBLINGS))
    assert [str(one.full_score) for one in found.rows if one.is_counted] == ["36.00", "24.00", "30.00"]
    assert found.full_total == 100


def test_nothing_left_to_carry_the_points() -> None:
    found = sheet(row("≥", "1", "1", "90", **GONE))
    assert (str(found.total), found.full_total, found.is_complete) == ("10.00", 10, False)
    everything = sheet(row("≥", "1", "1", "90", **GONE), by=scheme(not_applicable=NotApplicable.EVERYTHING))
    assert (str(everything.total), everything.full_total) == ("100.00", 100)


def test_points_given_by_people_grow_with_the_full_marks() -> None:
    judged = row("qualitative", None, None, "30", completion="达成", entered_score=Decimal(27))
    found = sheet(judged, row("≥", "1", "1", "60", **GONE))
    assert str(found.rows[0].score) == "81.00"


@pytest.mark.parametrize(
    ("spending", "total", "most"),
    [(80, "88.00", None), (79, "87.90", None), (70, "87.00", None), (69, "79.00", "79"), (60, "79.00", "79"),
     (59, "69.00", "69"), (50, "69.00", "69"), (49, "59.00", "59"), (0, "59.00", "59")],
)  # fmt: skip
def test_a_low_execution_rate_caps_the_total(spending: int, total: str, most: str | None) -> None:
    rows = [row("≥", "10", "10", "50"), row("≥", "10", "7.5", "40")]
    found = sheet(*rows, by=CAPPED, funds=funds(100, spending))
    assert str(found.total) == total
    assert (str(found.cap.cap.most) if found.cap else None) == most


def test_the_cap_is_told_with_its_rate_and_what_lifts_it() -> None:
    found = sheet(row("≥", "10", "10", "90"), by=CAPPED, funds=funds(100, 76))
    assert (str(found.subtotal), str(found.total), found.grade) == ("97.60", "89.00", "良")
    told = found.explanation()
    assert "执行率 76%，低于 80%，总分最高 89 分，97.60 分按 89 分计" in told.formula
    assert told.change == "再执行 4 万元（全年执行数达到 80 万元），执行率达到 80%，总分不再按 89 分封顶"
    assert "总分不超过 89 分" in told.clause
    assert "再得" not in told.formula


def test_under_a_low_cap_the_next_ceiling_is_told() -> None:
    found = sheet(row("≥", "10", "10", "90"), by=CAPPED, funds=funds(100, 55))
    assert str(found.total) == "69.00"
    assert found.explanation().change.endswith("执行率达到 60%，总分最高可到 79 分")


def test_no_grade_is_promised_that_a_cap_would_take_again() -> None:
    found = sheet(row("≥", "10", "8.5", "90"), by=CAPPED, funds=funds(100, 76))
    assert (str(found.total), found.cap) == ("84.10", None)
    told = found.explanation()
    assert "可评为" not in told.formula + told.change
    assert told.change == "再执行 4 万元（全年执行数达到 80 万元），执行率达到 80%，总分不再按 89 分封顶"


@pytest.mark.parametrize(
    ("actuals", "change"),
    [
        (("6", "10", "10"), "“一”得满分，可评为“优”"),
        (("8.5", "7", "8"), "“一”、“二”得满分，可评为“优”"),
        (("2", "10", "2"), "“一”得满分，可评为“中”"),
        (("10", "10", "10"), ""),
        (("10", "", "10"), ""),
    ],
)
def test_what_would_bring_the_next_grade(actuals: tuple[str, ...], change: str) -> None:
    rows = [
        row("≥", "10", actual or None, full, name=name)
        for actual, full, name in zip(actuals, ("40", "20", "30"), "一二三", strict=True)
    ]
    assert sheet(*rows).explanation().change == change


def test_many_small_losses_are_counted_not_named_and_the_impossible_is_not_promised() -> None:
    rows = [row("≥", "10", "7.8", "9", name=f"指标{number}") for number in range(10)]
    assert sheet(*rows).explanation().change == "失分最多的 5 项都得满分，才可评为“优”"
    assert sheet(row("≥", "10", "1", "40", name="一"), funds=funds(100, 1)).explanation().change == ""


def test_no_cap_without_a_rate() -> None:
    caps = (TotalCap(Decimal("0.8"), Decimal(50)),)
    for money in (funds(0, 0), funds(None, 5), funds(5, None)):
        assert sheet(row("≥", "1", "1", "90"), by=scheme(caps=caps), funds=money).cap is None


@pytest.mark.parametrize(
    ("actual", "points"),
    [("129.99", "10.00"), ("130", "8.00"), ("71", "7.10"), ("70", "5.00"), ("15", "0.00"), ("100", "10.00")],
)
def test_two_points_off_for_a_deviation_from_thirty_percent_on(actual: str, points: str) -> None:
    assert str(sheet(row("≥", "100", actual), by=CAPPED).rows[0].score) == points


def test_a_deduction_is_shown_beside_the_points_of_the_rule() -> None:
    found = sheet(row("≥", "100", "145"), by=CAPPED).rows[0]
    assert (str(found.rule_score), str(found.score), found.is_met) == ("10.00", "8.00", True)
    told = found.explanation
    assert told.formula.endswith("实际完成值偏离指标值 45%，达到 30%，扣 2.00 分，10.00 − 2.00 = 8.00")
    assert "每条扣 2 分" in told.clause
    assert told.change == "偏离指标值不到 30% 时不扣分"


def test_sides_of_a_deviation_and_points_off_once() -> None:
    far = DeviationDeduction(Decimal("0.3"), Decimal(2), counts_shortfall=False)
    rows = [row("≥", "10", "5", "45"), row("≥", "10", "20", "45")]
    found = sheet(*rows, by=scheme(deviation=far))
    assert [str(one.score) for one in found.rows] == ["22.50", "43.00"]
    once = DeviationDeduction(Decimal("0.3"), Decimal(2), is_per_indicator=False)
    found = sheet(*rows, row("≥", "10", None, "0"), by=scheme(deviation=once))
    assert (str(found.subtotal), str(found.total)) == ("77.50", "75.50")
    assert "2 条指标偏离达到 30%，扣 2.00 分" in found.explanation().formula
    waiting = sheet(*rows, by=scheme(deviation=once))
    assert waiting.explanation().change == "“村道养护里程”得满分，可评为“优”；偏离指标值不到 30% 时不扣分"
    assert sheet(row("≥", "10", "10", "90"), by=scheme(deviation=once)).table_deduction is None


def test_deductions_never_leave_less_than_nothing() -> None:
    once = DeviationDeduction(Decimal("0.3"), Decimal(500), is_per_indicator=False)
    assert str(sheet(row("≥", "10", "1", "90"), by=scheme(deviation=once)).total) == "0.00"
    each = DeviationDeduction(Decimal("0.3"), Decimal("1E+40"))
    assert str(sheet(row("≥", "10", "20", "90"), by=scheme(deviation=each)).total) == "10.00"


def test_over_achievement_is_only_to_be_explained_by_default() -> None:
    found = sheet(row("≥", "10", "250")).rows[0]
    assert (str(found.score), found.is_over_achieved) == ("10.00", True)
    assert found.explanation.notes == ("超出指标值 2400%，请说明原因",)
    assert not sheet(row("≥", "10", "13")).rows[0].is_over_achieved
    assert not sheet(row("≤", "10", "0")).rows[0].is_over_achieved


def test_over_achievement_can_cost_by_steps() -> None:
    over = OverAchievement(
        Decimal("0.3"),
        OverAction.DEDUCT,
        (RuleStep(Decimal("0.3"), Decimal("0.1")), RuleStep(Decimal("0.5"), Decimal("0.2"))),
        "超额过多说明目标定得偏低",
    )
    points = [
        str(sheet(row("≥", "10", a), by=scheme(over_achievement=over)).rows[0].score)
        for a in ("13", "14", "16", "5")
    ]
    assert points == ["10.00", "9.00", "8.00", "5.00"]
    told = sheet(row("≥", "10", "16"), by=scheme(over_achievement=over)).rows[0].explanation
    assert "超额 60%，超过 50%，扣 2.00 分" in told.formula
    assert told.change == "超额不超过 30% 时不扣分"


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        ("90", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_grades_include_their_lower_bound(points: str, grade: str) -> None:
    given = row("qualitative", None, None, "100", method="entered", entered_score=Decimal(points))
    assert sheet(given, by=scheme(execution_score=Decimal(0))).grade == grade


def test_names_and_number_of_grades_are_data() -> None:
    three = (
        GradeBand("一般", Decimal(0)),
        GradeBand("优秀", Decimal(90)),
        GradeBand("良好", Decimal(75)),
    )
    by = scheme(grades=three)
    assert [sheet(row("≥", "10", a, "90"), by=by).grade for a in ("10", "8", "1")] == ["优秀", "良好", "一般"]
    none_low = scheme(grades=(GradeBand("合格", Decimal(60)),))
    assert sheet(row("≥", "10", "1", "90"), by=none_low).grade == ""
    assert "没有达到任何等级" in sheet(row("≥", "10", "1", "90"), by=none_low).explanation().formula


def test_seventy_and_thirty_entered_elsewhere() -> None:
    henan = SCHEMES["scheme_70_30"]
    rows = [row("≥", "10", "9", "70")]
    found = score_sheet(henan, ALL_SPENT, rows, {"funds_and_management": Decimal("28.5")})
    assert (str(found.total), found.full_total, found.grade) == ("91.50", 100, "优")
    assert found.explanation().formula.startswith("预算执行、资金和项目管理 28.50 + 绩效指标 63.00 = 91.50")
    for given in ({}, {"funds_and_management": None}, {"funds_and_management": Decimal("NaN")}):
        waiting = score_sheet(henan, ALL_SPENT, rows, given)
        assert (str(waiting.total), waiting.is_complete) == ("63.00", False)
        assert "“预算执行、资金和项目管理”没有填写得分" in waiting.explanation().notes
    over = score_sheet(henan, ALL_SPENT, rows, {"funds_and_management": Decimal(31)})
    assert str(over.entered[0].score) == "30.00"


def test_hubei_twenty_and_eighty() -> None:
    rows = [row("≥", "10", "10", "40"), row("≥", "10", "5", "40")]
    found = sheet(*rows, by=SCHEMES["scheme_20_80"], funds=FundsInput(1_560_000, 1_560_000))
    assert (str(found.execution.score), str(found.total), found.full_total) == ("20.00", "80.00", 100)


def test_levels_and_losses() -> None:
    found = sheet(*_ninety(), row("≥", "10", "8", "0.5", first_level="output"))
    assert [(one.first_level, str(one.full_score), str(one.score)) for one in found.levels] == [
        ("output", "50.5", "50.40"),
        ("benefit", "30", "20.00"),
        ("satisfaction", "10", "10.00"),
    ]
    assert [(one.row.row_id, str(one.lost)) for one in found.losses] == [("r2", "10.00"), ("r4", "0.10")]
    assert found.row("r2") == found.rows[1]
    assert found.row("x") is None


def test_an_explanation_names_the_levels() -> None:
    labels = {"output": "产出指标", "benefit": "效益指标", "satisfaction": "满意度指标"}
    told = sheet(*_ninety(), funds=funds(100, 86)).explanation(labels)
    assert told.formula == (
        "预算执行 8.60 + 产出指标 50.00 + 效益指标 20.00 + 满意度指标 10.00 = 88.60；"
        "88.60 分，达到 80 分，等级为“良”；再得 1.40 分可评为“优”"
    )
    assert told.rule == SCHEME_10.name
    assert told.clause == SCHEME_10.clause
