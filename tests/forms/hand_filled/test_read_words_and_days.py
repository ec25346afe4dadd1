"""Numbers in words and days without their format, as clerks leave them in cells (中文数字、日期序号)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.hand_filled.serial_dates import day_of
from tests.forms.hand_filled.clean_table import audited
from tests.forms.hand_filled.paper import Value
from tests.forms.hand_filled.reader import HEAD, TITLE, read_one_of


def _row(name: str, planned: Value, actual: Value) -> tuple[Value, ...]:
    return ("产出指标", "数量指标", name, planned, actual, 10, 10)


@pytest.mark.parametrize(
    ("planned", "actual", "sign", "value", "done"),
    [
        ("十二场", "十场", None, 12, 10),
        ("不少于一百二十人", "一百二十五人", "≥", 120, 125),
        ("百分之九十五以上", "百分之九十八", "≥", 95, 98),
        ("全年不少于四期", "共编印五期", "≥", 4, 5),
        ("惠及群众8600人", "惠及群众8700人", None, 8600, 8700),
        ("一般", "达成预期指标", "qualitative", None, None),
    ],
)
def test_numbers_in_words(
    planned: str, actual: str, sign: str | None, value: int | None, done: int | None
) -> None:
    (row,) = read_one_of(TITLE, HEAD, _row("活动", planned, actual)).indicators
    assert (row.comparator, row.planned_value, row.actual_value) == (sign, value, done)
    assert (row.planned_text, row.actual_text) == (planned, actual)


def test_the_score_is_reckoned_by_numbers_in_words() -> None:
    audit = audited(read_one_of(TITLE, HEAD, _row("宣讲场次", "十二场", "十场")))
    assert audit.scores is not None
    assert audit.scores.lines[0].rule == Decimal("8.33")


def test_amounts_points_and_rates_in_words() -> None:
    heads = ("项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    lines = (TITLE, heads, ("年度资金总额", 80, "八十万元", 76, "十分", "百分之九十五", "9.5分"), HEAD)
    (fund,) = read_one_of(*lines, _row("里程", "5公里", "5公里")).funds
    assert (fund.annual_budget_fen, fund.full_score.value, fund.stated_rate.value) == (
        80_000_000,
        10,
        Decimal("0.95"),
    )


def test_days_that_stand_as_numbers() -> None:
    table = read_one_of(TITLE, HEAD, _row("完成时限", 45626, 45646), _row("受益人口", 45626, 45646))
    late, people = table.indicators
    assert (late.planned_text, late.actual_text) == ("2024年11月30日", "2024年12月20日")
    assert people.planned_value == 45626
    assert [item.where for item in table.unread] == [table.cells] * 2
    assert "没有达到" in next(one.message for one in audited(table).findings if one.code == "C35")


def test_a_bare_day_in_a_list_of_rectifications() -> None:
    table = read_one_of(
        ("2024年度绩效评价结果整改情况反馈表",),
        ("单位（盖章）：石板镇人民政府",),
        ("序号", "项目名称", "存在问题", "整改意见", "整改措施", "整改完成情况", "完成时限", "责任部门"),
        (1, "美丽乡村", "支出慢", "加快支出", "按月调度支出", "已完成", 45808, "财政所"),
    )
    assert [(one.code, one.severity.value) for one in audited(table).findings] == [("C55", "hint")]


@pytest.mark.parametrize("text", ["123", "99999", "20241340", "36525", "12.5"])
def test_what_is_no_day(text: str) -> None:
    assert day_of(text) is None


@pytest.mark.parametrize(
    ("planned", "actual", "sign", "unit", "done"),
    [
        ("不得少于5次", "5次", "≥", "次", "5"),
        ("不少于（含）5次", "6次", "≥", "次", "6"),
        ("7个工作日内", "5个工作日", "≤", "个工作日", "5"),
        ("不超过50万元", "48.5万", "≤", "万元", "48.5"),
        ("≥3000m", "3.2公里", "≥", "米", "3200"),
        ("≥500㎡", "520平方米", "≥", "平方米", "520"),
        ("“≥90%”", "92%", "≥", "%", "92"),
    ],
)
def test_spellings_of_signs_and_units(planned: str, actual: str, sign: str, unit: str, done: str) -> None:
    (row,) = read_one_of(TITLE, HEAD, _row("活动", planned, actual)).indicators
    assert (row.comparator, row.measure_unit, row.actual_value) == (sign, unit, Decimal(done))


def test_points_with_a_word_on_what_was_taken_off() -> None:
    (row,) = read_one_of(TITLE, HEAD, (*_row("里程", "12公里", "11公里")[:-1], "9.17（扣0.83分）")).indicators
    assert row.stated_score.value == Decimal("9.17")
