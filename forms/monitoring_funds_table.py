"""The money of both monitoring forms (监控资金表): fixed rows, budget, spending to date, rate, forecast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forms.context import FormContext
from forms.kinds import is_amount
from forms.monitoring_light_columns import LIGHT, LIGHT_NOTE
from forms.monitoring_period import earlier_label, has_earlier, rate_label, spending_label
from forms.monitoring_sources import FUNDS, TOTAL, funds_to_begin_with, rows_by_id
from forms.schema import FieldKind, FieldSpec, SumRule, TableSpec, always

Sources = Sequence[tuple[str, str]]
"""Money rows of a form: row id and printed label."""

_COLUMNS = (
    FieldSpec(
        "source",
        "资金来源",
        FieldKind.TEXT,
        help="表上固定的各行",
        is_locked=always,
        lock_note="表上固定的栏目",
        is_printed=False,
        width=33,
    ),
    FieldSpec(
        "initial_budget_fen",
        "年初预算数",
        FieldKind.MONEY,
        help="批复的年初预算，没有填 0",
        example="128.40",
        width=14,
    ),
    FieldSpec(
        "annual_budget_fen",
        "调整后预算数",
        FieldKind.MONEY,
        help="年中调整过预算的才填，执行率按调整后的预算计算",
        example="120",
        is_printed=False,
        width=14,
    ),
    FieldSpec(
        "spending_to_date_fen",
        "执行数",
        FieldKind.MONEY,
        help="年初到本期末累计支付的资金，没有填 0",
        example="64.20",
        width=15,
        label_of=spending_label,
    ),
    FieldSpec(
        "execution_rate",
        "执行率",
        FieldKind.RATE,
        help="执行数除以全年预算数，自动计算",
        lock_note="自动计算",
        is_computed=True,
        width=11,
        label_of=rate_label,
    ),
    FieldSpec(
        "previous_spending_fen",
        "上期执行数",
        FieldKind.MONEY,
        help="上一期填报的累计执行数，供对照",
        is_visible=has_earlier,
        lock_note="取自上一期监控表",
        is_computed=True,
        is_printed=False,
        width=14,
        label_of=earlier_label,
    ),
    LIGHT,
    LIGHT_NOTE,
    FieldSpec(
        "forecast_spending_fen",
        "全年预计执行数",
        FieldKind.MONEY,
        help="预计到年底累计支付的资金，没有填 0",
        example="128.40",
        width=14,
    ),
)


def funds_table(sources: Sources) -> TableSpec:
    """项目资金: fixed rows, the first the total of the others."""

    def begin(context: FormContext) -> list[dict[str, Any]]:
        return funds_to_begin_with(context, sources)

    total, *parts = (row_id for row_id, _ in sources)
    return TableSpec(
        key=FUNDS,
        label="项目资金" if sources[1][0] == "fiscal" else "部门资金",
        columns=_COLUMNS,
        help="执行数填年初以来的累计数",
        row_sums=(SumRule(total, tuple(parts)),),
        prefill=begin,
        has_fixed_rows=always,
        fixed_note="各行是表上固定的，不能增减",
    )


def initial_total(answers: Mapping[str, Any]) -> int | None:
    """The opening budget of the total row in 分, None while there is none."""
    value = rows_by_id(answers, FUNDS).get(TOTAL, {}).get("initial_budget_fen")
    return value if is_amount(value) else None
