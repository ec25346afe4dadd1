"""Target tables in the frames of provinces and of the national form, two halves and tasks included."""

from __future__ import annotations

from models.domain.money import AmountUnit
from tests.forms.hand_filled.paper import Paper
from tests.forms.hand_filled.reader import brief, read_one, sources


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
