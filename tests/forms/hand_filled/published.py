"""Published tables as the reader hands them over (公开的真实表格): texts as the offices printed them, nothing filled in.

The facts were copied from self-evaluations, targets and monitoring tables the offices published themselves.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from forms.hand_filled.stated import (
    StatedFund,
    StatedIndicator,
    StatedNumber,
    StatedSubtotal,
    StatedTable,
)
from models.domain.money import AmountUnit

_VALUE = re.compile(r"([≥≤=><]?)(\d+(?:\.\d+)?)(.{0,6})")


def number(text: str | None, *, is_rate: bool = False) -> StatedNumber:
    """A printed number; strokes have no value, a rate is a share."""
    body = (text or "").rstrip("%")
    if not re.fullmatch(r"-?\d+(\.\d+)?", body):
        return StatedNumber(text or "")
    value = Decimal(body)
    is_share = not is_rate or ("%" not in (text or "") and value <= 1)
    return StatedNumber(text or "", value if is_share else value / 100)


def fen(text: str | None, unit: AmountUnit = AmountUnit.WAN_YUAN) -> int | None:
    """An amount in 分."""
    return int(Decimal(text) * unit.value) if text and text != "-" else None


def fund(
    source: str,
    label: str,
    initial: str | None,
    annual: str | None,
    spending: str | None,
    full: str = "",
    rate: str = "",
    score: str = "",
    **more: str,
) -> StatedFund:
    """A funds row in 万元."""
    return StatedFund(
        source,
        label,
        fen(initial),
        fen(annual),
        fen(spending),
        number(full),
        number(rate, is_rate=True),
        number(score),
        **more,
    )


def row(
    levels: str,
    name: str,
    planned: str = "",
    actual: str = "",
    full: str = "",
    score: str = "",
    reason: str = "",
    **more: object,
) -> StatedIndicator:
    """An indicator row: levels as 产出/数量, sign and unit taken out of the planned text."""
    first, _, second = levels.partition("/")
    sign, value, unit = _taken_apart(planned)
    _sign, done, _unit = _taken_apart(actual)
    found = StatedIndicator(
        first_level=f"{first}指标" if first in ("产出", "效益", "满意度", "成本") else first,
        second_level=second,
        third_level=name,
        planned_text=planned,
        comparator=sign if value is not None else ("qualitative" if planned else None),
        planned_value=value,
        measure_unit=unit,
        actual_text=actual,
        actual_value=done,
        full_score=number(full),
        stated_score=number(score),
        deviation_reason=reason,
    )
    return replace(found, **more)  # type: ignore[arg-type]


def _taken_apart(text: str) -> tuple[str | None, Decimal | None, str]:
    found = _VALUE.fullmatch(text.replace("﹦", "="))
    if found is None or "月" in text or "年" in text[1:]:
        return None, None, ""
    unit = {"百分比": "%"}.get(found[3], found[3])
    return found[1] or None, Decimal(found[2]), unit


def part(name: str, planned: str, actual: str) -> StatedIndicator:
    """A sub-row (其中…) without points."""
    return replace(row("产出/数量指标", name, planned, actual), is_sub_row=True)


HEADS = {
    "form": "self_evaluation",
    "project_name": "项目",
    "implementing_unit": "单位",
    "supervising_department": "示例县某局",
}

SERVICES = StatedTable(
    file="委托业务.xlsx",
    **HEADS,
    fiscal_year=2022,
    funds=(
        fund("total", "年度资金总额", "0", "0", "0", "10", "0", "0"),
        fund("fiscal_appropriation", "本年财政拨款", "90", "89.974", "89.974"),
        fund("carryover", "上年结转资金", None, None, None),
        fund("other", "其他资金", None, None, None),
    ),
    indicators=(
        row("产出/数量指标", "基建工程委托业务项目数量", "≥50个", "50", "8", "8"),
        row("产出/质量指标", "委托业务报告合格率", "≥100百分比", "100", "8", "8"),
        row("产出/质量指标", "经费支出合规性", "严格执行相关制度规定", "达成预期指标", "8", "8"),
        row("产出/时效指标", "提交报告及时性", "在项目计划完成时间内完成", "达成预期指标", "8", "8"),
        row("产出/成本指标", "项目总成本", "≤90万元", "90", "8", "8"),
        row("产出/成本指标", "单项业务成本", "符合相关规定", "达成预期指标", "10", "10"),
        row("效益/社会效益指标", "对维护基建市场公平的影响程度", "效果明显", "达成预期指标", "10", "10"),
        row("效益/生态效益指标", "对控制基建项目成本影响程度", "效果明显", "达成预期指标", "10", "10"),
        row(
            "效益/可持续影响指标", "“四项制度”健全和落实的持续性影响", "效果明显", "达成预期指标", "10", "10"
        ),
    ),
    subtotals=(StatedSubtotal("产出指标", Decimal(50)), StatedSubtotal("效益指标", Decimal(30))),
)
"""棠溪镇 2022: the total row left at zero over filled sources; the end of the table is missing."""

WATER_GAUGES = StatedTable(
    file="水标尺.xlsx",
    **HEADS,
    fiscal_year=2022,
    funds=(
        fund("total", "年度资金总额", None, "20", "20", "10", "100.00%", "10"),
        fund("fiscal_appropriation", "本年财政拨款", None, "20", "20"),
    ),
    indicators=(
        row("产出/数量指标", "安装坡面水标尺", "≥266米", "≥266米", "10", "10"),
        row("产出/数量指标", "水标尺宽度", "≥50厘米", "≥50厘米", "10", "10"),
        row("产出/质量指标", "项目(工程)验收合格率", "100%", "100%", "20", "20"),
        row("产出/时效指标", "及时(按期)开工率", "≥90%", "≥90%", "10", "10"),
        row("产出/时效指标", "及时(按期)完工率", "≥90%", "≥90%", "10", "10"),
        row("产出/成本指标", "项目计划总投资", "20万元", "20万元", "10", "10"),
        row("效益/社会效益指标", "受益脱贫(含监测对象)户人口数", "≥1000人", "≥1000人", "10", "10"),
        row("效益/社会效益指标", "群众生产生活条件改善状况", "显著提升", "显著提升", "10", "10"),
        row("满意度/服务对象满意度指标", "受益脱贫(含监测对象)户满意度", "≥95%", "≥95%", "10", "10"),
    ),
    subtotals=(
        StatedSubtotal("产出指标", Decimal(70)),
        StatedSubtotal("效益指标", Decimal(20)),
        StatedSubtotal("满意度指标", Decimal(10)),
    ),
    stated_total=number("100"),
)
"""中江县 2022: points of 110 under a printed 100, completions that copy the sign."""

HOUSEHOLDS = StatedTable(
    file="到户补贴.xlsx",
    **HEADS,
    fiscal_year=2023,
    funds=(
        fund("total", "年度资金总额", None, "9.48", "9.48", "10", "100%", "10"),
        fund("fiscal_appropriation", "本年财政拨款", None, "9.48", "9.48", "10", "100%", "10"),
        fund("other", "其他资金", None, "-", "-"),
    ),
    indicators=(
        row("产出/数量指标", "★补助各类瓜果蔬菜种植面积", "29.5亩", "29.5亩", "20", "20"),
        part("其中桃树种植面积", "1.5亩", "1.5亩"),
        part("其中苹果树种植面积", "5亩", "5亩"),
        part("其中露天蔬菜", "20亩", "20亩"),
        part("其中大棚蔬菜", "3亩", "3亩"),
        row("产出/数量指标", "★补助鱼塘面积", "3亩", "3亩", "10", "10"),
        part("其中鱼塘养殖面积", "3亩", "3亩"),
        row("产出/数量指标", "★补助家畜家禽养殖数量", "192只", "192只", "10", "10"),
        part("其中羊养殖数量", "180只", "180只"),
        part("其中猪养殖数量", "12头", "12头"),
        row("产出/质量指标", "种植作物成活率", "95%", "95%", "5", "5"),
        row("产出/质量指标", "养殖家畜家禽成活率", "95%", "100%", "5", "5"),
        row(
            "效益/经济效益指标",
            "特色产业带动增加受益农户收入(总收入)",
            "≥11.376万元",
            "12万元",
            "20",
            "20",
        ),
        row("效益/社会效益指标", "受益人口数量", "90人", "90人", "10", "10"),
    ),
    subtotals=(StatedSubtotal("产出指标", Decimal(50)),),
)
"""张庄寨镇 2023: nothing wrong; the execution points stand twice, sub-rows have none, the end is missing."""

INSURANCE = StatedTable(
    file="医保.xlsx",
    **HEADS,
    fiscal_year=2020,
    funds=(
        fund("total", "年度资金总额", None, "65.66", "65.07", "10", "99%", "9"),
        fund("fiscal_appropriation", "当年财政拨款", None, "65.66", "65.07", "—", "99%", "—"),
    ),
    indicators=(
        row(
            "产出/数量指标",
            "全县参合人数",
            "8755",
            "8676",
            "15",
            "13",
            "建档立卡中有新增死亡人员,导致有偏差",
        ),
        row("产出/质量指标", "资金是否全部纳入医保统筹", "100%", "100%", "15", "15"),
        row("产出/时效指标", "资金是否全部及时纳入", "100%", "100%", "10", "10"),
        row("产出/成本指标", "配套资金每人每年", "75元", "75元", "10", "10"),
        row("效益/社会效益指标", "是否解决建档立卡人员看病难贵问题", "95%", "95%", "30", "27"),
        row("满意度/服务对象满意度指标", "是否满意", "95%", "95%", "10", "9"),
    ),
    subtotals=(
        StatedSubtotal("产出指标", Decimal(50)),
        StatedSubtotal("效益指标", Decimal(30)),
        StatedSubtotal("满意度指标", Decimal(10)),
    ),
    stated_total=number("94"),
)
"""稷山县 2020: rows of 93 under a printed 94, execution cut to 9, points lost without a reason."""

FISHING_BAN = StatedTable(
    file="禁捕.xlsx",
    **HEADS,
    fiscal_year=2020,
    funds=(fund("total", "年度财政资金总额", None, "1.56", "1.56", "20", "1", "20"),),
    indicators=(
        row("产出/数量指标", "补贴渔船数", "6", "6", "", "20"),
        row("产出/质量指标", "渔船补贴发放率", "100%", "100%", "", "10"),
        row("产出/时效指标", "12月底之前完成", "100%", "100%", "", "10"),
        row("满意度/服务对象满意度", "退捕渔民抽样调查满意度", "90%", "≥90%", "", "40"),
    ),
    stated_total=number("100"),
)
"""长江禁捕 2020: 20 points of execution, a rate typed as 1, no points column."""

SALARIES = StatedTable(
    file="工资.xlsx",
    **HEADS,
    fiscal_year=2023,
    funds=(
        fund(
            "total",
            "总额",
            "238.93",
            "251.89",
            "251.89",
            "10",
            "100.00%",
            "",
            reason="1.预算执行率未达到90%的需说明原因(100字以内);2.年中发生预算调整的,应单独说明理由",
        ),
        fund("fiscal_appropriation", "其中：财政资金", "238.93", "251.89", "251.89", "/", "100.00%", "/"),
        fund("special_account", "财政专户管理资金", "0.00", "0.00", "0.00", "/", "0.00%", "/"),
    ),
    indicators=(
        row("产出/数量指标", "发放(缴纳)覆盖率", "=100%", "", "60", ""),
        row("效益/社会效益指标", "足额保障率(参保率)", "=100%", "", "30", ""),
    ),
)
"""青神县 2023: completion and score columns left empty, the form's own prompts left standing."""

