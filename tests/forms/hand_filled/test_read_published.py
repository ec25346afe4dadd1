"""Tables as offices published them, in their own layouts: what each states, and what could not be read."""

from __future__ import annotations

from decimal import Decimal

from forms.hand_filled.stated import StatedIndicator, StatedTable
from models.domain.money import AmountUnit
from tests.forms.hand_filled.paper import Paper
from tests.forms.hand_filled.reader import FINDER


def read(paper: Paper) -> tuple[StatedTable, ...]:
    return FINDER.read_file("表.xlsx", [paper.grid()])


def read_one(paper: Paper) -> StatedTable:
    (table,) = read(paper)
    return table


def brief(row: StatedIndicator) -> tuple[object, ...]:
    return (
        row.first_level,
        row.second_level,
        row.third_level,
        row.comparator,
        row.planned_value,
        row.measure_unit,
    )


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


FLAT_HEAD = (
    "单位名称", "项目名称", "预算数", "年度目标", "一级指标", "二级指标", "三级指标", "指标性质",
    "指标值", "度量单位", "权重", "指标方向性",
)  # fmt: skip


def test_sichuan_flat_list_gives_a_table_per_project() -> None:
    paper = Paper().table(
        ("部门预算项目绩效目标申报表（2023年度）",),
        (None, None, None, None, None, None, None, None, None, None, None, "金额单位：元"),
        FLAT_HEAD,
        ("820-马鞍镇部门", None, "8,827,620.53"),
        (
            "820001-县马鞍镇人民政府",
            "村组干部报酬",
            "3,309,840.00",
            "按时发放村组干部报酬",
            "效益指标",
            "社会效益指标",
            "维护社会稳定",
            "≥",
            "95",
            "%",
            "10",
            "正向指标",
        ),
        (None, None, None, None, "产出指标", "时效指标", "维持时效", "≥", "1", "年", "20", "正向指标"),
        (None, None, None, None, "产出指标", "质量指标", "按时发放", "≥", "1", "人/年", "10", "正向指标"),
        (
            None,
            "基层组织活动经费",
            "660,000.00",
            "保障运转",
            "满意度指标",
            "服务对象满意度指标",
            "群众满意度",
            "≥",
            "95",
            "%",
            "10",
            "正向指标",
        ),
        (None, None, None, None, "产出指标", "数量指标", "行政村数量", "＝", "11", "个", "10", "正向指标"),
        (None, None, None, None, "产出指标", "成本指标", "超支次数", None, "2", "次", "10", "反向指标"),
    )
    first, second = read(paper)
    assert (first.form, first.unit_of_amount, first.fiscal_year) == (
        "performance_target",
        AmountUnit.YUAN,
        2023,
    )
    assert (first.project_name, first.implementing_unit) == ("村组干部报酬", "820001-县马鞍镇人民政府")
    assert first.targets == ("按时发放村组干部报酬", "")
    assert [fund.annual_budget_fen for fund in (*first.funds, *second.funds)] == [330_984_000, 66_000_000]
    assert [brief(row)[2:] for row in first.indicators] == [
        ("维护社会稳定", "≥", 95, "%"),
        ("维持时效", "≥", 1, "年"),
        ("按时发放", "≥", 1, "人/年"),
    ]
    assert (second.project_name, second.implementing_unit) == ("基层组织活动经费", "820001-县马鞍镇人民政府")
    assert [(row.comparator, row.sign_source, row.direction) for row in second.indicators] == [
        ("≥", "column", "positive"),
        ("=", "column", "positive"),
        ("≤", "direction", "negative"),
    ]
    assert [row.full_score.value for row in second.indicators] == [10, 10, 10]
    assert first.unread == second.unread == ()


