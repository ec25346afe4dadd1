"""Targets, monitoring and whole units in other places' layouts (各地目标、监控和整体表样)."""

from __future__ import annotations

from decimal import Decimal

from tests.documents.varied.case import Expected, Layout, lines
from tests.forms.hand_filled.paper import Paper

WAN = 1_000_000


def two_terms_side_by_side() -> Paper:
    """Values of the whole term beside those of the year, money and targets alike."""
    paper = Paper()
    paper.put(1, 1, "附件1")
    paper.put(2, 1, "2024年度项目绩效目标申报表", 1, 7)
    lines(
        paper,
        3,
        ("单位名称：示例镇人民政府", None, None, None, None, None, "单位：元"),
        ("项目名称", None, "镇村垃圾清运服务"),
        ("主管部门", "示例区城管局", "实施单位", "示例镇人民政府"),
        ("项目属性", "□新增项目 ☑延续项目", "项目期", "2023年至2025年"),
        ("实施周期资金总额", None, 3000000, "年度资金总额", None, 1000000),
        ("其中：财政拨款", None, 3000000, "其中：财政拨款", None, 1000000),
        ("其他资金", None, 0, "其他资金", None, 0),
        ("总体绩效目标", "实施周期总目标：", None, None, "年度目标："),
        (None, "三年清运垃圾9万吨。", None, None, "清运垃圾3万吨，日产日清，村容整洁。"),
        ("一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值", "评分标准", "备注"),
        ("产出指标", "数量指标", "清运垃圾量", "≥9万吨", "≥3万吨"),
        (None, "质量指标", "日产日清率", "≥98%", "≥98%"),
        (None, "时效指标", "完成时间", "2025年底", "2024年12月31日前"),
        (None, "成本指标", "每吨清运成本", "不超过33元", "不超过33元/吨"),
        ("效益指标", "生态效益指标", "垃圾无害化处理率", "≥90%", "≥90%"),
        ("满意度指标", "服务对象满意度", "村民满意度", "85%以上", "85％以上"),
        ("填报人：张三", None, "联系电话：1234567"),
    )
    return paper


def money_in_sentences() -> Paper:
    """年度资金总额：36.5 in one cell, the unit in a column of its own under the value's head."""
    paper = Paper()
    paper.put(1, 1, "项目支出绩效目标表", 1, 6)
    lines(
        paper,
        2,
        ("（2024年度）",),
        ("项目名称", None, "乡村公益性岗位"),
        ("主管部门及代码", None, "[312]示例县人社局", None, "实施单位", "示例镇人民政府"),
        ("项目资金（万元）", None, "年度资金总额：36.5"),
        (None, None, "其中：财政拨款：36.5"),
        (None, None, "其他资金：0"),
        ("总体目标", None, "安置公益性岗位30人，按月足额发放岗位补贴。"),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值"),
        (None, "产出指标", "数量指标", "安置人数", "≥30", "人"),
        (None, None, "质量指标", "足额发放率", "≥99", "%"),
        (None, None, "时效指标", "发放及时率", "≥98", "%"),
        (None, None, "成本指标", "补贴标准", "≤800", "元/人·月"),
        (None, "效益指标", "社会效益指标", "岗位在岗率", "≥95", "%"),
        (None, "满意度指标", "服务对象满意度指标", "岗位人员满意度", "85以上", "%"),
    )
    paper.merges.append((9, 5, 9, 6))
    return paper


def sources_without_a_total() -> Paper:
    """Money of this level and from above, each with its own 万元; an approving office's place below."""
    paper = Paper()
    paper.put(1, 1, "2023年部门预算项目支出绩效目标申报表", 1, 6)
    lines(
        paper,
        2,
        ("填报单位：（盖章）示例县交通运输局",),
        ("项目支出名称", "农村公路养护"),
        ("预算部门", "示例县交通运输局", "年度本级预算金额", "300万元"),
        ("该项目支出上级资金", "200万元", "项目支出实施期", "2023年1月-12月"),
        ("本年度绩效目标", "完成农村公路养护450公里，路况保持良好"),
        ("项目年度绩效指标", "一级指标", "二级指标", "三级指标", "指标值及单位", "绩效标准"),
        (None, "产出指标", "数量指标", "养护里程", "≥450公里", "计划标准"),
        (None, None, "质量指标", "合格率", "≥95%", "行业标准"),
        (None, None, "时效指标", "完成时间", "2023年12月底前", "计划标准"),
        (None, None, "成本指标", "经济成本", "≤500万元", "预算支出标准"),
        (None, "效益指标", "社会效益指标", "道路通行率", "≥96%", "历史标准"),
        (None, "满意度指标", "社会公众或服务对象满意度指标", "群众满意度", "≥90%", "历史标准"),
        ("财政部门审核意见",),
        ("填表人：李四", "联系电话：1234567"),
    )
    return paper


