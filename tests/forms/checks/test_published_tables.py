"""Published tables of real offices (公开的真实表格): what they are known to get wrong is found, and not more.

The facts were copied from tables the offices published themselves; the filings are typed in with the
kit that sets weights at declaration.
"""

from __future__ import annotations

from typing import Any

import pytest

from forms.findings import Finding
from tests.forms import cases
from tests.forms.cases import VILLAGES, Answers, line

WAN = 1_000_000


def _filing(name: str, fen: int, target: str, *rows: tuple[Any, ...]) -> Answers:
    """A published table as answers, in a head that has nothing wrong."""
    return {
        **VILLAGES,
        "project_name": name,
        "annual_total_fen": fen,
        "annual_fiscal_fen": fen,
        "annual_target": target,
        "indicators": [line(number, *row) for number, row in enumerate(rows, 1)],
    }


CADRES = _filing(
    "村组干部报酬",
    330_984_000,
    "按时发放村组干部报酬",
    ("benefit.social_benefit", "维护社会稳定", "≥95", "%", "10"),
    ("output.timeliness", "维持时效", "≥1", "年", "20"),
    ("output.quality", "按时发放", "≥1", "人/年", "10"),
    ("benefit.economic_benefit", "促进村集体经济发展", "≥95", "%", "10"),
    ("output.quantity", "村组干部230人", "≥230", "个", "10"),
    ("benefit.ecological_benefit", "保护生态环境卫生", "≥95", "%", "10"),
    ("benefit.sustainable_impact", "项目维持时效", "≥95", "%", "10"),
    ("satisfaction.client_satisfaction", "人民群众满意度", "≥95", "%", "10"),
)
"""A town's target table of 2023: weights of 90, duties in percent."""

FOREST = _filing(
    "南部水源涵养林建设项目",
    6070 * WAN,
    "完成营造林 80000 亩，修建作业道 30 公里，苗木成活率达到 85%。",
    ("output.quantity", "实施营造林总面积(亩)", "=80000"),
    ("output.quantity", "其中:实施新造林总面积(亩)", "=30000"),
    ("output.quantity", "实施未成林抚育提升及退化林改造总面积(亩)", "=50000"),
    ("output.quantity", "修建作业道长度(公里)", "=30"),
    ("output.quality", "苗木成活率(≥**%)", "≥85"),
    ("output.timeliness", "项目完成时间", "其他2023年底"),
    ("cost.economic_cost", "项目总投入(≥**万元)", "≥6070"),
    ("benefit.economic_benefit", "增加就业机会,提高农民收入。", None),
    ("benefit.social_benefit", "受益人数(人)", "=132"),
    ("benefit.ecological_benefit", "提高森林覆盖率,促进生物多样性保护。", None),
)
"""A natural resources bureau's table of 2022: sign and unit in the names, no weights."""

SCHOOLS = _filing(
    "教育系统基础设施建设和设备购置",
    10_000 * WAN,
    "安排重点建设工程 2 个，改善基础教育学校办学条件。",
    ("output.quantity", "重点建设工程安排数量", "=2", "个"),
    ("output.quality", "重点建设工程验收合格率", "=100", "%"),
    ("cost.economic_cost", "建设项目成本", "定性参照政府采购成本控制"),
    ("output.timeliness", "重点建设工程按期完成率", "=100", "%"),
    ("benefit.sustainable_impact", "基础教育巩固提高情况", "定性巩固提高"),
    ("benefit.social_benefit", "基础教育学校办学条件", "定性持续改善"),
    ("satisfaction.client_satisfaction", "学生、家长、社会满意度", "≥90", "%"),
)
"""An education bureau's table of 2020: qualitative targets, no weights."""


def _findings(answers: Answers) -> list[Finding]:
    given = cases.context(cases.KIT_101, has_ex_ante_evaluation=True)
    return list(cases.report(given, answers).findings)


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        (CADRES, {"C17", "C18", "C20", "C50"}),
        (FOREST, {"C10", "C19", "C21"}),
        (SCHOOLS, {"C16", "C21"}),
    ],
    ids=["cadres", "forest", "schools"],
)
def test_what_the_tables_get_wrong_is_found(answers: Answers, codes: set[str]) -> None:
    assert {finding.code for finding in _findings(answers)} == codes


def test_where_the_cadres_table_is_wrong() -> None:
    places = {(f.code, f.place.path) for f in _findings(CADRES)}
    percent = {("C50", f"indicators[{row}].third_level") for row in ("r1", "r4", "r6", "r7")}
    assert percent <= places
    assert ("C18", "indicators[r3].second_level") in places
    weights = next(f for f in _findings(CADRES) if f.code == "C20")
    assert "产出指标 40 分（应为 50 分），效益指标 40 分（应为 30 分）" in weights.message
    same = next(f for f in _findings(CADRES) if f.code == "C17")
    assert "5 条指标都是“95%”：第 1、4、6、7、8 行" in same.message


