"""Money of a hand-filled table (手工表资金核对): the amounts that count, and C3 for totals that are not their sources.

The total row counts once; points that source rows print again are not added. A total row left at zero over
filled sources is not taken as the truth: the sources count, and both figures are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from forms.checks.self_evaluation_funds import FundColumns, FundLine
from forms.checks.settings import CheckSettings, SumSetting
from forms.checks.wording import money_text
from forms.findings import Finding, Place, Severity
from forms.hand_filled.stated import StatedFund, StatedTable
from forms.scoring.inputs import FundsInput
from models.domain.money import AmountUnit

TABLE = "funds"
COLUMNS = FundColumns(
    "initial_budget",
    "annual_budget",
    "annual_spending",
    "full_score",
    "stated_rate",
    "stated_score",
    "reason",
)
_AMOUNTS = (
    ("initial_budget", "initial_budget_fen", "年初预算数"),
    ("annual_budget", "annual_budget_fen", "全年预算数"),
    ("annual_spending", "annual_spending_fen", "全年执行数"),
    ("spending_to_date", "spending_to_date_fen", "执行数"),
)
_NOT_ADDED = ("total", "detail")
_WHOLE = 100_000_000
"""A budget of one million 元 in 分, behind a rate that stands alone without amounts."""


@dataclass(frozen=True, slots=True)
class CountedFunds:
    """The amounts that count (计入的资金), in 分; `rate_alone` where the table gives a rate and no amounts."""

    funds: FundsInput
    rate_alone: Decimal | None = None


def counted_funds(table: StatedTable, execution_row: int | None) -> CountedFunds:
    """Budget and spending of the whole table."""
    total = next((fund for fund in table.funds if fund.source == "total"), None)
    sources = [fund for fund in table.funds if fund.source not in _NOT_ADDED]
    annual, spending = _amounts(total, sources)
    fiscal = next((fund for fund in sources if fund.source == "fiscal_appropriation"), None)
    rate = table.funds[execution_row].stated_rate.value if execution_row is not None else None
    if annual is None and spending is None and rate is not None and 0 <= rate <= _MOST_RATE:
        return CountedFunds(FundsInput(_WHOLE, int(rate * _WHOLE), amount_unit=table.unit_of_amount), rate)
    return CountedFunds(
        FundsInput(
            annual_budget=annual,
            annual_spending=spending,
            fiscal_budget=fiscal.annual_budget_fen if fiscal else None,
            fiscal_spending=fiscal.annual_spending_fen if fiscal else None,
            amount_unit=table.unit_of_amount,
        )
    )


_MOST_RATE = Decimal(10)
"""Beyond this a share is no rate but a slip of reading."""


def _amounts(total: StatedFund | None, sources: Sequence[StatedFund]) -> tuple[int | None, int | None]:
    """Budget and spending: of the total row, of the sources where it is missing or left at zero."""
    of_sources = (
        _sum([fund.annual_budget_fen for fund in sources]),
        _sum([fund.annual_spending_fen for fund in sources]),
    )
    if total is None:
        return of_sources
    own = (total.annual_budget_fen, total.annual_spending_fen)
    return of_sources if not any(own) and any(of_sources) else own


def _sum(amounts: Sequence[int | None]) -> int | None:
    """The sum of those filled in, None when none is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def fund_lines(table: StatedTable, counted: CountedFunds) -> tuple[FundLine, ...]:
    """The funds rows as the shared checks see them; a total row left at zero has the amounts of its sources."""
    lines = tuple(
        FundLine(
            subject=f"“{fund.label}”" if fund.label else f"项目资金第 {index + 1} 行",
            table=TABLE,
            row_id=str(index),
            columns=COLUMNS,
            initial=fund.initial_budget_fen,
            annual=fund.annual_budget_fen,
            spending=fund.annual_spending_fen,
            full_score=fund.full_score,
            rate=fund.stated_rate,
            score=fund.stated_score,
            reason=fund.reason,
        )
        for index, fund in enumerate(table.funds)
    )
    if counted.rate_alone is not None:
        return lines
    return tuple(
        replace(line, annual=counted.funds.annual_budget, spending=counted.funds.annual_spending)
        if fund.source == "total"
        else line
        for line, fund in zip(lines, table.funds, strict=True)
    )


def sum_findings(table: StatedTable, settings: CheckSettings) -> Iterator[Finding]:
    """C3: a total that is not the sum of its sources, amount by amount; amounts below zero."""
    setting = settings.find(SumSetting)
    if setting is None:
        return
    yield from _negative(table)
    total_index = next((i for i, fund in enumerate(table.funds) if fund.source == "total"), None)
    sources = [fund for fund in table.funds if fund.source not in _NOT_ADDED]
    if total_index is None or not sources:
        return
    unit = table.unit_of_amount
    tolerance = setting.tolerance * unit.value
    for column, attribute, label in _AMOUNTS:
        total = getattr(table.funds[total_index], attribute)
        parts = [(fund, getattr(fund, attribute)) for fund in sources]
        known = [(fund, amount) for fund, amount in parts if amount is not None]
        found = sum(amount for _fund, amount in known)
        if not known or total is None or abs(total - found) <= tolerance:
            continue
        yield _sum_finding(Place(TABLE, str(total_index), column), label, total, known, unit)


def _negative(table: StatedTable) -> Iterator[Finding]:
    """Amounts below zero."""
    for index, fund in enumerate(table.funds):
        for column, attribute, label in _AMOUNTS:
            amount = getattr(fund, attribute)
            if amount is not None and amount < 0:
                yield Finding(
                    "C3",
                    Severity.BLOCKING,
                    Place(TABLE, str(index), column),
                    f"“{fund.label}”的{label}",
                    f"填的是 {money_text(amount, table.unit_of_amount)}，金额不能小于 0",
                    "请核对金额",
                )


def _sum_finding(
    place: Place, label: str, total: int, parts: Sequence[tuple[StatedFund, int]], unit: AmountUnit
) -> Finding:
    """Total and sources with every figure."""
    found = sum(amount for _fund, amount in parts)
    named = " ＋ ".join(f"{fund.label} {money_text(amount, unit)}" for fund, amount in parts)
    left = "，像是总额行没有填" if total == 0 and found else ""
    return Finding(
        code="C3",
        severity=Severity.BLOCKING,
        place=place,
        subject=f"资金总额的{label}",
        message=f"填的是 {money_text(total, unit)}，{named}，合计 {money_text(found, unit)}{left}",
        remedy="请核对，使总额等于各项来源之和",
        why="资金总额应当等于各项来源之和。",
        values=(("资金总额", money_text(total, unit)), ("各项合计", money_text(found, unit))),
    )
