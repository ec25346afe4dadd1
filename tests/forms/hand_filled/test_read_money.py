"""Money, rates and units as real tables spell them, and what is said where they cannot be read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.domain.money import AmountUnit
from tests.forms.hand_filled.reader import HEAD, TITLE, read_one_of, sources

FUND_HEAD = ("项目资金", None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")


@pytest.mark.parametrize(
    ("rate", "value"),
    [
        ("99%", "0.99"),
        ("99.10%", "0.991"),
        ("99.1", "0.991"),
        ("0.991", "0.991"),
        ("1", "1"),
        ("100", "1"),
        ("９９％", "0.99"),
    ],
)
def test_spellings_of_a_rate(rate: str, value: str) -> None:
    spent = "100" if value == "1" else "99.1"
    table = read_one_of(
        TITLE, ("单位：万元",), FUND_HEAD, (None, "年度资金总额", "100", "100", spent, "10", rate, "9"), HEAD
    )
    assert table.funds[0].stated_rate.value == Decimal(value)
    assert table.funds[0].stated_rate.text == rate


@pytest.mark.parametrize(
    ("amount", "fen"),
    [
        ("89.974", 89_974_000),
        ("1,234.50", 1_234_500_000),
        ("１２", 12_000_000),
        ("12万元", 12_000_000),
        ("854万(含税)", 854_000_000),
        ("1.2亿", 12_000_000_000),
        ("120000元", 12_000_000),
        ("—", None),
        ("/", None),
        ("无", None),
        ("0", 0),
    ],
)
def test_spellings_of_an_amount(amount: str, fen: int | None) -> None:
    table = read_one_of(TITLE, ("单位：万元",), FUND_HEAD, (None, "年度资金总额", amount, None, None), HEAD)
    assert table.funds[0].initial_budget_fen == fen
    assert table.unread == ()


def test_what_is_no_number_is_said() -> None:
    table = read_one_of(
        TITLE,
        ("单位：万元",),
        FUND_HEAD,
        (None, "年度资金总额", "约九十万", "100", "100", "满分", "已执行完毕", "10"),
        HEAD,
        ("产出指标", "数量指标", "里程", "≥5公里", "已完成", 10, "优"),
    )
    assert [(item.where, item.text, item.message) for item in table.unread] == [
        ("E6", "已完成", "里没有认出数字，实际完成值没有读取"),
        ("G6", "优", "不是数字，得分没有读取"),
        ("C4", "约九十万", "认不出金额，年初预算数没有读取"),
        ("F4", "满分", "不是数字，分值没有读取"),
        ("G4", "已执行完毕", "不是百分数，执行率没有读取"),
    ]


def test_sources_of_money() -> None:
    table = read_one_of(
        TITLE,
        ("单位：万元",),
        FUND_HEAD,
        (None, "年度资金总额", "100"),
        (None, "其中：财政拨款", "80"),
        (None, "其中：中央资金", "50"),
        (None, "省级资金", "30"),
        (None, "财政专户管理资金", "5"),
        (None, "上年结转资金", "5"),
        (None, "单位自有资金", "5"),
        (None, "其他资金", "5"),
        HEAD,
    )
    assert [fund.source for fund in table.funds] == [
        "total", "fiscal_appropriation", "detail", "detail", "special_account", "carryover", "own_funds", "other",
    ]  # fmt: skip


def test_units_that_contradict_each_other_are_said() -> None:
    head = ("项目资金（万元）", *FUND_HEAD[1:])
    table = read_one_of(
        TITLE,
        ("金额单位：元",),
        head,
        (None, "年度资金总额", "100"),
        HEAD,
        ("产出指标", "数量指标", "甲", "5", "5", 1, 1),
    )
    assert table.unit_of_amount is AmountUnit.WAN_YUAN
    assert [item.message for item in table.unread] == ["表头写的单位是元，资金栏写的是万元，按资金栏读取"]


def test_codes_of_money_are_no_money_and_levels_may_stand_alone() -> None:
    table = read_one_of(
        ("项目支出绩效目标申报表（2024年度）",),
        ("资金总额：120万元", "上级财政资金：50万元", "本级财政资金：60万元", "其他资金：10万元"),
        ("财政资金科目代码", "21305"),
        ("三级指标", "指标值"),
        ("整治村数", "9个"),
    )
    assert sources(table) == [
        ("total", 120_000_000),
        ("fiscal_appropriation", 50_000_000),
        ("fiscal_appropriation", 60_000_000),
        ("other", 10_000_000),
    ]


@pytest.mark.parametrize("label", ["预算金额", "年度预算数", "申请金额", "项目预算数"])
def test_labels_of_the_whole_amount(label: str) -> None:
    table = read_one_of(
        ("项目支出绩效目标申报表（2026年度）",),
        (f"{label}（万元）", 25, "其中：财政拨款", 20, "其他资金", 5),
        ("三级指标", "指标值"),
        ("养护里程", "≥40公里"),
    )
    assert sources(table) == [
        ("total", 25_000_000),
        ("fiscal_appropriation", 20_000_000),
        ("other", 5_000_000),
    ]
