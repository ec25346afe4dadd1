"""Money of a self-evaluation (自评资金): C30 the rate, C31 its score, C36 low rates, C41 money against results.

The rate is spending ÷ full-year (adjusted) budget; printed rates come with 0 to 2 decimals, with and
without the percent sign (domain §4.3, §12).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from forms.checks.self_evaluation_lines import ScoredLine, fits_printed
from forms.checks.self_evaluation_reasons import says_nothing
from forms.checks.self_evaluation_settings import ExecutionSetting, LowExecutionSetting, ReasonSetting
from forms.checks.settings import CheckSettings
from forms.checks.wording import clipped, money_text, unit_slip
from forms.findings import Finding, Place, Severity
from forms.hand_filled.stated import StatedNumber
from forms.kinds import parse_number
from forms.scoring.execution import ExecutionScore
from forms.scoring.marks import Outcome
from forms.scoring.wording import plain, points, share_text
from models.domain.money import AmountUnit, plain_text

_WHY_RATE = "预算执行率 = 全年执行数 ÷ 全年（调整后）预算数。"


@dataclass(frozen=True, slots=True)
class FundColumns:
    """Keys of the funds block's columns (资金栏目), as places of findings spell them."""

    initial: str
    annual: str
    spending: str
    full_score: str
    rate: str
    score: str
    reason: str


@dataclass(frozen=True, slots=True)
class FundLine:
    """One row of the funds block (资金行), amounts in 分; `places` by role, see `FundColumns`."""

    subject: str
    table: str
    row_id: str
    columns: FundColumns
    initial: int | None
    annual: int | None
    spending: int | None
    full_score: StatedNumber
    rate: StatedNumber
    score: StatedNumber
    reason: str = ""

    def place(self, column: str) -> Place:
        """The place of one of its cells."""
        return Place(self.table, self.row_id, column)


@dataclass(frozen=True, slots=True)
class FundsFacts:
    """The money of one self-evaluation (自评资金事实).

    `scored` is the row that carries the points of execution, `execution` what the rule gives for it, `formula`
    how, where the table has no amounts but a rate alone. `asks_for_reason` says whether the form has a place
    for the reason of a low rate: without one its absence is only asked about.
    """

    rows: tuple[FundLine, ...]
    scored: FundLine | None
    execution: ExecutionScore
    amount_unit: AmountUnit
    lines: tuple[ScoredLine, ...] = ()
    asks_for_reason: bool = True
    formula: str = ""


def funds_findings(facts: FundsFacts, settings: CheckSettings) -> Iterator[Finding]:
    """C30, C31, C36 and C41."""
    setting = settings.find(ExecutionSetting)
    if setting is not None:
        for row in facts.rows:
            yield from rate_of_row(row, facts.amount_unit, setting)
        yield from execution_score(facts, setting)
    yield from low_execution(facts, settings)
    yield from money_against_results(facts)


def rate_of_row(row: FundLine, unit: AmountUnit, setting: ExecutionSetting) -> Iterator[Finding]:
    """C30: more spent than the budget, or a rate that is not spending ÷ budget."""
    if row.annual is None or row.spending is None:
        return
    if row.annual > 0 and row.spending > row.annual:
        message = (
            f"全年执行数 {money_text(row.spending, unit)}，多于全年预算数 {money_text(row.annual, unit)}，"
            f"执行率 {share_text(Decimal(row.spending) / row.annual)}{unit_slip(row.spending, row.annual, unit)}"
        )
        yield _rate_finding(row, unit, message, "请核对预算数（应为调整后的）和执行数", row.columns.spending)
        return
    shown = printed_share(row.rate)
    if shown is None or row.annual <= 0:
        return
    exact = Decimal(row.spending) / row.annual
    if _near(exact, shown, setting.rate_tolerance):
        return
    by_opening = bool(row.initial) and _near(
        Decimal(row.spending) / (row.initial or 1), shown, setting.rate_tolerance
    )
    cause = "，像是除以了年初预算数" if by_opening and row.initial != row.annual else ""
    message = (
        f"填的是“{clipped(row.rate.text)}”，全年执行数 {money_text(row.spending, unit)} ÷ "
        f"全年预算数 {money_text(row.annual, unit)} = {share_text(exact)}{cause}"
    )
    yield _rate_finding(
        row, unit, message, f"请改为 {share_text(exact)}，或核对预算数和执行数", row.columns.rate
    )


@dataclass(frozen=True, slots=True)
class PrintedShare:
    """A rate as printed (所填执行率): 0…1, and the step of its last decimal."""

    share: Decimal
    step: Decimal


def printed_share(number: StatedNumber) -> PrintedShare | None:
    """The share a printed rate says; None when it is no number."""
    if number.value is None:
        return None
    body = plain_text(number.text).removesuffix("%").strip()
    written = parse_number(body)
    decimals = len(body.partition(".")[2])
    if written is not None and written == number.value and "%" not in plain_text(number.text):
        decimals = max(0, decimals - 2)
    return PrintedShare(number.value, Decimal(1).scaleb(-decimals - 2))


def _near(exact: Decimal, shown: PrintedShare, tolerance: Decimal) -> bool:
    """Whether a printed rate is the exact one, rounded any way or within the tolerance."""
    lower = exact.quantize(shown.step, ROUND_FLOOR)
    upper = exact.quantize(shown.step, ROUND_CEILING)
    return lower <= shown.share <= upper or abs(exact - shown.share) <= tolerance


