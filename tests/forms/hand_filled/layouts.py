"""Layouts real offices use, as settings of one generator: the same facts printed in many ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from models.domain.money import AmountUnit
from tests.forms.hand_filled.facts import FundFacts, RowFacts, TableFacts
from tests.forms.hand_filled.paper import Paper, Value

NATIONAL = ("planned", "actual", "full_score", "stated_score", "deviation_reason")
POINTS_FIRST = ("full_score", "planned", "actual", "stated_score", "deviation_reason")
SIGN_COLUMNS = (
    "comparator",
    "planned",
    "measure_unit",
    "actual",
    "full_score",
    "stated_score",
    "deviation_reason",
)
PLATFORM = (
    "comparator", "planned", "actual", "measure_unit", "full_score", "stated_score", "deduction", "remark_text", "deviation_reason",
)  # fmt: skip
REASON_EARLY = ("planned", "full_score", "actual", "deviation_reason", "stated_score")
ORDERS = (NATIONAL, POINTS_FIRST, SIGN_COLUMNS, PLATFORM, REASON_EARLY)

NATIONAL_HEADS = {
    "first_level": "一级指标",
    "second_level": "二级指标",
    "third_level": "三级指标",
    "planned": "年度\n指标值",
    "actual": "实际\n完成值",
    "full_score": "分值",
    "stated_score": "得分",
    "deviation_reason": "偏差原因分析\n及改进措施",
    "comparator": "指标性质",
    "measure_unit": "度量单位",
    "deduction": "扣减分数",
    "remark_text": "完成情况简要描述",
    "initial": "年初预算数",
    "annual": "全年预算数",
    "spent": "全年执行数",
    "rate": "执行率",
}
OTHER_HEADS = (
    NATIONAL_HEADS,
    {
        **NATIONAL_HEADS,
        "planned": "年度指标值（A）",
        "actual": "全年实际值（B）",
        "full_score": "权重",
        "stated_score": "自评得分",
        "deviation_reason": "未完成原因及拟采取的改进措施",
        "comparator": "计算符号",
        "measure_unit": "计量单位",
        "annual": "全年预算数（A）",
        "spent": "全年执行数（B）",
        "rate": "执行率（B/A）",
    },
    {
        **NATIONAL_HEADS,
        "third_level": "三级指标名称",
        "planned": "目标值",
        "actual": "*实际完成值（定量填数字，定性填达成、部分达成、未达成）",
        "full_score": "参考分值",
        "stated_score": "*指标得分（定量系统自动计算）",
        "deviation_reason": "未完成原因分析",
        "annual": "调整后预算数",
        "spent": "预算执行数",
        "rate": "预算执行率",
    },
)
SIGN_WORDS = {"≥": "不少于", "≤": "不超过", "=": "="}


@dataclass(frozen=True)
class Layout:
    """How a table is printed.

    `levels` is merged, blank (written once, not merged) or repeated in every row; `unit_place` funds,
    corner or heads; `signs` joined, words, wide (full-width) or column; `break_after` repeats the head
    after so many rows, as a page break does.
    """

    order: tuple[str, ...] = NATIONAL
    heads: Mapping[str, str] = field(default_factory=lambda: NATIONAL_HEADS)
    levels: str = "merged"
    unit: AmountUnit = AmountUnit.WAN_YUAN
    unit_place: str = "funds"
    signs: str = "joined"
    side_label: bool = True
    numbered: bool = True
    points_in_levels: bool = True
    break_after: int = 0
    blank_rows: bool = False
    fillers: str = "—"
    title: str = "项目支出绩效自评表"


class _Printer:
    """Prints one table."""

    def __init__(self, facts: TableFacts, layout: Layout) -> None:
        self.facts, self.layout = facts, layout
        self.paper = Paper()
        self.row = 1
        self.first = 2 if layout.side_label else 1
        self.columns = {
            role: self.first + offset
            for offset, role in enumerate(("first_level", "second_level", "third_level", *layout.order))
        }
        self.last = max(self.columns.values())

    def print(self) -> Paper:
        self.heading()
        self.funds()
        self.targets()
        self.indicators()
        self.foot()
        return self.paper

    def heading(self) -> None:
        layout, facts, put = self.layout, self.facts, self.paper.put
        put(1, 1, layout.title, 1, self.last)
        put(2, 1, f"（{facts.year}年度）", 1, self.last)
        self.row = 3
        if layout.unit_place == "corner":
            put(3, self.last, f"金额单位：{layout.unit.label}")
            self.row = 4
        put(self.row, 1, "项目名称", 1, 2)
        put(self.row, 3, facts.project, 1, self.last - 2)
        self.row += 1
        put(self.row, 1, "主管部门", 1, 2)
        put(self.row, 3, facts.department, 1, 2)
        put(self.row, 5, "实施单位")
        put(self.row, 6, facts.unit, 1, self.last - 5)
        self.row += 1

    def funds(self) -> None:
        layout, put = self.layout, self.paper.put
        unit = f"（{layout.unit.label}）"
        label = "项目资金" + (f"\n{unit}" if layout.unit_place == "funds" else "")
        put(self.row, 1, label, len(self.facts.funds) + 1, 2)
        roles = ("initial", "annual", "spent", "full_score", "rate", "stated_score")
        for offset, role in enumerate(roles):
            shown = layout.heads[role] + (unit if layout.unit_place == "heads" and offset < 3 else "")
            put(self.row, 4 + offset, shown)
        self.row += 1
        for fund in self.facts.funds:
            put(self.row, 3, fund.label)
            for offset, value in enumerate(self._fund_values(fund)):
                put(self.row, 4 + offset, value)
            self.row += 1

    def _fund_values(self, fund: FundFacts) -> list[Value]:
        money: list[Value] = [
            Decimal(text) * 100 / self.layout.unit.value if text else None
            for text in (fund.initial, fund.annual, fund.spent)
        ]
        filler = self.layout.fillers
        return [*money, fund.full or filler, fund.rate, fund.score or filler]

    def targets(self) -> None:
        put = self.paper.put
        put(self.row, 1, "年度\n总体\n目标", 2)
        put(self.row, 2, "预期目标", 1, 3)
        put(self.row, 5, "实际完成情况", 1, self.last - 4)
        put(self.row + 1, 2, self.facts.expected, 1, 3)
        put(self.row + 1, 5, self.facts.achieved, 1, self.last - 4)
        self.row += 2

    def indicators(self) -> None:
        top = self.row
        self.head()
        rows = list(self.facts.rows)
        for number, row in enumerate(rows, 1):
            self.indicator(row, number, rows[number - 2] if number > 1 else None)
            if self.layout.break_after == number:
                self.head()
        if self.layout.levels == "merged" and not self.layout.break_after:
            self.merge_levels(top + 1)
        if self.layout.side_label:
            self.paper.put(top, 1, "绩\n效\n指\n标", self.row - top)

    def head(self) -> None:
        for role, column in self.columns.items():
            self.paper.put(self.row, column, self.layout.heads[role])
        self.row += 1

    def indicator(self, row: RowFacts, number: int, above: RowFacts | None) -> None:
        layout, put = self.layout, self.paper.put
        again = layout.levels == "repeated"
        is_new_first = above is None or above.first != row.first or layout.break_after == number - 1
        is_new_second = is_new_first or above is None or above.second != row.second
        if is_new_first or again:
            put(self.row, self.columns["first_level"], self.level(row.first))
        if is_new_second or again:
            put(self.row, self.columns["second_level"], row.second)
        prefix = f"指标{number}：" if layout.numbered and not row.is_sub else ""
        put(self.row, self.columns["third_level"], f"{prefix}{row.name}")
        for role, text in self.values(row).items():
            if role in self.columns:
                put(self.row, self.columns[role], text)
        self.row += 2 if layout.blank_rows else 1

    def level(self, name: str) -> str:
        points = self.facts.points.get(name) if self.layout.points_in_levels else None
        return f"{name}\n（{points}分）" if points else name

    def values(self, row: RowFacts) -> dict[str, Value]:
        sign, value, unit = row.sign, row.value, row.unit
        signs = self.layout.signs
        if signs == "words" and sign:
            sign = SIGN_WORDS[sign]
        elif signs == "wide" and sign:
            sign = {"≥": "≧", "≤": "≦", "=": "﹦"}[sign]
            value = value.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
        planned = row.words or f"{sign}{value}{unit}"
        own = {}
        if "comparator" in self.layout.order:
            own = {"comparator": row.sign or "定性", "measure_unit": unit}
            planned = row.words or value
        return {
            **own,
            "planned": planned,
            "actual": row.actual,
            "full_score": Decimal(row.full) if row.full else None,
            "stated_score": Decimal(row.score) if row.score else None,
            "deviation_reason": row.reason or self.layout.fillers,
        }

    def merge_levels(self, top: int) -> None:
        step = 2 if self.layout.blank_rows else 1
        for keys, role in (
            ((lambda row: (row.first,)), "first_level"),
            ((lambda row: (row.first, row.second)), "second_level"),
        ):
            at = top
            for _, group in groupby(self.facts.rows, key=keys):
                length = len(list(group)) * step
                if length > 1:
                    self.paper.merges.append((at, self.columns[role], at + length - 1, self.columns[role]))
                at += length

    def foot(self) -> None:
        put = self.paper.put
        score = self.columns["stated_score"]
        put(self.row, 1, "总　　分", 1, 2)
        put(self.row, self.columns["full_score"], 100)
        put(self.row, score, Decimal(self.facts.total))
        put(self.row + 1, 1, "注：1.得分一栏，定量指标按完成比例计算。", 1, self.last)
        put(self.row + 2, 1, "填表人：某某", 1, 2)
        put(self.row + 2, 3, "联系电话：", 1, 2)


def printed(facts: TableFacts, layout: Layout) -> Paper:
    """The facts in a layout."""
    return _Printer(facts, layout).print()
