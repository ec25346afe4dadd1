"""Forms without indicator points in the layouts of other offices (别处表样的调整、整改、汇总、事前评估表).

What such a sheet has no place for is not missing, what it prints is recomputed, and nothing is read from the wrong cell.
"""

from __future__ import annotations

from tests.forms.hand_filled.clean_table import audited
from tests.forms.hand_filled.paper import Value
from tests.forms.hand_filled.reader import read_one_of

Found = set[tuple[str, str, str]]


def _found(*lines: tuple[Value, ...], merges: tuple[tuple[int, int, int, int], ...] = ()) -> Found:
    """Code, level and place of everything said about a sheet."""
    audit = audited(read_one_of(*lines, merges=merges))
    return {(one.code, one.severity.value, one.place.path) for one in audit.findings}


def test_a_list_of_rectifications() -> None:
    head = (
        "序号",
        "项目名称",
        "存在问题",
        "整改意见",
        "整改措施",
        "整改完成情况",
        "完成时限",
        "责任部门",
        "责任人",
    )
    found = _found(
        ("2024年度绩效评价结果整改情况反馈表",),
        ("单位（盖章）：石板镇人民政府", None, None, None, "填报日期：2025年6月10日"),
        head,
        (1, "美丽乡村", "支出进度慢", "加快支出", "按月调度支出", "已完成", "2025年5月底", "财政所", "张三"),
        (
            2,
            "道路养护",
            "台账不全",
            "补齐台账",
            "安排专人登记",
            "正在整改",
            "2025年3月31日",
            "交通办",
            "李四",
        ),
    )
    assert found == {("C48", "explain", "problems[1].deadline_on")}


class TestSummaries:
    HEAD = ("序号", "项目名称", "全年预算数", "全年执行数", "执行率", "自评得分", "自评等级", "备注")
    TITLE = ("2024年度项目支出绩效自评结果汇总表",)
    UNIT = ("填报单位：石板镇人民政府", None, None, None, None, None, "单位：万元")

    def test_right_figures_are_left_alone(self) -> None:
        rows = (
            (1, "美丽乡村", 200, 180, "90%", "96.5", "优"),
            (2, "道路养护", 105, 92, "88%", "89.9", "良"),
            ("合计", None, 305, 272, "89.2%"),
        )
        assert _found(self.TITLE, self.UNIT, self.HEAD, *rows) == set()

    def test_sums_rates_and_grades_are_recomputed(self) -> None:
        rows = (
            (1, "美丽乡村", 200, 180, "90%", "96.5", "优"),
            (2, "环境整治", 50, 20, "50%", "89.9", "优"),
            ("合计", None, 240, 200, "83.33%"),
        )
        assert _found(self.TITLE, self.UNIT, self.HEAD, *rows) == {
            ("C42", "explain", "budget_sum_fen"),
            ("C42", "explain", "rate_of_sums"),
            ("C42", "explain", "summary_rows[1].execution_rate"),
            ("C42", "explain", "summary_rows[1].grade"),
        }

    def test_a_summary_of_targets(self) -> None:
        found = _found(
            ("2025年度项目支出绩效目标汇总表",),
            ("单位：万元",),
            ("序号", "单位名称", "项目名称", "项目类别", "预算金额", "年度绩效目标", "备注"),
            (1, "石板镇", "道路养护", "特定目标类", 100, "养护道路40公里。"),
            (2, "石板镇", "环境整治", "特定目标类", "60.5", "整治12个村。"),
            ("合计", None, None, None, 161),
        )
        assert found == {("C42", "explain", "total_sum_fen")}


def test_an_adjustment_with_both_sides_beside_each_other() -> None:
    lines: tuple[tuple[Value, ...], ...] = (
        ("项目支出绩效目标调整申请（审批）表（2024年度）",),
        ("项目名称", None, "美丽乡村建设", None, "项目代码", None, None),
        ("主管部门", None, "县农业农村局", None, "实施单位", "石板镇人民政府", None),
        ("预算资金（万元）", None, "调整前预算", None, "调整后预算", None, "增减"),
        (None, "年度资金总额", 200, None, 160, None, -40),
        (None, "其中：财政拨款", 200, None, 160, None, -40),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "调整前指标值", "调整后指标值", "调整原因"),
        (None, "产出指标", "数量指标", "示范村数", "5个", "4个", "1个村改列市级项目"),
        (None, "满意度指标", "服务对象满意度指标", "村民满意度", "≥90%", "≥90%", None),
        ("调整理由及依据", "市农发〔2024〕8号调整示范村名单。", None, None, None, None, None),
    )
    merges = ((5, 3, 5, 4), (5, 5, 5, 6), (6, 3, 6, 4), (6, 5, 6, 6), (10, 2, 10, 7))
    audit = audited(read_one_of(*lines, merges=merges))
    assert audit.table.funds[0].annual_budget_fen == 1_600_000_00
    assert [(row.third_level, row.planned_text) for row in audit.table.indicators] == [
        ("示范村数", "=4个"),
        ("村民满意度", "≥90%"),
    ]
    assert audit.findings == ()


def test_points_of_an_ex_ante_table_are_no_money() -> None:
    table = read_one_of(
        ("2025年度财政支出事前绩效评估评分表",),
        ("项目名称", None, "智慧养老平台"),
        ("评估维度", "评估指标", "评估要点", "分值", "得分", "扣分理由"),
        ("立项必要性（20分）", "明确相关性", "目的明确", 20, 18, None),
        ("合计", None, None, 100, 88, None),
    )
    assert (table.form, table.funds) == ("ex_ante_evaluation", ())


def test_sums_of_a_list_with_further_columns_stand_under_their_heads() -> None:
    head = (
        "序号",
        "项目名称",
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "执行率",
        "产出得分",
        "自评总分",
        "等级",
    )
    found = _found(
        ("2024年度项目支出绩效自评结果汇总表",),
        ("填报单位：石板镇人民政府", None, None, None, None, None, None, "单位：万元"),
        head,
        (1, "美丽乡村", 190, 200, 180, "90%", 48, "96.5", "优"),
        (2, "道路养护", 90, 100, 90, "90%", 45, 91, "优"),
        ("合计", None, 280, 300, 270, "90%"),
    )
    assert found == {("C55", "explain", "A3:I3")}
