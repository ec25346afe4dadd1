"""Anything a table may state is checked without an error (离奇内容): random tables of every form, the same each time."""

from __future__ import annotations

import json
import random
from decimal import Decimal

import pytest

from forms.hand_filled.audit import audit
from forms.hand_filled.audit_basis import AuditBases
from forms.hand_filled.audit_json import audit_object
from forms.hand_filled.audit_together import together
from forms.hand_filled.stated import (
    StatedFund,
    StatedIndicator,
    StatedNumber,
    StatedSubtotal,
    StatedTable,
    StatedTask,
)
from models.domain.kit import ParameterKit
from resources.builtin_kits import builtin_kits

pytestmark = pytest.mark.wide

KITS = builtin_kits(2026)
FORMS = (
    "self_evaluation", "overall_expenditure_self_evaluation", "monitoring", "overall_expenditure_monitoring",
    "performance_target", "overall_expenditure_target", "ex_ante_evaluation",
)  # fmt: skip
TEXTS = (
    "", "—", "/", "无", "≥", "≥266米", "95%以上", "100百分比", "12.5", "0", "-3", "1e9", "９５％", "2023年底", "9月前", "达成预期指标",
    "效果明显", "854万(其中中央500万)", "不超预算", "1.5.6", "10—20个", "字" * 300, "\u0000", "NaN", "∞", "人" * 3 + "230人",
)  # fmt: skip
LEVELS = (
    "",
    "产出指标",
    "产出指标（50分）",
    "成本指标",
    "★效益指标",
    "满意度指标",
    "履职",
    "数量指标",
    "其他",
)
SIGNS = (None, "≥", "≤", "=", ">", "<", "qualitative", "other")
NUMBERS = ("", "0", "10", "9.55", "-5", "1000000000000000000000000", "0.0000001", "33.333")


def _number(chance: random.Random) -> StatedNumber:
    text = chance.choice((*NUMBERS, "—", "99%"))
    value = Decimal(text) if text in NUMBERS and text else None
    return StatedNumber(text, Decimal("0.99") if text == "99%" else value)


def _fen(chance: random.Random) -> int | None:
    return chance.choice((None, 0, -1, 1, 10**6, 7 * 10**7, 10**16))


def _fund(chance: random.Random) -> StatedFund:
    source = chance.choice(("total", "fiscal_appropriation", "carryover", "other", "detail"))
    numbers = (_number(chance), _number(chance), _number(chance))
    fund = StatedFund(source, chance.choice(TEXTS), _fen(chance), _fen(chance), _fen(chance), *numbers)
    return StatedFund(
        fund.source,
        fund.label,
        fund.initial_budget_fen,
        fund.annual_budget_fen,
        fund.annual_spending_fen,
        *numbers,
        reason=chance.choice(TEXTS),
        spending_to_date_fen=_fen(chance),
    )


def _value(chance: random.Random) -> Decimal | None:
    text = chance.choice(NUMBERS)
    return Decimal(text) if text else None


def _row(chance: random.Random) -> StatedIndicator:
    return StatedIndicator(
        first_level=chance.choice(LEVELS),
        second_level=chance.choice(LEVELS),
        third_level=chance.choice(TEXTS),
        planned_text=chance.choice(TEXTS),
        comparator=chance.choice(SIGNS),
        planned_value=_value(chance),
        measure_unit=chance.choice(("", "%", "个", "万元", "怪单位")),
        actual_text=chance.choice(TEXTS),
        actual_value=_value(chance),
        full_score=_number(chance),
        stated_score=_number(chance),
        deviation_reason=chance.choice(TEXTS),
        forecast_text=chance.choice(TEXTS),
        forecast_value=_value(chance),
        likelihood=chance.choice(("", "确定能", "有可能", "完全不可能", "不知道")),
        direction=chance.choice(("", "positive", "negative")),
        is_sub_row=chance.random() < 0.1,
        planned_upper=_value(chance),
    )


def _table(chance: random.Random) -> StatedTable:
    return StatedTable(
        file="x.xlsx",
        form=chance.choice(FORMS),
        project_name=chance.choice(TEXTS),
        project_code=chance.choice(TEXTS),
        implementing_unit=chance.choice(TEXTS),
        fiscal_year=chance.choice((None, 1900, 2025)),
        period_month=chance.choice((None, 1, 7, 12)),
        funds=tuple(_fund(chance) for _ in range(chance.randint(0, 4))),
        targets=(chance.choice(TEXTS), chance.choice(TEXTS)),
        indicators=tuple(_row(chance) for _ in range(chance.randint(0, 6))),
        subtotals=(StatedSubtotal(chance.choice(LEVELS), Decimal(10)),),
        stated_total=_number(chance),
        stated_grade=chance.choice(("", "优", "一般")),
        tasks=tuple(StatedTask(chance.choice(TEXTS), "", _fen(chance), _fen(chance)) for _ in range(2)),
    )


@pytest.mark.parametrize("kit", [None, *KITS], ids=["default", "10", "101"])
def test_never_an_error_and_always_whole_json(kit: ParameterKit | None) -> None:
    chance, bases = random.Random(11), AuditBases(KITS, kit)
    audits = []
    for _number_of_table in range(100):
        done = audit(_table(chance), bases)
        audits.append(done)
        found = json.loads(json.dumps(audit_object(done)))
        assert len(found["answers"]["indicators"]) == len(done.table.indicators)
        for finding in done.findings:
            assert finding.message
            assert finding.remedy
            assert finding.code.startswith("C")
        if done.scores is None:
            continue
        for line in done.scores.lines:
            assert line.rule is None or 0 <= line.rule <= line.score.full_score
    together(audits)