MEDIA = StatedTable(
    file="融媒体.xlsx",
    **{**HEADS, "form": "overall_expenditure_self_evaluation"},
    fiscal_year=2021,
    funds=(fund("total", "总额", None, None, None, "10", "76%", "7.6"),),
    indicators=(
        row("履职/", "财政供养人员控制率", "100%", "92%", "2", "2"),
        row("履职/", "基础信息完善", "100%", "100%", "1", "1"),
        row("履职/", "预算完成率", "70%", "76%", "2", "2"),
        row("履职/", "预算调整率", "3%", "0", "2", "2"),
        row("履职/", "结转结余率", "2%", "0", "2", "2"),
        row("履职/", "公用经费控制率", "100%", "97%", "2", "2"),
        row("履职/", "政府采购执行率", "100%", "72.74%", "2", "2"),
        row("履职/", "管理制度健全性", "高", "高", "3", "3"),
        row("履职/", "资金使用合规性", "好", "好", "5", "5"),
        row("产出/", "党性教育培训次数", "≥6次", "12次", "5", "5"),
        row("产出/", "播发稿件数量", "2200篇", "2859篇", "10", "10"),
        row("产出/", "业务保障能力提升", "90%", "95%", "10", "10"),
    ),
)
"""融媒体中心 2021, an excerpt: a rate without amounts, reverse indicators without a sign."""

