"""Layout of the monitoring forms (监控表版式): the annex's seventeen columns under a head of two rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forms import kinds
from forms.context import FormContext
from forms.findings import Place
from forms.indicator_table import in_frame_order
from forms.monitoring_period import period_text
from forms.monitoring_rows import CAUSES
from forms.monitoring_sources import FUNDS, INDICATORS, TOTAL, is_full
from forms.monitoring_table import LIKELIHOODS, cause_label, likelihood_label
from forms.schema import FieldSpec, FormSpec, Row
from forms.sheet import Cell, CellRole, Sheet
from forms.sheet_blocks import SheetBuilder, spans_by_level
from forms.signature_block import foot_line
from models.domain.money import format_amount

Answers = Mapping[str, Any]

_WIDTHS = (
    9.0,
    17.0,
    21.0,
    26.0,
    18.0,
    18.0,
    18.0,
    10.0,
    10.0,
    10.0,
    11.5,
    9.0,
    28.5,
    11.0,
    11.0,
    12.0,
    21.0,
)
"""Widths in mm, 261 in all: 绩效指标, levels, values, five causes, reason, three likelihoods, remark."""
_LAST = len(_WIDTHS)
_FUND_SPANS = ((5, 2), (7, 3), (10, 3), (13, 4))
"""Grid columns of the four money columns: first, taken."""
_FUND_KEYS = ("initial_budget_fen", "spending_to_date_fen", "execution_rate", "forecast_spending_fen")
_VALUES = ("planned_value", "value_to_date", "forecast_value")
_FIRST_CAUSE, _REASON, _FIRST_LIKELIHOOD, _REMARK = 7, 12, 13, 16


def build_sheet(form: FormSpec, context: FormContext, answers: Answers) -> Sheet:
    """项目支出绩效目标执行监控表 as a grid."""
    build = SheetBuilder(context)
    _wide(build, "项目名称", form.field("project_name"), answers)
    department = " ".join(
        str(answers.get(key) or "") for key in ("supervising_department_code", "supervising_department")
    ).strip()
    build.label(0, "主管部门及代码", (1, 3))
    build.text(3, department, "supervising_department", (1, 4))
    build.label(7, "实施单位", (1, 5))
    build.answer(12, form.field("implementing_unit"), answers.get("implementing_unit"), (1, 5))
    build.next_row(8.0)
    return _rest(form, build, answers)


def build_unit_sheet(form: FormSpec, context: FormContext, answers: Answers) -> Sheet:
    """部门（单位）整体支出绩效运行监控表 as a grid."""
    build = SheetBuilder(context)
    _wide(build, "部门（单位）名称", form.field("unit_name"), answers)
    return _rest(form, build, answers)


def _wide(build: SheetBuilder, label: str, spec: FieldSpec, answers: Answers) -> None:
    """One labelled answer over the whole width."""
    build.label(0, label, (1, 3))
    build.answer(3, spec, answers.get(spec.key), (1, _LAST - 3))
    build.next_row(8.0)


def _rest(form: FormSpec, build: SheetBuilder, answers: Answers) -> Sheet:
    """Money, answer to an alarm, target, and either the indicators or the short summary."""
    context = build.context
    _fund_rows(build, form, answers)
    for key in ("alarm_answer", "alarm_measures"):
        if form.field(key).is_visible(context):
            _wide(build, form.field(key).label, form.field(key), answers)
    target = form.field("annual_target")
    build.label(0, "年度\n总体\n目标", (1, 1))
    build.answer(1, target, answers.get("annual_target"), (1, _LAST - 1))
    build.next_row(20.0)
    heads = None
    if is_full(context):
        top = build.row
        heads = _indicator_rows(build, form, answers)
        bottom, build.row = build.row, top
        build.label(0, "绩效指标", (bottom - top, 1), vertical=True)
    else:
        build.label(0, "执行\n情况\n小结", (1, 1))
        summary = form.field("progress_summary")
        build.answer(1, summary, answers.get(summary.key), (1, _LAST - 1))
        build.next_row(40.0)
    return Sheet(
        name=form.short_title,
        title=context.title(form),
        subtitle=f"（{context.budget_year}年度）",
        cells=tuple(build.cells),
        column_widths=_WIDTHS,
        orientation=form.orientation,
        head_rows=heads,
        foot=foot_line(context, answers),
        minimum_heights=build.minimum_heights,
    )


def _fund_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> None:
    """资金: head of four columns over the form's fixed rows; a budget changed since stands beside its label."""
    table, context = form.table(FUNDS), build.context
    rows = _rows(answers, FUNDS) or [dict(row) for row in (table.prefill(context) if table.prefill else ())]
    filled = bool(answers.get(FUNDS))
    build.label(0, f"{table.label}\n（{context.amount_unit.label}）", (len(rows) + 1, 3))
    build.label(3, "", (1, 2))
    period = period_text(context, answers)
    for label, (start, width) in zip(_fund_labels(period), _FUND_SPANS, strict=True):
        build.label(start, label, (1, width))
    build.next_row(8.0)
    for number, row in enumerate(rows):
        build.label(3, _fund_label(row, context, is_last=number > 1), (1, 2), left=True)
        place = Place(FUNDS, str(row.get("row_id"))).path if filled else ""
        for key, (start, width) in zip(_FUND_KEYS, _FUND_SPANS, strict=True):
            kept = row.get(key) if filled else None
            build.answer(start, table.column(key), kept, (1, width), f"{place}.{key}" if place else FUNDS)
        build.next_row(8.0)


