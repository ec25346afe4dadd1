"""Heads, titles and whole sheets: lists of projects, levels under one head, further pages, forms by their titles."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.domain.money import AmountUnit
from tests.forms.hand_filled.paper import Value
from tests.forms.hand_filled.reader import HEAD, TITLE, messages, read_lines, read_one_of


def test_self_evaluations_listed_flat() -> None:
    first, second = read_lines(
        ("2023年部门预算项目支出绩效自评表",),
        ("单位：元",),
        (
            "序号",
            "项目名称",
            "主管部门",
            "实施单位",
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "执行率",
            *HEAD,
        ),
        (
            "1",
            "甲项目",
            "交通局",
            "交通局",
            "100000",
            "120000",
            "110000",
            "91.67%",
            "产出指标",
            "数量指标",
            "a",
            "≥3次",
            "3次",
            50,
            50,
        ),
        (*(None,) * 8, "效益指标", "社会效益指标", "b", "明显", "明显", 40, 35),
        (
            "2",
            "乙项目",
            "交通局",
            "公路所",
            "200000",
            "200000",
            "200000",
            "100%",
            "产出指标",
            "数量指标",
            "c",
            "≤3次",
            "2次",
            50,
            50,
        ),
    )
    assert [(table.project_name, table.implementing_unit) for table in (first, second)] == [
        ("甲项目", "交通局"),
        ("乙项目", "公路所"),
    ]
    assert [len(table.indicators) for table in (first, second)] == [2, 1]
    (fund,) = first.funds
    assert (fund.initial_budget_fen, fund.annual_budget_fen, fund.annual_spending_fen) == (
        10_000_000,
        12_000_000,
        11_000_000,
    )
    assert fund.stated_rate.value == Decimal("0.9167")
    assert first.unit_of_amount is AmountUnit.YUAN


def test_what_is_unread_stands_with_its_own_project() -> None:
    head = ("项目名称", "预算数", "一级指标", "二级指标", "三级指标", "指标值", "权重")
    first, second = read_lines(
        ("部门预算项目绩效目标表",),
        head,
        ("甲项目", "100", "产出指标", "数量指标", "a", "≥3次", 90),
        ("乙项目", "另行下达", "产出指标", "数量指标", "b", "≥**次", "多"),
    )
    assert messages(first) == [("A1:G4", "表里没有写金额单位，按万元读取")]
    assert messages(second) == [
        ("F4", "里没有认出数字，指标值没有读取"),
        ("G4", "不是数字，分值没有读取"),
        ("A4:G4", "认不出金额，预算数没有读取"),
    ]


def test_levels_under_one_head() -> None:
    table = read_one_of(
        TITLE,
        ("绩效指标", None, None, "年度指标值", "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", "里程", "≥5公里", "6公里", 50, 50),
        (None, "质量指标", "合格率", "≥95%", "96%", 40, 40),
    )
    assert [(row.first_level, row.second_level, row.third_level) for row in table.indicators] == [
        ("产出指标", "数量指标", "里程"),
        ("产出指标", "质量指标", "合格率"),
    ]


def test_points_of_levels_are_not_those_of_the_indicator() -> None:
    table = read_one_of(
        TITLE,
        ("一级指标", "权重", "二级指标", "权重", "三级指标", "权重", "指标值", "实际完成值", "得分"),
        ("产出指标", 50, "数量指标", 30, "里程", 30, "≥5公里", "6公里", 30),
        (None, None, "质量指标", 20, "合格率", 20, "≥95%", "96%", 20),
    )
    assert [row.full_score.value for row in table.indicators] == [30, 20]
    assert table.unread == ()


def test_cells_under_one_wide_head_are_put_together() -> None:
    table = read_one_of(
        TITLE,
        ("一级指标", "二级指标", "三级指标", None, "年度指标值", None, None, "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", "指标1", "里程", "≥", "5", "公里", "6公里", 50, 50),
        merges=((2, 3, 2, 4), (2, 5, 2, 7)),
    )
    (row,) = table.indicators
    assert (row.third_level, row.planned_text, row.comparator, row.planned_value) == (
        "里程",
        "≥5公里",
        "≥",
        5,
    )


def test_two_columns_for_one_thing_are_said() -> None:
    table = read_one_of(
        TITLE,
        ("三级指标", "指标值", "完成值", "分值", "得分", "自评得分", "财政复核得分"),
        ("里程", "≥5公里", "6公里", 50, 50, 49, 48),
    )
    assert table.indicators[0].stated_score.value == 50
    assert messages(table) == [("F2", "这一列没有读取：“自评得分”与“得分”像是同一项，采用了后者")]


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("2022年度项目支出绩效自评情况一览表", "self_evaluation_summary"),
        ("2022年度项目支出绩效目标一览表", "target_summary"),
        ("2022年1—7月项目支出绩效监控情况表", "monitoring"),
        ("2022年度项目支出绩效情况一览表", ""),
    ],
)
def test_lists_of_projects_are_known_by_their_titles(title: str, form: str) -> None:
    table = read_one_of(
        (title,),
        ("序号", "项目名称", "预算数", "执行数", "自评得分", "等级"),
        ("1", "甲", "10", "9", "95", "优"),
    )
    assert table.form == form


def test_ex_ante_tables() -> None:
    table = read_one_of(
        ("财政支出事前绩效评估评分表",),
        ("项目名称", "甲项目"),
        ("一级指标", "二级指标", "评分要点", "分值", "得分"),
        ("立项必要性（20分）", "明确相关性", "目的明确", 5, 4),
        (None, None, "符合规划", 5, 5),
        ("合计", None, None, 100, 88),
    )
    assert (table.form, table.project_name, table.stated_total.value) == ("ex_ante_evaluation", "甲项目", 88)
    assert [(row.first_level, row.third_level, row.stated_score.value) for row in table.indicators] == [
        ("立项必要性", "目的明确", 4),
        ("立项必要性", "符合规划", 5),
    ]
    told = read_one_of(
        ("一、立项必要性(20分)", "优□良☑"), ("二、投入经济性(20分)",), ("三、绩效目标合理性（20分）",)
    )
    assert told.form == "ex_ante_evaluation"
    assert told.unread == ()


@pytest.mark.parametrize(
    "title",
    [
        "项目支出绩效自评表（2022年度）",
        "２０２２年度项目支出绩效自评表",
        "项目支出绩效自评表（二〇二二年度）",
        "项目支出绩效自评表（ 2022 年度 ）",
    ],
)
def test_the_year_in_any_digits(title: str) -> None:
    lines = ((title,), ("项目名称", "2019年道路项目"), HEAD, ("产出指标", "数量指标", "甲", "5", "5", 1, 1))
    assert read_one_of(*lines).fiscal_year == 2022


def test_no_year_is_no_year() -> None:
    table = read_one_of(
        ("项目支出绩效自评表（　　年度）",),
        ("项目名称", "2019年道路项目"),
        HEAD,
        ("产出指标", "数量指标", "甲", "5", "5", 1, 1),
    )
    assert table.fiscal_year is None


FORMS = {
    "项目支出绩效自评表": "self_evaluation",
    "部门预算项目支出绩效自评表": "self_evaluation",
    "绩效目标自评表": "self_evaluation",
    "绩效目标完成情况表": "self_evaluation",
    "部门整体支出绩效自评表": "overall_expenditure_self_evaluation",
    "部门（单位）整体支出绩效目标申报表": "overall_expenditure_target",
    "项目支出绩效目标申报表": "performance_target",
    "项目支出绩效目标审批表": "performance_target",
    "项目支出绩效目标执行监控表": "monitoring",
    "部门（单位）整体支出绩效运行监控表": "overall_expenditure_monitoring",
    "财政支出事前论证报告评分表": "ex_ante_evaluation",
    "项目支出绩效目标审核表": "target_review",
}


@pytest.mark.parametrize(("title", "form"), FORMS.items())
def test_forms_by_their_titles(title: str, form: str) -> None:
    table = read_one_of(
        (title,),
        ("项目名称", "甲"),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "甲", "5个"),
    )
    assert table.form == form


@pytest.mark.parametrize(
    ("heads", "form"),
    [
        (("指标值",), "performance_target"),
        (("指标值", "实际完成值", "分值", "得分"), "self_evaluation"),
        (("指标值", "1-7月执行情况", "全年预计完成情况"), "monitoring"),
    ],
)
def test_forms_without_a_title_by_their_columns(heads: tuple[str, ...], form: str) -> None:
    table = read_one_of(
        ("项目名称", "甲"),
        ("一级指标", "二级指标", "三级指标", *heads),
        ("产出指标", "数量指标", "甲", "5个"),
    )
    assert table.form == form


ROW = ("产出指标", "数量指标", "里程", "≥5公里", "6公里", 50, 50)
OTHER = (None, "质量指标", "合格率", "≥\n95%", "96\n%", 40, 40)


@pytest.mark.parametrize("title", [TITLE[0], "项目支出绩效自评表（续表）", "续表：项目支出绩效自评表"])
@pytest.mark.parametrize("merged", [True, False])
def test_title_and_head_again_on_a_new_page(title: str, merged: bool) -> None:
    table = read_one_of(
        TITLE,
        ("项目名称", "甲项目"),
        HEAD,
        ROW,
        (title,),
        HEAD,
        OTHER,
        ("总分", None, None, None, None, 90, 90),
        merges=((5, 1, 5, 8),) if merged else (),
    )
    assert [(row.first_level, row.third_level, row.actual_value) for row in table.indicators] == [
        ("产出指标", "里程", 6),
        ("产出指标", "合格率", 96),
    ]
    assert (table.indicators[1].planned_text, table.stated_total.value) == ("≥95%", 90)


def test_the_same_title_over_another_project_is_another_table() -> None:
    lines = (TITLE, ("项目名称", "甲项目"), HEAD, ROW, TITLE, ("项目名称", "乙项目"), HEAD, OTHER)
    assert [table.project_name for table in read_lines(*lines)] == ["甲项目", "乙项目"]


def test_labels_far_apart_in_one_cell() -> None:
    table = read_one_of(
        TITLE,
        ("填报单位：青禾镇 人民政府　　　　金额单位：元",),
        ("项目名称：村级道路养护    主管部门:交通运输局",),
        HEAD,
        ROW,
    )
    assert (table.implementing_unit, table.project_name) == ("青禾镇人民政府", "村级道路养护")
    assert (table.supervising_department, table.unit_of_amount) == ("交通运输局", AmountUnit.YUAN)


@pytest.mark.parametrize(
    ("line", "total"),
    [
        (("总分：94",), 94),
        (("自评总分:94分",), 94),
        (("合计（满分100分）", None, None, None, None, 100, 94), 94),
        (("总计100分", None, None, None, None, None, "94"), 94),
        (("总分", None, None, None, None, "100", None), None),
    ],
)
def test_spellings_of_the_total_row(line: tuple[Value, ...], total: int | None) -> None:
    table = read_one_of(TITLE, HEAD, ROW, line, ("填表人：某某",))
    assert (len(table.indicators), table.stated_total.value) == (1, total)
