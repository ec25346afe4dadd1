"""Step tables and points off per step: satisfaction, cost control to both sides, ceilings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.scoring.marks import Outcome
from models.domain.kit import ScoreScheme
from models.domain.score_rules import RuleStep, ScoreMethod, ScoreRule, StepBasis
from tests.forms.scoring.cases import row, scheme, scored


def _with(**changes: object) -> ScoreScheme:
    """A scheme whose one rule is `own`."""
    values: dict = {"rule_id": "own", "name": "本地规则", "method": ScoreMethod.STEPS, **changes}
    return scheme(rules=(ScoreRule(**values),))


def _steps(*pairs: tuple[str, str | None]) -> tuple[RuleStep, ...]:
    return tuple(
        RuleStep(Decimal(bound), None if share is None else Decimal(share)) for bound, share in pairs
    )


@pytest.mark.parametrize(
    ("actual", "full", "points"),
    [
        ("95", "10", "10.00"),
        ("90", "10", "10.00"),
        ("89.99", "10", "8.00"),
        ("80", "10", "8.00"),
        ("79", "10", "5.00"),
        ("60", "10", "5.00"),
        ("59.9", "10", "0.00"),
        ("0", "10", "0.00"),
        ("85", "5", "4.00"),
    ],
)
def test_satisfaction_by_steps(actual: str, full: str, points: str) -> None:
    found = scored(row("≥", "95", actual, full, measure_unit="%", method="satisfaction_steps"))
    assert str(found.score) == points


def test_satisfaction_by_steps_is_not_the_same_as_met() -> None:
    found = scored(row("≥", "95", "92", measure_unit="%", method="satisfaction_steps"))
    assert (found.score, found.is_met) == (10, False)


@pytest.mark.parametrize("unit", ["", "%", "‰"])
def test_steps_do_not_depend_on_how_a_share_is_written(unit: str) -> None:
    factor = {"": Decimal(1), "%": Decimal(100), "‰": Decimal(1000)}[unit]
    one = row("≥", "1", str(Decimal("0.85") * factor), measure_unit=unit, method="satisfaction_steps")
    assert str(scored(one).score) == "8.00"


def test_a_level_takes_its_rule_unasked_unless_the_row_is_qualitative_or_names_another() -> None:
    steps = _steps(("0.9", "1"), ("0", "0.5"))
    by = _with(
        basis=StepBasis.VALUE, steps=steps, second_levels=("client_satisfaction", "服务对象满意度指标")
    )
    level = {"second_level": "client_satisfaction", "measure_unit": "%"}
    assert str(scored(row("≥", "95", "92", **level), by).score) == "10.00"
    assert (
        str(scored(row("≥", "95", "92", measure_unit="%", second_level="服务对象满意度指标"), by).score)
        == "10.00"
    )
    assert str(scored(row("≥", "95", "92", method="positive", **level), by).score) == "9.68"
    assert str(scored(row("≥", "95", "92", measure_unit="%"), by).score) == "9.68"
    assert scored(row("qualitative", None, None, actual_text="满意", **level), by).outcome is Outcome.TO_JUDGE


@pytest.mark.parametrize(
    ("actual", "points"),
    [
        ("90", "5.00"),
        ("110", "5.00"),
        ("100", "5.00"),
        ("88", "3.00"),
        ("115", "3.00"),
        ("80", "1.00"),
        ("120", "1.00"),
        ("79", "0.00"),
        ("121", "0.00"),
        ("0", "0.00"),
    ],
)
def test_cost_control_counts_deviation_to_both_sides(actual: str, points: str) -> None:
    found = scored(row("≤", "100", actual, "5", measure_unit="万元", method="cost_control"))
    assert str(found.score) == points


def test_only_what_is_too_much_can_count_too() -> None:
    by = _with(basis=StepBasis.EXCESS, steps=_steps(("0", "1"), ("0.1", "0.5")))
    assert [str(scored(row("≤", "100", a, method="own"), by).score) for a in ("50", "100", "110", "111")] == [
        "10.00",
        "10.00",
        "5.00",
        "0.00",
    ]


def test_steps_by_completion_with_a_step_by_proportion() -> None:
    by = _with(steps=_steps(("1", "1"), ("0.8", None), ("0.6", "0.5")), pass_share=Decimal("0.7"))
    points = [
        str(scored(row("≥", "100", a, method="own"), by).score)
        for a in ("120", "100", "85", "75", "65", "50")
    ]
    assert points == ["10.00", "10.00", "8.50", "5.00", "0.00", "0.00"]
    assert str(scored(row("≤", "80", "100", method="own"), by).score) == "8.00"


def test_steps_with_a_planned_value_of_zero() -> None:
    by = _with(basis=StepBasis.DEVIATION, steps=_steps(("0.1", "1"), ("1", "0.2")))
    assert str(scored(row("≤", "0", "0", method="own"), by).score) == "10.00"
    assert str(scored(row("≤", "0", "3", method="own"), by).score) == "2.00"
    completion = _with(steps=_steps(("1", "1")))
    assert str(scored(row("≤", "0", "0", method="own"), completion).score) == "10.00"
    assert str(scored(row("≤", "0", "3", method="own"), completion).score) == "0.00"


def test_shares_beyond_full_marks_are_held_within_them() -> None:
    by = _with(steps=_steps(("1", "1.5"), ("0.5", "-1")))
    assert str(scored(row("≥", "10", "10", method="own"), by).score) == "10.00"
    assert str(scored(row("≥", "10", "6", method="own"), by).score) == "0.00"


@pytest.mark.parametrize("basis", list(StepBasis))
def test_steps_wait_for_missing_values(basis: StepBasis) -> None:
    by = _with(basis=basis, steps=_steps(("0", "1")))
    assert scored(row("≥", "10", None, method="own"), by).outcome is Outcome.NO_ACTUAL
    without_planned = scored(row("≥", None, "10", method="own"), by)
    assert without_planned.is_open is (basis is not StepBasis.VALUE)


@pytest.mark.parametrize(
    ("actual", "points"),
    [
        ("90", "10.00"),
        ("89", "10.00"),
        ("85", "9.00"),
        ("80", "8.00"),
        ("41", "1.00"),
        ("40", "0.00"),
        ("0", "0.00"),
    ],
)
def test_satisfaction_loses_a_tenth_for_every_five_points(actual: str, points: str) -> None:
    found = scored(row("≥", "95", actual, measure_unit="%", method="satisfaction_per_five_points"))
    assert str(found.score) == points


def test_a_begun_step_may_count_in_full() -> None:
    by = _with(
        method=ScoreMethod.DEDUCTION,
        bound=Decimal("0.9"),
        step=Decimal("0.05"),
        share_per_step=Decimal("0.1"),
        counts_started=True,
    )
    points = [
        str(scored(row("≥", "90", a, measure_unit="%", method="own"), by).score)
        for a in ("90", "89", "85", "84.9")
    ]
    assert points == ["10.00", "9.00", "9.00", "8.00"]


def test_a_ceiling_from_the_planned_value() -> None:
    by = _with(
        method=ScoreMethod.DEDUCTION, step=Decimal("0.01"), share_per_step=Decimal("0.1"), is_ceiling=True
    )
    controlled = [
        str(scored(row("≤", "100", a, "1", measure_unit="%", method="own"), by).score)
        for a in ("92", "100", "103", "110", "200")
    ]
    assert controlled == ["1.00", "1.00", "0.70", "0.00", "0.00"]
    assert scored(row("≤", None, "92", method="own"), by).outcome is Outcome.NO_PLANNED


def test_a_rule_without_sense_takes_nothing_off_and_never_breaks() -> None:
    for changes in ({"step": Decimal(0)}, {"share_per_step": Decimal(-1)}, {"step": Decimal("1E-30")}):
        values = {"share_per_step": Decimal("1E-9"), **changes}
        by = _with(method=ScoreMethod.DEDUCTION, bound=Decimal(10), **values)
        assert 0 <= scored(row("≥", "10", "1", method="own"), by).score <= 10
