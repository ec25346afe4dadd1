"""Self-evaluations as offices published them, in their own layouts."""

from __future__ import annotations

from decimal import Decimal

from models.domain.money import AmountUnit
from tests.forms.hand_filled.paper import Paper
from tests.forms.hand_filled.reader import brief, read_one


def test_sichuan_frame_with_own_columns_for_sign_and_unit() -> None:
    paper = Paper().table(
        ("报表编号：510000_0013zp",),
        ("部门预算项目支出绩效自评表（2023年度）",),
        ("项目名称", None, "51000021R000000019951-工资性支出"),
        ("主管部门", None, "发展和改革局", None, None, "实施单位（盖章）", "发展和改革局"),
        ("项目基本情况", "1.项目年度目标完成情况", "项目年度目标", None, None, "年度目标完成情况"),
        (None, None, "严格执行相关政策，保障工资及时发放。", None, None, "工资全部及时发放。"),
        (
            "预算执行情况(10分)",
            None,
            "年初预算",
            "调整后预算数",
            "预算执行数",
            "预算执行率",
            "权重",
            "得分",
            "原因",
        ),
        (None, "总额", 238.93, 251.89, 251.89, "100.00%", 10, None, "1.预算执行率未达到90%的需说明原因"),
        (None, "其中：财政资金", 238.93, 251.89, 251.89, "100.00%", "/", "/"),
        (None, "财政专户管理资金", "0.00", "0.00", "0.00", "0.00%", "/", "/"),
        (None, "单位资金", "0.00", "0.00", "0.00", "0.00%", "/", "/"),
        (None, "其他资金", None, None, None, None, "/", "/"),
        (
            "绩效指标（90分）",
            "一级指标",
            "二级指标",
            "三级指标",
            "指标性质",
            "指标值",
            "度量单位",
            "完成值",
            "权重",
            "得分",
            "未完成原因分析",
        ),
        (None, "产出指标", "数量指标", "发放（缴纳）覆盖率", "＝", "100", "%", None, 60, None),
        (None, "效益指标", "社会效益指标", "足额保障率（参保率）", "＝", "100", "%", None, 30, None),
        ("合计", None, None, None, None, None, None, None, 100, None),
        ("评价结论", None, "……（200字以内）"),
        ("存在问题", None, "无"),
        ("项目负责人：", None, None, None, "财务负责人："),
    )
    paper.cells = {
        place: (str(value) if isinstance(value, float) else value, form)
        for place, (value, form) in paper.cells.items()
    }
    table = read_one(paper)
    assert table.form == "self_evaluation"
    assert (table.project_code, table.project_name) == ("51000021R000000019951", "工资性支出")
    assert (table.implementing_unit, table.fiscal_year) == ("发展和改革局", 2023)
    assert table.targets == ("严格执行相关政策，保障工资及时发放。", "工资全部及时发放。")
    assert [(fund.source, fund.annual_budget_fen, fund.stated_rate.value) for fund in table.funds] == [
        ("total", 251_890_000, Decimal(1)),
        ("fiscal_appropriation", 251_890_000, Decimal(1)),
        ("special_account", 0, Decimal(0)),
        ("own_funds", 0, Decimal(0)),
        ("other", None, None),
    ]
    assert table.funds[0].full_score.value == 10
    assert table.funds[0].initial_budget_fen == 238_930_000
    assert [brief(row) for row in table.indicators] == [
        ("产出指标", "数量指标", "发放（缴纳）覆盖率", "=", 100, "%"),
        ("效益指标", "社会效益指标", "足额保障率（参保率）", "=", 100, "%"),
    ]
    assert [row.full_score.value for row in table.indicators] == [60, 30]
    assert {row.actual_text + row.stated_score.text for row in table.indicators} == {""}
    assert table.stated_total.value is None
    # 元 or 万元 is said nowhere in this sheet
    assert [item.message for item in table.unread] == ["表里没有写金额单位，按万元读取"]


