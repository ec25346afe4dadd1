"""Checks of hand-filled tables one by one (手工表校验): a failing and a passing table for each number."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from forms.findings import Severity
from forms.hand_filled.audit import cells_of
from forms.hand_filled.stated import StatedSubtotal, StatedTable, Unread
from tests.forms.hand_filled.clean_table import (
    BASES,
    CLEAN,
    KITS,
    E,
    H,
    W,
    audited,
    changed,
    found,
    paid,
    scored,
)
from tests.forms.hand_filled.published import HERITAGE, fund, number, row

pytestmark = pytest.mark.wide

FAILING: list[tuple[str, str, StatedTable, Severity, str, str]] = [
    ("C1", "no project name", replace(CLEAN, project_name=""), W, "project_name", "没有读到"),
    ("C1", "no year", replace(CLEAN, fiscal_year=None), W, "fiscal_year", "没有读到"),
    ("C1", "no unit at all", replace(CLEAN, supervising_department="", implementing_unit=""), W,
     "implementing_unit", "没有读到"),
    ("C3", "sources short", paid(2, annual_budget_fen=9_000_000), E, "funds[0].annual_budget",
     "填的是 80 万元，其中：当年财政拨款 70 万元 ＋ 其他资金 9 万元，合计 79 万元"),
    ("C3", "negative", paid(2, initial_budget_fen=-1), E, "funds[2].initial_budget", "不能小于 0"),
    ("C6", "prompt left standing", replace(CLEAN, targets=("对照年度目标填写（100字以内）", "")), W,
     "annual_target", "像是表格自带的填写提示"),
    ("C10", "score without completion", changed(0, actual_text="—", actual_value=None), E,
     "indicators[0].actual_text", "还没有填写实际完成值，却得了 20 分"),
    ("C21", "score without points", changed(2, full_score=number("")), E, "indicators[2].full_score",
     "空着，却得了 15 分"),
    ("C21", "values without points", replace(CLEAN, indicators=(*CLEAN.indicators, row("效益/社会效益指标", "带动就业",
     "≥3人", "3人"))), W, "indicators[8].full_score", "没有分值和得分"),
    ("C10", "a bare name", replace(CLEAN, indicators=(*CLEAN.indicators, row("效益/社会效益指标", "带动就业"))), W,
     "indicators[8].planned_text", "只有名称"),
    ("C30", "wrong rate", paid(stated_rate=number("99.50%", is_rate=True)), E, "funds[0].stated_rate",
     "填的是“99.50%”，全年执行数 76.40 万元 ÷ 全年预算数 80 万元 = 95.5%"),
    ("C30", "rate by opening budget",
     paid(initial_budget_fen=100_000_000, stated_rate=number("76.40%", is_rate=True)), E,
     "funds[0].stated_rate", "像是除以了年初预算数"),
    ("C30", "source row", paid(1, stated_rate=number("80%", is_rate=True)), E, "funds[1].stated_rate", "94.86%"),
    ("C30", "overspent", paid(annual_spending_fen=90_000_000), E, "funds[0].annual_spending",
     "全年执行数 90 万元，多于全年预算数 80 万元"),
    ("C31", "cut to a whole number", paid(stated_score=number("9")), E, "funds[0].stated_score",
     "填的是 9 分，按规则应得 9.55 分"),
    ("C31", "above the points", paid(stated_score=number("12")), E, "funds[0].stated_score",
     "超过分值 10 分"),
    ("C31", "blank", paid(stated_score=number("")), E, "funds[0].stated_score", "按规则应得 9.55 分"),
    ("C32", "above the points", scored(0, "22"), E, "indicators[0].stated_score", "超过分值 20 分"),
    ("C32", "below nought", scored(0, "-1"), E, "indicators[0].stated_score", "小于 0"),
    ("C33", "too few", scored(7, "8"), W, "indicators[7].stated_score",
     "按规则应得 9.61 分（10 × 86.5% ÷ 90% = 9.61）"),
    ("C33", "too many", scored(7, "9.9"), W, "indicators[7].stated_score", "填的是 9.9 分"),
    ("C33", "outside the grade's range", scored(6, "11"), W, "indicators[6].stated_score",
     "按规则应得 12.00 至 15.00 分"),
    ("C34", "total", replace(CLEAN, stated_total=number("99.16")), E, "stated_total", "相差 1 分"),
    ("C34", "total of the indicators alone", replace(CLEAN, stated_total=number("88.61")), E, "stated_total",
     "相差 9.55 分，像是没有加预算执行率的得分"),
    ("C34", "points", replace(changed(0, full_score=number("30"), stated_score=number("30")),
                              stated_total=number("108.16"), subtotals=()), E, "indicators",
     "各行分值加起来是 110 分（其中预算执行率 10 分），应为 100 分，多了 10 分"),
    ("C34", "heading", replace(CLEAN, subtotals=(StatedSubtotal("产出指标（45分）", Decimal(45)),)), E,
     "indicators[0].first_level", "标明 45 分，下面各行加起来是 50 分"),
    ("C34", "grade", replace(CLEAN, stated_grade="良"), E, "stated_total",
     "填的是“良”，总分 98.16 分应为“优”"),
    ("C34", "copied sign", changed(2, actual_text="≥85%"), E, "indicators[2].actual_text",
     "“≥85%”带着符号“≥”"),
    ("C35", "no reason", changed(7, deviation_reason=""), E, "indicators[7].deviation_reason",
     "指标值“≥90%”，实际完成“86.5%”，没有达到，没有说明原因"),
    ("C35", "filler", changed(7, deviation_reason="无"), W, "indicators[7].deviation_reason", "只写了“无”"),
    ("C35", "too short", changed(7, deviation_reason="天气原因"), W, "indicators[7].deviation_reason",
     "不少于 8 个字"),
    ("C35", "points lost though met", scored(0, "18"), W, "indicators[0].deviation_reason",
     "比分值 20 分少，没有说明原因"),
    ("C35", "judged lower without a word", changed(6, deviation_reason=""), W, "indicators[6].deviation_reason",
     "得分 14 分，比分值 15 分少，没有说明原因"),
    ("C36", "low rate", paid(annual_spending_fen=64_000_000, stated_rate=number("80%", is_rate=True),
                             stated_score=number("8")), W, "funds[0].reason", "执行率 80%，低于 90%"),
    ("C36", "low rate, reason column there",
     paid(annual_spending_fen=64_000_000, stated_rate=number("80%", is_rate=True), stated_score=number("8"),
          reason="未达到90%的需说明原因"), E, "funds[0].reason", "没有说明原因"),
    ("C36", "adjusted", paid(initial_budget_fen=100_000_000), W, "funds[0].reason", "年中调整了 20%"),
    ("C37", "far over", changed(0, actual_text="20公里", actual_value=Decimal(20)), W,
     "indicators[0].deviation_reason", "超出 66.67%，没有说明"),
    ("C37", "target admitted low", changed(0, deviation_reason="年初目标值偏低，实际需求较大"), W,
     "indicators[0].deviation_reason", "仍得满分 20 分"),
    ("C38", "words copied", changed(6, actual_text="制度健全"), W, "indicators[6].actual_text", "一字不差"),
    ("C40", "another unit", changed(0, actual_text="12.4万元"), W, "indicators[0].actual_text",
     "单位是“万元”，指标值“≥12公里”的单位是“公里”"),
    ("C40", "ten thousand times", changed(5, actual_text="87000000", actual_value=Decimal(87_000_000)), W,
     "indicators[5].actual_text", "相差 10000 倍以上"),
    ("C40", "people in 个", changed(5, third_level="受益人数", planned_text="≥8600个", measure_unit="个",
                                   actual_text="8700个"), W, "indicators[5].measure_unit",
     "名称是“受益人数”，单位却是“个”"),
    ("C41", "nothing spent", paid(annual_spending_fen=0, stated_rate=number("0%", is_rate=True),
                                  stated_score=number("0")), W, "funds[0].annual_spending", "一分钱也没有执行"),
    ("C41", "nothing done", replace(
        paid(annual_spending_fen=80_000_000, stated_rate=number("100%", is_rate=True), stated_score=number("10")),
        indicators=(row("产出/数量指标", "养护里程", "≥12公里", "0", "90", "0", "因征地没有开工，明年继续实施"),)),
     W, "funds[0].annual_spending", "资金已全部执行，却有指标一点也没有完成：“养护里程”0"),
    ("C55", "not read", replace(CLEAN, unread=(Unread("D6", "八十万", "看不懂金额", "请填数字"),)), W, "D6",
     "“八十万”看不懂金额"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "table", "severity", "path", "says"),
    [(code, *rest) for code, _name, *rest in FAILING],
    ids=[f"{code} {name}" for code, name, *_rest in FAILING],
)
def test_what_is_wrong_is_found(
    code: str, table: StatedTable, severity: Severity, path: str, says: str
) -> None:
    matching = [f for f in audited(table).findings if f.code == code and f.place.path == path]
    assert matching, [(f.code, f.place.path, f.sentence) for f in audited(table).findings]
    assert any(f.severity is severity and says in f.sentence for f in matching), [
        f.sentence for f in matching
    ]
    assert all(f.remedy for f in matching)


def test_a_table_without_faults_is_left_alone() -> None:
    assert audited(CLEAN).findings == ()


def test_every_indicator_exactly_at_its_target() -> None:
    rows = tuple(
        row("产出/数量指标", f"指标{letter}", f"≥{value}公里", f"{value}公里", "15", "15")
        for letter, value in zip("甲乙丙丁戊己", range(11, 17), strict=True)
    )
    table = replace(CLEAN, indicators=rows, subtotals=(), stated_total=number("99.55"))
    assert [(f.code, f.place.path) for f in found(table)] == [("C39", "indicators")]
    assert not found(replace(table, indicators=(*rows[:5], replace(rows[5], actual_text="17公里"))))


PRINTED: list[tuple[str, StatedTable]] = [
    ("rate without decimals", paid(stated_rate=number("96%", is_rate=True))),
    ("rate rounded down", paid(stated_rate=number("95%", is_rate=True))),
    ("rate without the percent sign", paid(stated_rate=number("95.5", is_rate=True))),
    ("rate as a share", paid(stated_rate=number("0.955", is_rate=True))),
    ("score of one decimal", replace(paid(stated_score=number("9.6")), stated_total=number("98.21"))),
    ("score rounded down", replace(paid(stated_score=number("9.5")), stated_total=number("98.11"))),
    ("row of one decimal", scored(7, "9.6")),
    ("row rounded down", scored(7, "9")),
    ("within the grade's range", scored(6, "12")),
    ("over-achieved with a reason",
     changed(0, actual_text="20公里", actual_value=Decimal(20), deviation_reason="上级追加了养护任务，里程增加")),
    ("reverse without a sign",
     changed(4, third_level="公用经费控制率", planned_text="100%", comparator=None, planned_value=Decimal(100),
             measure_unit="%", actual_text="92%", actual_value=Decimal(92))),
    ("a completion in another unit of the same kind", changed(0, actual_text="12400米")),
    ("values in the rows below", changed(0, planned_text="", planned_value=None, comparator=None, actual_text="",
                                         actual_value=None)),
    ("nothing allowed, nothing happened", changed(5, third_level="安全事故起数", planned_text="0起", comparator="=",
        planned_value=Decimal(0), measure_unit="起", actual_text="0起", actual_value=Decimal(0))),
    ("seventy of a hundred, the rest scored elsewhere", replace(
        changed(0, full_score=number("10"), stated_score=number("10")),
        indicators=(replace(CLEAN.indicators[0], full_score=number("10"), stated_score=number("10")),
                    *CLEAN.indicators[1:6], replace(CLEAN.indicators[6], full_score=number("5"),
                    stated_score=number("5")), CLEAN.indicators[7]),
        funds=tuple(replace(one, full_score=number(""), stated_score=number("")) for one in CLEAN.funds),
        subtotals=(), stated_total=number("98.5"))),
    ("no grade written", replace(CLEAN, stated_grade="")),
    ("a grade this kit has no name for", replace(CLEAN, stated_grade="合格")),
    ("a source broken down", replace(CLEAN, funds=(*CLEAN.funds, fund("detail", "省级资金", "40", "40", "38")))),
    ("small adjustment", replace(paid(initial_budget_fen=76_000_000), funds=(
        replace(CLEAN.funds[0], initial_budget_fen=76_000_000),
        replace(CLEAN.funds[1], initial_budget_fen=66_000_000), CLEAN.funds[2]))),
]  # fmt: skip


@pytest.mark.parametrize("table", [table for _name, table in PRINTED], ids=[name for name, _ in PRINTED])
def test_what_only_looks_different_is_left_alone(table: StatedTable) -> None:
    assert [f.sentence for f in found(table)] == []


def test_full_marks_for_what_was_missed_are_no_rounding() -> None:
    missed = {
        "actual_text": "72.74%",
        "actual_value": Decimal("72.74"),
        "deviation_reason": "采购计划推迟，明年提前安排",
    }
    table = changed(
        2, planned_text="100%", comparator=None, full_score=number("2"), stated_score=number("2"), **missed
    )
    assert ("C33", "indicators[2].stated_score") in {(f.code, f.place.path) for f in found(table)}


def test_words_for_a_figure_are_told_and_left_as_written() -> None:
    done = audited(changed(0, actual_text="基本完成", actual_value=None))
    assert [(f.code, f.severity, f.place.path) for f in done.findings] == [
        ("C55", H, "indicators[0].actual_text")
    ]
    assert done.scores is not None
    assert done.scores.lines[0].rule is None
    assert done.scores.rule_total == Decimal("98.16")


class TestBasis:
    def test_cost_as_a_first_level_takes_circular_101(self) -> None:
        table = changed(4, first_level="成本指标（5分）", second_level="经济成本指标")
        assert BASES.of(table).kit.kit_id == "general_101"
        assert BASES.of(CLEAN).kit.kit_id == "general_10"
        assert not BASES.of(CLEAN).is_given

    def test_levels_off_the_default_are_advice_without_a_kit_and_asked_about_with_one(self) -> None:
        table = replace(changed(0, full_score=number("25"), stated_score=number("25")), subtotals=())
        table = replace(table, indicators=(*table.indicators[:7], replace(
            table.indicators[7], full_score=number("5"), stated_score=number("4.81"))),
            stated_total=number("98.36"))  # fmt: skip
        assert [(f.code, f.severity) for f in audited(table).findings] == [("C20", H)]
        assert [(f.code, f.severity) for f in audited(table, KITS[0]).findings] == [("C20", W)]

    def test_a_kit_asks_about_other_points_for_execution(self) -> None:
        table = paid(full_score=number("20"), stated_score=number("19.10"))
        asked = [f for f in audited(table, KITS[0]).findings if f.place.path == "funds[0].full_score"]
        assert [(f.code, f.severity) for f in asked] == [("C20", W)]
        assert "表里是 20 分" in asked[0].message
        assert not [f for f in audited(table).findings if f.place.path == "funds[0].full_score"]

    def test_thresholds_come_from_the_kit(self) -> None:
        settings = {**KITS[0].check_settings, "C36": {"low_rate": "0.96", "adjusted_share": "0.1"}}
        strict = replace(KITS[0], check_settings=settings)
        assert [f.code for f in audited(CLEAN, strict).findings] == ["C36"]

    @pytest.mark.parametrize(
        "key", ["C30", "C33", "C34", "C35", "C36", "C37", "C39", "C40", "hand_filled", "C3"]
    )
    def test_a_kit_without_a_setting_is_silent_about_it(self, key: str) -> None:
        kit = replace(KITS[0], check_settings={k: v for k, v in KITS[0].check_settings.items() if k != key})
        for _code, _name, table, *_rest in FAILING:
            codes = {f.code for f in audited(table, kit).findings}
            if key in ("C30", "C33", "C36", "C3"):
                assert key not in codes
        assert audited(HERITAGE, kit) is not None

    def test_execution_without_points_where_the_indicators_make_up_the_whole(self) -> None:
        table = replace(
            changed(0, full_score=number("30"), stated_score=number("30")),
            funds=(replace(CLEAN.funds[0], full_score=number(""), stated_score=number("")), *CLEAN.funds[1:]),
            subtotals=(),
            stated_total=number("98.61"),
        )
        done = audited(table)
        assert done.scores is not None
        assert done.scores.scheme.execution_score == 0
        assert [f.code for f in found(table)] == []


def test_findings_know_their_cells() -> None:
    findings = {f.place.path: cells_of(CLEAN, f.place) for f in audited(scored(0, "22")).findings}
    assert findings["indicators[0].stated_score"] == "A11:I11"
    total = audited(replace(CLEAN, stated_total=number("99.16"))).findings[0]
    assert cells_of(CLEAN, total.place) == "A1:I22"
    unread = audited(replace(CLEAN, unread=(Unread("D6", "八十万", "看不懂金额", "请填数字"),))).findings[0]
    assert cells_of(CLEAN, unread.place) == "D6"
    rate = audited(paid(stated_rate=number("99.50%", is_rate=True))).findings[0]
    assert cells_of(CLEAN, rate.place) == "A6:I6"


def test_sentences_are_chinese() -> None:
    for code, _name, table, *_rest in FAILING:
        for finding in audited(table).findings:
            words = [char for char in finding.sentence if char.isalpha() and char.isascii()]
            assert not words or code == "C55", finding.sentence


def test_what_was_only_assumed_is_advice() -> None:
    note = Unread(CLEAN.cells, "", "表里没有写金额单位，按万元读取", "请写明“万元”或“元”")
    (finding,) = audited(replace(CLEAN, unread=(note,))).findings
    assert (finding.code, finding.severity, finding.place.path) == ("C55", H, "A1:I22")
    assert cells_of(CLEAN, finding.place) == "A1:I22"
    (finding,) = [
        f for f in audited(replace(CLEAN, indicators=(), unread=(note,))).findings if f.code == "C55"
    ]
    assert finding.severity is W
