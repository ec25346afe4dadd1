"""Self-evaluation against the treasury (与国库支付核对): C52, spending other than the payment progress list says."""

from __future__ import annotations

from collections.abc import Iterator

from forms.answers import is_blank
from forms.checks.engine import CheckInput
from forms.checks.self_evaluation_facts import facts_of
from forms.checks.settings import SumSetting
from forms.checks.wording import money_text
from forms.context import FormContext
from forms.findings import Finding, Place, Severity
from forms.kinds import is_amount, show_date
from forms.self_evaluation_scores import FUNDS, rows_of


def has_ledger(context: FormContext) -> bool:
    """Whether a payment list has been taken in."""
    return context.ledger is not None


def ledger_difference(given: CheckInput) -> Iterator[Finding]:
    """C52: spending other than what the treasury paid, both shown with the difference."""
    ledger, facts = given.context.ledger, facts_of(given).funds
    setting = given.settings.get(SumSetting)
    paid = [row.spending for row in facts.rows if row.row_id not in ("total", "other")]
    known = [amount for amount in paid if amount is not None]
    if ledger is None or not known or _has_unread(given):
        return
    unit, stated = facts.amount_unit, sum(known)
    if abs(stated - ledger.spending_fen) <= setting.tolerance * unit.value:
        return
    until = f"截至{show_date(ledger.as_of)}" if ledger.as_of else ""
    told = "，".join(part for part in (ledger.source, until) if part)
    source = f"支付进度表（{told}）" if told else "支付进度表"
    yield Finding(
        code="C52",
        severity=Severity.EXPLAIN,
        place=Place(FUNDS, "fiscal", "spending_fen"),
        subject="财政资金的全年执行数",
        message=(
            f"填的是 {money_text(stated, unit)}，{source}是 {money_text(ledger.spending_fen, unit)}，"
            f"相差 {money_text(abs(stated - ledger.spending_fen), unit)}"
        ),
        remedy="请核对；口径不同的，请说明",
        why="全年执行数以国库支付数为准，差额要说得清。",
        values=(
            ("填写的执行数", money_text(stated, unit)),
            ("国库支付数", money_text(ledger.spending_fen, unit)),
        ),
    )


def _has_unread(given: CheckInput) -> bool:
    """Whether a source's spending holds what nobody can read: without it there is no sum to compare."""
    typed = [row.get("spending_fen") for row in rows_of(given.answers, FUNDS)]
    return any(not is_blank(value) and not is_amount(value) for value in typed)
