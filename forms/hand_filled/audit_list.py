"""Findings of lists of projects in monitoring (项目监控清单核对): every project's money and rate, reasons, rows of sums.

C24 for money out of step (only asked about where the list gives a reason), C25 for doubts without one, C30 for
rates that are not spending ÷ budget, C42 for sums that are not those of the projects.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from forms.checks.monitoring_funds import money_findings, month_missing
from forms.checks.monitoring_lines import MonitoredLine, MonitoringColumns
from forms.checks.monitoring_rows import likelihood_findings
from forms.checks.self_evaluation_lines import is_blank_text
from forms.checks.settings import SumSetting
from forms.checks.wording import money_text
from forms.findings import Finding, Place, Severity
from forms.hand_filled.audit_basis import AuditBasis
from forms.hand_filled.audit_funds import TABLE
from forms.hand_filled.audit_monitoring import monitored_money, rate_findings
from forms.hand_filled.audit_scores import read_row
from forms.hand_filled.funds import MONEY_LABELS
from forms.hand_filled.stated import StatedFund, StatedIndicator, StatedTable

_COLUMNS = MonitoringColumns(TABLE, "spending_to_date", "forecast_spending", "likelihood", "reason")
_REASONS = ("deviation_reason", "improvement", "reason")


def list_findings(table: StatedTable, basis: AuditBasis) -> Iterator[Finding]:
    """What one project of a list says against itself; with the first one the rows of sums."""
    if table.list_index == 0:
        if table.period_month is None:
            yield month_missing(
                Place("period_month"), "没有读到截至几月（例如 1—7月执行数）", "请在表头写明监控的月份"
            )
        yield from _sums(table, basis)
    fund = table.funds[0]
    has_reason = not is_blank_text(fund.reason)
    for finding in money_findings(monitored_money(table), (), basis.settings):
        if finding.severity is Severity.BLOCKING:
            yield finding
        elif not has_reason:
            asked = any(table.has_column(role) for role in _REASONS)
            message = f"{finding.message}，没有填写偏差原因" if asked else finding.message
            yield replace(finding, message=message)
    yield from rate_findings(table, basis)
    yield from likelihood_findings(_line(table, basis, has_reason=has_reason), basis.settings)


def _line(table: StatedTable, basis: AuditBasis, *, has_reason: bool) -> MonitoredLine:
    """The project as the rule of likelihoods sees it."""
    fund = table.funds[0]
    nothing = read_row(basis, StatedIndicator("", "", table.project_name), 0)
    subject = f"项目“{table.project_name}”" if table.project_name else "项目"
    likelihood = fund.likelihood.strip()
    return MonitoredLine("0", subject, _COLUMNS, nothing, nothing, likelihood, has_reason, fund.reason)


def _sums(table: StatedTable, basis: AuditBasis) -> Iterator[Finding]:
    """C42: amounts of a row of sums that are not those of its projects."""
    setting = basis.settings.find(SumSetting)
    if setting is None:
        return
    unit = table.unit_of_amount
    tolerance = setting.tolerance * unit.value
    for stated, found in table.list_sums:
        for role, label in MONEY_LABELS.items():
            pair = getattr(stated, f"{role}_fen"), getattr(found, f"{role}_fen")
            if None in pair or abs(pair[0] - pair[1]) <= tolerance:
                continue
            yield _other_sum(stated, label, *(money_text(amount, unit) for amount in pair))
        yield from rate_findings(replace(table, funds=(stated,)), basis, Place(stated.where))


def _other_sum(fund: StatedFund, label: str, stated: str, found: str) -> Finding:
    """One figure of a row of sums."""
    return Finding(
        "C42",
        Severity.BLOCKING,
        Place(fund.where),
        f"合计行的{label}",
        f"填的是 {stated}，各项目合计 {found}",
        "请核对合计和各项目的金额",
        "合计应当等于各项目之和。",
        values=(("合计行", stated), ("各项目合计", found)),
    )