def test_target_table_with_sign_and_unit_in_the_name() -> None:
    paper = Paper().table(
        ("项目支出绩效目标申报表（2022年度）",),
        ("项目名称", None, "南部水源涵养林建设项目"),
        ("主管部门", None, "林业局", None, "实施单位", "林场"),
        ("项目资金（万元）", None, "年度资金总额：", "6070.00"),
        (None, None, "其中：财政拨款", "6070.00"),
        (None, None, "其他资金", None),
        ("总体目标", "年度目标"),
        (None, "实施营造林8万亩。"),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值"),
        (None, "产出指标", "数量指标（必填硬性指标）", "实施营造林总面积（亩）", "80000"),
        (None, None, None, "其中：实施新造林总面积（亩）", "30000"),
        (None, None, None, "修建作业道长度（公里）", "30"),
        (None, None, "质量指标", "苗木成活率（≥**%）", "85"),
        (None, None, "时效指标", "项目完成时间", "2023年底"),
        (None, None, "成本指标", "项目总投入（≥**万元）", "6070"),
        (None, "效益指标", "经济效益指标（选填）", "增加就业机会，提高农民收入。"),
        (None, None, "社会效益指标（必填）", "受益人数（人）", "132"),
    )
    table = read_one(paper)
    assert (table.form, table.targets[0]) == ("performance_target", "实施营造林8万亩。")
    assert [(fund.source, fund.annual_budget_fen) for fund in table.funds] == [
        ("total", 6_070_000_000),
        ("fiscal_appropriation", 6_070_000_000),
        ("other", None),
    ]
    assert [(*brief(row)[3:], row.sign_source) for row in table.indicators] == [
        (None, 80000, "亩", ""),
        (None, 30000, "亩", ""),
        (None, 30, "公里", ""),
        ("≥", 85, "%", "name"),
        ("other", None, "", "value"),
        ("≥", 6070, "万元", "name"),
        (None, None, "", ""),
        (None, 132, "人", ""),
    ]
    assert [row.is_sub_row for row in table.indicators] == [False, True, *[False] * 6]
    assert table.indicators[0].second_level == "数量指标（必填硬性指标）"
    assert table.unread == ()


def test_target_table_with_money_glued_to_its_unit() -> None:
    paper = Paper().table(
        ("项目支出绩效目标表",),
        ("项目名称", "教育系统基础设施建设和设备购置", None, "资金总额", "10000万元"),
        ("一级指标", "二级指标", "三级指标", None, "绩效指标值"),
        ("产出指标", "数量指标", "重点建设工程安排数量", None, "2"),
        (None, "成本指标", "建设项目成本", None, "参照政府采购成本控制"),
        ("效益指标", "可持续影响指标", "基础教育巩固提高情况", None, "巩固提高"),
        ("满意度指标", "服务对象满意度指标", "学生、家长、社会满意度", None, "≥90%"),
    )
    table = read_one(paper)
    assert (table.form, table.fiscal_year) == ("performance_target", None)
    assert [(fund.source, fund.annual_budget_fen) for fund in table.funds] == [("total", 10_000_000_000)]
    assert [row.comparator for row in table.indicators] == [None, "qualitative", "qualitative", "≥"]


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


def test_national_target_table_of_two_halves() -> None:
    paper = Paper().table(
        ("项目支出绩效目标申报表",),
        ("（2027年度）",),
        ("项目名称", None, "村级道路养护"),
        ("主管部门及代码", None, "205 交通运输局", None, "实施单位", "青禾镇人民政府"),
        ("项目属性", None, "延续项目", None, "项目期", "2027年—2029年"),
        ("项目资金（万元）", None, "中期资金总额：", "300", "年度资金总额：", None, "100"),
        (None, None, "其中：财政拨款", "270", "其中：财政拨款", None, "90"),
        (None, None, "其他资金", "30", "其他资金", None, "10"),
        ("总体目标", "中期目标（2027年—2029年）", None, None, "年度目标"),
        (None, "三年养护村道360公里。", None, None, "当年养护村道120公里。"),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"),
        (
            None,
            "产出指标",
            "数量指标",
            "指标1：养护里程",
            "≥360公里",
            "数量指标",
            "指标1：养护里程",
            "≥120公里",
        ),
        (None, None, "质量指标", "指标1：优良率", "≥95%", "质量指标", "指标1：优良率", "≥90%"),
        (None, None, "时效指标", "指标1：", None, "时效指标", "指标1：", None),
        (
            None,
            "满意度指标",
            "服务对象满意度指标",
            "指标1：群众满意度",
            "≥95%",
            "服务对象满意度指标",
            "指标1：群众满意度",
            "≥90%",
        ),
    )
    table = read_one(paper)
    assert (table.form, table.fiscal_year) == ("performance_target", 2027)
    assert [(fund.source, fund.annual_budget_fen) for fund in table.funds] == [
        ("total", 100_000_000),
        ("fiscal_appropriation", 90_000_000),
        ("other", 10_000_000),
    ]
    assert [fund.annual_budget_fen for fund in table.medium_funds] == [300_000_000, 270_000_000, 30_000_000]
    assert (table.medium_target, table.targets[0]) == ("三年养护村道360公里。", "当年养护村道120公里。")
    assert [(row.first_level, row.second_level, row.planned_value) for row in table.indicators] == [
        ("产出指标", "数量指标", 120),
        ("产出指标", "质量指标", 90),
        ("满意度指标", "服务对象满意度指标", 90),
    ]
    assert [row.planned_value for row in table.medium_indicators] == [360, 95, 95]