def can_it_be_met() -> Paper:
    """Monitoring with signs and units apart; 是否可能完成目标 asks for the likelihood."""
    paper = Paper()
    paper.put(1, 1, "2024年1-8月部门预算项目支出绩效监控表", 1, 11)
    lines(
        paper,
        2,
        ("单位：示例县林业局", *[None] * 9, "金额单位：万元"),
        ("项目名称", None, "51152524T000010001234-森林防火经费"),
        ("主管部门", "林业局", None, "实施单位", "示例县林业局"),
        ("预算执行情况", None, "年初预算数", "调整后预算数", "1-8月预算执行数", "1-8月预算执行率", "预计全年执行数"),
        (None, "总额", 120, 110, 82.5, "75%", 110),
        (None, "财政资金", 120, 110, 82.5, "75%", 110),
        (None, "单位资金", 0, 0, 0, None, 0),
        ("年度总体目标", "护林员到岗到位，不发生重特大森林火灾"),
        ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重", "1-8月完成值", "全年预计完成值",
         "是否可能完成目标", "偏差原因分析", "改进措施"),
        ("产出指标", "数量指标", "巡护次数", "≥", 300, "次", 20, 220, 300, "能"),
        (None, "质量指标", "隐患整改情况", "定性", "全部整改", None, 20, "达成", "达成", "能"),
        ("效益指标", "生态效益", "火灾受害率", "≤", 0.9, "‰", 30, 0, 0.5, "能"),
        ("满意度指标", "满意度", "群众满意度", "≥", 90, "%", 10, None, 88, "可能", "尚未开展调查", "11月组织调查"),
    )  # fmt: skip
    return paper


def a_unit_and_its_tasks() -> Paper:
    """A whole unit: tasks with budget and spending, the execution rate as an indicator of its own."""
    paper = Paper()
    paper.put(1, 1, "2023年度部门整体支出绩效自评表", 1, 9)
    lines(
        paper,
        2,
        ("部门（单位）名称", None, "示例县柳林镇人民政府"),
        ("年度主要任务", "任务名称", "完成情况", "预算数（万元）", None, None, "执行数（万元）"),
        (None, None, None, "总额", "财政拨款", "其他资金", "总额", "财政拨款", "其他资金"),
        (None, "保障机关运转", "已完成", 800, 800, 0, 790, 790, 0),
        (None, "乡村振兴", "已完成", 500, 480, 20, 450, 440, 10),
        (None, "金额合计", None, 1300, 1280, 20, 1240, 1230, 10),
        ("年度总体目标", "预期目标", None, None, None, "目标实际完成情况"),
        (None, "保障运转，发展产业", None, None, None, "机关运转良好，产业发展"),
        ("一级指标", "二级指标", "三级指标", "分值", "年度指标值", "全年完成值", "得分", "未完成原因分析"),
        (
            "预算执行",
            "预算执行率",
            "预算执行率",
            10,
            "100%",
            "95.38%",
            9.54,
            "两个项目跨年实施，已列入下年计划",
        ),
        ("产出指标", "数量指标", "服务群众人次", 20, "≥5000人次", "5200", 20),
        (None, "质量指标", "办结率", 30, "≥98%", "99%", 30),
        ("效益指标", "社会效益", "矛盾化解率", 30, "≥95%", "95%", 30),
        ("满意度指标", "满意度", "群众满意度", 10, "≥90%", "92%", 10),
        ("合计", None, None, 100, None, None, 99.54),
    )
    return paper


