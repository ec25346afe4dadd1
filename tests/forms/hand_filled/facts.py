"""What tables of the tests state, whatever their layout: figures after published tables, names made up."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from forms.hand_filled.stated import StatedTable


@dataclass(frozen=True)
class FundFacts:
    """A row of the funds block; amounts in 元 as texts, "" for blank."""

    source: str
    label: str
    initial: str = ""
    annual: str = ""
    spent: str = ""
    full: str = ""
    rate: str = ""
    score: str = ""


@dataclass(frozen=True)
class RowFacts:
    """A row of the indicator block; a target in words has no sign."""

    first: str
    second: str
    name: str
    sign: str = ""
    value: str = ""
    unit: str = ""
    words: str = ""
    actual: str = ""
    actual_value: str = ""
    full: str = ""
    score: str = ""
    reason: str = ""
    is_sub: bool = False


@dataclass(frozen=True)
class TableFacts:
    """A self-evaluation table."""

    project: str
    department: str
    unit: str
    year: int
    funds: tuple[FundFacts, ...]
    rows: tuple[RowFacts, ...]
    total: str
    points: dict[str, str] = field(default_factory=dict)
    expected: str = "完成年度各项任务，保证资金及时到位。"
    achieved: str = "各项任务已经全部完成。"


# fmt: off
COMMISSIONED = TableFacts(
    "委托业务项目",
    "219-云溪镇人民政府",
    "219001-云溪镇人民政府",
    2022,
    (
        FundFacts("total", "年度资金总额：", "0", "0", "0", "10", "0", "0"),
        FundFacts("fiscal_appropriation", "其中：本年财政拨款", "900000", "899740", "899740"),
        FundFacts("carryover", "上年结转资金"),
        FundFacts("other", "其他资金"),
    ),
    (
        RowFacts("产出指标", "数量指标", "委托业务数量", "≥", "50", "个", actual="50", actual_value="50", full="8", score="8"),
        RowFacts("产出指标", "质量指标", "报告合格率", "≥", "100", "%", actual="100%", actual_value="100", full="8", score="8"),
        RowFacts("产出指标", "质量指标", "支出合规性", words="严格执行相关制度规定", actual="达成预期指标", full="8", score="8"),
        RowFacts("产出指标", "时效指标", "提交报告及时性", words="在计划时间内完成", actual="达成预期指标", full="8", score="8"),
        RowFacts("产出指标", "成本指标", "项目总成本", "≤", "90", "万元", actual="90", actual_value="90", full="8", score="8"),
        RowFacts("产出指标", "成本指标", "单项业务成本", words="符合相关规定", actual="达成预期指标", full="10", score="10"),
        RowFacts("效益指标", "社会效益指标", "维护市场公平", words="效果明显", actual="达成预期指标", full="15", score="15"),
        RowFacts("效益指标", "可持续影响指标", "“四项制度”健全", words="效果明显", actual="达成预期指标", full="15", score="15"),
        RowFacts("满意度指标", "服务对象满意度指标", "群众满意度", "≥", "90", "%", actual="95%", actual_value="95", full="10", score="10"),
    ),
    "90",
    {"产出指标": "50", "效益指标": "30", "满意度指标": "10"},
)
"""After the table whose total row was left at nought."""

BREEDING = TableFacts(
    "沙河村特色种养补贴到户项目",
    "张集镇人民政府",
    "张集镇农业综合服务站",
    2023,
    (
        FundFacts("total", "年度资金总额：", "94800", "94800", "94800", "10", "100%", "10"),
        FundFacts("fiscal_appropriation", "其中：当年财政拨款", "94800", "94800", "94800", "10", "100%", "10"),
        FundFacts("other", "其他资金"),
    ),
    (
        RowFacts("产出指标", "数量指标", "★补助瓜果蔬菜种植面积", "≥", "29.5", "亩", actual="29.5亩", actual_value="29.5", full="20", score="20"),
        RowFacts("产出指标", "数量指标", "其中桃树种植面积", "≥", "1.5", "亩", actual="1.5亩", actual_value="1.5", is_sub=True),
        RowFacts("产出指标", "数量指标", "其中大棚蔬菜", "≥", "3", "亩", actual="3亩", actual_value="3", is_sub=True),
        RowFacts("产出指标", "数量指标", "★补助家畜家禽数量", "≥", "192", "只", actual="192只", actual_value="192", full="20", score="20"),
        RowFacts("产出指标", "数量指标", "其中羊养殖数量", "≥", "180", "只", actual="180只", actual_value="180", is_sub=True),
        RowFacts("产出指标", "质量指标", "养殖成活率", "≥", "95", "%", actual="100%", actual_value="100", full="10", score="10"),
        RowFacts("效益指标", "经济效益指标", "增加农户收入", "≥", "11.376", "万元", actual="12万元", actual_value="12", full="20", score="20"),
        RowFacts("效益指标", "社会效益指标", "受益人口数量", "≥", "90", "人", actual="90人", actual_value="90", full="10", score="10"),
        RowFacts("满意度指标", "服务对象满意度指标", "农户满意度", "≥", "90", "%",
                 actual="85%", actual_value="85", full="10", score="9.44", reason="个别农户补贴到账晚"),
    ),
    "99.44",
    {"产出指标": "50", "效益指标": "30", "满意度指标": "10"},
)
"""After the township table with sub-rows that carry no points."""

INSURANCE = TableFacts(
    "参保缴费县级配套",
    "县医疗保障局",
    "县医疗保险服务中心",
    2020,
    (
        FundFacts("total", "年度资金总额：", "", "656600", "650700", "10", "99%", "9"),
        FundFacts("fiscal_appropriation", "其中：当年财政拨款", "", "656600", "650700", "", "99%"),
    ),
    (
        RowFacts("产出指标", "数量指标", "全县参合人数", "=", "8755", "人",
                 actual="8676", actual_value="8676", full="15", score="13", reason="新增死亡人员，导致有偏差"),
        RowFacts("产出指标", "质量指标", "资金是否全部纳入统筹", "=", "100", "%", actual="100%", actual_value="100", full="15", score="15"),
        RowFacts("产出指标", "时效指标", "资金是否及时纳入", "=", "100", "%", actual="100%", actual_value="100", full="10", score="10"),
        RowFacts("产出指标", "成本指标", "配套资金每人每年", "≤", "75", "元", actual="75元", actual_value="75", full="10", score="10"),
        RowFacts("效益指标", "社会效益指标", "是否解决看病难问题", "≥", "95", "%", actual="95%", actual_value="95", full="30", score="27"),
        RowFacts("满意度指标", "服务对象满意度指标", "是否满意", "≥", "95", "%", actual="95%", actual_value="95", full="10", score="9"),
    ),
    "94",
)
"""After the table whose printed total does not add up."""

# fmt: on
TABLES = (COMMISSIONED, BREEDING, INSURANCE)


def shown(table: StatedTable) -> list[tuple[object, ...]]:
    """The rows of a table as read, without spelling and place."""
    return [
        (
            row.first_level,
            row.second_level,
            row.third_level,
            row.comparator,
            row.planned_value,
            row.measure_unit if row.planned_value is not None else "",
            row.actual_value,
            row.full_score.value,
            row.stated_score.value,
            row.deviation_reason,
            row.is_sub_row,
        )
        for row in table.indicators
    ]


def expected_rows(facts: TableFacts) -> list[tuple[object, ...]]:
    """The rows a reader must give back."""
    return [
        (
            row.first,
            row.second,
            row.name,
            row.sign or "qualitative",
            _number(row.value),
            row.unit,
            _number(row.actual_value),
            _number(row.full),
            _number(row.score),
            row.reason,
            row.is_sub,
        )
        for row in facts.rows
    ]


def shown_funds(table: StatedTable) -> list[tuple[object, ...]]:
    """The funds of a table as read."""
    return [
        (
            fund.source,
            fund.initial_budget_fen,
            fund.annual_budget_fen,
            fund.annual_spending_fen,
            fund.full_score.value,
            fund.stated_rate.value,
            fund.stated_score.value,
        )
        for fund in table.funds
    ]


def expected_funds(facts: TableFacts) -> list[tuple[object, ...]]:
    """The funds a reader must give back."""
    return [
        (
            fund.source,
            *(int(Decimal(text) * 100) if text else None for text in (fund.initial, fund.annual, fund.spent)),
            _number(fund.full),
            _share(fund.rate),
            _number(fund.score),
        )
        for fund in facts.funds
    ]


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _share(text: str) -> Decimal | None:
    if not text:
        return None
    return Decimal(text.rstrip("%")) / 100 if text.endswith("%") else Decimal(text)