def test_hunan_table_with_long_term_and_yearly_blocks() -> None:
    paper = Paper().table(
        ("项目支出绩效目标申报表（2021年度）",),
        ("项目支出名称", None, "人居环境整治"),
        ("预算部门", None, "坝塘镇人民政府"),
        ("本年度绩效目标", None, "完成人居环境整治。"),
        ("长期绩效指标", "一级指标", "二级指标", "指标内容", "指标值", "备注"),
        (None, "产出指标", "数量指标", "整治村数", "30个"),
        ("年度绩效指标", "一级指标", "二级指标", "指标内容", "指标值", "备注"),
        (None, "产出指标", "数量指标", "整治村数", "10个"),
        (None, "效益指标", "生态效益指标", "环境改善", "显著"),
        ("财政部门审核意见", None, "同意"),
        ("填表人：某某", None, "联系电话：1", None, "单位负责人签字："),
    )
    table = read_one(paper)
    assert table.project_name == "人居环境整治"
    assert [row.planned_value for row in table.medium_indicators] == [30]
    assert [(row.third_level, row.planned_value) for row in table.indicators] == [
        ("整治村数", 10),
        ("环境改善", None),
    ]


def test_overall_target_table_with_tasks() -> None:
    paper = Paper()
    paper.put(1, 1, "部门（单位）整体支出绩效目标申报表", 1, 7)
    paper.put(2, 1, "（2027年度）", 1, 7)
    paper.line(3, "部门（单位）名称", None, "青禾镇人民政府")
    for row in (
        (4, "年度主要任务", "任务名称", "主要内容", None, "预算金额（万元）"),
        (5, None, None, None, None, "总额", "财政拨款", "其他资金"),
        (6, None, "任务1", "道路养护", None, "100", "90", "10"),
        (7, None, "任务2", "环境整治", None, "50", "50", "0"),
        (8, None, "……"),
        (9, None, "金额合计", None, None, "150", "140", "10"),
        (10, "年度总体目标", "目标1：完成各项任务。"),
        (11, "年度绩效指标", "一级指标", "二级指标", None, "三级指标", None, "指标值"),
        (12, None, "产出指标", "数量指标", None, "指标1：养护里程", None, "≥120公里"),
    ):
        paper.line(*row)
    paper.merges += [(5 - 1, 5, 4, 7), (4, 2, 5, 2), (4, 3, 5, 4)]
    table = read_one(paper)
    assert (table.form, table.implementing_unit) == ("overall_expenditure_target", "青禾镇人民政府")
    assert [(task.content, task.total_fen, task.other_fen) for task in table.tasks] == [
        ("道路养护", 100_000_000, 10_000_000),
        ("环境整治", 50_000_000, 0),
    ]
    assert [(fund.source, fund.annual_budget_fen) for fund in table.funds] == [
        ("total", 150_000_000),
        ("fiscal_appropriation", 140_000_000),
        ("other", 10_000_000),
    ]
    assert [brief(row)[2:] for row in table.indicators] == [("养护里程", "≥", 120, "公里")]
    assert table.unit_of_amount is AmountUnit.WAN_YUAN
    assert table.unread == ()


