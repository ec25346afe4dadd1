"""What holds for every score: within its limits, moving the right way, the same in every unit, adding up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forms.scoring.inputs import FundsInput, IndicatorInput
from forms.scoring.marks import half_up
from forms.scoring.reading import IndicatorCells
from forms.scoring.scorer import score_sheet
from models.domain.indicator import Comparator, Direction
from models.domain.kit import ScoreScheme
from models.domain.money import AmountUnit, parse_amount
from models.domain.score_rules import (
    EqualFormula,
    ExecutionRule,
    NotApplicable,
    OverAchievement,
    OverAction,
    ReverseFormula,
    RuleStep,
    ScoreMethod,
    ScoreRule,
    StepBasis,
    ZeroBudget,
    ZeroTarget,
)
from tests.forms.scoring.cases import READER, SCHEME_10, SCHEMES, rule_names, scheme

CENT = Decimal("0.01")
NUMBERS = st.decimals(-1000, 100_000, allow_nan=False, allow_infinity=False, places=2)
POSITIVE = st.decimals(CENT, 100_000, allow_nan=False, allow_infinity=False, places=2)
FULLS = st.decimals(0, 100, allow_nan=False, allow_infinity=False, places=2)
METHODS = ("", *rule_names(), *(method.value for method in ScoreMethod), "unknown")
STEPS = ExecutionRule(
    steps=(RuleStep(Decimal(1), Decimal(1)), RuleStep(Decimal("0.5")), RuleStep(Decimal(0), Decimal("0.2")))
)
OVER = OverAchievement(Decimal("0.3"), OverAction.DEDUCT, (RuleStep(Decimal("0.3"), Decimal("0.15")),))
VARIANTS = (
    *SCHEMES.values(),
    scheme(reverse=ReverseFormula.DIFFERENCE, equal=EqualFormula.BOTH_WAYS),
    scheme(pass_share=Decimal("0.6"), zero_target=ZeroTarget.NONE_ALLOWED, score_decimals=1),
    scheme(over_achievement=OVER, execution=STEPS),
    scheme(SCHEMES["scheme_10_capped"], not_applicable=NotApplicable.EVERYTHING),
    scheme(not_applicable=NotApplicable.SIBLINGS, execution=ExecutionRule(zero_budget=ZeroBudget.NOT_SCORED)),
)
SCHEME = st.sampled_from(VARIANTS)
MONEY = st.none() | st.integers(-(10**6), 10**12)
FUNDS = st.builds(FundsInput, MONEY, MONEY)


def _rows(fulls: st.SearchStrategy[Decimal] = FULLS) -> st.SearchStrategy[IndicatorInput]:
    """Rows of every kind."""
    return st.builds(
        IndicatorInput,
        row_id=st.just("r1"),
        first_level=st.sampled_from(["output", "benefit"]),
        second_level=st.sampled_from(["quantity", "quality", "social_benefit"]),
        comparator=st.sampled_from(Comparator),
        planned_value=st.none() | NUMBERS,
        planned_upper=st.none() | NUMBERS,
        planned_text=st.sampled_from(["", "9月前", "显著提升"]),
        measure_unit=st.sampled_from(["", "%", "‰", "公里"]),
        direction=st.none() | st.sampled_from(Direction),
        full_score=fulls,
        actual_value=st.none() | NUMBERS,
        actual_text=st.sampled_from(["", "7月", "显著提升", "部分达成", "否", "看情况"]),
        completion=st.sampled_from(["", "达成", "部分达成", "未达成"]),
        method=st.sampled_from(METHODS),
        entered_score=st.none() | NUMBERS,
        not_applicable_reason=st.sampled_from(["", "", "", "没有服务对象"]),
    )


@given(SCHEME, FUNDS, st.lists(_rows(st.none() | FULLS), max_size=6))
def test_points_stay_between_nothing_and_full_marks_and_everything_can_be_told(by, money, rows) -> None:
    found = score_sheet(by, money, rows)
    for one in found.rows:
        lower, upper = one.allowed
        assert 0 <= one.score <= max(one.rule_score, 0) <= max(one.full_score, 0)
        assert 0 <= lower <= upper <= max(one.full_score, 0)
        assert one.explanation.text
        assert one.lost >= 0
    assert 0 <= found.execution.score <= found.execution.full_score
    assert found.execution.explanation.text
    assert found.explanation().text
    assert 0 <= found.total <= found.subtotal


@given(SCHEME, FUNDS, st.lists(_rows(), max_size=8))
def test_the_total_is_the_sum_of_the_rounded_rows(by: ScoreScheme, money: FundsInput, rows) -> None:
    found = score_sheet(by, money, rows)
    assert found.subtotal == sum((one.score for one in found.rows), found.execution.score)
    assert all(one.score == half_up(one.score, CENT) for one in found.rows)
    assert sum((level.score for level in found.levels), found.execution.score) == found.subtotal
    if not (found.cap or found.table_deduction):
        assert found.total == found.subtotal


@given(SCHEME, st.lists(_rows(st.decimals(CENT, 60, places=2)), min_size=1, max_size=10))
def test_spreading_points_keeps_their_sum(by: ScoreScheme, rows: list[IndicatorInput]) -> None:
    assume(any(row.is_applicable for row in rows))
    found = score_sheet(by, FundsInput(0, 0), rows)
    before = sum((row.full_score or Decimal(0) for row in rows), by.execution_score)
    assert found.full_total == before + sum((item.full_score for item in by.entered_items), Decimal(0))
    assert all(one.full_score >= 0 for one in found.rows)


def _points(by: ScoreScheme, one: IndicatorInput) -> Decimal:
    return score_sheet(by, FundsInput(1, 1), [one]).rows[0].score


def _row(sign: Comparator, planned: Decimal, actual: Decimal, **more: object) -> IndicatorInput:
    values = {"comparator": sign, "planned_value": planned, "actual_value": actual, "full_score": Decimal(10)}
    return IndicatorInput("r1", **{**values, **more})


MONOTONE = (*(item for item in VARIANTS if item.deviation is None and item.over_achievement is not OVER),)


@given(
    st.sampled_from(MONOTONE),
    st.sampled_from([Comparator.AT_LEAST, Comparator.MORE]),
    NUMBERS,
    NUMBERS,
    NUMBERS,
)
def test_more_is_never_worse_for_a_positive_indicator(by, sign, planned, one, other) -> None:
    assume(planned or by.zero_target is ZeroTarget.BY_SIGN)
    low, high = sorted((one, other))
    assert _points(by, _row(sign, planned, low)) <= _points(by, _row(sign, planned, high))
    for method in ("satisfaction_steps", "satisfaction_per_five_points", "pass_line"):
        worse, better = (_row(sign, planned, value, method=method, measure_unit="%") for value in (low, high))
        assert _points(by, worse) <= _points(by, better)


@given(st.sampled_from(MONOTONE), POSITIVE, NUMBERS, NUMBERS)
def test_more_is_never_worse_where_equal_counts_like_positive(by, planned, one, other) -> None:
    assume(by.equal is EqualFormula.LIKE_POSITIVE)
    low, high = sorted((one, other))
    assert _points(by, _row(Comparator.EQUAL, planned, low)) <= _points(
        by, _row(Comparator.EQUAL, planned, high)
    )


@given(
    st.sampled_from(MONOTONE),
    st.sampled_from([Comparator.AT_MOST, Comparator.LESS]),
    NUMBERS,
    NUMBERS,
    NUMBERS,
)
def test_less_is_never_worse_for_a_reverse_indicator(by, sign, planned, one, other) -> None:
    low, high = sorted((one, other))
    assert _points(by, _row(sign, planned, low)) >= _points(by, _row(sign, planned, high))


@given(POSITIVE, NUMBERS, NUMBERS)
def test_nearer_is_never_worse_to_both_sides(planned: Decimal, one: Decimal, other: Decimal) -> None:
    both = scheme(equal=EqualFormula.BOTH_WAYS)
    near, far = sorted((one, other), key=lambda value: abs(value - planned))
    assert _points(both, _row(Comparator.EQUAL, planned, near)) >= _points(
        both, _row(Comparator.EQUAL, planned, far)
    )
    control = {"method": "cost_control"}
    assert _points(both, _row(Comparator.AT_MOST, planned, near, **control)) >= _points(
        both, _row(Comparator.AT_MOST, planned, far, **control)
    )


@given(POSITIVE, POSITIVE, NUMBERS, NUMBERS)
def test_nearer_to_a_range_is_never_worse_on_either_side(first, second, one, other) -> None:
    lower, upper = sorted((first, second))
    more = {"planned_upper": upper}
    for low, high in (sorted((min(one, lower), min(other, lower))),):
        assert _points(SCHEME_10, _row(Comparator.EQUAL, lower, low, **more)) <= _points(
            SCHEME_10, _row(Comparator.EQUAL, lower, high, **more)
        )
    low, high = sorted((max(one, upper), max(other, upper)))
    assert _points(SCHEME_10, _row(Comparator.EQUAL, lower, low, **more)) >= _points(
        SCHEME_10, _row(Comparator.EQUAL, lower, high, **more)
    )


@given(SCHEME, st.integers(1, 10**12), st.integers(0, 2 * 10**12), st.integers(0, 2 * 10**12))
def test_spending_more_never_lowers_execution_score_or_total(by, budget, one, other) -> None:
    low, high = sorted((one, other))
    rows = [_row(Comparator.AT_LEAST, Decimal(10), Decimal(9), full_score=Decimal(90))]
    less = score_sheet(by, FundsInput(budget, low, fiscal_budget=budget, fiscal_spending=low), rows)
    more = score_sheet(by, FundsInput(budget, high, fiscal_budget=budget, fiscal_spending=high), rows)
    assert less.execution.score <= more.execution.score
    assert less.total <= more.total
    grades = [band.name for band in sorted(by.grades, key=lambda band: band.lower)]
    assert grades.index(less.grade) <= grades.index(more.grade)


@given(
    SCHEME,
    st.sampled_from([Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.EQUAL]),
    NUMBERS,
    NUMBERS,
    st.sampled_from(["", "cost_control", "pass_line"]),
    st.sampled_from([Decimal(10_000), Decimal("0.0001"), Decimal(1000)]),
)
def test_points_are_the_same_in_every_unit(by, sign, planned, actual, method, factor) -> None:
    one = _row(sign, planned, actual, method=method)
    other = _row(sign, planned * factor, actual * factor, method=method)
    assert _points(by, one) == _points(by, other)


@given(
    SCHEME,
    st.decimals(CENT, 100, places=2),
    st.decimals(0, 100, places=2),
    st.sampled_from(["", "satisfaction_steps", "satisfaction_per_five_points"]),
)
def test_points_are_the_same_for_percent_and_fraction(by, planned, actual, method) -> None:
    percent = _row(Comparator.AT_LEAST, planned, actual, method=method, measure_unit="%")
    fraction = _row(Comparator.AT_LEAST, planned / 100, actual / 100, method=method)
    permille = _row(Comparator.AT_LEAST, planned * 10, actual * 10, method=method, measure_unit="‰")
    assert _points(by, percent) == _points(by, fraction) == _points(by, permille)


@given(st.sampled_from(["≥", "≤", "="]), POSITIVE, POSITIVE)
def test_points_are_the_same_for_yuan_and_wan_yuan_as_written(sign, planned, actual) -> None:
    spellings = [
        (f"{planned}万元", f"{actual}万元"),
        (f"{planned * 10_000}元", f"{actual * 10_000}元"),
        (f"{planned}万元", f"{actual * 10_000}元"),
        (f"{planned * 10_000}元", f"{actual}万元"),
    ]
    rows = [
        READER.read(IndicatorCells("r1", comparator=sign, planned=p, actual=a, full_score="10"))
        for p, a in spellings
    ]
    assert len({_points(SCHEME_10, one) for one in rows}) == 1


@given(POSITIVE, POSITIVE)
def test_funds_are_the_same_in_yuan_and_wan_yuan(budget: Decimal, spending: Decimal) -> None:
    def execution(unit: AmountUnit, factor: int) -> Decimal:
        read = [parse_amount(str(amount * factor), unit) for amount in (budget, spending)]
        return score_sheet(SCHEME_10, FundsInput(*read, amount_unit=unit), []).execution.score

    assert execution(AmountUnit.WAN_YUAN, 1) == execution(AmountUnit.YUAN, 10_000)


@given(
    st.text(max_size=30), st.text(max_size=30), st.text(max_size=12), st.text(max_size=8), st.text(max_size=8)
)
def test_no_text_breaks_reading_scoring_or_telling(planned, actual, name, sign, unit) -> None:
    cells = IndicatorCells(
        "r1", name, planned=planned, actual=actual, comparator=sign, measure_unit=unit, full_score="10"
    )
    found = score_sheet(SCHEME_10, FundsInput(1, 1), [READER.read(cells)])
    assert 0 <= found.rows[0].score <= 10
    assert found.rows[0].explanation.text


@pytest.mark.parametrize("by", VARIANTS, ids=lambda by: by.scheme_id)
def test_the_quick_way_and_the_careful_way_agree(by: ScoreScheme) -> None:
    rows = [
        _row(sign, Decimal(planned), Decimal(actual), full_score=Decimal("7.5"))
        for sign in Comparator
        for planned in ("12", "0", "-2")
        for actual in ("11.20", "15", "0", "-3")
    ]
    quick = score_sheet(by, FundsInput(100, 86), rows)
    careful = score_sheet(by, FundsInput(100, 86), [*rows, replace(rows[0], full_score=None)])
    assert quick.total == careful.total
    assert [one.score for one in quick.rows] == [one.score for one in careful.rows[:-1]]


@given(st.lists(st.decimals(0, 2, places=2), min_size=1, max_size=5), st.decimals(0, 300, places=2))
def test_any_step_table_keeps_points_within_full_marks(shares: list[Decimal], actual: Decimal) -> None:
    steps = tuple(RuleStep(Decimal(100 - 20 * index), share) for index, share in enumerate(shares))
    own = ScoreRule("own", "本地规则", ScoreMethod.STEPS, basis=StepBasis.VALUE, steps=steps)
    assert (
        0
        <= _points(scheme(rules=(own,)), _row(Comparator.AT_LEAST, Decimal(100), actual, method="own"))
        <= 10
    )
