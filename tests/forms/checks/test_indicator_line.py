"""Indicator lines: what checks read out of a row, with columns for sign and unit and without."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from forms import registry
from forms.checks.indicator_line import IndicatorLine
from forms.checks.line_reader import LineReader
from forms.checks.settings import CheckSettings, SharedWords
from forms.context import FormContext
from tests.forms import cases
from tests.forms.cases import KIT_10, TARGET, line

APART = cases.context(KIT_10)
TOGETHER = cases.context(cases.in_one_cell())


def read(row: dict[str, Any], given: FormContext = APART) -> IndicatorLine:
    table = registry.form(TARGET).table("indicators")
    words = CheckSettings(given.kit).find(SharedWords)
    return LineReader(given, table, table.visible_columns(given), words).read(row, 3)


@pytest.mark.parametrize(
    ("value", "sign", "amount", "unit", "is_percent"),
    [
        ("≥50个", "≥", "50", "个", False),
        ("﹦72890元", "=", "72890", "元", False),
        ("95%", "=", "95", "%", True),
        ("98%以上", "≥", "98", "%", True),
        ("不少于12种", "≥", "12", "种", False),
        ("≤90万元", "≤", "90", "万元", False),
        ("控制在90万元以内", "≤", "90", "万元", False),
        ("大于等于10157.6平方米", "≥", "10157.6", "平方米", False),
        ("1,346.0088万平方米", "=", "1346.0088", "万平方米", False),
        ("＞８０％", ">", "80", "%", True),
        ("6070", "=", "6070", "", False),
        ("2021年12月完成", "qualitative", None, "", False),
        ("12月底前", "qualitative", None, "", False),
        ("效果明显", "qualitative", None, "", False),
        ("不超预算", "qualitative", None, "", False),
    ],
)
def test_one_cell_carries_sign_number_and_unit(value, sign, amount, unit, is_percent) -> None:
    row = {"row_id": "r1", "first_level": "output", "second_level": "quantity", "planned_value": value}
    found = read(row, TOGETHER)
    assert (found.sign, found.unit, found.is_percent) == (sign, unit, is_percent)
    assert found.amount == (Decimal(amount) if amount else None)


def test_separate_columns_win_over_what_the_value_spells() -> None:
    found = read(line(1, "output.quantity", "清运数量", "≥不少于12吨", "公斤"))
    assert (found.sign, found.unit, found.amount) == ("≥", "公斤", Decimal(12))
    assert (found.written.sign, found.written.unit) == ("≥", "吨")
    assert not found.is_plain_number


@pytest.mark.parametrize(
    ("name", "sign", "unit"),
    [
        ("苗木成活率(≥**%)", "≥", "%"),
        ("项目总投入（≥**万元）", "≥", "万元"),
        ("实施营造林总面积(亩)", "", "亩"),
        ("及时(按期)完工率", "", ""),
        ("受益脱贫(含监测对象)户人口数", "", ""),
        ("特色产业带动增加受益农户收入(总收入)", "", ""),
        ("养护里程", "", ""),
    ],
)
def test_sign_and_unit_in_the_name(name: str, sign: str, unit: str) -> None:
    found = read(line(1, "output.quality", name, "=85"))
    assert (found.in_name.sign, found.in_name.unit) == (sign, unit)


@pytest.mark.parametrize(
    ("levels", "roles"),
    [
        ("output.quantity", {"quantity"}),
        ("output.cost", {"cost"}),
        ("satisfaction.client_satisfaction", {"satisfaction"}),
        ("benefit.social_benefit", set()),
        ("产出指标.数量指标(必填硬性指标)", {"quantity"}),
        ("成本指标.", {"cost"}),
    ],
)
def test_roles_by_code_or_by_the_words_of_a_pasted_name(levels: str, roles: set[str]) -> None:
    assert read(line(1, levels, "名称", "=1", "个")).roles == roles


def test_words_of_a_line() -> None:
    found = read(line(1, "output.quantity", "养护里程", "≥12", "公里"))
    assert found.subject("planned_value") == "年度绩效指标第 3 行“养护里程”的指标值"
    assert found.subject() == "年度绩效指标第 3 行“养护里程”"
    assert found.shown_value == "≥12公里"
    assert read(line(1, "output.quantity", "", "≥12", "公里")).subject() == "年度绩效指标第 3 行"
    assert read(line(1, "output.quantity", "名称", "定性健全")).shown_value == "健全"
    assert read(line(1, "output.quantity", "名称", "≥≥12公里", "公里")).shown_value == "≥12公里"


def test_unreadable_cells_are_neither_blank_nor_text() -> None:
    found = read(
        {
            **line(1, "output.quantity", "养护里程", "≥12", "公里"),
            "comparator": "约",
            "measure_unit": ["公里"],
        }
    )
    assert set(found.faults) == {"comparator", "measure_unit"}
    assert found.blanks == frozenset()
    assert (found.sign, found.unit) == ("", "")


def test_checks_of_values_work_on_values_in_one_cell() -> None:
    rows = [
        {**row, "planned_value": value}
        for row, value in zip(
            cases.CLEANING["indicators"],
            ["≥4200吨", "11个", "≥120%", "20处", "≥300万元", "不少于23600人", "≤5次", "75%"],
            strict=True,
        )
    ]
    found = cases.report(TOGETHER, {**cases.CLEANING, "indicators": rows}).findings
    assert [(f.code, f.place.row_id) for f in found] == [
        ("C13", "r3"),
        ("C18", "r4"),
        ("C19", "r5"),
        ("C19", "r5"),
        ("C14", "r8"),
    ]
    assert all("计量单位栏" not in f.sentence for f in found)