def _fund_labels(period: str) -> tuple[str, ...]:
    return "年初预算数", f"{period}执行数", f"{period}执行率", "全年预计执行数"


def _fund_label(row: Row, context: FormContext, *, is_last: bool) -> str:
    """A money row's label, with the budget after adjustment where there is one."""
    label = (
        f"{'　　　' if is_last else ''}{row.get('source') or ''}{'：' if row.get('row_id') == TOTAL else ''}"
    )
    adjusted = row.get("annual_budget_fen")
    if not kinds.is_amount(adjusted) or adjusted == row.get("initial_budget_fen"):
        return label
    amount = format_amount(adjusted, context.amount_unit)
    return f"{label}\n（调整后 {amount}）"


def _indicator_rows(build: SheetBuilder, form: FormSpec, answers: Answers) -> tuple[int, int]:
    """绩效指标: the head of two rows, then one line per indicator in the order of the frame; the head's rows."""
    top = build.row
    _indicator_head(build, form, period_text(build.context, answers))
    ordered = in_frame_order(_rows(answers, INDICATORS), build.context) or [{}]
    for row, spans in zip(ordered, spans_by_level(ordered), strict=True):
        _indicator_line(build, form, row, spans)
    return top, top + 1


def _indicator_head(build: SheetBuilder, form: FormSpec, period: str) -> None:
    """Two rows: single columns over both, 偏差原因分析 and 完成目标可能性 over their columns."""
    table, context = form.table(INDICATORS), build.context
    single = ("一级指标", "二级指标", "三级指标", "年度指标值", f"{period}\n执行情况", "全年预计\n完成情况")
    for start, label in enumerate(single, 1):
        build.label(start, label, (2, 1))
    build.label(_FIRST_CAUSE, "偏差原因分析", (1, len(CAUSES) + 1))
    build.label(_FIRST_LIKELIHOOD, table.column("likelihood").label, (1, len(LIKELIHOODS)))
    build.label(_REMARK, table.column("remark").label, (2, 1))
    build.next_row(7.0)
    for start, key in enumerate(CAUSES, _FIRST_CAUSE):
        build.label(start, cause_label(context, key))
    build.label(_REASON, table.column("reason").label)
    for start, code in enumerate(LIKELIHOODS, _FIRST_LIKELIHOOD):
        build.label(start, likelihood_label(context, code))
    build.next_row(12.0)


def _indicator_line(build: SheetBuilder, form: FormSpec, row: Row, spans: tuple[int, int]) -> None:
    """One indicator; the likelihood is a tick under its column."""
    table, context = form.table(INDICATORS), build.context
    place = Place(INDICATORS, str(row.get("row_id"))).path if row else INDICATORS

    def at(key: str) -> str:
        return f"{place}.{key}" if row else place

    for start, (key, span) in enumerate(zip(("first_level", "second_level"), spans, strict=True), 1):
        if span:
            shown = kinds.shown(table.column(key), row.get(key), context, row)
            build.cells.append(Cell(build.row, start, shown, CellRole.LABEL, span, 1, place=at(key)))
    build.answer(3, table.column("third_level"), row.get("third_level"), place=at("third_level"))
    for start, key in enumerate(_VALUES, 4):
        spec = table.column(key)
        if key == "planned_value":
            build.text(start, str(row.get(key) or ""), at(key), role=CellRole.CENTERED)
        else:
            build.answer(start, spec, row.get(key), place=at(key))
    for start, key in enumerate(CAUSES, _FIRST_CAUSE):
        build.answer(start, table.column(key), row.get(key), place=at(key))
    build.answer(_REASON, table.column("reason"), row.get("reason"), place=at("reason"))
    for start, code in enumerate(LIKELIHOODS, _FIRST_LIKELIHOOD):
        mark = "√" if row.get("likelihood") == code else ""
        build.text(start, mark, at("likelihood"), role=CellRole.CENTERED)
    build.answer(_REMARK, table.column("remark"), row.get("remark"), place=at("remark"))
    build.next_row(8.0)


def _rows(answers: Answers, key: str) -> Sequence[Row]:
    """Rows of a table; nothing of what has another shape."""
    rows = answers.get(key)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
