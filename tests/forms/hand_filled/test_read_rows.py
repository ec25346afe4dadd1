"""Rows as real tables have them: parents and children, shared points, texts in pieces, totals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.hand_filled.stated import StatedTable
from tests.forms.hand_filled.reader import HEAD, TITLE, messages, read_one_of


def brief(table: StatedTable) -> list[tuple[object, ...]]:
    return [
        (row.third_level, row.planned_value, row.actual_value, row.full_score.value, row.is_sub_row)
        for row in table.indicators
    ]


def test_children_without_points_break_down_their_parent() -> None:
    table = read_one_of(
        TITLE,
        HEAD,
        ("产出指标", "数量指标", "1.道路建设", None, None, 20, 18),
        (None, None, "（1）硬化里程", "≥5公里", "4.5公里"),
        (None, None, "（2）路灯", "≥20盏", "20盏"),
        (None, "质量指标", "2.合格率", "100%", "100%", 20, 20),
    )
    assert brief(table) == [
        ("1.道路建设", None, None, 20, False),
        ("（1）硬化里程", 5, Decimal("4.5"), None, True),
        ("（2）路灯", 20, 20, None, True),
        ("2.合格率", 100, 100, 20, False),
    ]


def test_children_with_points_stand_alone_and_their_heading_is_no_indicator() -> None:
    table = read_one_of(
        TITLE,
        HEAD,
        ("产出指标", "数量指标", "1.培训"),
        (None, None, "（1）场次", "3场", "3场", 5, 5),
        (None, None, "（2）人数", "100人", "90人", 5, "4.5", "有人请假"),
    )
    assert brief(table) == [("（1）场次", 3, 3, 5, False), ("（2）人数", 100, 90, 5, False)]


def test_rows_after_one_that_says_of_which_go_on_with_it() -> None:
    table = read_one_of(
        TITLE,
        HEAD,
        ("产出指标", "数量指标", "种植面积", "10亩", "10亩", 20, 20),
        (None, None, "其中：桃树", "4亩", "4亩"),
        (None, None, "　　　苹果树", "6亩", "6亩"),
        (None, None, "农户数", "5户", "5户", 20, 20),
    )
    assert [row[4] for row in brief(table)] == [False, True, True, False]


def test_points_shared_by_merged_rows_are_said() -> None:
    table = read_one_of(
        TITLE,
        HEAD,
        ("产出指标", "数量指标", "甲", "5个", "5个", 10, 10),
        (None, None, "乙", "6个", "6个"),
        (None, "质量指标", "丙", "≥90%", "91%", 10, 10),
        merges=((3, 6, 4, 6), (3, 7, 4, 7), (3, 2, 4, 2)),
    )
    assert brief(table) == [("甲", 5, 5, 10, False), ("乙", 6, 6, None, True), ("丙", 90, 91, 10, False)]
    assert messages(table) == [("F3", "这一格分值由上下几行合用，本行没有单独计分")]


def test_a_text_in_pieces_is_put_together() -> None:
    table = read_one_of(
        TITLE,
        HEAD,
        ("产出指标", "数量指标", "甲", "≥5个", "4个", 10, 9, "因天气原因，"),
        (None, None, None, None, None, None, None, "工期推迟。"),
        (None, None, "乙", "5个", "5个", 10, 10),
    )
    assert [row.deviation_reason for row in table.indicators] == ["因天气原因，工期推迟。", ""]


def test_one_reason_for_several_rows() -> None:
    table = read_one_of(
        TITLE,
        HEAD,
        ("产出指标", "数量指标", "甲", "≥5个", "4个", 10, 8, "汛期停工"),
        (None, None, "乙", "≥5个", "4个", 10, 8),
        (None, None, "丙", "≥5个", "5个", 10, 10),
        merges=((3, 8, 4, 8),),
    )
    assert [row.deviation_reason for row in table.indicators] == ["汛期停工", "汛期停工", ""]


def test_two_targets_under_one_name_stay_two() -> None:
    table = read_one_of(
        ("项目支出绩效目标申报表",),
        HEAD[:4],
        ("产出指标", "数量指标", "培训", "≥5场"),
        (None, None, None, "≥100人次"),
        ("产出指标", "质量指标", "合格率", "≥95%"),
        merges=((3, 3, 4, 3),),
    )
    assert [(row.third_level, row.planned_text) for row in table.indicators] == [
        ("培训", "≥5场"),
        ("培训", "≥100人次"),
        ("合格率", "≥95%"),
    ]


def test_template_rows_are_no_indicators() -> None:
    table = read_one_of(
        TITLE,
        HEAD,
        ("产出指标", "数量指标", "指标1：甲", "5个", "5个", 90, 90),
        (None, None, "指标2："),
        (None, None, "……"),
        ("效益指标", "经济效益指标", "指标1："),
        (None, "社会效益指标"),
        ("满意度指标", "……"),
    )
    assert brief(table) == [("甲", 5, 5, 90, False)]


def test_row_left_without_values_stays_an_indicator() -> None:
    table = read_one_of(
        TITLE, HEAD, ("产出指标", "数量指标", "养护里程"), (None, "质量指标", "合格率", "≥95%", "96%", 10, 10)
    )
    assert [row.third_level for row in table.indicators] == ["养护里程", "合格率"]


def test_level_in_one_wide_cell() -> None:
    table = read_one_of(
        TITLE,
        HEAD,
        ("产出指标", "数量指标", "甲", "5个", "5个", 80, 80),
        ("满意度指标（10分）", None, "群众满意度", "≥90%", "92%", 10, 10),
        merges=((4, 1, 4, 2),),
    )
    assert [(row.first_level, row.second_level) for row in table.indicators] == [
        ("产出指标", "数量指标"),
        ("满意度指标", ""),
    ]


@pytest.mark.parametrize(
    "level",
    ["产出指标（50分）", "产出指标\n(50)", "产出\n指标50分", "产 出 指 标【50分】", "产出指标（５０分）"],
)
def test_points_in_a_level(level: str) -> None:
    table = read_one_of(TITLE, HEAD, (level, "数量指标", "甲", "5个", "5个", 50, 50))
    assert [(item.level, item.points) for item in table.subtotals] == [("产出指标", 50)]
    assert table.indicators[0].first_level == "产出指标"


def test_subtotals_and_total() -> None:
    table = read_one_of(
        TITLE,
        HEAD,
        ("产出指标", "数量指标", "甲", "5个", "5个", 50, 50),
        ("小计", None, None, None, None, 50, 50),
        ("效益指标", "社会效益指标", "乙", "明显", "明显", 40, "38.5"),
        ("合　计", None, None, None, None, 90, "88.5"),
        ("自评等级：良",),
    )
    assert [(item.level, item.points) for item in table.subtotals] == [("产出指标", 50)]
    assert (table.stated_total.text, table.stated_grade) == ("88.5", "良")
    assert len(table.indicators) == 2


@pytest.mark.parametrize("label", ["总分", "总　分", "合计", "总计", "自评总分", "总得分", "得分合计"])
def test_names_of_the_total(label: str) -> None:
    table = read_one_of(
        TITLE,
        HEAD,
        ("产出指标", "数量指标", "甲", "5", "5", 100, 94),
        (label, None, None, None, None, 100, 94),
    )
    assert (len(table.indicators), table.stated_total.value) == (1, 94)
