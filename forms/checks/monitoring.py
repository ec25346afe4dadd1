"""The monitoring checks of a form (监控校验): its money and rows made ready for the neutral rules, C24 to C27."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from forms import kinds
from forms.answers import is_blank
from forms.checks.engine import CheckInput, RowInput
from forms.checks.monitoring_funds import money_findings, month_missing
from forms.checks.monitoring_lines import MonitoredFund, MonitoredLine, MonitoredMoney, MonitoringColumns
from forms.checks.monitoring_rows import (
    fallen_findings,
    forecast_findings,
    likelihood_findings,
    unread_findings,
)
from forms.checks.self_evaluation_lines import is_blank_text
from forms.context import FormContext
from forms.findings import Finding, Place, Severity
from forms.monitoring_period import MONTH_FIELD, earlier, earlier_words, has_earlier, month_of
from forms.monitoring_rows import CAUSES, cells_of, earlier_rows, full_year_budget
from forms.monitoring_sources import FUNDS, INDICATORS, TOTAL, is_full
from forms.monitoring_table import LIKELIHOODS, cause_label
from forms.schema import Row
from forms.scoring.reading import RowReader, row_reader

COLUMNS = MonitoringColumns(INDICATORS, "value_to_date", "forecast_value", "likelihood", "reason")
_SPENT = "spending_to_date_fen"
_LINES = "monitoring_lines"


def money_of_period(given: CheckInput) -> Iterator[Finding]:
    """C24: the month, what must be filled in of the total, and the money against budget, time and results."""
    context = given.context
    month = month_of(context, given.answers)
    if month is None:
        yield month_missing(Place(MONTH_FIELD), "还没有填写截至几月", "请选择监控截至月份")
    rows: Sequence[Row] = given.answers.get(FUNDS) or ()
    yield from _blank_total(rows)
    funds = {str(row.get("row_id")): _fund(row) for row in rows}
    money = MonitoredMoney(tuple(funds.values()), funds.get(TOTAL), month, context.amount_unit)
    reader = row_reader(context.kit)
    indicators = given.answers.get(INDICATORS) or () if is_full(context) else ()
    filled_in = [row for row in indicators if not is_blank(row.get("value_to_date"))]
    yield from money_findings(money, _remembered(context, reader, filled_in), given.settings)


def row_of_period(given: RowInput) -> Iterator[Finding]:
    """C25: likelihood and causes of one row."""
    yield from likelihood_findings(_line_of(given), given.settings)


def forecast_of_row(given: RowInput) -> Iterator[Finding]:
    """C26: the forecast of one row, and words where a number is wanted."""
    line = _line_of(given)
    yield from forecast_findings(line, given.settings)
    yield from unread_findings(line)


def fallen_row(given: RowInput) -> Iterator[Finding]:
    """C27: one row against the period before."""
    yield from fallen_findings(_line_of(given), given.settings)


def has_period_before(context: FormContext) -> bool:
    """Whether there is a period to compare with."""
    return has_earlier(context)


def _blank_total(rows: Sequence[Row]) -> Iterator[Finding]:
    """What the total row cannot do without, where its sources say nothing either (else C3 speaks)."""
    total = next((row for row in rows if row.get("row_id") == TOTAL), {})
    wanted = (
        ("initial_budget_fen", "年初预算数"),
        (_SPENT, "执行数"),
        ("forecast_spending_fen", "全年预计执行数"),
    )
    blanks = [(key, label) for key, label in wanted if all(is_blank(row.get(key)) for row in rows)]
    if not blanks:
        return
    labels = "、".join(label for _, label in blanks)
    places = [Place(FUNDS, TOTAL, key) for key, _ in blanks] if total else [Place(FUNDS)]
    yield Finding(
        code="C24",
        severity=Severity.BLOCKING,
        place=places[0],
        subject="年度资金总额",
        message=f"还没有填写{labels}",
        remedy=f"请填写{labels}，没有的填 0",
        why="资金执行情况是运行监控的依据。",
        also=tuple(places[1:]),
    )


def _fund(row: Row) -> MonitoredFund:
    """One money row; amounts that cannot be read count as blank."""
    label = str(row.get("source") or "").removeprefix("其中：")
    spent, budget = row.get(_SPENT), full_year_budget(row)
    return MonitoredFund(
        label,
        Place(FUNDS, str(row.get("row_id")), _SPENT),
        budget if kinds.is_amount(budget) else None,
        spent if kinds.is_amount(spent) else None,
    )


def _line_of(given: RowInput) -> MonitoredLine:
    """The row of a row check."""
    reader = row_reader(given.context.kit)
    return _line(given.context, reader, given.row, given.line.subject())


def _remembered(context: FormContext, reader: RowReader, rows: Sequence[Row]) -> list[MonitoredLine]:
    """The rows as the rules see them; a row that has not changed is not read again."""
    before: dict[int, tuple[Row, MonitoredLine]] = context.memory.get(_LINES, {})
    after = {id(row): before.get(id(row)) or (row, _line(context, reader, row, "")) for row in rows}
    context.memory[_LINES] = after
    return [line for _row, line in after.values()]


def _line(context: FormContext, reader: RowReader, row: Mapping[str, Any], subject: str) -> MonitoredLine:
    """One row as the rules see it."""
    reason = str(row.get("reason") or "")
    ticked = [cause_label(context, key) for key in CAUSES if row.get(key) == kinds.TICKED]
    causes = [*ticked, *([] if is_blank_text(reason) else [reason])]
    before = earlier(context)
    return MonitoredLine(
        row_id=str(row.get("row_id") or ""),
        subject=subject,
        columns=COLUMNS,
        to_date=reader.read(cells_of(row)),
        forecast=reader.read(cells_of(row, "forecast_value")),
        likelihood=_likelihood(context, row.get("likelihood")),
        has_cause=bool(causes),
        cause_text="；".join(causes),
        previous=_previous(context, reader, row),
        previous_period=earlier_words(before) if before else "",
    )


def _likelihood(context: FormContext, kept: Any) -> str:
    """The national word of a likelihood, by which the check settings know it."""
    return LIKELIHOODS.get(kept, "") if isinstance(kept, str) else ""


def _previous(context: FormContext, reader: RowReader, row: Mapping[str, Any]) -> Decimal | None:
    """The number of the period before, None where there is none to read."""
    value = earlier_rows(context).value(row) if has_earlier(context) else None
    if value is None:
        return None
    return reader.read(cells_of({**row, "value_to_date": value})).actual_value
