"""Layouts of published tables met in other provinces (各地公开表格的版式): each kind once, in its smallest form."""

from __future__ import annotations

from forms.findings import Severity
from forms.hand_filled.stated import StatedTable
from tests.forms.hand_filled.clean_table import audited
from tests.forms.hand_filled.paper import Value
from tests.forms.hand_filled.reader import HEAD, TITLE, brief, messages, read_lines, read_one_of, sources

TARGET = ("项目支出绩效目标表（2024年度）",)
LEVELS = ("一级指标", "二级指标", "三级指标")
LENGTH = ("产出指标", "数量指标", "里程")


def _graver(table: StatedTable) -> list[str]:
    return [one.code for one in audited(table).findings if one.severity is not Severity.HINT]


def test_levels_named_below_one_head_while_the_values_reach_down() -> None:
    lines = (
        TITLE,
        ("绩效指标", None, None, "指标性质", "指标值", "度量单位", "实际完成值", "分值", "得分"),
        LEVELS,
        (*LENGTH, "≥", 12, "公里", 12.4, 90, 90),
    )
    merges = ((2, 1, 2, 3), *((2, column, 3, column) for column in range(4, 10)))
    (row,) = read_one_of(
        *[tuple(str(v) if isinstance(v, float) else v for v in x) for x in lines], merges=merges
    ).indicators
    assert brief(row) == (*LENGTH, "≥", 12, "公里")


def test_a_label_over_the_names_of_sources_is_no_column() -> None:
    table = read_one_of(
        TITLE,
        (
            "预算执行情况（10分）",
            "年度预算数（万元）",
            "年初预算",
            "调整后预算数",
            "预算执行数",
            "预算执行率",
            "权重",
            "得分",
        ),
        (None, "总额", 80, 80, 76, "95%", 10, "9.5"),
        (None, "其中：财政资金", 80, 80, 76, "95%", "/", "/"),
        HEAD,
        (*LENGTH, "≥12公里", "12公里", 90, 90),
    )
    assert sources(table) == [("total", 80_000_000), ("fiscal_appropriation", 80_000_000)]
    assert table.unread == ()


def test_sources_beside_each_other() -> None:
    lines = (
        ("预算数（万元）", "其中：财政资金", "其他资金"),
        (60, 50, 5),
        (*LEVELS, "指标值"),
        (*LENGTH, "≥5公里"),
    )
    table = read_one_of(TARGET, *lines)
    assert sources(table) == [
        ("total", 60_000_000),
        ("fiscal_appropriation", 50_000_000),
        ("other", 5_000_000),
    ]


def test_the_fiscal_part_beside_the_money_of_the_year() -> None:
    table = read_one_of(
        TARGET,
        (
            "项目总预算（万元）",
            50,
            "财政资金预算分类",
            "一般公共预算",
            "当年年度预算",
            50,
            "其中财政资金",
            45,
        ),
        ("其它资金", 5, "财政资金科目代码", 2130505, "年度预算执行率", 100, "分值", 10),
        (*LEVELS, "指标值", "分值"),
        (*LENGTH, "≥5公里", 90),
    )
    assert sources(table) == [
        ("total", 50_000_000),
        ("fiscal_appropriation", 45_000_000),
        ("other", 5_000_000),
    ]


def test_points_in_the_names() -> None:
    table = read_one_of(
        ("2024年部门整体支出绩效自评表",),
        (*LEVELS, "得分"),
        ("部门决策（40分）", "目标任务（40分）", "相关性（20分）", 19),
        (None, None, "明确性（20分）", 21),
        ("部门绩效（60分）", "履职成效（60分）", "重点工作（60分）", 58),
        ("合计", None, None, 98),
        merges=((3, 1, 4, 1), (3, 2, 4, 2)),
    )
    assert [(row.third_level, row.full_score.value) for row in table.indicators] == [
        ("相关性", 20),
        ("明确性", 20),
        ("重点工作", 60),
    ]
    assert [code for code in _graver(table) if code != "C1"] == ["C32"]


def test_a_table_without_points_is_asked_for_reasons() -> None:
    lines = (
        ("转移支付区域（项目）绩效自评表（2024年度）",),
        ("转移支付（项目）名称", "公路养护", None, "资金使用单位", "柳林镇人民政府"),
        ("资金投入情况（万元）", "全年预算数（A）", "全年执行数（B）", "预算执行率"),
        ("年度资金总额", 80, 76, "95%"),
        ("地方资金", 80, 76, "95%"),
        (*LEVELS, "指标值", "全年实际完成值", "未完成原因和改进措施"),
        (*LENGTH, "≥12公里", "12公里", None),
    )
    assert _graver(read_one_of(*lines)) == []
    missed = read_one_of(*lines, ("产出指标", "质量指标", "优良率", "≥85%", "80%", None))
    assert _graver(missed) == ["C35"]


def test_one_reason_below_for_all_rows() -> None:
    rows = (TITLE, HEAD[:-1], (*LENGTH, "≥12公里", "6公里", 90, 45), ("总分", None, None, None, None, 90, 45))
    told = read_one_of(*rows, ("偏差大或目标未完成原因分析", "受汛期影响，一半路段未能养护"))
    assert told.reason_below == "受汛期影响，一半路段未能养护"
    assert "C35" not in _graver(told)
    blank = audited(read_one_of(*rows, ("偏差大或目标未完成原因分析",)))
    assert [one.severity for one in blank.findings if one.code == "C35"] == [Severity.BLOCKING]
    without = audited(read_one_of(*rows))
    assert [one.severity for one in without.findings if one.code == "C35"] == [Severity.EXPLAIN]


def test_values_of_half_a_year_are_not_those_of_the_year() -> None:
    lines: tuple[tuple[Value, ...], ...] = (
        TARGET,
        (*LEVELS, "指标值", None, "权重"),
        (None, None, None, "上半年", "全年"),
        (*LENGTH, "2公里", "≥5公里", 90),
    )
    merges = ((2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 3, 3), (2, 4, 2, 5), (2, 6, 3, 6))
    table = read_one_of(*lines, merges=merges)
    assert (table.indicators[0].planned_text, messages(table)) == ("≥5公里", [])


def test_projects_in_rows_of_their_own_above_their_indicators() -> None:
    first, second = read_lines(
        TARGET,
        ("单位名称、项目名称", "项目年度绩效目标", *LEVELS, "指标性质", "指标值", "度量单位", "指标内容"),
        ("村道维修", "完成村道维修5公里，方便群众出行"),
        (None, None, *LENGTH, "≥", 5, "公里", "里程"),
        ("桥梁维修", "完成桥梁维修两座，消除安全隐患"),
        (None, None, "产出指标", "数量指标", "座数", "＝", 2, "座", "座数"),
    )
    assert (first.project_name, first.targets[0]) == ("村道维修", "完成村道维修5公里，方便群众出行")
    assert (second.project_name, second.indicators[0].planned_value) == ("桥梁维修", 2)
    assert first.unread == ()


def test_no_figure_yet_in_monitoring() -> None:
    table = read_one_of(
        ("2024年1—7月项目支出绩效运行监控表",),
        (*LEVELS, "年度指标值", "1—7月执行情况", "全年预计完成情况", "完成目标可能性"),
        ("满意度指标", "服务对象满意度指标", "满意度", "≥90%", "尚未开展调查", "90%", "确定能"),
    )
    assert table.unread == ()
