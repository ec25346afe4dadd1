"""A checked table as JSON: exactly the promised keys, and every figure in its spelling (docs/commands.md)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from forms.hand_filled.audit import audit
from forms.hand_filled.audit_basis import AuditBases
from forms.hand_filled.audit_json import audit_object, rate, score, yuan
from forms.hand_filled.stated import StatedTable
from resources.builtin_kits import builtin_kits
from tests.forms.hand_filled import published as real
from tests.forms.hand_filled.clean_table import CLEAN
from tests.forms.hand_filled.published import number

pytestmark = pytest.mark.wide

TOP = ["file", "sheet", "range", "form", "form_version", "unit_of_amount", "answers", "scores", "findings"]
ANSWERS = [
    "project_name", "supervising_department", "implementing_unit", "fiscal_year", "funds", "indicators",
    "stated_total",
]  # fmt: skip
FUND = [
    "source", "initial_budget", "annual_budget", "annual_spending", "full_score", "stated_rate", "stated_score",
]  # fmt: skip
INDICATOR = [
    "first_level", "second_level", "third_level", "planned_text", "comparator", "planned_value", "measure_unit",
    "actual_text", "actual_value", "full_score", "stated_score", "deviation_reason",
]  # fmt: skip
SCORES = [
    "execution", "indicators", "sum_of_full_scores", "sum_of_stated", "stated_total", "rule_total", "grade",
]  # fmt: skip
ROW = ["third_level", "full_score", "stated", "rule", "rule_name", "agrees"]
TABLES = [
    real.SERVICES, real.WATER_GAUGES, real.HOUSEHOLDS, real.INSURANCE, real.FISHING_BAN, real.SALARIES, real.MEDIA,
    real.CADRES, real.FOREST, real.SCHOOLS, real.HERITAGE, CLEAN,
]  # fmt: skip


def _object(table: StatedTable) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(audit_object(audit(table, AuditBases(builtin_kits(2026))))))
    return found


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.file))
def test_keys_are_those_promised(table: StatedTable) -> None:
    found = _object(table)
    monitors = table.form == "monitoring"
    assert list(found) == TOP
    assert list(found["answers"]) == ANSWERS
    for fund in found["answers"]["funds"]:
        assert list(fund) == FUND + (["spending_to_date"] if monitors else [])
    for row in found["answers"]["indicators"]:
        assert list(row) == INDICATOR + (["forecast_value", "likelihood"] if monitors else [])
    for finding in found["findings"]:
        assert list(finding) == ["code", "severity", "where", "message", "remedy"]
        assert re.fullmatch(r"C[1-9]\d*", finding["code"])
        assert finding["severity"] in ("blocking", "explain", "hint")
    if "self_evaluation" in table.form:
        assert list(found["scores"]) == SCORES
        assert list(found["scores"]["execution"]) == ["rate", "full_score", "stated", "rule"]
        assert len(found["scores"]["indicators"]) == len(found["answers"]["indicators"])
        assert all(list(row) == ROW for row in found["scores"]["indicators"])
    else:
        assert found["scores"] is None


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.file))
def test_places_point_into_the_answers(table: StatedTable) -> None:
    found = _object(table)
    for finding in found["findings"]:
        place = re.fullmatch(r"(\w+)(?:\[(\d+)\]\.(\w+))?", finding["where"])
        assert place, finding["where"]
        if place[2]:
            row = found["answers"][place[1]][int(place[2])]
            assert place[3] in row or place[3] == "reason", finding["where"]


def test_figures_are_spelled_as_promised() -> None:
    found = _object(real.INSURANCE)
    assert found["unit_of_amount"] == "万元"
    assert found["answers"]["funds"][0] == {
        "source": "total",
        "initial_budget": None,
        "annual_budget": "656600.00",
        "annual_spending": "650700.00",
        "full_score": "10.00",
        "stated_rate": "0.9900",
        "stated_score": "9.00",
    }
    assert found["scores"]["execution"] == {
        "rate": "0.9910",
        "full_score": "10.00",
        "stated": "9.00",
        "rule": "9.91",
    }
    first = found["scores"]["indicators"][0]
    assert (first["full_score"], first["stated"], first["rule"], first["agrees"]) == (
        "15.00",
        "13.00",
        "14.86",
        False,
    )
    assert "分值 × 实际完成值 ÷ 指标值" in first["rule_name"]
    tail = {key: found["scores"][key] for key in SCORES[2:]}
    assert tail == {
        "sum_of_full_scores": "100.00",
        "sum_of_stated": "93.00",
        "stated_total": "94.00",
        "rule_total": "99.77",
        "grade": "优",
    }
    assert found["answers"]["stated_total"] == "94.00"


def test_what_was_not_there_is_null() -> None:
    found = _object(real.FISHING_BAN)
    assert [row["rule"] for row in found["scores"]["indicators"]] == [None] * 4
    assert [row["agrees"] for row in found["scores"]["indicators"]] == [None] * 4
    assert found["scores"]["rule_total"] is None
    assert found["scores"]["sum_of_full_scores"] is None
    nothing = _object(replace(CLEAN, funds=()))
    assert nothing["scores"]["execution"]["rate"] is None
    assert nothing["scores"]["execution"]["rule"] is None


def test_amounts_are_in_yuan_whatever_the_table_prints() -> None:
    assert _object(real.CADRES)["answers"]["funds"][0]["annual_budget"] == "3309840.00"
    assert _object(real.CADRES)["unit_of_amount"] == "元"
    assert [yuan(None), yuan(5), yuan(-150)] == [None, "0.05", "-1.50"]


def test_points_finer_than_a_hundredth_stay_whole() -> None:
    assert [score(Decimal(text)) for text in ("22.5", "33.333", "0", "100")] == [
        "22.50",
        "33.333",
        "0.00",
        "100.00",
    ]
    assert [rate(Decimal(text)) for text in ("1", "0.99096", "0")] == ["1.0000", "0.9910", "0.0000"]
    assert number("9").value == 9


def test_a_monitoring_table_says_what_was_spent_and_what_is_likely() -> None:
    found = _object(real.HERITAGE)["answers"]
    assert found["funds"][0]["spending_to_date"] == "875700.00"
    assert found["indicators"][0]["likelihood"] == "确定能"
