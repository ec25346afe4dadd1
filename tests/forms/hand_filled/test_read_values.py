"""Spellings of target and actual values that offices really write, each with its expected reading."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.hand_filled.values import ReadValues, ValueReader, ValueTexts
from forms.scoring.reading import RowReader
from tests.forms.hand_filled.reader import SHARED, WORDS

VALUES = ValueReader(SHARED, WORDS, RowReader(SHARED))

TARGETS = (
    ("0", None, "0", None, ""),
    ("0.4", None, "0.4", None, ""),
    ("0.9", None, "0.9", None, ""),
    ("0起", None, "0", None, "起"),
    ("116次", None, "116", None, "次"),
    ("12.5", None, "12.5", None, ""),
    ("12头", None, "12", None, "头"),
    ("1346.0088万平方米", None, "1346.0088", None, "万平方米"),
    ("14例", None, "14", None, "例"),
    ("15万元", None, "15", None, "万元"),
    ("192只", None, "192", None, "只"),
    ("1亩", None, "1", None, "亩"),
    ("2", None, "2", None, ""),
    ("20000", None, "20000", None, ""),
    ("200万粒", None, "200", None, "万粒"),
    ("2021年12月完成", "other", None, None, ""),
    ("2023年底", "other", None, None, ""),
    ("2089人", None, "2089", None, "人"),
    ("2100", None, "2100", None, ""),
    ("2200篇", None, "2200", None, "篇"),
    ("2370人", None, "2370", None, "人"),
    ("25TB", None, "25", None, "TB"),
    ("283只", None, "283", None, "只"),
    ("283辆", None, "283", None, "辆"),
    ("29.5亩", None, "29.5", None, "亩"),
    ("3", None, "3", None, ""),
    ("3%", None, "3", None, "%"),
    ("30", None, "30", None, ""),
    ("300公里", None, "300", None, "公里"),
    ("3500公斤", None, "3500", None, "公斤"),
    ("35万元", None, "35", None, "万元"),
    ("38508人", None, "38508", None, "人"),
    ("3头", None, "3", None, "头"),
    ("4.7亩", None, "4.7", None, "亩"),
    ("43.2", None, "43.2", None, ""),
    ("4500", None, "4500", None, ""),
    ("485条", None, "485", None, "条"),
    ("5万", None, "50000", None, ""),
    ("6", None, "6", None, ""),
    ("6070", None, "6070", None, ""),
    ("6亩", None, "6", None, "亩"),
    ("6次", None, "6", None, "次"),
    ("863人", None, "863", None, "人"),
    ("8755", None, "8755", None, ""),
    ("8例", None, "8", None, "例"),
    ("90%", None, "90", None, "%"),
    ("95%", None, "95", None, "%"),
    ("95%以上", "≥", "95", None, "%"),
    ("98%以上", "≥", "98", None, "%"),
    ("=0.5万亩", "=", "0.5", None, "万亩"),
    ("=100%", "=", "100", None, "%"),
    ("=11个", "=", "11", None, "个"),
    ("=22个", "=", "22", None, "个"),
    ("=300天", "=", "300", None, "天"),
    ("=30篇", "=", "30", None, "篇"),
    ("=42个", "=", "42", None, "个"),
    ("=4900公顷", "=", "4900", None, "公顷"),
    ("=4个", "=", "4", None, "个"),
    ("=50篇", "=", "50", None, "篇"),
    ("=8个", "=", "8", None, "个"),
    ("≤30万元", "≤", "30", None, "万元"),
    ("≤4", "≤", "4", None, ""),
    ("≤5%", "≤", "5", None, "%"),
    ("≤90万元", "≤", "90", None, "万元"),
    ("≥10", "≥", "10", None, ""),
    ("≥100公里", "≥", "100", None, "公里"),
    ("≥100百分比", "≥", "100", None, "%"),
    ("≥11.376万元", "≥", "11.376", None, "万元"),
    ("≥1人/年", "≥", "1", None, "人/年"),
    ("≥1年", "≥", "1", None, "年"),
    ("≥200", "≥", "200", None, ""),
    ("≥2000", "≥", "2000", None, ""),
    ("≥200亩", "≥", "200", None, "亩"),
    ("≥20年", "≥", "20", None, "年"),
    ("≥20座", "≥", "20", None, "座"),
    ("≥360天", "≥", "360", None, "天"),
    ("≥50个", "≥", "50", None, "个"),
    ("≥50厘米", "≥", "50", None, "厘米"),
    ("≥6次", "≥", "6", None, "次"),
    ("≥8万亩", "≥", "8", None, "万亩"),
    ("≥95%", "≥", "95", None, "%"),
    ("≥99%", "≥", "99", None, "%"),
    ("不少于6种", "≥", "6", None, "种"),
    ("不超预算", "qualitative", None, None, ""),
    ("严格执行相关制度规定", "qualitative", None, None, ""),
    ("企业把握正确政治导向和文化方向情况的评价", "qualitative", None, None, ""),
    ("全天候可用", "qualitative", None, None, ""),
    ("在项目计划完成时间内完成", "qualitative", None, None, ""),
    ("好", "qualitative", None, None, ""),
    ("持续改善", "qualitative", None, None, ""),
    ("效果明显", "qualitative", None, None, ""),
    ("是否利于企业走出去", "qualitative", None, None, ""),
    ("独有数据资源查询,查询范围可扩展到省图", "qualitative", None, None, ""),
    ("社会认可的办学环境", "qualitative", None, None, ""),
    ("符合相关文件要求", "qualitative", None, None, ""),
    ("符合相关规定", "qualitative", None, None, ""),
    ("良好", "qualitative", None, None, ""),
    ("﹦72890元", "=", "72890", None, "元"),
    ("80-90%", "=", "80", "90", "%"),
    ("80%-90%", "=", "80", "90", "%"),
    ("2-3次", "=", "2", "3", "次"),
    ("5－10人", "=", "5", "10", "人"),
    ("控制在5%以内", "≤", "5", None, "%"),
    ("控制在预算内", "qualitative", None, None, ""),
    ("控制在90万元以内", "≤", "90", None, "万元"),
    ("2023.07-2024.01", "other", None, None, ""),
    ("620万/月", None, "620", None, "万/月"),
    ("≥80M", "≥", "80", None, "M"),
    ("854万(含税)", None, "8540000", None, ""),
    ("达到95%", "≥", "95", None, "%"),
    ("95%及以上", "≥", "95", None, "%"),
    ("大于95%", ">", "95", None, "%"),
    ("不低于9 5 %", "≥", "95", None, "%"),
    ("１００％", None, "100", None, "%"),
    ("≧９５％", "≥", "95", None, "%"),
    ("≥1,000人", "≥", "1000", None, "人"),
    ("9月前", "other", None, None, ""),
    ("12月31日前", "other", None, None, ""),
    ("≤30天内", "≤", "30", None, "天"),
    ("<5%", "<", "5", None, "%"),
    ("＞3次", ">", "3", None, "次"),
    ("不大于3次", "≤", "3", None, "次"),
    ("至少2场", "≥", "2", None, "场"),
    ("不超过20万元", "≤", "20", None, "万元"),
    ("小于等于5%", "≤", "5", None, "%"),
    ("大于等于90%", "≥", "90", None, "%"),
    ("≥0.9‰", "≥", "0.9", None, "‰"),
    ("≥9成", "≥", "9", None, "成"),
)
ACTUALS = (
    ("0.1", "0.1"),
    ("1", "1"),
    ("1.5亩", "1.5"),
    ("10", "10"),
    ("100", "100"),
    ("100%覆盖", "100"),
    ("10月", None),
    ("12.5", "12.5"),
    ("12万元", "12"),
    ("12头", "12"),
    ("14种", "14"),
    ("15万元", "15"),
    ("180只", "180"),
    ("1亩", "1"),
    ("200万粒", "200"),
    ("203人", "203"),
    ("2089人", "2089"),
    ("221人", "221"),
    ("2370人", "2370"),
    ("283只", "283"),
    ("28种", "28"),
    ("3", "3"),
    ("3061", "3061"),
    ("3220人", "3220"),
    ("3224人", "3224"),
    ("35万元", "35"),
    ("37.24", "37.24"),
    ("37442人", "37442"),
    ("4.5亩", "4.5"),
    ("4.7亩", "4.7"),
    ("4044人", "4044"),
    ("42", "42"),
    ("4557.51", "4557.51"),
    ("5万", "50000"),
    ("5亩", "5"),
    ("683人", "683"),
    ("695人", "695"),
    ("69人", "69"),
    ("6亩", "6"),
    ("72.74%", "72.74"),
    ("770人", "770"),
    ("8", "8"),
    ("80头", "80"),
    ("8例", "8"),
    ("90人", "90"),
    ("92%", "92"),
    ("95%", "95"),
    ("97%", "97"),
    ("…先后举办有社会影响力的活动5场…", None),
    ("≥266米", "266"),
    ("≥360天", "360"),
    ("企业较好把握正确政治导向和文化方向情况的评价", None),
    ("受目的国受众欢迎显著", None),
    ("基本达到", None),
    ("好坏", None),
    ("完成", None),
    ("实际工作需求", None),
    ("按照学校管理标准对学校进行管理", None),
    ("是", None),
    ("有利于推动企业走出去", None),
    ("独有数据资源查询,查询范围可扩展到省图", None),
    ("目标明确、内容细化、目标量化", None),
    ("符合相关文件要求", None),
    ("良好", None),
    ("资源采购期以当年为主", None),
    ("高", None),
)


def read(**texts: str) -> ReadValues:
    return VALUES.read(ValueTexts(**{"name": "指标", **texts}))


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(("text", "sign", "value", "upper", "unit"), TARGETS, ids=str)
def test_target(text: str, sign: str | None, value: str | None, upper: str | None, unit: str) -> None:
    found = read(planned=text)
    assert (found.comparator, found.planned_value, found.planned_upper) == (
        sign,
        number(value),
        number(upper),
    )
    assert found.measure_unit == unit
    assert not found.is_vague


@pytest.mark.parametrize(("text", "value"), ACTUALS, ids=str)
def test_actual_value(text: str, value: str | None) -> None:
    assert read(actual=text).actual_value == number(value)


@pytest.mark.parametrize("text", ["≥", "≥**", "约100人", "±5%", "1:1", "近3年"])
def test_figures_that_are_no_single_number_are_asked_about(text: str) -> None:
    found = read(planned=text)
    assert found.is_vague
    assert found.planned_value is None


@pytest.mark.parametrize(
    ("comparator", "planned", "unit", "sign"),
    [
        ("≥", "95", "%", "≥"),
        ("大于等于", "95", "%", "≥"),
        ("﹦", "100", "%", "="),
        ("不超过", "3", "次", "≤"),
        ("定性", "优良中低差", "", "qualitative"),
        ("定量（其他）", "2023年12月", "", "other"),
    ],
)
def test_sign_in_its_own_column(comparator: str, planned: str, unit: str, sign: str) -> None:
    found = read(comparator=comparator, planned=planned, measure_unit=unit)
    assert (found.comparator, found.sign_source) == (sign, "column")


@pytest.mark.parametrize(
    ("name", "planned", "direction", "sign", "source"),
    [
        ("结转结余率", "2%", "", "≤", "wording"),
        ("火灾受害率", "0.9‰", "", "≤", "wording"),
        ("公用经费控制率", "100%", "", "≤", "wording"),
        ("公用经费控制率", "≥100%", "", "≥", "value"),
        ("投诉办结率", "100%", "", None, ""),
        ("养护里程", "120公里", "", None, ""),
        ("养护里程", "120公里", "正向指标", "≥", "direction"),
        ("超支次数", "2次", "反向指标", "≤", "direction"),
        ("苗木成活率（≥**%）", "85", "", "≥", "name"),
    ],
)
def test_direction_is_told_or_left_open(
    name: str, planned: str, direction: str, sign: str | None, source: str
) -> None:
    found = read(name=name, planned=planned, direction=direction)
    assert (found.comparator, found.sign_source) == (sign, source)


@pytest.mark.parametrize(
    ("planned", "actual", "unit", "value"),
    [
        ("≥11.376万元", "12万元", "万元", "12"),
        ("≥11.376万元", "120000元", "万元", "12"),
        ("≥0.5万亩", "5000亩", "万亩", "0.5"),
        ("≥95%", "0.98", "%", "98"),
        ("95", "96%", "%", "96"),
        ("≥266米", "≥266米", "米", "266"),
        ("≥90%", "基本达到", "%", None),
    ],
)
def test_actual_value_in_the_unit_of_the_row(planned: str, actual: str, unit: str, value: str | None) -> None:
    found = read(planned=planned, actual=actual)
    assert (found.measure_unit, found.actual_value) == (unit, number(value))
    assert found.is_fraction == (actual == "0.98")
