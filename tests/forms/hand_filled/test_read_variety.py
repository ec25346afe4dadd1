"""What else real tables do: parents and children, shared points, texts in pieces, lists, odd heads, foreign tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.hand_filled.stated import StatedTable
from models.domain.money import AmountUnit
from tests.forms.hand_filled.paper import Paper, Value
from tests.forms.hand_filled.reader import FINDER

TITLE = ("项目支出绩效自评表（2022年度）",)
HEAD = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)


def read(
    *lines: tuple[Value, ...], merges: tuple[tuple[int, int, int, int], ...] = ()
) -> tuple[StatedTable, ...]:
    paper = Paper().table(*lines)
    paper.merges += merges
    return FINDER.read_file("表.xlsx", [paper.grid()])


def read_one(*lines: tuple[Value, ...], merges: tuple[tuple[int, int, int, int], ...] = ()) -> StatedTable:
    (table,) = read(*lines, merges=merges)
    return table


def brief(table: StatedTable) -> list[tuple[object, ...]]:
    return [
        (row.third_level, row.planned_value, row.actual_value, row.full_score.value, row.is_sub_row)
        for row in table.indicators
    ]


def messages(table: StatedTable) -> list[tuple[str, str]]:
    return [(item.where, item.message) for item in table.unread]


def test_children_without_points_break_down_their_parent() -> None:
    table = read_one(
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
    table = read_one(
        TITLE,
        HEAD,
        ("产出指标", "数量指标", "1.培训"),
        (None, None, "（1）场次", "3场", "3场", 5, 5),
        (None, None, "（2）人数", "100人", "90人", 5, "4.5", "有人请假"),
    )
    assert brief(table) == [("（1）场次", 3, 3, 5, False), ("（2）人数", 100, 90, 5, False)]


def test_rows_after_one_that_says_of_which_go_on_with_it() -> None:
    table = read_one(
        TITLE,
        HEAD,
        ("产出指标", "数量指标", "种植面积", "10亩", "10亩", 20, 20),
        (None, None, "其中：桃树", "4亩", "4亩"),
        (None, None, "　　　苹果树", "6亩", "6亩"),
        (None, None, "农户数", "5户", "5户", 20, 20),
    )
    assert [row[4] for row in brief(table)] == [False, True, True, False]


def test_points_shared_by_merged_rows_are_said() -> None:
    table = read_one(
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
    table = read_one(
        TITLE,
        HEAD,
        ("产出指标", "数量指标", "甲", "≥5个", "4个", 10, 9, "因天气原因，"),
        (None, None, None, None, None, None, None, "工期推迟。"),
        (None, None, "乙", "5个", "5个", 10, 10),
    )
    assert [row.deviation_reason for row in table.indicators] == ["因天气原因，工期推迟。", ""]


def test_one_reason_for_several_rows() -> None:
    table = read_one(
        TITLE,
        HEAD,
        ("产出指标", "数量指标", "甲", "≥5个", "4个", 10, 8, "汛期停工"),
        (None, None, "乙", "≥5个", "4个", 10, 8),
        (None, None, "丙", "≥5个", "5个", 10, 10),
        merges=((3, 8, 4, 8),),
    )
    assert [row.deviation_reason for row in table.indicators] == ["汛期停工", "汛期停工", ""]


def test_two_targets_under_one_name_stay_two() -> None:
    table = read_one(
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
    table = read_one(
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
    table = read_one(
        TITLE, HEAD, ("产出指标", "数量指标", "养护里程"), (None, "质量指标", "合格率", "≥95%", "96%", 10, 10)
    )
    assert [row.third_level for row in table.indicators] == ["养护里程", "合格率"]


def test_level_in_one_wide_cell() -> None:
    table = read_one(
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
    table = read_one(TITLE, HEAD, (level, "数量指标", "甲", "5个", "5个", 50, 50))
    assert [(item.level, item.points) for item in table.subtotals] == [("产出指标", 50)]
    assert table.indicators[0].first_level == "产出指标"


def test_subtotals_and_total() -> None:
    table = read_one(
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
    table = read_one(
        TITLE,
        HEAD,
        ("产出指标", "数量指标", "甲", "5", "5", 100, 94),
        (label, None, None, None, None, 100, 94),
    )
    assert (len(table.indicators), table.stated_total.value) == (1, 94)


def test_self_evaluations_listed_flat() -> None:
    first, second = read(
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


def test_levels_under_one_head() -> None:
    table = read_one(
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
    table = read_one(
        TITLE,
        ("一级指标", "权重", "二级指标", "权重", "三级指标", "权重", "指标值", "实际完成值", "得分"),
        ("产出指标", 50, "数量指标", 30, "里程", 30, "≥5公里", "6公里", 30),
        (None, None, "质量指标", 20, "合格率", 20, "≥95%", "96%", 20),
    )
    assert [row.full_score.value for row in table.indicators] == [30, 20]
    assert table.unread == ()


def test_cells_under_one_wide_head_are_put_together() -> None:
    table = read_one(
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
    table = read_one(
        TITLE,
        ("三级指标", "指标值", "完成值", "分值", "得分", "自评得分", "财政复核得分"),
        ("里程", "≥5公里", "6公里", 50, 50, 49, 48),
    )
    assert table.indicators[0].stated_score.value == 50
    assert messages(table) == [("F2", "这一列没有读取：“自评得分”与“得分”像是同一项，采用了后者")]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("2022年度项目支出绩效自评结果汇总表", "2022年度项目支出绩效自评结果汇总表"),
        ("项目支出绩效监控情况表", "项目支出绩效监控情况表"),
    ],
)
def test_lists_of_projects_are_no_forms(title: str, text: str) -> None:
    table = read_one(
        (title,),
        ("序号", "项目名称", "预算数", "执行数", "自评得分", "等级"),
        ("1", "甲", "10", "9", "95", "优"),
    )
    assert (table.form, table.funds) == ("", ())
    assert [(item.text, item.message) for item in table.unread] == [
        (text, "不是可以逐条核对绩效指标的表，没有读取")
    ]


def test_ex_ante_tables() -> None:
    table = read_one(
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
    told = read_one(
        ("一、立项必要性(20分)", "优□良☑"), ("二、投入经济性(20分)",), ("三、绩效目标合理性（20分）",)
    )
    assert told.form == "ex_ante_evaluation"
    assert [item.message for item in told.unread] == ["像是事前绩效评估表，但没有找到绩效指标的表头"]


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
    table = read_one(
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
    table = read_one(TITLE, ("单位：万元",), FUND_HEAD, (None, "年度资金总额", amount, None, None), HEAD)
    assert table.funds[0].initial_budget_fen == fen
    assert table.unread == ()


def test_what_is_no_number_is_said() -> None:
    table = read_one(
        TITLE,
        ("单位：万元",),
        FUND_HEAD,
        (None, "年度资金总额", "约九十万", "100", "100", "十分", "已执行完毕", "10"),
        HEAD,
        ("产出指标", "数量指标", "里程", "≥5公里", "已完成", 10, "优"),
    )
    assert [(item.where, item.text, item.message) for item in table.unread] == [
        ("E6", "已完成", "里没有认出数字，实际完成值没有读取"),
        ("G6", "优", "不是数字，得分没有读取"),
        ("C4", "约九十万", "认不出金额，年初预算数没有读取"),
        ("F4", "十分", "不是数字，分值没有读取"),
        ("G4", "已执行完毕", "不是百分数，执行率没有读取"),
    ]


def test_sources_of_money() -> None:
    table = read_one(
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
    table = read_one(
        TITLE,
        ("金额单位：元",),
        head,
        (None, "年度资金总额", "100"),
        HEAD,
        ("产出指标", "数量指标", "甲", "5", "5", 1, 1),
    )
    assert table.unit_of_amount is AmountUnit.WAN_YUAN
    assert [item.message for item in table.unread] == ["表头写的单位是元，资金栏写的是万元，按资金栏读取"]


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
    assert read_one(*lines).fiscal_year == 2022


def test_no_year_is_no_year() -> None:
    table = read_one(
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
    "项目支出绩效目标审核表": "",
}


@pytest.mark.parametrize(("title", "form"), FORMS.items())
def test_forms_by_their_titles(title: str, form: str) -> None:
    table = read_one(
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
    table = read_one(
        ("项目名称", "甲"),
        ("一级指标", "二级指标", "三级指标", *heads),
        ("产出指标", "数量指标", "甲", "5个"),
    )
    assert table.form == form
