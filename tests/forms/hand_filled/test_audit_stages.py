"""Target and monitoring tables audited (手工绩效目标表、监控表核对)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from forms.findings import Severity
from forms.hand_filled.stated import StatedTable
from models.domain.money import AmountUnit
from tests.forms.hand_filled.clean_table import KITS, E, W, audited
from tests.forms.hand_filled.published import CADRES, HERITAGE, fund, number, part, row


class TestTarget:
    def test_money_in_yuan_is_compared_in_yuan(self) -> None:
        funds = (
            fund("total", "预算数", None, "3309840", None),
            fund("fiscal_appropriation", "财政拨款", None, "3309840", None),
        )
        table = replace(CADRES, funds=funds, unit_of_amount=AmountUnit.YUAN)
        assert "C3" not in {f.code for f in audited(table).findings}

    def test_a_cost_above_the_money_asked_for(self) -> None:
        rows = (*CADRES.indicators, row("产出/成本指标", "报酬总成本", "≤500万元", full="0"))
        says = [f for f in audited(replace(CADRES, indicators=rows)).findings if f.code == "C19"]
        assert [f.place.path for f in says] == ["indicators[8].planned_value"]
        assert "多于预算" in says[0].message

    @pytest.mark.parametrize(
        ("total", "is_wrong"),
        [("10", False), ("20", True)],
        ids=["90", "100"],
    )
    def test_weights_of_a_usual_total(self, total: str, is_wrong: bool) -> None:
        rows = (*CADRES.indicators[:-1], replace(CADRES.indicators[-1], full_score=number(total)))
        kit_says = [f for f in audited(replace(CADRES, indicators=rows), KITS[1]).findings if f.code == "C20"]
        assert any(f.severity is E for f in kit_says) is is_wrong
        assert not [
            f
            for f in audited(replace(CADRES, indicators=rows)).findings
            if f.code == "C20" and f.severity is E
        ]

    def test_weights_of_no_usual_total(self) -> None:
        rows = (*CADRES.indicators[:-1], replace(CADRES.indicators[-1], full_score=number("7")))
        wrong = [
            f
            for f in audited(replace(CADRES, indicators=rows)).findings
            if f.code == "C20" and f.severity is E
        ]
        assert "合计 87 分，应为 90 分" in wrong[0].message

    def test_a_sub_row_needs_no_weight(self) -> None:
        rows = (*CADRES.indicators, part("女干部", "80人", ""))
        assert "C21" not in {f.code for f in audited(replace(CADRES, indicators=rows)).findings}


class TestMonitoring:
    @pytest.mark.parametrize(
        ("edit", "code", "severity", "path", "says"),
        [
            (lambda t: replace(t, period_month=None), "C24", E, "period_month", "没有读到截至几月"),
            (lambda t: _spent(t, 230_000_000), "C24", E, "funds[0].spending_to_date", "多于全年预算 220 万元"),
            (lambda t: _spent(t, -1), "C24", E, "funds[0].spending_to_date", "不能小于 0"),
            (lambda t: _row(t, likelihood="有可能"), "C25", E, "indicators[0].deviation_reason", "没有填偏差原因"),
            (lambda t: _row(t, deviation_reason="资金未到位"), "C25", W, "indicators[0].likelihood", "“确定能”"),
            (lambda t: _row(t, planned_text="≥12次", planned_value=Decimal(12), comparator="≥", forecast_text="10次",
                            forecast_value=Decimal(10)), "C26", W, "indicators[0].forecast_value", "达不到指标值"),
        ],
        ids=["month", "overspent", "negative", "doubt", "cause", "forecast"],
    )  # fmt: skip
    def test_what_is_wrong(
        self,
        edit: Callable[[StatedTable], StatedTable],
        code: str,
        severity: Severity,
        path: str,
        says: str,
    ) -> None:
        matching = [f for f in audited(edit(HERITAGE)).findings if (f.code, f.place.path) == (code, path)]
        assert any(f.severity is severity and says in f.sentence for f in matching)

    def test_money_in_step_with_results_is_left_alone(self) -> None:
        table = _row(
            _spent(HERITAGE, 110_000_000), planned_text="12次", planned_value=Decimal(12), actual_text="6次",
            actual_value=Decimal(6), comparator="≥", forecast_text="12次", forecast_value=Decimal(12),
        )  # fmt: skip
        assert [f.code for f in audited(table).findings if f.code != "C1"] == []
        behind = _row(table, actual_text="11次", actual_value=Decimal(11))
        assert any("比绩效目标完成进度 91.67%慢" in f.sentence for f in audited(behind).findings)


def _spent(table: StatedTable, fen: int) -> StatedTable:
    return replace(table, funds=(replace(table.funds[0], spending_to_date_fen=fen),))


def _row(table: StatedTable, **changes: Any) -> StatedTable:
    return replace(table, indicators=(replace(table.indicators[0], **changes), *table.indicators[1:]))
