"""Spending against the treasury (与国库支付核对): C52, other than the payment progress list says, for a year or a period."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from forms.answers import is_blank
from forms.checks.by_form import by_form
from forms.checks.engine import CheckInput
from forms.checks.self_evaluation_facts import facts_of
from forms.checks.settings import SumSetting
from forms.checks.wording import money_text
from forms.context import FormContext
from forms.findings import Finding, Place, Severity
from forms.kinds import is_amount, show_date
from forms.monitoring_period import month_of, spending_label
from forms.self_evaluation_scores import FUNDS, rows_of
from models.domain.background import LedgerLine
from models.domain.money import AmountUnit

_NOT_FISCAL = ("total", "other")
_TO_DATE = "spending_to_date_fen"


def has_ledger(context: FormContext) -> bool:
    """Whether a payment list has been taken in."""
    return context.ledger is not None


def _self_evaluation(given: CheckInput) -> Iterator[Finding]:
    """The year's spending against what the treasury paid."""
    ledger, facts = given.context.ledger, facts_of(given).funds
    paid = [row.spending for row in facts.rows if row.row_id not in _NOT_FISCAL]
    known = [amount for amount in paid if amount is not None]
    if ledger is None or not known or _has_unread(given, "spending_fen"):
        return
    if _differs(given, sum(known), ledger, facts.amount_unit):
        yield _finding("spending_fen", "全年执行数", sum(known), ledger, facts.amount_unit)


def _monitoring(given: CheckInput) -> Iterator[Finding]:
    """The spending up to a month against a list of that month's end; never more than a later list has paid."""
    context, month = given.context, month_of(given.context, given.answers)
    rows = [row for row in rows_of(given.answers, FUNDS) if row.get("row_id") not in _NOT_FISCAL]
    known = [fen for row in rows if is_amount(fen := row.get(_TO_DATE))]
    ledger = context.ledger
    if ledger is None or ledger.as_of is None or month is None or not known or _has_unread(given, _TO_DATE):
        return
    until = date(context.budget_year, month, monthrange(context.budget_year, month)[1])
    is_told = ledger.as_of == until or (ledger.as_of > until and sum(known) > ledger.spending_fen)
    if is_told and _differs(given, sum(known), ledger, context.amount_unit):
        yield _finding(_TO_DATE, spending_label(context), sum(known), ledger, context.amount_unit)


ledger_difference = by_form(_self_evaluation, monitoring=_monitoring)
"""C52: spending other than what the treasury paid, both shown with the difference."""


def _differs(given: CheckInput, stated: int, ledger: LedgerLine, unit: AmountUnit) -> bool:
    """Whether two amounts are further apart than sums may be."""
    return abs(stated - ledger.spending_fen) > given.settings.get(SumSetting).tolerance * unit.value


def _finding(column: str, what: str, stated: int, ledger: LedgerLine, unit: AmountUnit) -> Finding:
    until = f"截至{show_date(ledger.as_of)}" if ledger.as_of else ""
    told = "，".join(part for part in (ledger.source, until) if part)
    source = f"支付进度表（{told}）" if told else "支付进度表"
    return Finding(
        code="C52",
        severity=Severity.EXPLAIN,
        place=Place(FUNDS, "fiscal", column),
        subject=f"财政资金的{what}",
        message=(
            f"填的是 {money_text(stated, unit)}，{source}是 {money_text(ledger.spending_fen, unit)}，"
            f"相差 {money_text(abs(stated - ledger.spending_fen), unit)}"
        ),
        remedy="请核对；口径不同的，请说明",
        why=f"{what}以国库支付数为准，差额要说得清。",
        values=(
            ("填写的执行数", money_text(stated, unit)),
            ("国库支付数", money_text(ledger.spending_fen, unit)),
        ),
    )


def _has_unread(given: CheckInput, column: str) -> bool:
    """Whether a source's spending holds what nobody can read: without it there is no sum to compare."""
    typed = [row.get(column) for row in rows_of(given.answers, FUNDS)]
    return any(not is_blank(value) and not is_amount(value) for value in typed)
