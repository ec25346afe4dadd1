"""Monitoring tables: a half year in Hubei, and the national form with its columns of ticks."""

from __future__ import annotations

from decimal import Decimal

from tests.forms.hand_filled.paper import Paper
from tests.forms.hand_filled.reader import read_one


def test_monitoring_table_of_a_half_year() -> None:
    paper = Paper().table(
        ("项目支出绩效监控表（申遗）",),
        ("（2019年度）",),
        ("项目名称", None, "工业遗产保护"),
        ("项目资金\n（万元）", None, None, "年初预算数", "1-6月执行数", "全年预计执行数"),
        (None, None, "年度资金总额：", "220", "87.57"),
        (
            "绩效指标",
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "1-6月执行情况",
            "全年预计完成情况",
            "完成目标可能性",
            "偏差或不能完成目标原因分析",
            "相关建议或举措",
        ),
        (None, "产出指标", "数量", "活动场次", "≥8场", "5场", "9场", "确定能"),
        (None, None, "成本", None, "年度预算220万元", "按进度执行，已使用约40%", None, "确定能"),
        (
            None,
            "效益指标",
            "社会效益",
            None,
            None,
            "先后举办有社会影响力的活动5场",
            None,
            "有可能",
            "资金到位晚",
        ),
        ("注：1.完成目标可能性：分确定能、有可能、不可能三级综合判断完成的可能性。",),
    )
    table = read_one(paper)
    assert (table.form, table.period_month, table.fiscal_year) == ("monitoring", 6, 2019)
    (fund,) = table.funds
    assert (fund.initial_budget_fen, fund.spending_to_date_fen) == (220_000_000, 87_570_000)
    assert fund.annual_budget_fen is fund.annual_spending_fen is fund.forecast_spending_fen is None
    first, second, third = table.indicators
    assert (first.planned_value, first.actual_value, first.forecast_value) == (8, 5, 9)
    assert (first.likelihood, first.third_level) == ("确定能", "活动场次")
    assert (second.second_level, second.third_level, second.actual_text) == (
        "成本",
        "",
        "按进度执行，已使用约40%",
    )
    assert (third.planned_text, third.likelihood, third.deviation_reason) == ("", "有可能", "资金到位晚")
    assert table.unread == ()


def test_national_monitoring_table_with_ticked_columns() -> None:
    paper = Paper()
    paper.put(1, 1, "项目支出绩效目标执行监控表", 1, 16)
    paper.line(3, "项目名称", None, "村级道路养护")
    paper.line(
        4,
        "主管部门及代码",
        None,
        "交通运输局 [205]",
        None,
        None,
        None,
        "实施单位",
        None,
        None,
        "青禾镇人民政府",
    )
    paper.line(
        5,
        "项目资金（万元）",
        None,
        None,
        "年初预算数",
        None,
        "1—7月执行数",
        None,
        "1—7月执行率",
        None,
        "全年预计执行数",
    )
    paper.line(6, None, None, "年度资金总额：", "100", None, "45.5", None, "45.50%", None, "100")
    paper.line(7, None, None, "其中：本年一般公共预算拨款", "100", None, "45.5", None, "45.50%", None, "100")
    paper.line(8, None, None, "其他资金")
    paper.line(9, "年度总体目标", "养护村道120公里。")
    for column, text in enumerate(
        ("一级\n指标", "二级指标", "三级指标", "年度\n指标值", "1—7月\n执行情况", "全年预计\n完成情况"), 2
    ):
        paper.put(10, column, text, 2)
    paper.put(10, 1, "绩效指标", 5)
    paper.put(10, 8, "偏差原因分析", 1, 6)
    paper.put(10, 14, "完成目标可能性", 1, 3)
    paper.put(10, 17, "备注", 2)
    for column, text in enumerate(
        (
            "经费\n保障",
            "制度\n保障",
            "人员\n保障",
            "硬件条\n件保障",
            "其他",
            "原因说明",
            "确定\n能",
            "有可\n能",
            "完全\n不可能",
        ),
        8,
    ):
        paper.put(11, column, text)
    paper.line(
        12,
        None,
        "产出指标",
        "数量指标",
        "指标1：养护里程",
        "≥120公里",
        "60公里",
        "120公里",
        None,
        None,
        None,
        None,
        None,
        None,
        "√",
    )
    paper.line(
        13,
        None,
        None,
        "质量指标",
        "指标1：路况优良率",
        "≥90%",
        "80%",
        "85%",
        "√",
        None,
        "√",
        None,
        None,
        "汛期水毁",
        None,
        "√",
    )
    paper.line(14, None, None, "时效指标", "指标1：", None, None, None)
    table = read_one(paper)
    assert (table.form, table.period_month) == ("monitoring", 7)
    assert [(fund.source, fund.spending_to_date_fen, fund.stated_rate.value) for fund in table.funds] == [
        ("total", 45_500_000, Decimal("0.455")),
        ("fiscal_appropriation", 45_500_000, Decimal("0.455")),
        ("other", None, None),
    ]
    first, second = table.indicators
    assert (first.planned_value, first.actual_value, first.forecast_value) == (120, 60, 120)
    assert (first.likelihood, first.deviation_reason) == ("确定能", "")
    assert (second.likelihood, second.deviation_reason) == ("有可能", "经费保障；人员保障；汛期水毁")
    assert table.targets[0] == "养护村道120公里。"
    assert table.unread == ()
