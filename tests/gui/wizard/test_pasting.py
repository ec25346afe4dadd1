"""Pasting from Excel: clipboard shapes clerks really have, and nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import choices
from forms.registry import form
from models.domain.indicator import Comparator
from tests.forms.cases import KIT_10, OVERALL, ROADS, TARGET, context, in_one_cell
from tests.forms.monitoring_cases import IN_STEP, JULY
from ui.item_models.pasting import paste
from ui.item_models.spellings import closest_choice, meant_choice
from ui.item_models.tabular_text import grid_text, is_table, parse_grid

GIVEN = context()
JULY_FUNDS = IN_STEP["funds"]
TABLE = form(TARGET).table("indicators")
SIGNS = choices.comparators(GIVEN, {})
SECONDS = choices.second_levels(GIVEN, {})


def pasted(text: str, rows=(), at=(0, 0), given_context=GIVEN, table=TABLE):
    return paste(table, given_context, rows, at, parse_grid(text))


def values(result, *keys):
    return [tuple(row.get(key) for key in keys) for row in result.rows]


# Text of the clipboard


def test_quoted_cells_hold_breaks_tabs_and_quotes():
    text = 'a\t"两行\r\n文字"\t"他说""好"""\r\n"带\t制表"\tb\t\r\n'
    assert parse_grid(text) == [["a", "两行\n文字", '他说"好"'], ["带\t制表", "b", ""]]


def test_a_quote_that_is_never_closed_is_an_ordinary_character():
    assert parse_grid('"没有结束\tb\n5"管\tc') == [['"没有结束', "b"], ['5"管', "c"]]


def test_one_cell_is_no_table():
    assert not is_table("养护里程\n")
    assert is_table("a\tb")
    assert is_table("a\nb")
    assert parse_grid("") == []


@given(st.lists(st.lists(st.text(alphabet='甲乙 a1"\t\n=', max_size=6), min_size=2, max_size=3), min_size=1))
def test_what_is_copied_is_what_is_pasted(grid):
    width = max(len(line) for line in grid)
    square = [[cell.strip("\r") for cell in line] + ["x"] * (width - len(line)) for line in grid]
    square[-1][-1] = "终"
    assert parse_grid(grid_text(square)) == square


# Spellings


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+cmd|'/c calc'!A1", "-2+3", "@SUM(A1)", "'=1", "=cmd|'x'!A1\n", '=DDE("a")']
)
def test_a_text_copied_to_excel_is_never_a_formula_there(text):
    copied = grid_text([[text, "平常的字"]])
    assert copied.lstrip('"').startswith("'")
    assert parse_grid(copied) == [[text, "平常的字"]]


@pytest.mark.parametrize("text", ["-5", "+3.5", "-1,234.50", "-5%", "-", "≥95%", "'引号", "5-7"])
def test_numbers_and_plain_words_are_copied_as_they_are(text):
    assert grid_text([[text]]) == f"{text}\n"
    assert parse_grid(f"{text}\n") == [[text]]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (">=", "≥"), ("＞＝", "≥"), ("≧", "≥"), ("不少于", "≥"), ("大于等于", "≥"), ("≥", "≥"),
        ("<=", "≤"), ("不超过", "≤"), ("小于等于", "≤"), ("＝", "="), ("﹦", "="), ("等于", "="),
        ("大于", ">"), ("小于", "<"), ("定性", "qualitative"), ("其他", "other"),
    ],
)  # fmt: skip
def test_signs_in_every_spelling(typed, value):
    found = meant_choice(SIGNS, typed)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("数量指标", "quantity"),
        ("数量", "quantity"),
        ("数量指标(必填硬性指标)", "quantity"),
        ("社会效益指标（必填）", "social_benefit"),
    ],
)
def test_levels_in_every_spelling(typed, value):
    found = meant_choice(SECONDS, typed)
    assert found is not None
    assert found.value == value


def test_words_that_name_no_choice_or_several_are_not_guessed():
    assert meant_choice(SIGNS, "大概") is None
    assert meant_choice(SECONDS, "") is None
    assert closest_choice(SECONDS, "经济") is None
    assert closest_choice(SECONDS, "数").value == "quantity"
    assert closest_choice(SECONDS, "满意").value == "client_satisfaction"


def test_every_comparator_can_be_typed():
    assert {option.value for option in SIGNS} == {sign.value for sign in Comparator}


# Shapes


def test_whole_rows_with_header_and_merged_levels():
    result = pasted(
        "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重\t指标方向性\n"
        "产出指标\t数量指标\t行政村数量\t=\t11\t个\t10\t正向指标\n"
        "\t\t村组干部人数\t≥\t230\t人\t10\t正向指标\n"
        "\t质量指标\t资金足额到位率\t大于等于\t100\t%\t20\t正向指标\n"
        "效益指标\t\t带动增收\t定性\t明显\t\t20\t正向指标\n"
    )
    assert values(result, "first_level", "second_level") == [
        ("output", "quantity"),
        ("output", "quantity"),
        ("output", "quality"),
        ("benefit", None),
    ]
    assert values(result, "comparator", "planned_value", "measure_unit", "weight", "direction")[0] == (
        "=", "11", "个", "10", "positive",
    )  # fmt: skip
    assert (result.row_count, result.added, result.unread) == (4, 4, 0)
    assert result.sentence == "已粘贴 4 行（新增 4 行）。"


