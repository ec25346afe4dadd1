"""Target tables as offices published them: flat lists, signs in names, money glued to its unit."""

from __future__ import annotations

from models.domain.money import AmountUnit
from tests.forms.hand_filled.paper import Paper
from tests.forms.hand_filled.reader import brief, read, read_one

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
