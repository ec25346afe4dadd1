"""Findings of a hand-filled monitoring table (手工监控表核对): C24 money, C25 likelihood and reasons, C26 forecasts.

The rules are those of the form (`forms.checks.monitoring_*`); here a table is made ready for them. C27 needs
the period before: it speaks where the table of an earlier month is checked in the same run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from forms.checks.monitoring_funds import money_findings, month_missing
from forms.checks.monitoring_lines import MonitoredFund, MonitoredLine, MonitoredMoney, MonitoringColumns
from forms.checks.monitoring_rows import fallen_findings, forecast_findings, likelihood_findings
from forms.checks.self_evaluation_funds import rate_of_row
from forms.checks.self_evaluation_lines import is_blank_text
from forms.checks.self_evaluation_settings import ExecutionSetting
from forms.findings import Finding, Place
from forms.hand_filled.audit_basis import AuditBasis
from forms.hand_filled.audit_funds import TABLE as FUNDS
from forms.hand_filled.audit_funds import CountedFunds, fund_lines
from forms.hand_filled.audit_scores import TABLE, read_row, row_subject
from forms.hand_filled.stated import StatedFund, StatedIndicator, StatedTable
from forms.scoring.inputs import FundsInput
from forms.text_similarity import core_text

COLUMNS = MonitoringColumns(TABLE, "actual_text", "forecast_value", "likelihood", "deviation_reason")


def monitoring_findings(table: StatedTable, basis: AuditBasis) -> Iterator[Finding]:
    """C24 of the money, C25 and C26 of every indicator."""
    if table.period_month is None:
        yield month_missing(
            Place("period_month"), "没有读到截至几月（例如 1—7月执行数）", "请在表头写明监控的月份"
        )
    lines = [_line(basis, row, number) for number, row in enumerate(table.indicators)]
    yield from money_findings(monitored_money(table), lines, basis.settings)
    yield from rate_findings(table, basis)
    for line in lines:
        yield from likelihood_findings(line, basis.settings)
        yield from forecast_findings(line, basis.settings)


def fallen_behind(table: StatedTable, before: StatedTable, basis: AuditBasis) -> Iterator[Finding]:
    """C27: values that add up over the year and are lower than in the table of an earlier month."""
    earlier = {core_text(row.third_level): row.actual_value for row in before.indicators}
    for number, row in enumerate(table.indicators):
        previous = earlier.get(core_text(row.third_level))
        if previous is not None:
            line = replace(
                _line(basis, row, number), previous=previous, previous_period=f"1—{before.period_month}月"
            )
            yield from fallen_findings(line, basis.settings)


def budget_of(fund: StatedFund) -> int | None:
    """The full-year budget of a monitoring row, adjusted where the table has it, else the opening one; in 分."""
    return fund.annual_budget_fen if fund.annual_budget_fen is not None else fund.initial_budget_fen


def spent_of(fund: StatedFund) -> int | None:
    """What was spent in the period, in 分."""
    return fund.spending_to_date_fen if fund.spending_to_date_fen is not None else fund.annual_spending_fen


def rate_findings(table: StatedTable, basis: AuditBasis, place: Place | None = None) -> Iterator[Finding]:
    """C30: rates that are not spending ÷ budget, of every row of the money; at another `place` for a row of sums."""
    setting = basis.settings.find(ExecutionSetting)
    if setting is None:
        return
    for line, fund in zip(fund_lines(table, CountedFunds(FundsInput())), table.funds, strict=True):
        budget, spent = budget_of(fund), spent_of(fund)
        if budget is None or spent is None or spent > budget:
            continue  # More spent than there is is told by C24.
        money = replace(line, annual=budget, spending=spent)
        for finding in rate_of_row(money, table.unit_of_amount, setting):
            yield replace(finding, place=place) if place else finding


def monitored_money(table: StatedTable) -> MonitoredMoney:
    """The funds block; the first row counts where none is the total."""
    funds = tuple(
        MonitoredFund(
            fund.label or "资金",
            Place(FUNDS, str(index), "spending_to_date"),
            budget_of(fund),
            spent_of(fund),
        )
        for index, fund in enumerate(table.funds)
    )
    totals = [index for index, fund in enumerate(table.funds) if fund.source == "total"]
    total = funds[totals[0]] if totals else next(iter(funds), None)
    return MonitoredMoney(funds, total, table.period_month, table.unit_of_amount)


def _line(basis: AuditBasis, row: StatedIndicator, number: int) -> MonitoredLine:
    """One row as the rules see it."""
    expected = replace(row, actual_text=row.forecast_text, actual_value=row.forecast_value)
    has_cause = not is_blank_text(row.deviation_reason)
    return MonitoredLine(
        row_id=str(number),
        subject=row_subject(row, number),
        columns=COLUMNS,
        to_date=read_row(basis, row, number),
        forecast=read_row(basis, expected, number),
        likelihood=row.likelihood.strip(),
        has_cause=has_cause,
        cause_text=row.deviation_reason if has_cause else "",
    )