def test_a_closing_sum_is_no_row_and_is_told():
    result = pasted("产出指标\t数量指标\t行政村数量\t=\t11\t个\t90\n合 计\t\t\t\t\t\t90\n")
    assert values(result, "third_level", "weight") == [("行政村数量", "90")]
    assert result.sentence == "已粘贴 1 行（新增 1 行）；最后的合计行未粘贴。"


@pytest.mark.parametrize("last", ["合计", "合计\t\t若干\t\t\t\t90", "合计面积\t\t\t\t\t\t90"])
def test_a_line_that_says_more_than_a_sum_is_pasted(last):
    result = pasted(f"产出指标\t数量指标\t行政村数量\t=\t11\t个\t90\n{last}\n")
    assert result.row_count == 2
    assert "合计行" not in result.sentence


def test_a_header_in_another_order_decides_the_columns():
    result = pasted("权重\t指标名称\t计算符号\n15\t养护里程\t不少于\n")
    assert values(result, "weight", "third_level", "comparator") == [("15", "养护里程", "≥")]


def test_sign_value_and_unit_in_one_cell():
    result = pasted(
        "一级指标\t二级指标\t三级指标\t年度指标值\n"
        "产出指标\t数量指标\t清运垃圾\t≥4,200吨\n"
        "产出指标\t时效指标\t完成时间\t2027年12月底\n"
        "效益指标\t社会效益指标\t知晓率\t95%以上\n"
        "效益指标\t可持续影响指标\t长效机制\t健全\n"
        "产出指标\t成本\t总成本\t80000\n"
    )
    assert values(result, "comparator", "planned_value", "measure_unit") == [
        ("≥", "4,200", "吨"),
        ("other", "2027年12月底", None),
        ("≥", "95", "%"),
        ("qualitative", "健全", None),
        (None, "80000", None),
    ]


def test_one_cell_values_without_a_header():
    result = pasted("产出指标\t数量指标\t清运垃圾\t≥4200吨\n\t\t保洁村数\t=11个\n")
    assert values(result, "comparator", "planned_value", "measure_unit") == [
        ("≥", "4200", "吨"),
        ("=", "11", "个"),
    ]


def test_one_cell_values_stay_together_where_the_kit_has_one_column():
    given_context = context(in_one_cell(KIT_10))
    result = pasted("三级指标\t指标值\n清运垃圾\t≥4200吨\n", given_context=given_context)
    assert values(result, "planned_value") == [("≥4200吨",)]


def test_a_single_column_is_pasted_over_the_cells_from_the_current_one():
    weights = [spec.key for spec in TABLE.visible_columns(GIVEN)].index("weight")
    result = pasted("11\n12\n\n14\n", ROADS["indicators"], (1, weights))
    assert [row["weight"] for row in result.rows][:6] == ["20", "11", "12", None, "14", "12"]
    assert result.added == 0


def test_rows_are_added_below_the_last():
    result = pasted("甲\n乙\n丙\n", ROADS["indicators"], (7, 2))
    assert [row["third_level"] for row in result.rows][7:] == ["甲", "乙", "丙"]
    assert result.added == 2
    assert len({row["row_id"] for row in result.rows}) == 10


def test_a_multi_line_cell_of_excel_stays_one_cell():
    result = pasted('产出指标\t数量指标\t"养护里程\n（含便道）"\t≥\t12\t公里\n')
    assert values(result, "third_level") == [("养护里程\n（含便道）",)]


def test_what_cannot_be_read_is_kept_marked_and_counted():
    result = pasted("生产指标\t\t\t差不多\t12\t公里\t十分\n")
    assert values(result, "first_level", "comparator", "weight") == [("生产指标", "差不多", "十分")]
    assert result.unread == 3
    assert "3 格内容没有认出来，已原样保留并标出" in result.sentence


def test_columns_beyond_the_last_are_told_not_silently_dropped():
    result = pasted("10\t正向\t多出来\n", ROADS["indicators"], (0, 6))
    assert result.cut_columns == 1
    assert "右边多出的 1 列没有对应的栏目" in result.sentence


def test_money_columns_read_amounts_and_keep_words():
    table = form(OVERALL).table("annual_tasks")
    result = pasted(
        "任务名称\t主要内容\t总额（万元）\t财政拨款\t其他资金\n环境整治\t清运垃圾\t1,096.50\t1,096.50\t没有\n",
        given_context=context(form_id=OVERALL),
        table=table,
    )
    assert values(result, "total_fen", "fiscal_fen", "other_fen") == [(1_096_500_000, 1_096_500_000, "没有")]


# What nobody can write into


def test_what_falls_on_closed_cells_or_below_the_last_fixed_row_is_told():
    table = form("monitoring").table("funds")
    text = "年度资金总额\t128.4\t\t70\t99%\n财政拨款\t120\t\t65\n其他资金\t8.4\t\t5\n上年结转\t3\n"
    found = pasted(text, JULY_FUNDS, given_context=JULY, table=table)
    assert len(found.rows) == 3
    assert "下面多出的 1 行未粘贴" in found.sentence
    assert "2 格是只读或自动计算的" in found.sentence  # 99% over a rate, 财政拨款 over the source's name


def test_an_office_s_words_for_other_signs_are_known():
    assert meant_choice(SIGNS, "定量其他").value == meant_choice(SIGNS, "定量（其他）").value == "other"
