"""What scores say: the formula with its numbers, the rule, what would change it; short and in Chinese."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from forms.scoring.inputs import IndicatorInput
from models.domain.score_rules import EqualFormula, ReverseFormula
from tests.forms.scoring.cases import SCHEME_10, read, row, scheme, scored, sheet

DIFFERENCE = scheme(reverse=ReverseFormula.DIFFERENCE)
BOTH_WAYS = scheme(equal=EqualFormula.BOTH_WAYS)


@pytest.mark.parametrize(
    ("one", "by", "formula", "change"),
    [
        (
            row("≥", "12", "11.20", measure_unit="公里"),
            SCHEME_10,
            "10 × 11.20 ÷ 12 = 9.33",
            "再完成 0.80 公里（达到 12 公里）可得满分",
        ),
        (row("≥", "12", "11.20"), SCHEME_10, "10 × 11.20 ÷ 12 = 9.33", "再完成 0.80（达到 12）可得满分"),
        (
            row("≥", "95", "86", measure_unit="%"),
            SCHEME_10,
            "10 × 86% ÷ 95% = 9.05",
            "再提高 9 个百分点（达到 95%）可得满分",
        ),
        (
            row("≥", "12", "13", measure_unit="公里"),
            SCHEME_10,
            "实际 13 公里，达到指标值 12 公里，得满分 10 分",
            "",
        ),
        (
            row("≥", "12", "0", measure_unit="公里"),
            SCHEME_10,
            "实际 0 公里，没有完成，得 0 分",
            "再完成 12 公里（达到 12 公里）可得满分",
        ),
        (
            row("≤", "10", "12", measure_unit="起"),
            SCHEME_10,
            "10 × 10 ÷ 12 = 8.33",
            "减少 2 起（不超过 10 起）可得满分",
        ),
        (
            row("≤", "10", "12", measure_unit="起"),
            DIFFERENCE,
            "10 ×（1 −（12 − 10）÷ 10）= 8.00",
            "减少 2 起（不超过 10 起）可得满分",
        ),
        (
            row("≤", "10", "25", measure_unit="起"),
            DIFFERENCE,
            "实际 25 起，超出指标值（10 起）一倍及以上，得 0 分",
            "减少 15 起（不超过 10 起）可得满分",
        ),
        (
            row("≤", "0", "1", measure_unit="起"),
            SCHEME_10,
            "指标值为 0，实际 1 起，得 0 分",
            "减少 1 起（不超过 0 起）可得满分",
        ),
        (
            row("=", "0", "1", measure_unit="起"),
            SCHEME_10,
            "指标值为 0，实际 1 起，得 0 分",
            "减少 1 起（降到 0 起）可得满分",
        ),
        (row("≤", "5", "4", measure_unit="%"), SCHEME_10, "实际 4%，不超过指标值 5%，得满分 10 分", ""),
        (
            row("=", "10", "12", measure_unit="个"),
            BOTH_WAYS,
            "10 ×（1 − 偏差 2 ÷ 10）= 8.00",
            "与指标值相差 2 个，一致时得满分",
        ),
        (
            row("≥", "-3", "-4", measure_unit="%"),
            SCHEME_10,
            "10 ×（1 −（（−3%） − （−4%））÷ 3%）= 6.67",
            "再提高 1 个百分点（达到 -3%）可得满分",
        ),
        (
            row("=", "10", "8", planned_upper=Decimal(20), measure_unit="个"),
            SCHEME_10,
            "10 × 8 ÷ 10 = 8.00",
            "再完成 2 个（达到 10 个）可得满分",
        ),
        (
            row("=", "10", "12", planned_upper=Decimal(20), measure_unit="个"),
            SCHEME_10,
            "实际 12 个，在 10 个 至 20 个 之间，得满分 10 分",
            "",
        ),
        (
            row("≥", "95", "85", measure_unit="%", method="satisfaction_steps"),
            SCHEME_10,
            "实际完成值 85%，达到 80%，10 × 80% = 8.00",
            "实际完成值达到 90% 可得 10.00 分",
        ),
        (
            row("≥", "95", "50", measure_unit="%", method="satisfaction_steps"),
            SCHEME_10,
            "实际完成值 50%，没有达到任何一档，得 0 分",
            "实际完成值达到 60% 可得 5.00 分",
        ),
        (
            row("≤", "100", "117", "5", measure_unit="万元", method="cost_control"),
            SCHEME_10,
            "偏差率 17%，不超过 20%，5 × 20% = 1.00",
            "偏差率控制在 15% 以内可得 3.00 分",
        ),
        (
            row("≥", "95", "80", measure_unit="%", method="satisfaction_per_five_points"),
            SCHEME_10,
            "实际 80%，低于 90%，10 ×（1 − 10% × 2 档）= 8.00",
            "达到 90% 可得满分",
        ),
        (
            row("≥", "95", "88", measure_unit="%", method="satisfaction_per_five_points"),
            SCHEME_10,
            "实际 88%，低于 90%，不够扣一档，得满分 10 分",
            "",
        ),
        (
            row("≥", "10", "5", method="pass_line"),
            SCHEME_10,
            "完成 50%，低于最低线 60%，得 0 分",
            "再完成 5（达到 10）可得满分",
        ),
        (
            row("qualitative", None, None, completion="部分达成"),
            SCHEME_10,
            "部分达成预期指标并具有一定效果：10 分的 80%（不含）至 60%，即 6.00 至 7.99 分，未另行评分，按 70% 计 7.00 分",
            "完成情况评为“达成预期指标”，可得 8.00 至 10.00 分",
        ),
        (
            row("qualitative", None, None, completion="达成", entered_score=Decimal(9)),
            SCHEME_10,
            "达成预期指标：10 分的 100% 至 80%，即 8.00 至 10.00 分，评定 9.00 分",
            "本档最多可评 10.00 分",
        ),
        (
            row("qualitative", None, None, completion="部分达成", entered_score=Decimal(9)),
            SCHEME_10,
            "部分达成预期指标并具有一定效果：10 分的 80%（不含）至 60%，即 6.00 至 7.99 分，评定 9 分超出范围，按 7.99 分计",
            "完成情况评为“达成预期指标”，可得 8.00 至 10.00 分",
        ),
        (
            row("qualitative", None, None, actual_text="否", method="yes_no"),
            SCHEME_10,
            "完成情况“否”，得 0 分",
            "完成后可得满分 10 分",
        ),
        (
            row("qualitative", None, None, method="entered", entered_score=Decimal(12)),
            SCHEME_10,
            "满分 10 分，评定 12 分超出范围，按 10.00 分计",
            "",
        ),
        (
            read("9月前", "7月"),
            SCHEME_10,
            "实际完成时间“7月”，不晚于“9月前”，得满分 10 分",
            "",
        ),
    ],
)
def test_formula_and_change(one: IndicatorInput, by, formula: str, change: str) -> None:
    told = scored(one, by).explanation
    assert (told.formula, told.change) == (formula, change)


def test_every_explanation_names_rule_and_clause() -> None:
    told = scored(row("≥", "12", "11.20", measure_unit="公里")).explanation
    assert told.rule == "正向指标，达到指标值得满分，未达到的按 分值 × 实际完成值 ÷ 指标值 计分"
    assert told.clause == "参照财预〔2020〕10号《项目支出绩效评价管理办法》"
    assert told.text == (
        "10 × 11.20 ÷ 12 = 9.33。规则：正向指标，达到指标值得满分，未达到的按 分值 × 实际完成值 ÷ 指标值 计分。"
        "依据：参照财预〔2020〕10号《项目支出绩效评价管理办法》。再完成 0.80 公里（达到 12 公里）可得满分。"
    )


def test_a_row_says_that_it_carries_points_of_others() -> None:
    found = sheet(row("≥", "10", "5", "50"), row("≥", "1", "1", "40", not_applicable_reason="无"))
    told = found.rows[0].explanation
    assert told.formula == "90.00 × 5 ÷ 10 = 45.00"
    assert told.notes == ("分值由 50 分调整为 90.00 分",)


def test_texts_are_chinese_without_codes() -> None:
    rows = [
        row(sign, planned, actual, method=method, measure_unit="%", completion=completion)
        for sign in ("≥", "≤", "=", "qualitative", "other")
        for planned in ("95", "0", "-3", None)
        for actual in ("85", "0", "300", None)
        for method in ("", "satisfaction_steps", "cost_control", "yes_no", "entered", "timeliness")
        for completion in ("", "部分达成")
    ]
    for one in sheet(*rows, by=DIFFERENCE).rows:
        told = one.explanation
        for text in (told.formula, told.rule, told.change, *told.notes):
            assert not re.search(r"[A-Za-z_]|None|Decimal", text), text
        assert told.formula
        assert told.rule