def test_the_forest_table_hides_units_and_sign_in_its_names() -> None:
    findings = _findings(FOREST)
    empty_units = [f for f in findings if f.code == "C10" and f.place.column == "measure_unit"]
    assert [f.place.row_id for f in empty_units] == ["r1", "r2", "r3", "r4", "r5", "r7", "r9"]
    assert "“亩”移到计量单位栏" in empty_units[0].remedy
    assert [f.place.row_id for f in findings if f.code == "C19"] == ["r7"]
    weights = next(f for f in findings if f.code == "C21")
    assert weights.message.startswith("7 条指标填了指标值，没有填分值：第 1、3、4、5、6、7、9 行")


def test_the_schools_table_is_vague_twice() -> None:
    vague = [f for f in _findings(SCHOOLS) if f.code == "C16"]
    assert [f.place.row_id for f in vague] == ["r5", "r6"]
    assert "“巩固、提高”" in vague[0].message


TOWNSHIP_ROWS = [
    ("output.quantity", "基建工程委托业务项目数量", "≥50", "个", set()),
    ("output.quality", "委托业务报告合格率", "≥100", "百分比", {"C12", "C13"}),
    ("output.quality", "经费支出合规性", "定性严格执行相关制度规定", "", set()),
    ("output.timeliness", "提交报告及时性", "定性在项目计划完成时间内完成", "", {"C18"}),
    ("output.cost", "项目总成本", "≤90", "万元", set()),
    ("benefit.social_benefit", "对维护基建市场公平的影响程度", "定性效果明显", "", {"C16"}),
    ("output.quantity", "保障村干部人数", "=42", "个", set()),
    ("output.quality", "补助资格合规性", "定性合规", "", set()),
    ("output.timeliness", "补助经费到位及时性", "定性及时", "", {"C16"}),
    ("output.quantity", "★补助各类瓜果蔬菜种植面积", "=29.5", "亩", set()),
    ("output.quality", "养殖家畜家禽成活率", "=95", "%", set()),
    ("benefit.economic_benefit", "特色产业带动增加受益农户收入(总收入)", "≥11.376", "万元", set()),
    ("output.quantity", "发放健康教育资料", "≥12", "种", set()),
    ("output.quantity", "0-6岁儿童健康管理数", "=2089", "人", set()),
    ("output.quantity", "肺结核健康规范管理数", "=8", "例", set()),
    ("output.quantity", "传染病及突发公共卫生事件报告数", "=14", "例", set()),
    ("benefit.economic_benefit", "促进农村集体经济发展", "≥95", "%", {"C50"}),
    ("output.quality", "保障村社区正常运转", "≥95", "%", {"C50"}),
    ("output.quantity", "行政村数量", "=11", "个", set()),
    ("output.quantity", "商业段外立面改造(≥**平方米)", "≥10157.6", "平方米", set()),
    ("output.timeliness", "安全警示标志设置及时率", "=100", "%", set()),
    ("benefit.social_benefit", "安全隐患排查有效处置率", "≥90", "%", set()),
    ("output.cost", "安全隐患排查成本", "=6", "万元", set()),
    ("output.quantity", "资金金额", "=43.2", "万元", {"C18"}),
    ("benefit.economic_benefit", "结余率", "≤5", "%", set()),
    ("benefit.ecological_benefit", "森林火灾受害率", "≤0.9", "‰", set()),
    ("benefit.ecological_benefit", "森林火灾受害率", "≥0.9", "‰", {"C19"}),
    ("benefit.sustainable_impact", "设施可持续使用年限", "≥15", "年", set()),
    ("benefit.economic_benefit", "务工人员年人均增收", "≥8400", "元", set()),
    ("output.quality", "水标尺宽度", "≥50", "厘米", set()),
    ("output.timeliness", "按期完工率", "≥90", "%", set()),
    ("benefit.social_benefit", "市民对环境的满意程度", "≥90", "%", {"C18"}),
    ("satisfaction.client_satisfaction", "受益农户满意度", "≥95", "%", set()),
]
"""Rows as towns publish them, and which checks an official would raise on each."""


@pytest.mark.parametrize(("levels", "name", "value", "unit", "codes"), TOWNSHIP_ROWS)
def test_rows_as_towns_publish_them(levels: str, name: str, value: str, unit: str, codes: set[str]) -> None:
    given = cases.context(cases.KIT_10)
    answers = cases.row_added(cases.CLEANING, levels, name, value, unit)
    findings = cases.report(given, answers).findings
    assert {finding.code for finding in findings} == codes