def test_hubei_frame_with_points_in_the_label() -> None:
    paper = Paper().table(
        ("2020年度长江禁捕项目自评表",),
        ("单位名称：农业工作科", None, None, "填报日期："),
        ("项目名称", None, "渔业成品油价格改革补贴"),
        ("主管部门", None, "区市场监督管理局", None, "项目实施单位", None, "农业科"),
        (
            "预算执行情况\n（万元）\n（20分）",
            None,
            None,
            "预算数（A）",
            "执行数（B）",
            "执行率（B/A）",
            "得分\n（20分*执行率）",
        ),
        (None, None, "年度财政资金总额", "1.56", "1.56", "1", "20"),
        (
            "年度绩效目标1（80分）",
            "一级指标",
            "二级指标",
            "三级指标",
            "年初目标值（A）",
            "实际完成值（B）",
            "得分",
        ),
        (None, "产出指标", "数量指标", "补贴渔船数", "6", "6", "20"),
        (None, None, "质量指标", "渔船补贴发放率", "100%", "100%", "10"),
        (None, None, "时效指标", "12月底之前完成", "100%", "100%", "10"),
        (None, "满意度指标", "服务对象满意度", "退捕渔民抽样调查满意度", "90%", "≥90%", "40"),
        ("总分", None, None, None, None, None, "100"),
        ("偏差大或\n目标未完成\n原因分析", "无"),
        ("改进措施及\n结果应用方案", "无"),
        ("备注：1.预算执行情况口径：预算数为调整后财政资金总额（包括上年结余结转），执行数为实际支出数。",),
    )
    table = read_one(paper)
    assert (table.form, table.fiscal_year) == ("self_evaluation", 2020)
    assert (table.supervising_department, table.implementing_unit) == ("区市场监督管理局", "农业科")
    (fund,) = table.funds
    assert (fund.source, fund.annual_budget_fen, fund.full_score.value) == ("total", 1_560_000, 20)
    assert (fund.stated_rate.text, fund.stated_rate.value, fund.stated_score.value) == ("1", 1, 20)
    assert [
        (row.third_level, row.planned_value, row.actual_value, row.stated_score.value)
        for row in table.indicators
    ] == [
        ("补贴渔船数", 6, 6, 20),
        ("渔船补贴发放率", 100, 100, 10),
        ("12月底之前完成", 100, 100, 10),
        ("退捕渔民抽样调查满意度", 90, 90, 40),
    ]
    assert table.indicators[3].actual_text == "≥90%"
    assert table.stated_total.value == 100
    assert table.unread == ()


def test_chongqing_overall_table_with_reverse_names() -> None:
    paper = Paper().table(
        ("2021年度部门整体绩效自评表",),
        ("部门（单位）名称", "融媒体中心", None, None, "自评总分（分）", "97.6"),
        ("部门联系人", "某某", None, None, "联系电话", "023-1"),
        ("年初预算数", "全年（调整）预算数", "全年执行数", "执行率（%）", "执行率权重", "执行率得分（分）"),
        ("1000", "1200", "912", "76%", "10", "7.6"),
        (
            "指标名称",
            "计量单位",
            "指标性质",
            "指标值",
            "全年完成值",
            "得分系数（%）",
            "指标权重（分）",
            "指标得分（分）",
            "是否核心指标",
        ),
        ("财政供养人员控制率", "%", "定量指标", "100%", "92%", "100%", "2", "2", "否"),
        ("结转结余率", "%", "定量指标", "2%", "0", "100%", "2", "2", "是"),
        ("政府采购执行率", "%", "定量指标", "100%", "72.74%", "100%", "2", "2", "是"),
        ("管理制度健全性", None, "定性指标", "高", "高", "100%", "3", "3", "否"),
        ("播发稿件数量", "篇", "定量指标", "2200篇", "2859篇", "100%", "10", "10", "是"),
    )
    table = read_one(paper)
    assert table.form == "overall_expenditure_self_evaluation"
    assert table.stated_total.value == Decimal("97.6")
    (fund,) = table.funds
    assert (fund.stated_rate.value, fund.stated_score.value) == (Decimal("0.76"), Decimal("7.6"))
    signs = {row.third_level: (row.comparator, row.sign_source) for row in table.indicators}
    assert signs["财政供养人员控制率"] == ("≤", "wording")
    assert signs["结转结余率"] == ("≤", "wording")
    assert signs["政府采购执行率"] == (None, "")
    assert signs["管理制度健全性"][0] == "qualitative"
    assert [row.actual_value for row in table.indicators] == [92, 0, Decimal("72.74"), None, 2859]
    assert [row.full_score.value for row in table.indicators] == [2, 2, 2, 3, 10]


