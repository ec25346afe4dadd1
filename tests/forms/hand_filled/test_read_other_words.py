"""Heads in other words than the samples' (别处的表头用语): what a column holds must not change with its name."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.forms.hand_filled.clean_table import audited
from tests.forms.hand_filled.reader import TITLE, WORDS, messages, read_one_of

COLUMNS = {
    "first_level": "一级 指标大类 指标一级",
    "second_level": "二级 指标小类",
    "third_level": "三级 明细指标 考核内容 绩效指标内容",
    "planned": "年初目标 设定目标 计划数 标准值 应完成值 指标目标",
    "actual": "实际指标值 完成数量 全年实际 实施结果 实际实现情况",
    "full_score": "标准分 应得分 应得分值 赋分 基准分",
    "stated_score": "自评打分 得分值 自评得分值 实得分 评分结果",
    "deviation_reason": "偏差情况说明 未完成指标说明 扣分说明 差异分析 偏离说明及整改举措",
    "comparator": "指标关系 比较关系 计算关系 关系",
    "measure_unit": "计量 度量 值单位",
    "direction": "正/逆向 指标导向",
}
FUNDS = {
    "initial_budget": "期初预算数 年初安排数 预算批复数",
    "annual_budget": "最终预算数 调整预算（A） 预算总额 下达预算",
    "annual_spending": "预算执行（B） 全年执行 支付金额 全年支出 资金支出",
    "stated_rate": "执行比例 预算完成率 完成比例",
    "full_score": "标准分 赋分 应得分",
    "stated_score": "实得分 自评打分",
}


@pytest.mark.parametrize("role", COLUMNS)
def test_columns_of_indicators(role: str) -> None:
    assert {text: getattr(WORDS.column(text), "role", "") for text in COLUMNS[role].split()} == dict.fromkeys(
        COLUMNS[role].split(), role
    )


@pytest.mark.parametrize("role", FUNDS)
def test_columns_of_money(role: str) -> None:
    assert {
        text: getattr(WORDS.fund_column(text), "role", "") for text in FUNDS[role].split()
    } == dict.fromkeys(FUNDS[role].split(), role)


def test_a_title_beside_the_whole_block_is_no_level() -> None:
    table = read_one_of(
        TITLE,
        ("绩效指标", "指标名称", "指标性质", "指标值", "计量单位", "全年完成值", "分值", "得分"),
        (None, "编制村规划", "＝", "8", "个", "8", 60, 60),
        (None, "村民满意度", "≥", "90", "%", "93", 40, 40),
        ("说明", "无其他需要说明的事项"),
        merges=((2, 1, 4, 1),),
    )
    assert [(row.first_level, row.second_level) for row in table.indicators] == [("", ""), ("", "")]


def test_a_column_nobody_knows_is_named() -> None:
    head = ("三级指标", "指标值", "扶贫标识", "完成值", "分值", "得分")
    table = read_one_of(TITLE, head, ("培训人次", "≥10次", "是", "12次", 100, 100))
    assert (table.cells, "不认识这样的表头，这些列没有读取") in messages(table)


def test_a_formula_without_result_is_not_called_blank() -> None:
    rows = (("培训人次", "≥10次", "12次", 50, "优"), ("培训场次", "≥2场", "2场", 50, 50))
    table = read_one_of(TITLE, ("三级指标", "指标值", "完成值", "分值", "得分"), *rows)
    assert "C10" not in {finding.code for finding in audited(table).findings}


class TestTargetsWithColumnsOfTheirOwn:
    HEAD = ("三级指标", "指标性质", "指标值", "度量单位", "权重")

    @pytest.mark.parametrize(
        ("cells", "code", "column"),
        [
            (("≥", "98", "百分比"), "C12", "measure_unit"),
            (("≥", "95%", "%"), "C12", "planned_value"),
            (("＝", "≥90", "%"), "C11", "planned_value"),
        ],
    )
    def test_what_stands_in_the_wrong_cell(self, cells: tuple[str, ...], code: str, column: str) -> None:
        table = read_one_of(("项目支出绩效目标表（2024年度）",), self.HEAD, ("垃圾清运率", *cells, 90))
        assert table.indicators[0].planned_value == Decimal(cells[1].strip("≥%"))
        found = {(finding.code, finding.place.column) for finding in audited(table).findings}
        assert (code, column) in found

    @pytest.mark.parametrize("cells", [("≥", "98", "%"), ("≥", "≥98", "%"), ("≥", "98%", "")])
    def test_what_is_left_alone(self, cells: tuple[str, ...]) -> None:
        table = read_one_of(("项目支出绩效目标表（2024年度）",), self.HEAD, ("垃圾清运率", *cells, 90))
        assert not {"C11", "C12"} & {finding.code for finding in audited(table).findings}


def test_scores_of_others_beside_the_money_are_neither_totals_nor_riddles() -> None:
    table = read_one_of(
        ("2022项目支出绩效自评表",),
        (
            "资金情况（元）",
            "年初预算",
            "追加数",
            "到位数",
            "全年预算",
            "实际支出",
            "权重",
            "自评得分",
            "财政复核得分",
        ),
        ("资金总额", "200000", "0", "200000", "200000", "187654", "10", "9.38", "9.2"),
        ("三级指标", "指标值", "完成值", "分值", "得分"),
        ("供养人数", "35人", "35人", 90, 90),
    )
    assert (table.fiscal_year, table.funds[0].annual_budget_fen, messages(table)) == (2022, 20_000_000, [])
    assert table.stated_total.text == ""


@pytest.mark.parametrize(
    ("planned", "actual", "is_missed"),
    [
        ("2024年9月底前", "2024年11月", True),
        ("2024年9月底前", "2024年9月", False),
        ("及时", "不及时", True),
        ("及时", "及时", False),
    ],
)
def test_what_was_late_or_denied_wants_a_reason(planned: str, actual: str, is_missed: bool) -> None:
    head = ("二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "偏差原因")
    table = read_one_of(TITLE, head, ("时效指标", "完工时间", planned, actual, 100, 100, ""))
    found = [finding for finding in audited(table).findings if finding.code == "C35"]
    assert bool(found) is is_missed


def test_points_in_the_headings_of_single_rows() -> None:
    table = read_one_of(
        TITLE,
        ("年度目标", "一级指标", "二级指标", "三级指标", "目标值", "完成值", "得分"),
        ("目标1（40分）", "产出指标", "数量指标（40分）", "培训人次", "≥300人次", "320人次", "40"),
        ("目标2（40分）", "产出指标", "数量指标（20分）", "建设示范点", "≥2个", "2个", "20"),
        (None, None, "质量指标（20分）", "合格率", "≥95%", "96%", "10"),
        (None, None, None, "达标率", "≥95%", "96%", "10"),
    )
    assert [row.full_score.value for row in table.indicators] == [40, 20, None, None]
    assert "C34" not in {one.code for one in audited(table).findings if one.place.column == "second_level"}


def test_money_with_its_sign_and_a_form_left_empty() -> None:
    table = read_one_of(
        TITLE,
        ("项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        ("年度资金总额", "￥1,200.00", "人民币1200万元整", "1200", "10", "100%", "10"),
        ("一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"),
        ("产出指标", "数量指标", "指标1：", None, None, None, None),
    )
    fund = table.funds[0]
    assert (fund.initial_budget_fen, fund.annual_budget_fen) == (1_200_000_000, 1_200_000_000)
    assert ("C1", "indicators") in {(one.code, one.place.path) for one in audited(table).findings}


def test_points_whose_head_lists_those_of_the_levels() -> None:
    head = "*分值 数量(20)、质量(10)、时效(10)、成本(10)、效益(30)、满意度(10)"
    assert getattr(WORDS.column(head), "role", "") == "full_score"


@pytest.mark.parametrize(
    ("name", "planned", "actual", "read"),
    [
        ("合格率", "合格率100%", "合格率98%", ("100", "%", "98")),
        ("满意度", "满意度≥90%", "满意度92%", ("90", "%", "92")),
        ("覆盖率", "达95%以上", "达96%", ("95", "%", "96")),
        ("村数", "12个", "已完成12个", ("12", "个", "12")),
        ("村数", "5个以上（含5个）", "共6个", ("5", "个", "6")),
        ("合格率", "95", "0.95", ("95", "", "95")),
        ("合格率", "≥0.95", "95%", ("0.95", "", "0.95")),
        ("补助", "20万/年", "20万", ("200000", "", "200000")),
        ("检查次数", "≥1次/月", "12次", ("1", "次/月", None)),
        ("里程", "30余公里", "31公里", (None, "", None)),
        ("村数", "已完成12个村、在建3个村", "12个", (None, "", None)),
    ],
)
def test_values_with_words_before_them(
    name: str, planned: str, actual: str, read: tuple[str | None, str, str | None]
) -> None:
    head = ("三级指标", "指标值", "完成值", "分值", "得分")
    (row,) = read_one_of(TITLE, head, (name, planned, actual, 100, 100)).indicators
    numbers = [None if text is None else Decimal(text) for text in (read[0], read[2])]
    assert (row.planned_value, row.measure_unit, row.actual_value) == (numbers[0], read[1], numbers[1])
    assert (row.planned_text, row.actual_text) == (planned, actual)


def test_what_is_asked_by_the_year_has_its_own_unit() -> None:
    table = read_one_of(
        TITLE, ("三级指标", "指标值", "完成值", "分值", "得分"), ("培训", "30个/年", "30个", 100, 100)
    )
    assert "C40" not in {finding.code for finding in audited(table).findings}


def test_a_row_that_does_not_apply_is_asked_for_nothing() -> None:
    head = ("三级指标", "指标值", "完成值", "分值", "得分", "偏差原因")
    rows = (("期数", "≥5期", "6期", 90, 90, ""), ("满意度", "≥90%", "不适用", "—", "—", "没有服务对象"))
    found = {finding.code for finding in audited(read_one_of(TITLE, head, *rows)).findings}
    assert not {"C10", "C21", "C35", "C55"} & found
