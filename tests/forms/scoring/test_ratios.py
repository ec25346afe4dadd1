"""Rules by ratio: the examples of the trade, both reverse formulas, and every zero defined."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.scoring.marks import Outcome
from models.domain.indicator import Direction
from models.domain.score_rules import EqualFormula, ReverseFormula, ZeroTarget
from tests.forms.scoring.cases import SCHEME_10, row, scheme, scored

DIFFERENCE = scheme(reverse=ReverseFormula.DIFFERENCE)
BOTH_WAYS = scheme(equal=EqualFormula.BOTH_WAYS)
NONE_ALLOWED = scheme(zero_target=ZeroTarget.NONE_ALLOWED)


@pytest.mark.parametrize(
    ("sign", "planned", "actual", "full", "points"),
    [
        ("≥", "12", "11.20", "10", "9.33"),
        ("≥", "12", "12", "10", "10.00"),
        ("≥", "12", "300", "10", "10.00"),
        (">", "12", "12", "10", "10.00"),
        ("≥", "12", "0", "10", "0.00"),
        ("≥", "12", "-3", "10", "0.00"),
        ("≥", "98", "98", "20", "20.00"),
        ("≥", "8755", "8676", "15", "14.86"),
        ("≥", "3", "1", "22.5", "7.50"),
        ("≥", "8", "1.001", "1", "0.13"),
        ("≥", "8", "0.04", "1", "0.01"),
        ("≥", "16", "0.072", "1", "0.00"),
        ("=", "100", "95", "10", "9.50"),
        ("=", "100", "120", "10", "10.00"),
        ("≤", "10", "12", "10", "8.33"),
        ("≤", "10", "10", "10", "10.00"),
        ("<", "10", "10", "10", "10.00"),
        ("≤", "10", "0", "10", "10.00"),
        ("≤", "10", "-1", "10", "10.00"),
        ("≤", "10", "1000000", "10", "0.00"),
    ],
)
def test_points_by_sign(sign: str, planned: str, actual: str, full: str, points: str) -> None:
    assert str(scored(row(sign, planned, actual, full)).score) == points


@pytest.mark.parametrize(
    ("actual", "points"),
    [("10", "10.00"), ("12", "8.00"), ("19.99", "0.01"), ("20", "0.00"), ("200", "0.00")],
)
def test_the_other_reverse_formula_reaches_nothing_at_twice_the_planned_value(
    actual: str, points: str
) -> None:
    assert str(scored(row("≤", "10", actual), DIFFERENCE).score) == points


@pytest.mark.parametrize("by", [SCHEME_10, DIFFERENCE, BOTH_WAYS])
@pytest.mark.parametrize(
    ("sign", "actual", "points"),
    [
        ("=", "0", "10.00"),
        ("=", "1", "0.00"),
        ("≤", "0", "10.00"),
        ("≤", "0.01", "0.00"),
        ("<", "0", "10.00"),
        ("≥", "0", "10.00"),
        ("≥", "5", "10.00"),
        ("≥", "-5", "0.00"),
    ],
)
def test_a_planned_value_of_zero_is_defined(by, sign: str, actual: str, points: str) -> None:
    assert str(scored(row(sign, "0", actual), by).score) == points


def test_a_platform_that_admits_nothing_above_zero_can_be_followed() -> None:
    assert scored(row("≥", "0", "5"), NONE_ALLOWED).score == 0
    assert scored(row("≥", "0", "0"), NONE_ALLOWED).score == 10


@pytest.mark.parametrize(
    ("sign", "planned", "actual", "points"),
    [
        ("≥", "-3", "-3", "10.00"),
        ("≥", "-3", "1", "10.00"),
        ("≥", "-3", "-4", "6.67"),
        ("≥", "-3", "-6", "0.00"),
        ("≤", "-3", "-3.6", "10.00"),
        ("≤", "-3", "-2.4", "8.00"),
        ("≤", "-3", "0", "0.00"),
    ],
)
def test_planned_values_below_zero_measure_the_distance(
    sign: str, planned: str, actual: str, points: str
) -> None:
    assert str(scored(row(sign, planned, actual)).score) == points


@pytest.mark.parametrize(
    ("actual", "points"), [("10", "10.00"), ("12", "8.00"), ("8", "8.00"), ("0", "0.00"), ("20", "0.00")]
)
def test_equal_both_ways(actual: str, points: str) -> None:
    assert str(scored(row("=", "10", actual), BOTH_WAYS).score) == points


def test_the_direction_turns_an_equal_sign_but_not_another() -> None:
    reverse = {"direction": Direction.NEGATIVE}
    assert str(scored(row("=", "10", "12", **reverse)).score) == "8.33"
    assert str(scored(row("=", "10", "8", **reverse)).score) == "10.00"
    assert str(scored(row("≥", "10", "8", **reverse)).score) == "8.00"
    assert str(scored(row("≤", "10", "12", direction=Direction.POSITIVE)).score) == "8.33"


@pytest.mark.parametrize(
    ("actual", "points"),
    [("10", "10.00"), ("15", "10.00"), ("20", "10.00"), ("8", "8.00"), ("25", "8.00"), ("0", "0.00")],
)
def test_ranges_by_the_nearer_end(actual: str, points: str) -> None:
    assert str(scored(row("=", "10", actual, planned_upper=Decimal(20))).score) == points
    assert str(scored(row("=", "20", actual, planned_upper=Decimal(10))).score) == points


def test_a_range_takes_the_scheme_s_reverse_formula_above() -> None:
    assert str(scored(row("=", "10", "25", planned_upper=Decimal(20)), DIFFERENCE).score) == "7.50"


def test_below_the_pass_line_nothing_is_scored() -> None:
    strict = scheme(pass_share=Decimal("0.6"))
    assert str(scored(row("≥", "10", "6"), strict).score) == "6.00"
    assert scored(row("≥", "10", "5.99"), strict).score == 0
    assert scored(row("≥", "10", "5.99"), strict).outcome is Outcome.BELOW_PASS
    assert scored(row("≤", "10", "17"), strict).score == 0
    assert str(scored(row("≤", "10", "16"), strict).score) == "6.25"
    assert scored(row("=", "10", "15"), scheme(strict, equal=EqualFormula.BOTH_WAYS)).score == 0
    assert scored(row("≥", "10", "5", method="pass_line")).score == 0
    assert str(scored(row("≥", "10", "7", method="pass_line")).score) == "7.00"


@pytest.mark.parametrize(
    ("planned", "actual", "texts", "outcome"),
    [
        (None, "5", {}, Outcome.NO_PLANNED),
        ("5", None, {}, Outcome.NO_ACTUAL),
        (None, None, {}, Outcome.NO_PLANNED),
        (None, "5", {"planned_text": "若干"}, Outcome.UNREADABLE_PLANNED),
        ("5", None, {"actual_text": "不少"}, Outcome.UNREADABLE_ACTUAL),
    ],
)
@pytest.mark.parametrize("by", [SCHEME_10, DIFFERENCE, BOTH_WAYS])
@pytest.mark.parametrize("sign", ["≥", "≤", "="])
def test_missing_values_wait_and_count_nothing(by, sign, planned, actual, texts, outcome) -> None:
    found = scored(row(sign, planned, actual, **texts), by)
    assert (found.score, found.outcome, found.is_open) == (0, outcome, True)
    assert found.explanation.formula.endswith("暂按 0 分计")


def test_rows_without_points_are_no_part_of_the_total() -> None:
    found = scored(row("≥", "5", "1", None))
    assert (found.outcome, found.is_counted, found.lost) == (Outcome.NO_POINTS, False, 0)
    assert scored(row("≥", "5", "1", "0")).score == 0
    assert scored(row("≥", "5", "1", "-2")).explanation.notes == ("分值小于 0，不计分",)


def test_numbers_nobody_can_reckon_with_are_dropped_and_said_so() -> None:
    for wild in ("NaN", "Infinity", "1E+40", "1E-40"):
        found = scored(row("≥", "5", wild))
        assert found.outcome is Outcome.NO_ACTUAL
        assert found.explanation.notes == ("实际完成值超出可计算的范围，未采用",)
    assert str(scored(row("≥", "1E+20", "5E+19")).score) == "5.00"


@pytest.mark.parametrize(
    ("sign", "planned", "actual", "met"),
    [
        ("≥", "12", "12", True),
        ("≥", "12", "11.999", False),
        ("≤", "12", "12", True),
        ("≤", "12", "12.001", False),
        ("=", "0", "1", False),
        ("=", "0", "0", True),
        ("=", "12", "13", True),
    ],
)
def test_met_is_told_apart_from_rounded_to_full_marks(sign, planned, actual, met) -> None:
    assert scored(row(sign, planned, actual)).is_met is met


def test_decimals_of_the_scheme() -> None:
    assert str(scored(row("≥", "12", "11.20"), scheme(score_decimals=1)).score) == "9.3"
    assert str(scored(row("≥", "12", "11.20"), scheme(score_decimals=0)).score) == "9"
    assert str(scored(row("≥", "12", "12", "22.5"), scheme(score_decimals=0)).score) == "22.5"
    assert str(scored(row("≥", "12", "11.9999", "33.333")).score) == "33.33"
    assert str(scored(row("≥", "12", "11.9999", "33.336")).score) == "33.336"
