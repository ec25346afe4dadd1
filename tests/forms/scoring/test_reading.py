"""Texts as people write them: signs in words, units anywhere, ranges, dates, and every assumption told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from forms.scoring.deadlines import Deadline, read_deadline
from forms.scoring.measures import convert
from forms.scoring.reading import IndicatorCells, row_reader
from models.domain.indicator import Comparator, Direction
from tests.forms.scoring.cases import KIT_10, READER, read, scored


@pytest.mark.parametrize(
    ("planned", "sign", "value", "unit"),
    [
        ("≥50个", "≥", "50", "个"),
        ("不少于6种", "≥", "6", "种"),
        ("大于等于 5 次", "≥", "5", "次"),
        ("98%以上", "≥", "98", "%"),
        ("不超过30万元", "≤", "30", "万元"),
        ("≤4", "≤", "4", ""),
        ("≧95%", "≥", "95", "%"),
        ("﹦72890元", "=", "72890", "元"),
        ("１２．５公里", "=", "12.5", "公里"),
        ("1,346.0088万平方米", "=", "1346.0088", "万平方米"),
        ("≥100百分比", "≥", "100", "%"),
        ("≥1人/年", "≥", "1", "人/年"),
        ("5万", "=", "50000", ""),
        ("200万粒", "=", "200", "万粒"),
        ("≥11.376万元", "≥", "11.376", "万元"),
    ],
)
def test_planned_values_in_one_cell(planned: str, sign: str, value: str, unit: str) -> None:
    found = read(planned, "")
    assert (found.comparator, str(found.planned_value), found.measure_unit) == (sign, value, unit)


@pytest.mark.parametrize(
    ("column", "sign"),
    [
        ("≥", Comparator.AT_LEAST),
        ("大于等于", Comparator.AT_LEAST),
        ("<=", Comparator.AT_MOST),
        ("＝", Comparator.EQUAL),
        ("定性", Comparator.QUALITATIVE),
        ("qualitative", Comparator.QUALITATIVE),
        ("其他", Comparator.OTHER),
        ("定量（其他）", Comparator.OTHER),
        ("说不清", Comparator.EQUAL),
    ],
)
def test_a_sign_column_in_any_spelling(column: str, sign: Comparator) -> None:
    assert read("12", "", comparator=column).comparator is sign


def test_the_sign_column_goes_before_the_sign_in_the_value() -> None:
    assert read("≥95", "", comparator="=").comparator is Comparator.EQUAL


def test_sign_and_unit_in_the_name() -> None:
    found = read("85", "82", name="苗木成活率(≥**%)")
    assert (found.comparator, found.measure_unit, str(found.planned_value)) == ("≥", "%", "85")
    assert read("80000", "", name="实施营造林总面积（亩）").measure_unit == "亩"


@pytest.mark.parametrize(
    ("planned", "actual", "unit_column", "value", "note"),
    [
        ("12", "120000元", "万元", "12", "实际完成值 120000元 换算为 12万元"),
        ("0.5万亩", "4000亩", "", "0.4", "实际完成值 4000亩 换算为 0.4万亩"),
        ("3000", "2.5公里", "米", "2500", "实际完成值 2.5公里 换算为 2500米"),
        ("230", "221人", "个", "221", "实际完成值的单位“人”与“个”不同，按同一单位计算"),
        ("≥266米", "≥266米", "", "266", "实际完成值“≥266米”带有符号“≥”，按数字计分"),
        ("95", "0.98", "%", "98", "实际完成值 0.98 按 98% 计算，请核对"),
        ("100%", "1", "", "100", "实际完成值 1 按 100% 计算，请核对"),
        ("5%", "0.4", "", "0.4", ""),
        ("95%", "96", "", "96", ""),
        ("95", "96%", "", "96", ""),
        ("0.95", "96%", "", "0.96", "实际完成值 96% 换算为 0.96"),
        ("5万亩", "50000亩", "", "5", "实际完成值 50000亩 换算为 5万亩"),
        ("2089", "0.2万人", "人", "2000", "实际完成值 0.2万人 换算为 2000人"),
        ("100%", "100%覆盖", "", "100", ""),
    ],
)
def test_actual_values_come_into_the_unit_of_the_row(planned, actual, unit_column, value, note) -> None:
    found = read(planned, actual, measure_unit=unit_column)
    assert found.actual_value == Decimal(value)
    assert found.notes == ((note,) if note else ())


@pytest.mark.parametrize(
    ("planned", "lower", "upper", "unit"),
    [
        ("10-20", "10", "20", ""),
        ("10~20个", "10", "20", "个"),
        ("90%-95%", "90", "95", "%"),
        ("6至8次", "6", "8", "次"),
        ("2000-2500米", "2000", "2500", "米"),
        ("1,000—2,000人", "1000", "2000", "人"),
    ],
)
def test_ranges(planned: str, lower: str, upper: str, unit: str) -> None:
    found = read(planned, "15")
    assert (str(found.planned_value), str(found.planned_upper), found.measure_unit) == (lower, upper, unit)
    assert found.method == "range"


def test_amounts_that_look_like_dates_where_a_unit_tells_them_apart() -> None:
    assert read("2023.07", "2023.08").method == "timeliness"
    assert str(read("2023.07", "2000.12", measure_unit="万元").planned_value) == "2023.07"
    assert str(read("≤2023.07万元", "2012.05").actual_value) == "2012.05"
    assert str(read("1900.00万元", "1900.5").actual_value) == "1900.5"


def test_what_looks_like_a_range_and_is_none() -> None:
    assert read("1,000", "900").planned_upper is None
    assert read("2023.07-2024.01", "").method == "timeliness"
    assert read("10", "8-12").actual_value is None
    assert scored(read("10", "8-12")).is_open


@pytest.mark.parametrize(
    ("name", "direction", "sign", "expected"),
    [
        ("森林火灾受害率", "", "", Direction.NEGATIVE),
        ("结转结余率", "", "", Direction.NEGATIVE),
        ("投诉处理率", "", "", None),
        ("亩均成本降低", "", "", None),
        ("森林火灾受害率", "正向指标", "", Direction.POSITIVE),
        ("养护里程", "逆向", "", Direction.NEGATIVE),
        ("养护里程", "反向指标", "=", Direction.NEGATIVE),
        ("人工成本", "", "=", None),
    ],
)
def test_direction_from_its_column_else_from_the_name_where_no_sign_is_written(
    name: str, direction: str, sign: str, expected: Direction | None
) -> None:
    found = read("2", "1", name=name, direction=direction, comparator=sign)
    assert found.direction is expected
    assert bool(found.notes) is (expected is Direction.NEGATIVE and not direction)


def test_a_reverse_indicator_without_sign_is_scored_by_its_name() -> None:
    assert str(scored(read("2%", "0", name="结转结余率")).score) == "10.00"
    assert str(scored(read("2%", "4%", name="结转结余率")).score) == "5.00"


@pytest.mark.parametrize("planned", ["效果明显", "符合相关规定", "好", "", "25TB是上限", "不超预算"])
def test_prose_is_qualitative(planned: str) -> None:
    found = read(planned, "达成")
    if planned == "25TB是上限":
        assert found.planned_value == 25
    else:
        assert found.comparator is Comparator.QUALITATIVE
        assert str(scored(found).score) == "10.00"


def test_a_qualitative_sign_keeps_numbers_as_text() -> None:
    found = read("95%", "95%", comparator="定性")
    assert (found.planned_value, found.actual_value) == (None, None)
    assert str(scored(found).score) == "10.00"


@pytest.mark.parametrize(
    "text", ["", "—", "/", "无", "……", "10月", "…先后举办有社会影响力的活动5场…", "约" * 80]
)
def test_actual_values_without_a_number_are_left_as_text(text: str) -> None:
    found = read("≥5场", text)
    assert found.actual_value is None
    assert scored(found).is_open


def test_a_kit_without_words_still_reads_signs_and_numbers() -> None:
    bare = row_reader(replace(KIT_10, check_settings={}))
    found = bare.read(IndicatorCells("r1", planned="≥12", actual="11.20", full_score="10"))
    assert (found.comparator, str(scored(found).score)) == (Comparator.AT_LEAST, "9.33")
    assert bare.read(IndicatorCells("r1", planned="不少于12")).comparator is Comparator.QUALITATIVE


def test_everything_else_is_carried_over() -> None:
    cells = IndicatorCells(
        "r7", " 名称 ", "output", "quantity", "≥", "12", "公里", "正向", "２２．５", "12",
        "达成", "positive", "9", " 不适用 ",
    )  # fmt: skip
    found = READER.read(cells)
    assert (found.row_id, found.name, found.first_level, found.second_level) == (
        "r7",
        "名称",
        "output",
        "quantity",
    )
    assert (str(found.full_score), str(found.entered_score)) == ("22.5", "9")
    assert (found.completion, found.method, found.not_applicable_reason) == ("达成", "positive", "不适用")
    assert READER.read(IndicatorCells("r1", full_score="—")).full_score is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9月前", Deadline(None, 9, 31, True)),
        ("12月底之前", Deadline(None, 12, 31)),
        ("2023年底", Deadline(2023, 12, 31)),
        ("2023年12月", Deadline(2023, 12, 31)),
        ("2021年12月完成", Deadline(2021, 12, 31)),
        ("2026-09-15", Deadline(2026, 9, 15)),
        ("9月15日前", Deadline(None, 9, 15)),
        ("8月中旬", Deadline(None, 8, 20)),
        ("年底前", Deadline(None, 12, 31)),
        ("2026年上半年", Deadline(2026, 6, 30 + 1)),
        ("第二季度", Deadline(None, 6, 31)),
        ("13月", None),
        ("1月1次", None),
        ("10.5", None),
        ("12", None),
        ("按时完成", None),
        ("", None),
    ],
)
def test_deadlines(text: str, expected: Deadline | None) -> None:
    assert read_deadline(text) == expected


@pytest.mark.parametrize(
    ("number", "unit", "wanted", "expected"),
    [
        ("1", "万元", "元", "10000"),
        ("5", "万亩", "亩", "50000"),
        ("95", "%", "", "0.95"),
        ("5", "‰", "%", "0.5"),
        ("3", "万人", "人", "30000"),
        ("1", "亿元", "万元", "10000"),
        ("2", "年", "个月", "24"),
        ("1", "公顷", "平方米", "10000"),
        ("1", "人", "户", None),
        ("1", "元", "公里", None),
        ("1", "万", "人", None),
    ],
)
def test_units_of_measure(number: str, unit: str, wanted: str, expected: str | None) -> None:
    assert convert(Decimal(number), unit, wanted) == (None if expected is None else Decimal(expected))
