"""Budget execution: the adjusted budget, the printed rate, steps, and every empty or odd amount."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from forms.scoring.inputs import FundsInput
from forms.scoring.marks import Outcome
from models.domain.money import MAX_FEN, AmountUnit
from models.domain.score_rules import ExecutionRule, FundsBasis, RuleStep, ZeroBudget
from tests.forms.scoring.cases import SCHEME_10, SCHEMES, funds, row, scheme, sheet

STEPS = ExecutionRule(
    steps=(
        RuleStep(Decimal(1), Decimal(1)),
        RuleStep(Decimal("0.8")),
        RuleStep(Decimal("0.6"), Decimal("0.5")),
    )
)
ROW = row("≥", "10", "10", "90")


@pytest.mark.parametrize(
    ("budget", "spending", "score", "rate"),
    [
        ("100", "86", "8.60", "0.8600"),
        ("1000", "978", "9.78", "0.9780"),
        ("65.66", "65.07", "9.91", "0.9910"),
        ("90", "89.974", "10.00", "0.9997"),
        ("100", "76", "7.60", "0.7600"),
        ("100", "100", "10.00", "1.0000"),
        ("100", "130", "10.00", "1.3000"),
        ("100", "0", "0.00", "0.0000"),
        ("100", "-1", "0.00", "-0.0100"),
        ("3", "1", "3.33", "0.3333"),
    ],
)
def test_score_and_rate(budget: str, spending: str, score: str, rate: str) -> None:
    money = FundsInput(int(Decimal(budget) * 1_000_000), int(Decimal(spending) * 1_000_000))
    found = sheet(ROW, funds=money).execution
    assert (str(found.score), str(found.rate)) == (score, rate)


def test_the_adjusted_budget_counts_not_the_opening_one() -> None:
    money = FundsInput(annual_budget=132_912_000, annual_spending=132_912_000, initial_budget=202_640_000)
    assert str(sheet(ROW, funds=money).execution.score) == "10.00"


def test_twenty_points_on_fiscal_money_where_the_scheme_counts_so() -> None:
    hubei = SCHEMES["scheme_20_80"]
    assert hubei.execution.funds is FundsBasis.FISCAL_ONLY
    money = funds(200, 20, fiscal_budget=156_000_000, fiscal_spending=78_000_000)
    assert str(sheet(ROW, by=hubei, funds=money).execution.score) == "10.00"
    assert str(sheet(ROW, by=hubei, funds=funds(200, 20)).execution.score) == "2.00"
    assert str(sheet(ROW, by=SCHEME_10, funds=money).execution.score) == "1.00"


@pytest.mark.parametrize(
    ("spending", "score"),
    [(100, "10.00"), (90, "9.00"), (80, "8.00"), (79, "5.00"), (60, "5.00"), (59, "0.00")],
)
def test_steps(spending: int, score: str) -> None:
    found = sheet(ROW, by=scheme(execution=STEPS), funds=funds(100, spending))
    assert str(found.execution.score) == score


def test_steps_compare_with_the_rate_that_is_printed() -> None:
    almost = FundsInput(annual_budget=1_000_000, annual_spending=799_960)
    found = sheet(ROW, by=scheme(execution=STEPS), funds=almost)
    assert (str(found.execution.rate), str(found.execution.score)) == ("0.8000", "8.00")


@pytest.mark.parametrize(
    ("rule", "score", "outcome"),
    [
        (ZeroBudget.NO_POINTS, "0.00", Outcome.NOTHING),
        (ZeroBudget.FULL_POINTS, "10.00", Outcome.MET),
        (ZeroBudget.NOT_SCORED, "0.00", Outcome.NOT_APPLICABLE),
    ],
)
@pytest.mark.parametrize("spending", [0, 5, None])
def test_a_budget_of_zero(rule: ZeroBudget, score: str, outcome: Outcome, spending: int | None) -> None:
    by = scheme(execution=ExecutionRule(zero_budget=rule))
    found = sheet(ROW, by=by, funds=funds(0, spending))
    assert (str(found.execution.score), found.execution.outcome) == (score, outcome)
    assert found.execution.rate == 0
    assert found.execution.explanation.text


def test_a_budget_of_zero_may_leave_its_points_to_the_indicators() -> None:
    by = scheme(execution=ExecutionRule(zero_budget=ZeroBudget.NOT_SCORED))
    found = sheet(row("≥", "10", "10", "50"), row("≥", "10", "5", "40"), by=by, funds=funds(0, 0))
    assert [str(one.full_score) for one in found.rows] == ["55.56", "44.44"]
    assert (found.full_total, str(found.total)) == (100, "77.78")
    with_money = sheet(row("≥", "10", "10", "50"), row("≥", "10", "5", "40"), by=by, funds=funds(10, 10))
    assert str(with_money.total) == "80.00"


@pytest.mark.parametrize(
    ("money", "outcome"),
    [
        (funds(None, 5), Outcome.NO_PLANNED),
        (funds(None, None), Outcome.NO_PLANNED),
        (funds(5, None), Outcome.NO_ACTUAL),
        (funds(-5, 5), Outcome.NO_PLANNED),
        (FundsInput(MAX_FEN + 1, 5), Outcome.NO_PLANNED),
    ],
)
def test_missing_amounts_wait(money: FundsInput, outcome: Outcome) -> None:
    found = sheet(ROW, funds=money)
    assert (found.execution.score, found.execution.outcome) == (0, outcome)
    assert found.execution.is_open
    assert not found.is_complete


def test_a_scheme_without_execution_points() -> None:
    found = sheet(ROW, by=SCHEMES["scheme_70_30"], funds=funds(100, 50))
    assert (found.execution.score, found.execution.outcome) == (0, Outcome.NOT_APPLICABLE)
    assert str(found.execution.rate) == "0.5000"


@pytest.mark.parametrize(
    ("unit", "formula"),
    [
        (AmountUnit.WAN_YUAN, "10 × 65.07 ÷ 65.66 = 9.91（执行率 99.1%）"),
        (AmountUnit.YUAN, "10 × 650,700 ÷ 656,600 = 9.91（执行率 99.1%）"),
    ],
)
def test_the_explanation_puts_the_amounts_in(unit: AmountUnit, formula: str) -> None:
    told = sheet(ROW, funds=FundsInput(65_660_000, 65_070_000, amount_unit=unit)).execution.explanation
    assert told.formula == formula
    assert told.change == (
        "再执行 0.59 万元（全年执行数达到 65.66 万元），可得满分"
        if unit is AmountUnit.WAN_YUAN
        else "再执行 5,900 元（全年执行数达到 656,600 元），可得满分"
    )


def test_the_explanation_of_steps_names_the_step_and_the_next_one() -> None:
    by = scheme(execution=STEPS)
    told = sheet(ROW, by=by, funds=funds(100, 70)).execution.explanation
    assert told.formula == "执行率 70%，达到 60%，10 × 50% = 5.00"
    assert told.change == "再执行 10 万元（全年执行数达到 80 万元），执行率达到 80%，可得 8.00 分"
    none = sheet(ROW, by=by, funds=funds(100, 10)).execution.explanation
    assert none.formula == "执行率 10%，没有达到任何一档，10 × 0% = 0.00"
    assert none.change == "再执行 50 万元（全年执行数达到 60 万元），执行率达到 60%，可得 5.00 分"
    assert sheet(ROW, by=by, funds=funds(100, 100)).execution.explanation.change == ""


def test_every_explanation_of_execution_names_money_steps_and_the_kits_clause() -> None:
    plain = sheet(ROW, funds=funds(100, 70)).execution.explanation
    assert (plain.rule, plain.clause) == (
        "预算执行率 = 全年执行数 ÷ 全年预算数（调整后），得分不超过分值",
        SCHEME_10.clause,
    )
    own = scheme(execution=replace(STEPS, clause="本县办法第九条"))
    told = sheet(ROW, by=own, funds=funds(100, 70)).execution.explanation
    assert told.clause == "本县办法第九条"
    assert "分档：100% 及以上得分值的 100%，80% 及以上按比例计分，60% 及以上得分值的 50%" in told.rule
    fiscal = funds(100, 70, fiscal_budget=50_000_000, fiscal_spending=25_000_000)
    hubei = sheet(ROW, by=SCHEMES["scheme_20_80"], funds=fiscal).execution.explanation
    assert hubei.rule.startswith("预算执行率 = 财政拨款全年执行数 ÷ 财政拨款全年预算数（调整后）")
    assert hubei.formula == "20 × 25 ÷ 50 = 10.00（执行率 50%）"