def a_unit_in_the_half_year() -> Paper:
    """A whole unit's monitoring, cause and remedy in columns of their own."""
    paper = Paper("监控")
    paper.put(1, 1, "部门（单位）整体支出绩效运行监控表", 1, 11)
    lines(
        paper,
        2,
        ("（2024年1-6月）",),
        ("部门（单位）名称", None, "示例县柳林镇人民政府"),
        ("部门资金（万元）", None, "年初预算数", "调整后预算数", "1-6月执行数", "1-6月执行率", "全年预计执行数"),
        (None, "资金总额", 1300, 1310, 640, "48.85%", 1310),
        (None, "其中：财政拨款", 1280, 1290, 630, "48.84%", 1290),
        (None, "其他资金", 20, 20, 10, "50%", 20),
        ("年度总体目标", None, "保障运转"),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "1-6月完成值", "全年预计完成值", "完成目标可能性",
         "偏差原因分析", "改进措施"),
        (None, "产出指标", "数量指标", "服务人次", "≥5000人次", "2600人次", "5200人次", "确定能"),
        (None, "满意度指标", "满意度", "群众满意度", "≥90%", None, "92%", "有可能", "未到调查时间", "年底调查"),
    )  # fmt: skip
    return paper


def every_second_column() -> Paper:
    """A column left blank between any two, labels with colons, the money's rows without names."""
    paper = Paper()
    paper.put(1, 3, "示例镇2022年度专项资金绩效自评表")
    paper.line(3, "专项名称：美丽庭院创建", None, None, None, None, None, None, "负责人：王五")
    paper.line(4, "主管部门：示例县妇联", None, None, None, "实施单位：示例镇妇联")
    table = (
        ("资金（元）：", "年初预算数", "全年预算数", "执行数", "执行率", "分值", "得分"),
        (None, "300,000.00", "300,000.00", "285,000.00", "95%", "10", "9.5"),
        (),
        ("一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "备注（偏差原因）"),
        ("产出指标", "数量指标", "创建户数", "300户", "285户", "50", "47.5", "部分农户长期外出务工"),
        ("效益指标", "生态效益", "环境整洁率", "大于等于90%", "92%", "30", "30"),
        ("满意度指标", "满意度", "农户满意度", "95%", "95%", "10", "10"),
        ("总计", None, None, None, None, "100", "97"),
    )
    for row, values in enumerate(table, 5):
        for number, value in enumerate(values):
            paper.put(row, 1 + 2 * number, value)
    return paper


def a_list_of_projects() -> Paper:
    """One row an indicator, the project's own columns merged beside its rows."""
    paper = Paper()
    paper.put(1, 1, "2023年度项目支出绩效自评情况表", 1, 13)
    lines(
        paper,
        2,
        ("序号", "项目名称", "预算数（万元）", "执行数（万元）", "执行率", "一级指标", "二级指标", "三级指标", "指标值",
         "完成值", "分值", "得分", "偏差原因"),
        (1, "垃圾清运", 96.5, 96.5, "100%", "产出指标", "数量指标", "清运量", "≥3000吨", "3100吨", 60, 60),
        (None, None, None, None, None, "满意度指标", "满意度", "群众满意度", "≥90%", "91%", 30, 30),
        (2, "路灯维护", 20, 18, "90%", "产出指标", "数量指标", "维护盏数", "≥500盏", "480盏", 60, 57.6, "招标流标一次，影响进度"),
        (None, None, None, None, None, "满意度指标", "满意度", "群众满意度", "≥90%", "95%", 30, 30),
    )  # fmt: skip
    for first in (3, 5):
        paper.merges += [(first, column, first + 1, column) for column in range(1, 6)]
    return paper


_TARGET, _MONITORING = "performance_target", "monitoring"
TARGETS: dict[str, Layout] = {
    "two terms side by side": Layout(two_terms_side_by_side, (
        Expected(_TARGET, "镇村垃圾清运服务", "示例镇人民政府", 2024,
                 (("total", 100 * WAN, None), ("fiscal_appropriation", 100 * WAN, None), ("other", 0, None)),
                 (("清运垃圾量", "≥", 3, ""), ("日产日清率", "≥", 98, ""), ("完成时间", "other", "2024年12月31日前", ""),
                  ("每吨清运成本", "≤", 33, ""), ("垃圾无害化处理率", "≥", 90, ""), ("村民满意度", "≥", 85, ""))),)),
    "money in sentences": Layout(money_in_sentences, (
        Expected(_TARGET, "乡村公益性岗位", "示例镇人民政府", 2024,
                 (("total", Decimal("36.5") * WAN, None), ("fiscal_appropriation", Decimal("36.5") * WAN, None), ("other", 0, None)),
                 (("安置人数", "≥", 30, ""), ("足额发放率", "≥", 99, ""), ("发放及时率", "≥", 98, ""),
                  ("补贴标准", "≤", 800, ""), ("岗位在岗率", "≥", 95, ""), ("岗位人员满意度", "≥", 85, ""))),)),
    "sources without a total": Layout(sources_without_a_total, (
        Expected(_TARGET, "农村公路养护", "示例县交通运输局", 2023,
                 (("fiscal_appropriation", 300 * WAN, None), ("fiscal_appropriation", 200 * WAN, None)),
                 (("养护里程", "≥", 450, ""), ("合格率", "≥", 95, ""), ("完成时间", "other", "2023年12月底前", ""),
                  ("经济成本", "≤", 500, ""), ("道路通行率", "≥", 96, ""), ("群众满意度", "≥", 90, ""))),)),
    "can it be met": Layout(can_it_be_met, (
        Expected(_MONITORING, "森林防火经费", "示例县林业局", 2024,
                 (("total", 110 * WAN, Decimal("82.5") * WAN), ("fiscal_appropriation", 110 * WAN, Decimal("82.5") * WAN), ("own_funds", 0, 0)),
                 (("巡护次数", "≥", 300, 220), ("隐患整改情况", "qualitative", "全部整改", "达成"),
                  ("火灾受害率", "≤", Decimal("0.9"), 0), ("群众满意度", "≥", 90, ""))),)),
    "a unit and its tasks": Layout(a_unit_and_its_tasks, (
        Expected("overall_expenditure_self_evaluation", "", "示例县柳林镇人民政府", 2023,
                 (("total", 1300 * WAN, 1240 * WAN), ("fiscal_appropriation", 1280 * WAN, 1230 * WAN), ("other", 20 * WAN, 10 * WAN)),
                 (("预算执行率", None, 100, Decimal("95.38")), ("服务群众人次", "≥", 5000, 5200), ("办结率", "≥", 98, 99),
                  ("矛盾化解率", "≥", 95, 95), ("群众满意度", "≥", 90, 92)), "99.54"),)),
    "a unit in the half year": Layout(a_unit_in_the_half_year, (
        Expected("overall_expenditure_monitoring", "", "示例县柳林镇人民政府", 2024,
                 (("total", 1310 * WAN, 640 * WAN), ("fiscal_appropriation", 1290 * WAN, 630 * WAN), ("other", 20 * WAN, 10 * WAN)),
                 (("服务人次", "≥", 5000, 2600), ("群众满意度", "≥", 90, ""))),)),
    "every second column": Layout(every_second_column, (
        Expected("self_evaluation", "美丽庭院创建", "示例镇妇联", 2022, (("total", 30 * WAN, Decimal("28.5") * WAN),),
                 (("创建户数", None, 300, 285), ("环境整洁率", "≥", 90, 92), ("农户满意度", None, 95, 95)), "97"),)),
    "a list of projects": Layout(a_list_of_projects, (
        Expected("self_evaluation", "垃圾清运", "", 2023, (("total", Decimal("96.5") * WAN, Decimal("96.5") * WAN),),
                 (("清运量", "≥", 3000, 3100), ("群众满意度", "≥", 90, 91)), codes=frozenset({"C1"})),
        Expected("self_evaluation", "路灯维护", "", 2023, (("total", 20 * WAN, 18 * WAN),),
                 (("维护盏数", "≥", 500, 480), ("群众满意度", "≥", 90, 95)), codes=frozenset({"C1"})),)),
}  # fmt: skip
"""Layouts by what is particular about them."""