CADRES = StatedTable(
    file="村组干部.xlsx",
    form="performance_target",
    unit_of_amount=AmountUnit.YUAN,
    project_name="村组干部报酬",
    implementing_unit="820001-井研县马踏镇人民政府",
    fiscal_year=2023,
    funds=(StatedFund("total", "预算数", annual_budget_fen=330_984_000),),
    targets=("按时发放村组干部报酬", ""),
    indicators=(
        row("效益/社会效益指标", "维护社会稳定", "≥95%", full="10"),
        row(
            "产出/时效指标",
            "维持时效",
            "≥1年",
            full="20",
            comparator="≥",
            planned_value=Decimal(1),
            measure_unit="年",
        ),
        row(
            "产出/质量指标",
            "按时发放",
            "≥1人/年",
            full="10",
            comparator="≥",
            planned_value=Decimal(1),
            measure_unit="人/年",
        ),
        row("效益/经济效益指标", "促进村集体经济发展", "≥95%", full="10"),
        row("产出/数量指标", "村组干部230人", "≥230个", full="10"),
        row("效益/生态效益指标", "保护生态环境卫生", "≥95%", full="10"),
        row("效益/可持续影响指标", "项目维持时效", "≥95%", full="10"),
        row("满意度/服务对象满意度指标", "人民群众满意度", "≥95%", full="10"),
    ),
)
"""马踏镇 2023: weights of 90, duties in percent, people counted in 个."""

