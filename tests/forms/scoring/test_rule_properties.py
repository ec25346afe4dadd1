"""Every kind of rule by itself: within its limits, moving the right way, the same in every unit (issue by issue line)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from forms.scoring.inputs import FundsInput, IndicatorInput
from forms.scoring.scorer import score_sheet
from models.domain.indicator import Comparator
from models.domain.kit import ScoreScheme
from models.domain.score_rules import (
    ExecutionRule,
    NotApplicable,
    OverAchievement,
    OverAction,
    ReverseFormula,
    RuleStep,
    ScoreMethod,
    ScoreRule,
    StepBasis,
)
from tests.forms.scoring.cases import ALL_SPENT, SCHEME_10, SCHEMES, scheme

ZERO, TEN = Decimal(0), Decimal(10)
VALUES = st.decimals(0, 1000, places=2)
POSITIVE = st.decimals("0.01", 1000, places=2)
FULLS = st.sampled_from([Decimal(text) for text in ("10", "22.5", "7.5", "3", "0.5", "33.33")])
FACTORS = st.sampled_from([Decimal(10_000), Decimal("0.0001"), Decimal(1000)])
MONEY = st.integers(1, 10**11)


def one(sign: Comparator = Comparator.AT_LEAST, full: Decimal = TEN, **values: object) -> IndicatorInput:
    """A row of ten points."""
    given_values: dict[str, object] = {"comparator": sign, "full_score": full, **values}
    return IndicatorInput("r1", **given_values)  # type: ignore[arg-type]


def points(row: IndicatorInput, by: ScoreScheme = SCHEME_10) -> Decimal:
    """Points of one row, which are never below 0 nor above full marks."""
    score = score_sheet(by, ALL_SPENT, [row]).rows[0].score
    assert 0 <= score <= (row.full_score or ZERO)
    return score


# Positive, reverse in both variants, equal, range ---------------------------------------------------


@given(POSITIVE, POSITIVE, FULLS)
def test_both_reverse_variants_agree_at_the_planned_value_and_a_is_never_kinder(
    planned, actual, full
) -> None:
    row = one(Comparator.AT_MOST, full, planned_value=planned, actual_value=actual)
    by_quotient = points(row, scheme(reverse=ReverseFormula.QUOTIENT))
    by_difference = points(row, scheme(reverse=ReverseFormula.DIFFERENCE))
    assert by_difference <= by_quotient
    if actual <= planned:
        assert by_difference == by_quotient == full
    if actual >= 2 * planned:
        assert by_difference == 0


@given(POSITIVE, POSITIVE, VALUES, FULLS, FACTORS)
def test_a_range_is_full_inside_and_the_same_in_every_unit(first, second, actual, full, factor) -> None:
    lower, upper = sorted((first, second))
    row = one(Comparator.EQUAL, full, planned_value=lower, planned_upper=upper, actual_value=actual)
    other = replace(
        row, planned_value=lower * factor, planned_upper=upper * factor, actual_value=actual * factor
    )
    assert points(row) == points(other)
    assert (points(row) == full) or not lower <= actual <= upper


@given(POSITIVE, POSITIVE, st.integers(0, 4))
def test_a_score_is_the_exact_quotient_rounded_half_up_once(planned, actual, decimals) -> None:
    by = scheme(score_decimals=decimals)
    score = points(one(planned_value=planned, actual_value=actual), by)
    exact = min(TEN * actual / planned, TEN)
    unit = Decimal(1).scaleb(-decimals)
    assert -unit / 2 < score - exact <= unit / 2


# Step tables, deductions ----------------------------------------------------------------------------

SHARES = st.lists(st.decimals(0, 1, places=2), min_size=1, max_size=5).map(
    lambda found: sorted(found, reverse=True)
)


def table(basis: StepBasis, shares: list[Decimal], first: Decimal, step: Decimal) -> ScoreScheme:
    """A scheme with one step table, bounds falling for what should be high and rising for what should be low."""
    steps = tuple(RuleStep(first + step * number, share) for number, share in enumerate(shares))
    return scheme(rules=(ScoreRule("own", "本地分档", ScoreMethod.STEPS, basis=basis, steps=steps),))


@given(SHARES, VALUES, VALUES, FULLS)
def test_steps_by_value_and_completion_never_fall_when_more_is_done(shares, first, second, full) -> None:
    low, high = sorted((first, second))
    for basis, bound, step in (
        (StepBasis.VALUE, Decimal(900), Decimal(-150)),
        (StepBasis.COMPLETION, Decimal(1), Decimal("-0.2")),
    ):
        by = table(basis, shares, bound, step)
        less, more = (
            points(one(full=full, planned_value=Decimal(500), actual_value=value, method="own"), by)
            for value in (low, high)
        )
        assert less <= more, basis


@given(SHARES, VALUES, VALUES, FULLS, FACTORS)
def test_steps_by_deviation_and_excess_never_rise_when_it_lies_farther(
    shares, first, second, full, factor
) -> None:
    planned = Decimal(100)
    for basis in (StepBasis.DEVIATION, StepBasis.EXCESS):
        by = table(basis, shares, Decimal("0.1"), Decimal("0.15"))
        near, far = (
            one(Comparator.AT_MOST, full, planned_value=planned, actual_value=planned + gap, method="own")
            for gap in sorted((first, second))
        )
        assert points(near, by) >= points(far, by)
        wide = replace(far, planned_value=planned * factor, actual_value=(far.actual_value or ZERO) * factor)
        assert points(far, by) == points(wide, by)


@given(st.booleans(), st.booleans(), VALUES, VALUES, st.decimals("0.01", 1, places=2), FULLS)
def test_points_off_per_step_never_rise_beyond_the_bound(
    is_ceiling, started, first, second, share, full
) -> None:
    rule = ScoreRule(
        "own", "逐档扣分", ScoreMethod.DEDUCTION, bound=Decimal(500), step=Decimal(50), share_per_step=share,
        is_ceiling=is_ceiling, counts_started=started,
    )  # fmt: skip
    low, high = (
        points(one(full=full, actual_value=value, method="own"), scheme(rules=(rule,)))
        for value in sorted((first, second))
    )
    assert low >= high if is_ceiling else low <= high


# Judged: grades, yes or no, times, satisfaction -----------------------------------------------------

WORDS = ("达成", "部分达成", "未达成")


@given(st.sampled_from(list(SCHEMES.values())), st.none() | st.decimals(-5, 50, places=2), FULLS)
def test_a_better_grade_of_completion_is_never_worse(by, entered, full) -> None:
    scores = [
        points(one(Comparator.QUALITATIVE, full, completion=word, entered_score=entered), by)
        for word in WORDS
    ]
    assert scores == sorted(scores, reverse=True)


@given(st.sampled_from(WORDS), st.decimals(-5, 50, places=2), st.decimals(-5, 50, places=2), FULLS)
def test_more_points_given_are_never_fewer_points_counted(word, first, second, full) -> None:
    low, high = sorted((first, second))
    for method in ("", "entered"):
        less, more = (
            points(one(Comparator.QUALITATIVE, full, completion=word, entered_score=value, method=method))
            for value in (low, high)
        )
        assert less <= more


@given(st.sampled_from(["是", "已完成", "达成"]), st.sampled_from(["否", "未完成", "没有完成"]), FULLS)
def test_yes_is_everything_and_no_is_nothing(yes, no, full) -> None:
    said = [
        points(one(Comparator.QUALITATIVE, full, actual_text=word, method="yes_no")) for word in (yes, no)
    ]
    assert said == [full, 0]


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1, 12), FULLS)
def test_earlier_is_never_worse(planned, first, second, full) -> None:
    early, late = (
        points(one(Comparator.OTHER, full, planned_text=f"{planned}月", actual_text=f"{month}月"))
        for month in sorted((first, second))
    )
    assert early >= late
    assert early == full or min(first, second) > planned


@given(st.decimals(0, 100, places=1), st.decimals(0, 100, places=1), FULLS)
def test_more_satisfaction_is_never_worse_by_ratio_by_steps_and_per_five_points(first, second, full) -> None:
    for method in ("", "satisfaction_steps", "satisfaction_per_five_points"):
        less, more = (
            points(
                one(full=full, planned_value=Decimal(90), actual_value=value, measure_unit="%", method=method)
            )
            for value in sorted((first, second))
        )
        assert less <= more


# Over-achievement -----------------------------------------------------------------------------------


@given(VALUES, VALUES, FULLS)
def test_over_achievement_costs_nothing_where_it_is_only_explained_and_never_pays_where_it_costs(
    first, second, full
) -> None:
    planned, (near, far) = Decimal(10), sorted((first, second))
    explained = OverAchievement(Decimal("0.3"))
    costly = OverAchievement(
        Decimal("0.3"), OverAction.DEDUCT, (RuleStep(Decimal("0.3"), Decimal("0.1")), RuleStep(Decimal(1), Decimal("0.4")))
    )  # fmt: skip
    rows = [one(full=full, planned_value=planned, actual_value=value) for value in (near, far)]
    for row in rows:
        assert points(row, scheme(over_achievement=explained)) == points(row, scheme(over_achievement=None))
        assert points(row, scheme(over_achievement=costly)) <= points(row, scheme(over_achievement=None))
    if near >= planned:
        assert points(rows[0], scheme(over_achievement=costly)) >= points(
            rows[1], scheme(over_achievement=costly)
        )


# Execution, 20 + 80, 70 + 30, caps ------------------------------------------------------------------


@given(SHARES, MONEY, MONEY, MONEY)
def test_execution_by_steps_stays_within_full_marks_and_never_falls(shares, budget, first, second) -> None:
    steps = tuple(
        RuleStep(Decimal(1) - Decimal("0.15") * number, share) for number, share in enumerate(shares)
    )
    by = scheme(execution=ExecutionRule(steps=steps))
    less, more = (
        score_sheet(by, FundsInput(budget, spending), []).execution.score
        for spending in sorted((first, second))
    )
    assert 0 <= less <= more <= by.execution_score


@given(MONEY, MONEY, MONEY, st.decimals(0, 10, places=2))
def test_twenty_and_eighty_is_twenty_times_the_fiscal_rate_and_the_rows(
    budget, spending, others, actual
) -> None:
    rows = [one(full=Decimal(80), planned_value=TEN, actual_value=actual)]
    money = FundsInput(budget + others, spending, fiscal_budget=budget, fiscal_spending=spending)
    found = score_sheet(SCHEMES["scheme_20_80"], money, rows)
    assert abs(found.execution.score - min(Decimal(20) * spending / budget, Decimal(20))) <= Decimal("0.005")
    assert found.total == found.execution.score + found.rows[0].score
    assert 0 <= found.total <= found.full_total == 100


@given(st.decimals(-5, 40, places=2), st.decimals(-5, 40, places=2), st.decimals(0, 10, places=2))
def test_seventy_and_thirty_grow_with_what_is_entered(first, second, actual) -> None:
    by = SCHEMES["scheme_70_30"]
    rows = [one(full=Decimal(70), planned_value=TEN, actual_value=actual)]
    less, more = (
        score_sheet(by, ALL_SPENT, rows, {by.entered_items[0].item_id: entered}).total
        for entered in sorted((first, second))
    )
    assert 0 <= less <= more <= 100


@given(MONEY, MONEY, st.decimals(0, 10, places=2))
def test_a_cap_only_ever_takes_away_and_holds_what_it_says(budget, spending, actual) -> None:
    capped = SCHEMES["scheme_10_capped"]
    rows = [one(full=Decimal(90), planned_value=TEN, actual_value=actual)]
    money = FundsInput(budget, spending)
    found = score_sheet(capped, money, rows)
    free = score_sheet(replace(capped, caps=()), money, rows)
    assert found.total <= free.total
    rate = found.execution.rate
    assert rate is not None
    most = min((cap.most for cap in capped.caps if rate < cap.rate_below), default=Decimal(100))
    assert found.total == min(free.total, most)


# Not applicable -------------------------------------------------------------------------------------


@given(
    st.sampled_from(list(NotApplicable)),
    st.lists(st.tuples(FULLS, st.decimals(0, 10, places=2), st.booleans()), min_size=2, max_size=7),
)
def test_points_of_rows_that_do_not_apply_are_carried_by_the_rest(mode, given_rows) -> None:
    assume(any(applies for _full, _actual, applies in given_rows))
    rows = [
        one(
            full=full,
            planned_value=TEN,
            actual_value=actual,
            first_level=f"level {number % 2}",
            not_applicable_reason="" if applies else "没有服务对象",
        )
        for number, (full, actual, applies) in enumerate(given_rows)
    ]
    rows = [replace(row, row_id=f"r{number}") for number, row in enumerate(rows)]
    by = scheme(not_applicable=mode)
    found = score_sheet(by, ALL_SPENT, rows)
    assert found.full_total == by.execution_score + sum((full for full, _, _ in given_rows), ZERO)
    for score, row in zip(found.rows, rows, strict=True):
        assert score.is_counted is row.is_applicable
        if row.is_applicable:
            share = (row.actual_value or ZERO) / TEN
            assert abs(score.score - score.full_score * min(share, Decimal(1))) <= Decimal("0.005")
    all_done = [replace(row, actual_value=TEN) for row in rows]
    assert score_sheet(by, ALL_SPENT, all_done).total == found.full_total


# Totals and grades ----------------------------------------------------------------------------------


@given(st.sampled_from(list(SCHEMES.values())), st.lists(VALUES, min_size=2, max_size=5), VALUES, MONEY)
def test_doing_more_in_one_row_never_lowers_total_or_grade(by, actuals, more, spending) -> None:
    assume(by.deviation is None)
    rows = [
        replace(one(full=Decimal(18), planned_value=Decimal(500), actual_value=value), row_id=f"r{number}")
        for number, value in enumerate(actuals)
    ]
    better = [replace(rows[0], actual_value=max(more, actuals[0])), *rows[1:]]
    money = FundsInput(10**11, spending, fiscal_budget=10**11, fiscal_spending=spending)
    before, after = score_sheet(by, money, rows), score_sheet(by, money, better)
    assert before.total <= after.total
    grades = [band.name for band in sorted(by.grades, key=lambda band: band.lower)]
    assert grades.index(before.grade) <= grades.index(after.grade)


@given(st.sampled_from(list(SCHEMES.values())), st.decimals(0, 90, places=2), MONEY)
def test_the_grade_a_sheet_promises_is_the_one_it_gives(by, actual, spending) -> None:
    rows = [one(full=Decimal(80), planned_value=Decimal(90), actual_value=actual, name="一")]
    money = FundsInput(10**11, spending, fiscal_budget=10**11, fiscal_spending=spending)
    entered = {item.item_id: item.full_score for item in by.entered_items}
    found = score_sheet(by, money, rows, entered)
    change = found.explanation().change
    if change.startswith("“一”得满分，可评为“"):
        done = score_sheet(by, money, [replace(rows[0], actual_value=Decimal(90))], entered)
        assert f"可评为“{done.grade}”" in change
