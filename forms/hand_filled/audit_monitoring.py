"""Findings of a hand-filled monitoring table (手工监控表核对): C24 money, C25 likelihood and reasons, C26 forecasts.

C27 needs the period before; a single table does not have it, so it is silent here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from forms.checks.self_evaluation_lines import is_blank_text
from forms.checks.wording import clipped, money_text
from forms.findings import Finding, Place, Severity
from forms.hand_filled.audit_basis import AuditBasis
from forms.hand_filled.audit_funds import TABLE as FUNDS
from forms.hand_filled.audit_scores import TABLE, read_row, row_subject
from forms.hand_filled.audit_settings import PeriodSetting
from forms.hand_filled.stated import StatedFund, StatedIndicator, StatedTable
from forms.scoring.comparison import completion, reaches_planned
from forms.scoring.wording import share_text

_MONTHS = 12


def monitoring_findings(table: StatedTable, basis: AuditBasis) -> Iterator[Finding]:
    """C24 of the money, C25 and C26 of every indicator."""
    setting = basis.settings.find(PeriodSetting)
    if setting is None:
        return
    yield from _period(table)
    for index, fund in enumerate(table.funds):
        yield from _overspent(table, fund, index)
    yield from _behind(table, basis, setting)
    for number, row in enumerate(table.indicators):
        yield from _likelihood(row, number, setting)
        yield from _forecast(row, number, basis, setting)


def budget_of(fund: StatedFund) -> int | None:
    """The full-year budget of a monitoring row, adjusted where the table has it, else the opening one; in 分."""
    return fund.annual_budget_fen if fund.annual_budget_fen is not None else fund.initial_budget_fen


def spent_of(fund: StatedFund) -> int | None:
    """What was spent in the period, in 分."""
    return fund.spending_to_date_fen if fund.spending_to_date_fen is not None else fund.annual_spending_fen


def _period(table: StatedTable) -> Iterator[Finding]:
    """C24: nobody can say up to which month the figures go."""
    if table.period_month is None:
        yield Finding(
            "C24",
            Severity.BLOCKING,
            Place("period_month"),
            "监控时点",
            "没有读到截至几月（例如 1—7月执行数）",
            "请在表头写明监控的月份",
            "不知道月份，就无法判断进度快慢。",
        )


def _overspent(table: StatedTable, fund: StatedFund, index: int) -> Iterator[Finding]:
    """C24: more spent than the budget, or an amount below zero."""
    budget, spent, unit = budget_of(fund), spent_of(fund), table.unit_of_amount
    if spent is None:
        return
    if spent < 0:
        message = f"填的是 {money_text(spent, unit)}，不能小于 0"
    elif budget is not None and spent > budget:
        message = f"已执行 {money_text(spent, unit)}，多于全年预算 {money_text(budget, unit)}"
    else:
        return
    yield Finding(
        code="C24",
        severity=Severity.BLOCKING,
        place=Place(FUNDS, str(index), "spending_to_date"),
        subject=f"“{fund.label}”的执行数",
        message=message,
        remedy="请核对执行数和预算数（应为调整后的）",
        why="执行数不能超过全年预算数。",
        values=(
            ("执行数", money_text(spent, unit)),
            ("预算数", money_text(budget, unit) if budget is not None else "空"),
        ),
    )


def _behind(table: StatedTable, basis: AuditBasis, setting: PeriodSetting) -> Iterator[Finding]:
    """C24: execution below the alarm line of the month, or far behind the results (else behind the time)."""
    totals = [(i, fund) for i, fund in enumerate(table.funds) if fund.source == "total"]
    rows = totals or list(enumerate(table.funds))[:1]
    if not rows or table.period_month is None:
        return
    index, fund = rows[0]
    budget, spent = budget_of(fund), spent_of(fund)
    if not budget or budget < 0 or spent is None or spent < 0:
        return
    rate = Decimal(spent) / budget
    place = Place(FUNDS, str(index), "spending_to_date")
    figures = f"已执行 {money_text(spent, table.unit_of_amount)}，占全年预算 {money_text(budget, table.unit_of_amount)}的 {share_text(rate)}"
    passed = [line for line in setting.alarm_lines if line.month <= table.period_month]
    line = max(passed, key=lambda one: one.month, default=None)
    if line is not None and rate < line.rate:
        yield _slow(place, f"{figures}，低于 {line.month} 月底的警戒线 {share_text(line.rate)}")
    progress, what = _progress(table, basis)
    if progress - rate > setting.progress_gap:
        points = share_text(progress - rate).removesuffix("%")
        yield _slow(place, f"{figures}，比{what} {share_text(progress)}慢 {points} 个百分点")


def _progress(table: StatedTable, basis: AuditBasis) -> tuple[Decimal, str]:
    """How far the results are: the mean completion of rows with numbers, else the share of the year that has passed."""
    shares = []
    for number, row in enumerate(table.indicators):
        share = completion(read_row(basis, row, number)) if row.actual_text else None
        if share is not None and not read_row(basis, row, number).is_reverse:
            shares.append(min(share, Decimal(1)))
    if shares:
        return sum(shares, Decimal(0)) / len(shares), "绩效目标完成进度"
    return Decimal(table.period_month or 0) / _MONTHS, "时间进度"


def _slow(place: Place, message: str) -> Finding:
    return Finding(
        "C24",
        Severity.EXPLAIN,
        place,
        "预算执行进度",
        message,
        "请说明原因和加快执行的措施",
        "执行明显慢于进度的，要尽早纠正或调整预算。",
    )


def _likelihood(row: StatedIndicator, number: int, setting: PeriodSetting) -> Iterator[Finding]:
    """C25: in doubt without a reason, or a reason though all is certain."""
    said = row.likelihood.strip()
    has_reason = not is_blank_text(row.deviation_reason)
    if said in setting.doubtful and not has_reason:
        yield Finding(
            "C25",
            Severity.BLOCKING,
            Place(TABLE, str(number), "deviation_reason"),
            row_subject(row, number),
            f"完成目标可能性是“{said}”，没有填偏差原因",
            "请填写偏差原因和措施",
            "可能完不成的，要写明原因。",
        )
    elif said in setting.certain and has_reason:
        yield Finding(
            "C25",
            Severity.EXPLAIN,
            Place(TABLE, str(number), "likelihood"),
            row_subject(row, number),
            f"填了偏差原因“{clipped(row.deviation_reason)}”，完成目标可能性却是“{said}”",
            "请核对可能性；确实能完成的，请说明",
            "有偏差原因的，要核实能不能完成。",
        )


def _forecast(
    row: StatedIndicator, number: int, basis: AuditBasis, setting: PeriodSetting
) -> Iterator[Finding]:
    """C26: a forecast short of the target that is said to be certain."""
    if row.likelihood.strip() not in setting.certain or not row.forecast_text:
        return
    expected = read_row(
        basis, replace(row, actual_text=row.forecast_text, actual_value=row.forecast_value), number
    )
    if reaches_planned(expected) is not False:
        return
    yield Finding(
        "C26",
        Severity.EXPLAIN,
        Place(TABLE, str(number), "forecast_value"),
        row_subject(row, number),
        f"全年预计完成“{clipped(row.forecast_text)}”，达不到指标值“{clipped(row.planned_text)}”，"
        f"完成目标可能性却是“{row.likelihood.strip()}”",
        "请核对预计完成情况和可能性",
        "预计达不到指标值的，不能填确定能完成。",
    )