def execution_score(facts: FundsFacts, setting: ExecutionSetting) -> Iterator[Finding]:
    """C31: points of execution above full marks, or other than the rule gives."""
    row, execution = facts.scored, facts.execution
    if row is None or execution.outcome is Outcome.NOT_APPLICABLE:
        return
    given, full = row.score.value, execution.full_score
    is_within = given is not None and 0 <= given <= full
    if is_within and (
        execution.is_open or fits_printed(execution.score, row.score, least_decimals=setting.least_decimals)
    ):
        return
    by_rule = points(execution.score)
    formula = facts.formula or execution.explanation.formula
    if given is None:
        if row.full_score.value is None or execution.is_open or row.score.text.strip():
            return
        message, remedy = f"还没有填写，按规则应得 {by_rule} 分（{formula}）", f"请填写得分 {by_rule} 分"
    elif given > full or given < 0:
        side = f"超过分值 {plain(full)} 分" if given > full else "小于 0"
        message, remedy = (
            f"填的是 {plain(given)} 分，{side}，按规则应得 {by_rule} 分（{formula}）",
            "请核对得分",
        )
    else:
        message = f"填的是 {plain(given)} 分，按规则应得 {by_rule} 分（{formula}）"
        remedy = f"请改为 {by_rule} 分，或核对预算数和执行数"
    yield Finding(
        code="C31",
        severity=Severity.BLOCKING,
        place=row.place(row.columns.score),
        subject="预算执行率的得分",
        message=message,
        remedy=remedy,
        why=f"{execution.explanation.rule}。",
        also=(row.place(row.columns.rate),),
        values=(("填写的得分", row.score.text or "空"), ("按规则", by_rule), ("分值", plain(full))),
    )


def low_execution(facts: FundsFacts, settings: CheckSettings) -> Iterator[Finding]:
    """C36: a low rate, or a budget changed during the year, without a reason."""
    setting, reasons = settings.find(LowExecutionSetting), settings.find(ReasonSetting)
    row, rate = facts.scored, facts.execution.rate
    if setting is None or reasons is None or row is None:
        return
    if any(not says_nothing(one.reason, reasons) for one in facts.rows):
        return
    has_budget = bool(facts.execution.budget) and not facts.execution.is_open
    if rate is not None and rate < setting.low_rate and has_budget:
        yield _reason_finding(
            row,
            Severity.BLOCKING if facts.asks_for_reason else Severity.EXPLAIN,
            f"执行率 {share_text(rate)}，低于 {share_text(setting.low_rate)}，没有说明原因",
            (("执行率", share_text(rate)), ("界限", share_text(setting.low_rate))),
        )
    initial, annual, unit = row.initial, row.annual, facts.amount_unit
    if not initial or annual is None or annual == initial:
        return
    change = Decimal(abs(annual - initial)) / abs(initial)
    if change > setting.adjusted_share:
        yield _reason_finding(
            row,
            Severity.EXPLAIN,
            f"年初预算数 {money_text(initial, unit)}，全年预算数 {money_text(annual, unit)}，"
            f"年中调整了 {share_text(change)}{unit_slip(annual, initial, unit)}，没有说明原因",
            (("年初预算数", money_text(initial, unit)), ("全年预算数", money_text(annual, unit))),
        )


def money_against_results(facts: FundsFacts) -> Iterator[Finding]:
    """C41: nothing spent but output reported, or everything spent and an output at nought."""
    row, rate = facts.scored, facts.execution.rate
    counted = [line for line in facts.lines if line.has_rule and not line.row.is_reverse]
    if row is None or rate is None or not facts.execution.budget:
        return
    if rate == 0:
        done = [line for line in counted if line.row.actual_value is not None and line.row.actual_value > 0]
        if done:
            yield _against(row, done, "一分钱也没有执行，却填报了完成数量", "请核对全年执行数和完成情况")
    elif rate >= 1:
        missing = [
            line for line in counted if line.row.actual_value == 0 and (line.row.planned_value or 0) > 0
        ]
        if missing:
            yield _against(
                row, missing, "资金已全部执行，却有指标一点也没有完成", "请核对完成情况，并说明资金用在哪里"
            )


def _against(row: FundLine, lines: list[ScoredLine], message: str, remedy: str) -> Finding:
    """A C41 finding."""
    names = "、".join(f"“{clipped(line.row.name)}”{line.row.actual_text}" for line in lines[:3])
    more = "等" if len(lines) > 3 else ""
    return Finding(
        code="C41",
        severity=Severity.EXPLAIN,
        place=row.place(row.columns.spending),
        subject="资金执行与完成情况",
        message=f"{message}：{names}{more}",
        remedy=remedy,
        why="钱和事要对得上。",
        also=tuple(line.place(line.columns.actual) for line in lines),
        values=tuple((line.row.name, line.row.actual_text) for line in lines[:3]),
    )


def _rate_finding(row: FundLine, unit: AmountUnit, message: str, remedy: str, column: str) -> Finding:
    """A C30 finding."""
    return Finding(
        code="C30",
        severity=Severity.BLOCKING,
        place=row.place(column),
        subject=f"{row.subject}的执行率",
        message=message,
        remedy=remedy,
        why=_WHY_RATE,
        also=tuple(row.place(key) for key in (row.columns.annual, row.columns.spending) if key != column),
        values=(
            ("全年预算数", money_text(row.annual or 0, unit)),
            ("全年执行数", money_text(row.spending or 0, unit)),
            ("填写的执行率", row.rate.text or "空"),
        ),
    )


def _reason_finding(
    row: FundLine, severity: Severity, message: str, values: tuple[tuple[str, str], ...]
) -> Finding:
    """A C36 finding."""
    return Finding(
        code="C36",
        severity=severity,
        place=row.place(row.columns.reason),
        subject="预算执行情况",
        message=message,
        remedy="请说明原因",
        why="执行率低、年中调整预算的，要说明原因。",
        also=(row.place(row.columns.annual),),
        values=values,
    )
