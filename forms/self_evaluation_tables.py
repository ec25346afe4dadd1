"""Tables every self-evaluation shares (自评表的公共表格): money, points scored elsewhere, result, result fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from forms.checks.wording import number_text
from forms.context import FormContext
from forms.schema import (
    Choice,
    FieldKind,
    FieldSpec,
    Row,
    SectionSpec,
    TableSpec,
    always,
    never,
)
from forms.self_evaluation_scores import ENTERED, FUNDS, self_evaluation_rule

FundSource = tuple[str, str]
"""Row id and printed label of a source of money."""

_TOTAL_NOTE = "由各项来源自动相加"
_COMPUTED = "按计分规则自动计算"


def _is_total(_context: FormContext, row: Row) -> bool:
    """The total row is the sum of the others."""
    return row.get("row_id") == "total"


def _money(key: str, label: str, help_text: str, example: str) -> FieldSpec:
    return FieldSpec(
        key,
        label,
        FieldKind.MONEY,
        help=help_text,
        example=example,
        is_locked_in_row=_is_total,
        lock_note=_TOTAL_NOTE,
        width=16,
    )


FUND_COLUMNS = (
    FieldSpec(
        "fund_source",
        "资金来源",
        FieldKind.TEXT,
        help="与预算批复的来源一致",
        is_required=True,
        is_locked=always,
        lock_note="表样规定的来源",
        width=20,
    ),
    _money("initial_fen", "年初预算数", "年初批复的预算；没有填 0", "128.40"),
    _money("annual_fen", "全年预算数", "调整后的全年预算；年中没有调整的与年初预算数相同", "128.40"),
    _money("spending_fen", "全年执行数", "全年实际支付的数，与国库支付进度一致", "118.26"),
    FieldSpec(
        "weight",
        "分值",
        FieldKind.WEIGHT,
        help="计分方案规定",
        is_computed=True,
        lock_note=_COMPUTED,
        width=8,
    ),
    FieldSpec(
        "rate",
        "执行率",
        FieldKind.RATE,
        help="全年执行数 ÷ 全年预算数",
        is_computed=True,
        lock_note=_COMPUTED,
        width=10,
    ),
    FieldSpec(
        "score",
        "得分",
        FieldKind.WEIGHT,
        help="分值 × 执行率",
        is_computed=True,
        lock_note=_COMPUTED,
        width=8,
    ),
)


def funds_table(sources: Sequence[FundSource], amounts_of: Any) -> TableSpec:
    """The money's table: the total row and its sources; `amounts_of` (context) gives known amounts by source."""

    def prefill(context: FormContext) -> Sequence[Row]:
        known = amounts_of(context)
        return [
            {"row_id": row_id, "fund_source": label.strip("　 "), **known.get(row_id, {})}
            for row_id, label in sources
        ]

    return TableSpec(
        key=FUNDS,
        label="项目资金",
        columns=FUND_COLUMNS,
        help="填各项来源，总额自动相加；全年预算数填调整后的",
        prefill=prefill,
        has_fixed_rows=always,
        fixed_note="来源由表样规定，不能增减",
    )


def _has_entered(context: FormContext) -> bool:
    """Whether the scheme has parts scored elsewhere."""
    return bool(context.scheme.entered_items)


def _entered_rows(context: FormContext) -> Sequence[Row]:
    return [
        {"row_id": item.item_id, "item_name": item.name, "weight": number_text(item.full_score)}
        for item in context.scheme.entered_items
    ]


ENTERED_TABLE = TableSpec(
    key=ENTERED,
    label="另行评定的得分",
    columns=(
        FieldSpec(
            "item_name",
            "评定内容",
            FieldKind.TEXT,
            help="计分方案规定",
            is_required=True,
            is_locked=always,
            lock_note="计分方案规定",
            width=40,
        ),
        FieldSpec(
            "weight",
            "分值",
            FieldKind.WEIGHT,
            help="计分方案规定",
            is_locked=always,
            lock_note="计分方案规定",
            width=10,
        ),
        FieldSpec(
            "score",
            "得分",
            FieldKind.WEIGHT,
            help="按评定的分数填写",
            example="28.5",
            is_required=True,
            width=10,
        ),
    ),
    help="由系统或主管部门评定，按评定结果填写",
    is_visible=_has_entered,
    prefill=_entered_rows,
    has_fixed_rows=always,
    fixed_note="项目由计分方案规定",
)
"""Points scored elsewhere (录入项), where the scheme has such parts."""

RESULT_FIELDS = (
    FieldSpec(
        "total_score",
        "总分",
        FieldKind.WEIGHT,
        help="预算执行率得分与各条指标得分之和",
        is_visible=never,
        is_computed=True,
        lock_note=_COMPUTED,
    ),
    FieldSpec(
        "grade",
        "评价等级",
        FieldKind.TEXT,
        help="按总分对应的等级",
        is_visible=never,
        is_computed=True,
        lock_note=_COMPUTED,
    ),
)
"""Total and grade: kept with the answers, shown on the score card and printed in the total row."""

EXECUTION_REASON = FieldSpec(
    "execution_reason",
    "预算执行偏差原因",
    FieldKind.LONG_TEXT,
    help="执行率偏低、年中调整预算的，写明原因和改进措施；没有的不填",
    example="汛期推迟开工，尾款 10.14 万元于次年 1 月支付；今后汛前完成招标",
    max_length=500,
)


def completion_choices(context: FormContext, row: Row) -> tuple[Choice, ...]:
    """Grades of completion for indicators in words; nothing to choose for figures."""
    if row.get("comparator") not in ("qualitative", "other"):
        return ()
    words = (
        *(band.name for band in context.scheme.bands),
        *self_evaluation_rule(context).not_applicable_words,
    )
    return tuple(Choice(word, word) for word in words)


def result_section() -> SectionSpec:
    """Total and grade as a section of the form; nothing of it is a field on screen."""
    return SectionSpec("自评结果", RESULT_FIELDS)
