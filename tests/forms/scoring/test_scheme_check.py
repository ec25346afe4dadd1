"""Faults of a scheme: every one found in its own example, none in the schemes that are shipped."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from forms.scoring.scheme_check import scheme_faults
from models.domain.kit import GradeBand
from models.domain.score_rules import (
    DeviationDeduction,
    EnteredItem,
    ExecutionRule,
    OverAchievement,
    OverAction,
    RuleStep,
    ScoreMethod,
    ScoreRule,
    TotalCap,
)
from tests.forms.scoring.cases import KIT_10, KIT_101, SCHEME_10, SCHEMES, scheme


def _rule(**changes: Any) -> tuple[ScoreRule, ...]:
    return (ScoreRule(**{"rule_id": "own", "name": "本地规则", "method": ScoreMethod.STEPS, **changes}),)


def _step(bound: str, share: str | None = "1") -> RuleStep:
    return RuleStep(Decimal(bound), None if share is None else Decimal(share))


TOP, PARTLY, NOT = SCHEME_10.bands


@pytest.mark.parametrize(
    "shipped", [*SCHEMES.values(), *KIT_10.schemes, *KIT_101.schemes], ids=lambda s: s.scheme_id
)
def test_shipped_schemes_are_sound(shipped) -> None:
    assert scheme_faults(shipped) == []
    assert shipped.full_total == 100


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"execution_score": Decimal(-1)}, "分值不能小于 0"),
        ({"score_decimals": 9}, "小数位数"),
        ({"first_level_weights": ({"output": Decimal(60)},)}, "合计 60 分"),
        ({"entered_items": (EnteredItem("a", "甲", Decimal(1)),) * 2}, "录入项的编号重复"),
        ({"grades": (GradeBand("优", Decimal(90)),)}, "低于 90 分的没有等级"),
        ({"grades": (GradeBand("优", Decimal(0)), GradeBand("良", Decimal(0)))}, "分数线相同"),
        ({"bands": (TOP, PARTLY)}, "从 100% 排到 0"),
        ({"bands": (TOP, replace(PARTLY, upper=Decimal("0.7")), NOT)}, "不相接"),
        ({"bands": (TOP, replace(PARTLY, default_share=Decimal("0.9")), NOT)}, "默认得分"),
        ({"bands": (TOP, replace(PARTLY, words=()), NOT)}, "没有写明用词"),
        ({"rules": _rule(steps=(_step("1"),)) * 2}, "编号重复"),
        ({"rules": _rule()}, "没有分档"),
        ({"rules": _rule(steps=(_step("0.5"), _step("0.9")))}, "从最好的一档"),
        ({"rules": _rule(steps=(_step("0.9", "0.5"), _step("0.5", "0.8")))}, "逐档降低"),
        ({"rules": _rule(steps=(_step("0.9", "1.5"),))}, "0 到 100% 之间"),
        ({"rules": _rule(method=ScoreMethod.POSITIVE, pass_share=Decimal(2))}, "最低线"),
        ({"rules": _rule(method=ScoreMethod.DEDUCTION, step=Decimal(0))}, "大于 0"),
        ({"rules": _rule(method=ScoreMethod.YES_NO, words=("是",))}, "用词"),
        ({"execution": ExecutionRule(steps=(_step("0.5"), _step("1")))}, "预算执行率分档"),
        ({"caps": (TotalCap(Decimal(80), Decimal(89)),)}, "不合理"),
        ({"caps": (TotalCap(Decimal("0.8"), Decimal(60)), TotalCap(Decimal("0.5"), Decimal(70)))}, "应越低"),
        ({"over_achievement": OverAchievement(Decimal("0.3"), OverAction.DEDUCT)}, "起扣线"),
        (
            {"over_achievement": OverAchievement(Decimal("0.3"), OverAction.DEDUCT, (_step("0.1", "0.1"),))},
            "起扣线",
        ),
        (
            {
                "over_achievement": OverAchievement(
                    Decimal("0.3"), OverAction.DEDUCT, (_step("0.3", "0.5"), _step("0.5", "0.1"))
                )
            },
            "逐档提高",
        ),
        ({"deviation": DeviationDeduction(Decimal(0), Decimal(2))}, "偏离扣分"),
    ],
)
def test_a_fault_is_told(changes: dict[str, Any], fault: str) -> None:
    assert any(fault in told for told in scheme_faults(scheme(**changes))), scheme_faults(scheme(**changes))