def sources(table: StatedTable) -> list[tuple[str, int | None]]:
    return [(fund.source, fund.annual_budget_fen) for fund in table.funds]


def test_shanghai_target_table_in_yuan_with_a_total_of_several_years() -> None:
    paper = Paper().table(
        ("财政项目支出绩效目标申报表",),
        ("（2023年度）",),
        ("项目名称：", "路灯维护", "项目类别：", "特定目标类"),
        ("主管部门：", "松江镇人民政府", "实施单位：", "市政所"),
        ("计划开始日期：", "2023-01-01", "计划完成日期：", "2025-12-31"),
        ("项目资金（元）", "项目资金总额：", "3000000", "年度资金申请总额：", "1000000"),
        (None, "其中：财政资金", "3000000", "其中：当年财政拨款", "900000"),
        (None, "其他资金", "0", "上年结转资金", "100000"),
        (None, None, None, "其他资金", "0"),
        ("项目总目标", "年度总体目标"),
        ("三年完成更新。", "当年更新100盏。"),
        ("一级指标", "二级指标", "三级指标", "指标目标值"),
        ("产出指标", "数量指标", "路灯数", "=100盏"),
    )
    table = read_one(paper)
    assert (table.unit_of_amount, table.fiscal_year) == (AmountUnit.YUAN, 2023)
    assert sources(table) == [
        ("total", 100_000_000),
        ("fiscal_appropriation", 90_000_000),
        ("carryover", 10_000_000),
        ("other", 0),
    ]
    assert [fund.annual_budget_fen for fund in table.medium_funds] == [300_000_000, 300_000_000, 0]
    assert (table.medium_target, table.targets[0]) == ("三年完成更新。", "当年更新100盏。")
    assert table.unread == ()


def test_chongqing_approval_table_with_ranges_of_points() -> None:
    paper = Paper().table(
        ("2022年项目支出绩效目标审批表",),
        ("预算单位", "云溪乡人民政府", None, "项目名称", "公租房维修"),
        ("业务主管部门", "县财政局", None, "实施单位", "云溪乡规划建设办"),
        ("项目负责人", "某某", None, "联系电话", "1"),
        ("项目总预算（万元）", "50", None, "当年年度预算（万元）", "30"),
        ("其中：财政资金", "30", None, "其它资金", "0"),
        ("年度主要目标和成果", "完成公租房维修。"),
        ("绩效指标（90分）", "一级指标", "二级指标", "三级指标", "指标值", "分值", "指标解释"),
        (None, "成本指标（0—20分）", "经济成本指标", "维修成本", "≤30万元", "20", "按合同价"),
        (None, "产出指标（40－50分）", "数量指标", "维修套数", "≥10套", "40"),
    )
    table = read_one(paper)
    assert (table.form, table.implementing_unit) == ("performance_target", "云溪乡规划建设办")
    assert ("total", 30_000_000) in sources(table)
    assert [(row.first_level, row.full_score.value) for row in table.indicators] == [
        ("成本指标", 20),
        ("产出指标", 40),
    ]
    assert table.subtotals == ()


def test_hunan_table_with_money_of_two_levels() -> None:
    paper = Paper().table(
        ("2023年项目支出绩效目标表",),
        ("单位：万元",),
        ("项目支出名称", "人居环境整治"),
        ("预算部门", "农业农村局"),
        ("年度本级预算金额", "100", "该项目支出上级资金", "20"),
        ("项目支出实施期", "2023年"),
        ("实施期绩效目标", "长期改善。"),
        ("本年度绩效目标", "完成整治。"),
        ("本年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值及单位", "绩效标准"),
        (None, "产出指标", "数量指标", "整治村数", "5个", "计划标准"),
        ("财政部门审核意见", "同意"),
    )
    table = read_one(paper)
    assert sources(table) == [("fiscal_appropriation", 100_000_000), ("fiscal_appropriation", 20_000_000)]
    assert (table.targets[0], table.medium_target) == ("完成整治。", "长期改善。")
    assert [brief(row)[2:] for row in table.indicators] == [("整治村数", None, 5, "个")]
    assert table.unread == ()


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