def test_henan_overall_table_with_the_structure_of_spending() -> None:
    paper = Paper().table(
        ("2024年度部门整体绩效自评表",),
        ("部门名称", "青禾镇人民政府"),
        ("预算情况（万元）", None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        (None, "部门预算总额", "100", "100", "90", "10", "90%", "9"),
        (None, "其中：政府预算资金", "100", "100", "90", None, "90%"),
        (None, "基本支出", "60", "60", "60"),
        (None, "项目支出", "40", "40", "30"),
        ("一级指标", "二级指标", "三级指标", "指标值", "指标值说明", "实际值", "权重", "得分"),
        ("投入管理指标", "工作目标管理", "年度履职目标相关性", "相关", None, "相关", "2", "2"),
        ("产出指标", "重点工作任务完成", "道路养护", "100%", None, "100%", "20", "20"),
    )
    table = read_one(paper)
    assert (table.form, table.implementing_unit) == ("overall_expenditure_self_evaluation", "青禾镇人民政府")
    assert [fund.source for fund in table.funds] == ["total", "fiscal_appropriation", "detail", "detail"]
    assert [row.full_score.value for row in table.indicators] == [2, 20]
    assert table.unread == ()


def test_two_targets_each_with_its_own_head() -> None:
    head = ("一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分")
    paper = Paper().table(
        ("2020年度项目自评表",),
        ("项目名称", "甲"),
        ("年度绩效目标1（40分）", *head),
        (None, "产出指标", "数量指标", "a", "5", "5", "40"),
        ("年度绩效目标2（40分）", *head),
        (None, "产出指标", "数量指标", "b", "6", "6", "40"),
        ("总分", None, None, None, None, None, "96"),
    )
    table = read_one(paper)
    assert [(row.third_level, row.planned_value) for row in table.indicators] == [("a", 5), ("b", 6)]
    assert table.stated_total.value == 96


def test_second_levels_named_without_a_first_level() -> None:
    paper = Paper().table(
        ("项目绩效目标自评表",),
        ("项目名称", "甲", None, "年度", "2022"),
        ("资金来源", "年初预算（元）", "调整后预算（元）", "实际支出（元）", "预算执行率（%）", "得分"),
        ("财政拨款", "10000", "20000", "19000", "95", "9.5"),
        ("合计", "10000", "20000", "19000", "95", "9.5"),
        ("指标类别", "指标名称", "目标值", "完成值", "权重", "得分", "备注"),
        ("数量指标", "养护里程", "≥5", "6", "90", "90", "无"),
    )
    table = read_one(paper)
    assert (table.fiscal_year, table.unit_of_amount) == (2022, AmountUnit.YUAN)
    assert [(fund.source, fund.annual_budget_fen, fund.stated_rate.value) for fund in table.funds] == [
        ("fiscal_appropriation", 2_000_000, Decimal("0.95")),
        ("total", 2_000_000, Decimal("0.95")),
    ]
    assert [(row.first_level, row.third_level, row.planned_value) for row in table.indicators] == [
        ("数量指标", "养护里程", 5)
    ]
