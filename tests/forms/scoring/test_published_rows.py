"""Published tables (公开的真实表格): rows that can be recomputed come out as the offices printed them, or as they should.

The facts were copied from self-evaluations the offices published themselves, spellings and all.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.scoring.inputs import FundsInput
from forms.scoring.reading import IndicatorCells
from forms.scoring.score_sheet import ScoreSheet
from forms.scoring.scorer import score_sheet
from models.domain.kit import ScoreScheme
from tests.forms.scoring.cases import READER, SCHEME_10, SCHEMES

Row = tuple[str, str, str, str, str]
"""Name, planned value, actual value, full marks, points printed ("" for none)."""

SERVICES: tuple[Row, ...] = (
    ("基建工程委托业务项目数量", "≥50个", "50", "8", "8"),
    ("委托业务报告合格率", "≥100百分比", "100", "8", "8"),
    ("经费支出合规性", "严格执行相关制度规定", "达成预期指标", "8", "8"),
    ("提交报告及时性", "在项目计划完成时间内完成", "达成预期指标", "8", "8"),
    ("项目总成本", "≤90万元", "90", "8", "8"),
    ("单项业务成本", "符合相关规定", "达成预期指标", "10", "10"),
    ("对维护基建市场公平的影响程度", "效果明显", "达成预期指标", "10", "10"),
    ("对控制基建项目成本影响程度", "效果明显", "达成预期指标", "10", "10"),
)
WATER_GAUGES: tuple[Row, ...] = (
    ("安装坡面水标尺", "≥266米", "≥266米", "10", "10"),
    ("水标尺宽度", "≥50厘米", "≥50厘米", "10", "10"),
    ("项目(工程)验收合格率", "100%", "100%", "20", "20"),
    ("及时(按期)开工率", "≥90%", "≥90%", "10", "10"),
    ("项目计划总投资", "20万元", "20万元", "10", "10"),
    ("受益脱贫(含监测对象)户人口数", "≥1000人", "≥1000人", "10", "10"),
    ("群众生产生活条件改善状况", "显著提升", "显著提升", "10", "10"),
    ("受益脱贫(含监测对象)户满意度", "≥95%", "≥95%", "10", "10"),
)
HOUSEHOLDS: tuple[Row, ...] = (
    ("★补助各类瓜果蔬菜种植面积", "29.5亩", "29.5亩", "20", "20"),
    ("其中桃树种植面积", "1.5亩", "1.5亩", "", ""),
    ("★补助鱼塘面积", "3亩", "3亩", "10", "10"),
    ("★补助家畜家禽养殖数量", "192只", "192只", "10", "10"),
    ("种植作物成活率", "95%", "95%", "5", "5"),
    ("养殖家畜家禽成活率", "95%", "100%", "5", "5"),
    ("特色产业带动增加受益农户收入(总收入)", "≥11.376万元", "12万元", "20", "20"),
    ("受益人口数量", "90人", "90人", "10", "10"),
)
FISHING_BAN: tuple[Row, ...] = (
    ("补贴渔船数", "6", "6", "20", "20"),
    ("渔船补贴发放率", "100%", "100%", "10", "10"),
    ("12月底之前完成", "100%", "100%", "10", "10"),
    ("退捕渔民抽样调查满意度", "90%", "≥90%", "40", "40"),
)
MEDIA: tuple[Row, ...] = (
    ("基础信息完善", "100%", "100%", "1", "1"),
    ("预算完成率", "70%", "76%", "2", "2"),
    ("预算调整率", "3%", "0", "2", "2"),
    ("结转结余率", "2%", "0", "2", "2"),
    ("管理制度健全性", "高", "高", "3", "3"),
    ("资金使用合规性", "好", "好", "5", "5"),
    ("党性教育培训次数", "≥6次", "12次", "5", "5"),
    ("播发稿件数量", "2200篇", "2859篇", "10", "10"),
    ("业务保障能力提升", "90%", "95%", "10", "10"),
)
INSURANCE: tuple[Row, ...] = (
    ("全县参合人数", "8755", "8676", "15", "13"),
    ("资金是否全部纳入医保统筹", "100%", "100%", "15", "15"),
    ("资金是否全部及时纳入", "100%", "100%", "10", "10"),
    ("配套资金每人每年", "75元", "75元", "10", "10"),
    ("是否解决建档立卡人员看病难贵问题", "95%", "95%", "30", "27"),
    ("是否满意", "95%", "95%", "10", "9"),
)


def _score(rows: tuple[Row, ...], budget: str, spending: str, by: ScoreScheme = SCHEME_10) -> ScoreSheet:
    cells = [
        IndicatorCells(f"r{number}", name, planned=planned, actual=actual, full_score=full)
        for number, (name, planned, actual, full, _printed) in enumerate(rows, 1)
    ]
    money = FundsInput(*(int(Decimal(amount) * 1_000_000) for amount in (budget, spending)))
    return score_sheet(by, money, [READER.read(one) for one in cells])


@pytest.mark.parametrize(
    ("rows", "budget", "spending", "by", "execution"),
    [
        (SERVICES, "89.974", "89.974", SCHEME_10, "10.00"),
        (WATER_GAUGES, "20", "20", SCHEME_10, "10.00"),
        (HOUSEHOLDS, "9.48", "9.48", SCHEME_10, "10.00"),
        (FISHING_BAN, "1.56", "1.56", SCHEMES["scheme_20_80"], "20.00"),
        (MEDIA, "100", "76", SCHEME_10, "7.60"),
    ],
    ids=["委托业务", "水标尺", "到户补贴", "长江禁捕", "融媒体"],
)
def test_tables_that_follow_the_rule_are_recomputed_as_printed(rows, budget, spending, by, execution) -> None:
    found = _score(rows, budget, spending, by)
    for one, (name, _planned, _actual, _full, printed) in zip(found.rows, rows, strict=True):
        if printed:
            assert one.score == Decimal(printed), name
            assert one.is_met, name
        else:
            assert not one.is_counted
    assert str(found.execution.score) == execution
    assert found.is_complete


def test_points_that_do_not_follow_the_rule_are_told_apart() -> None:
    found = _score(INSURANCE, "65.66", "65.07")
    assert [str(one.score) for one in found.rows] == ["14.86", "15.00", "10.00", "10.00", "30.00", "10.00"]
    assert (str(found.execution.score), str(found.execution.rate)) == ("9.91", "0.9910")
    assert (str(found.total), found.full_total, found.grade) == ("99.77", 100, "优")
    printed = sum(Decimal(one[4]) for one in INSURANCE) + 9
    assert printed == 93  # the office printed 94
    assert found.rows[0].explanation.formula == "15 × 8676 ÷ 8755 = 14.86"


def test_a_table_whose_points_add_up_to_a_hundred_and_ten() -> None:
    rows = (*WATER_GAUGES, ("及时(按期)完工率", "≥90%", "≥90%", "10", "10"))
    found = _score(rows, "20", "20")
    assert (found.full_total, str(found.total)) == (110, "110.00")
    assert found.explanation().notes == ("分值合计 110 分，应为 100 分",)
    assert "带有符号" in found.rows[0].explanation.notes[0]


def test_a_total_row_left_at_zero_scores_nothing_where_the_sources_would_score_all() -> None:
    assert _score(SERVICES, "0", "0").execution.score == 0
    assert str(_score(SERVICES, "89.974", "89.974").execution.score) == "10.00"


def test_a_table_published_with_empty_columns_waits() -> None:
    empty = (("发放(缴纳)覆盖率", "=100%", "", "60", ""), ("足额保障率(参保率)", "=100%", "", "30", ""))
    found = _score(empty, "251.89", "251.89")
    assert (str(found.total), found.is_complete) == ("10.00", False)


def test_a_grade_changed_by_review() -> None:
    reviewed = (("复核得分", "100", "88.64", "90", ""),)
    assert str(_score(reviewed, "246.37", "246.37").total) == "89.78"
