"""Whether an ex-ante evaluation is needed: the rules of two places, condition by condition, with their sentences."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from forms.ex_ante_rule import ExAnteDecision, ExAnteFacts, needs_ex_ante
from models.domain.ex_ante_rule import ExAnteRule, rule_in_force
from models.domain.kit_json import record_from_json
from models.domain.money import AmountUnit
from tests.forms.ex_ante_cases import SHANGYOU, XIGONG

WAN = 1_000_000


def asked(rule: ExAnteRule = SHANGYOU, **facts: object) -> ExAnteDecision:
    return needs_ex_ante(rule, ExAnteFacts(**{"budget_year": 2027, **facts}))  # type: ignore[arg-type]


def test_more_than_twenty_is_more_than_twenty() -> None:
    over = asked(XIGONG, amount_fen=85 * WAN)
    assert over.is_needed
    assert over.sentence == "预算 85 万元，超过 20 万元，需要报送财政支出事前论证报告"
    exactly = asked(XIGONG, amount_fen=20 * WAN)
    assert exactly.is_needed is False
    assert exactly.sentence == "预算 20 万元，没有超过 20 万元，不需要报送财政支出事前论证报告"
    assert asked(XIGONG, amount_fen=20 * WAN + 1).is_needed
    unknown = asked(XIGONG)
    assert unknown.is_needed is None
    assert unknown.sentence == "还没有预算数，暂时不能判断是否需要报送财政支出事前论证报告"


@pytest.mark.parametrize(
    ("facts", "needed", "words"),
    [
        ({"attribute": "new", "amount_fen": 400 * WAN}, True, "预算 400 万元，达到 400 万元的标准"),
        ({"attribute": "new", "amount_fen": 400 * WAN - 1}, False, "没有达到 400 万元"),
        (
            {"attribute": "continuing", "amount_fen": 130 * WAN, "last_year_fen": 100 * WAN},
            True,
            "预算 130 万元，比上年增加 30 万元（30%），达到 30%的标准",
        ),
        (
            {"attribute": "continuing", "amount_fen": 130 * WAN - 1, "last_year_fen": 100 * WAN},
            False,
            "没有达到 30%或400 万元",
        ),
        (
            {"attribute": "continuing", "amount_fen": 2400 * WAN, "last_year_fen": 2000 * WAN},
            True,
            "比上年增加 400 万元（20%），达到 400 万元的标准",
        ),
        (
            {"attribute": "continuing", "amount_fen": 900 * WAN, "last_year_fen": 900 * WAN},
            False,
            "没有比上年增加",
        ),
        (
            {"attribute": "continuing", "amount_fen": 500 * WAN, "last_year_fen": 0},
            True,
            "比上年增加 500 万元，达到 400 万元的标准",
        ),
        (
            {"attribute": "continuing", "amount_fen": 900 * WAN, "period_to": 2027},
            None,
            "还不知道上年预算数",
        ),
        (
            {"attribute": "new", "amount_fen": 10 * WAN, "period_from": 2027, "period_to": 2029},
            True,
            "2027 年到 2029 年还要执行 3 年，达到 3 年，需要报送",
        ),
        (
            {"attribute": "new", "amount_fen": 10 * WAN, "period_from": 2025, "period_to": 2028},
            False,
            "还要执行 2 年，没有达到 3 年",
        ),
        ({"amount_fen": 500 * WAN}, None, "还不知道是新增项目还是延续项目"),
    ],
)
def test_shangyou(facts: dict[str, object], needed: bool | None, words: str) -> None:
    given = {"period_from": 2027, "period_to": 2027, **facts}
    decision = asked(**given)
    assert decision.is_needed is needed, decision.sentence
    assert words in decision.sentence


def test_one_condition_met_is_enough_whatever_is_unknown() -> None:
    decision = asked(attribute="continuing", amount_fen=None, period_to=2031)
    assert decision.is_needed
    assert decision.ground is not None
    assert decision.ground.kind == "years"


def test_amounts_are_told_in_the_forms_unit() -> None:
    facts = ExAnteFacts(2027, 85 * WAN)
    assert "850,000 元，超过 200,000 元" in needs_ex_ante(XIGONG, facts, AmountUnit.YUAN).sentence


def test_more_never_asks_for_less() -> None:
    """Whoever needs one at an amount needs one at any larger amount."""
    for last in (0, 50 * WAN, 300 * WAN, None):
        answers = [
            asked(
                attribute="continuing", amount_fen=amount * WAN, last_year_fen=last, period_to=2027
            ).is_needed
            for amount in range(0, 1200, 25)
        ]
        assert answers == sorted(answers, key=lambda one: one is True)


def test_old_kits_keep_their_scope() -> None:
    old = record_from_json(ExAnteRule, {"amount_fen": 5, "inclusive": True}, "事前绩效评估范围")
    assert (old.attributes, old.growth_share, old.years, old.exemptions) == ((), None, None, ())
    scoped = rule_in_force(old, {"C22": {"project_attributes": ["new"]}})
    assert scoped is not None
    assert scoped.attributes == ("new",)
    assert rule_in_force(
        replace(old, attributes=("continuing",)), {"C22": {"project_attributes": ["new"]}}
    ) == (replace(old, attributes=("continuing",)))
    assert rule_in_force(None, {}) is None
    assert rule_in_force(old, {"C22": "x"}) == old


def test_growth_above_the_bound_only() -> None:
    rule = ExAnteRule(
        1, inclusive=True, attributes=("new",), growth_share=Decimal("0.3"), growth_inclusive=False
    )
    at = asked(rule, attribute="continuing", amount_fen=130, last_year_fen=100)
    above = asked(rule, attribute="continuing", amount_fen=131, last_year_fen=100)
    assert (at.is_needed, above.is_needed) == (False, True)
