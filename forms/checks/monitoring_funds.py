"""Money of a monitoring period (监控资金): C24 overspent, below the alarm line, or out of step with the results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from forms.checks.monitoring_lines import MonitoredFund, MonitoredLine, MonitoredMoney, is_cumulative
from forms.checks.monitoring_settings import AlarmSetting, CumulativeSetting
from forms.checks.settings import CheckSettings, SharedWords
from forms.checks.wording import money_text, unit_slip
from forms.findings import Finding, Place, Severity
from forms.scoring.comparison import completion
from forms.scoring.wording import share_text
from models.domain.money import AmountUnit

MONTHS = 12
_ONE = Decimal(1)
_WHY_SLOW = "执行明显慢于进度的，要尽早纠正或调整预算。"


def money_findings(
    money: MonitoredMoney, lines: Sequence[MonitoredLine], settings: CheckSettings
) -> Iterator[Finding]:
    """C24 of every row, and of the total against time and results."""
    for fund in money.funds:
        yield from _overspent(fund, money.unit)
    setting = settings.find(AlarmSetting)
    if setting is not None:
        yield from _out_of_step(money, lines, setting, settings)


def month_missing(place: Place, message: str, remedy: str) -> Finding:
    """C24: nobody can say up to which month the figures go."""
    return Finding(
        "C24",
        Severity.BLOCKING,
        place,
        "监控时点",
        message,
        remedy,
        "不知道月份，就无法判断进度快慢。",
    )


def _overspent(fund: MonitoredFund, unit: AmountUnit) -> Iterator[Finding]:
    """More spent than the budget, or an amount below zero."""
    if fund.spent is None:
        return
    if fund.spent < 0:
        message = f"填的是 {money_text(fund.spent, unit)}，不能小于 0"
    elif fund.budget is not None and fund.spent > fund.budget:
        message = (
            f"已执行 {money_text(fund.spent, unit)}，多于全年预算 {money_text(fund.budget, unit)}"
            f"{unit_slip(fund.spent, fund.budget, unit)}"
        )
    else:
        return
    yield Finding(
        code="C24",
        severity=Severity.BLOCKING,
        place=fund.place,
        subject=f"{fund.subject}的执行数",
        message=message,
        remedy="请核对执行数和全年预算数",
        why="执行数不能多于全年（调整后）预算数，也不能是负数。",
        values=(
            ("执行数", money_text(fund.spent, unit)),
            ("全年预算数", money_text(fund.budget, unit) if fund.budget is not None else "空"),
        ),
    )


def _out_of_step(
    money: MonitoredMoney,
    lines: Sequence[MonitoredLine],
    setting: AlarmSetting,
    settings: CheckSettings,
) -> Iterator[Finding]:
    """Below the alarm line of the month, or apart from the results (behind the time where there are none)."""
    total = money.total
    if total is None or not total.budget or total.budget < 0 or total.spent is None or total.spent < 0:
        return
    if money.month is None or total.spent > total.budget:
        return
    rate = Decimal(total.spent) / total.budget
    figures = (
        f"已执行 {money_text(total.spent, money.unit)}，"
        f"占全年预算 {money_text(total.budget, money.unit)}的 {share_text(rate)}"
    )
    said = []
    line = setting.line(money.month)
    if line is not None and rate < line.rate:
        said.append(f"低于 {line.month} 月底的警戒线 {share_text(line.rate)}")
    gap = _gap(rate, results_progress(lines, settings), money.month, setting.progress_gap)
    if gap:
        said.append(gap)
    if said:
        yield _slow(total, f"{figures}，{'，'.join(said)}", rate)


def _gap(rate: Decimal, results: Decimal | None, month: int, limit: Decimal) -> str:
    """How far money and results are apart, "" while within the limit; behind the time where no result tells."""
    if results is None:
        behind = Decimal(month) / MONTHS - rate
        return (
            f"比时间进度 {share_text(Decimal(month) / MONTHS)}慢 {_points(behind)}" if behind > limit else ""
        )
    if abs(results - rate) <= limit:
        return ""
    way = "慢" if results > rate else "快"
    return f"比绩效目标完成进度 {share_text(results)}{way} {_points(abs(results - rate))}"


def results_progress(lines: Sequence[MonitoredLine], settings: CheckSettings) -> Decimal | None:
    """How far the results are (0…1): the mean completion of rows that add up, None without any."""
    setting, words = settings.find(CumulativeSetting), settings.find(SharedWords)
    if setting is None or words is None:
        return None
    shares = [
        min(share, _ONE)
        for line in lines
        if is_cumulative(line.to_date, setting, words) and (share := completion(line.to_date)) is not None
    ]
    return sum(shares, Decimal(0)) / len(shares) if shares else None


def _points(share: Decimal) -> str:
    return f"{share_text(share).removesuffix('%')} 个百分点"


def _slow(total: MonitoredFund, message: str, rate: Decimal) -> Finding:
    """Money out of step: an explanation is wanted."""
    return Finding(
        code="C24",
        severity=Severity.EXPLAIN,
        place=total.place,
        subject="预算执行进度",
        message=message,
        remedy="请说明原因和拟采取的措施",
        why=_WHY_SLOW,
        values=(("执行率", share_text(rate)),),
    )