FOREST = StatedTable(
    file="营造林.xlsx",
    form="performance_target",
    project_name="原州区2022年南部水源涵养林建设项目",
    implementing_unit="原州区自然资源局",
    fiscal_year=2022,
    funds=(fund("total", "年度资金总额", None, "6070", None),),
    indicators=(
        row("产出/数量指标(必填硬性指标)", "实施营造林总面积(亩)", "80000"),
        part("其中:实施新造林总面积(亩)", "30000", ""),
        row("产出/数量指标", "实施未成林抚育提升及退化林改造总面积(亩)", "50000"),
        row("产出/数量指标", "修建作业道长度(公里)", "30"),
        row("产出/质量指标", "苗木成活率(≥**%)", "85", comparator="≥", measure_unit="%"),
        row("产出/时效指标", "项目完成时间", "2023年底", comparator="other"),
        row("产出/成本指标", "项目总投入(≥**万元)", "6070", comparator="≥", measure_unit="万元"),
        row("效益/经济效益指标(选填)", "增加就业机会,提高农民收入。"),
        row("效益/社会效益指标(必填)", "受益人数(人)", "132"),
        row("效益/生态效益指标(选填)", "提高森林覆盖率,促进生物多样性保护。"),
    ),
)
"""原州区 2022: sign and unit in the names, a cost with ≥, benefits without a value."""

SCHOOLS = StatedTable(
    file="学校.xlsx",
    form="performance_target",
    project_name="教育系统基础设施建设和设备购置",
    implementing_unit="青山区教育局",
    fiscal_year=2020,
    funds=(fund("total", "资金总额", None, "10000", None),),
    indicators=(
        row("产出/数量指标", "重点建设工程安排数量", "2"),
        row("产出/质量指标", "重点建设工程验收合格率", "100%"),
        row("产出/成本指标", "建设项目成本", "参照政府采购成本控制"),
        row("产出/时效指标", "重点建设工程按期完成率", "100%"),
        row("效益/可持续影响指标", "基础教育巩固提高情况", "巩固提高"),
        row("效益/社会效益指标", "基础教育学校办学条件", "持续改善"),
        row("满意度/服务对象满意度指标", "学生、家长、社会满意度", "≥90%"),
    ),
)
"""青山区 2020: targets in words that nobody can measure."""

HERITAGE = StatedTable(
    file="申遗.xlsx",
    form="monitoring",
    project_name="申遗",
    implementing_unit="黄石市文物局",
    fiscal_year=2019,
    period_month=6,
    funds=(StatedFund("total", "年度资金总额", fen("220"), spending_to_date_fen=fen("87.57")),),
    indicators=(
        row("产出/成本", "", "年度预算220万元", "按进度执行,已使用约40%", likelihood="确定能"),
        row("效益/社会效益", "", "", "…先后举办有社会影响力的活动5场…", likelihood="确定能"),
    ),
)
"""黄石市 2019: at the half year 39.80 % of the money spent, everything said to be certain."""
