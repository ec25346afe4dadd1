"""What the monitoring checks look at (监控校验的对象): one record per row, one for the money.

They are neutral: a form filled in here and a hand-filled workbook both come to them, so that the same
rule speaks to both.

    monitoring_funds   money_findings(money, lines, settings)   C24
    monitoring_rows    row_findings(line, settings)             C25 C26 C27

Every function yields `Finding`; a check whose settings the kit lacks is silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.checks.monitoring_settings import CumulativeSetting
from forms.checks.settings import SharedWords
from forms.findings import Place
from forms.scoring.inputs import IndicatorInput
from models.domain.money import AmountUnit


@dataclass(frozen=True, slots=True)
class MonitoringColumns:
    """Keys of a table and its columns (监控指标表的栏目), as places of findings spell them."""

    table: str
    value: str
    forecast: str
    likelihood: str
    reason: str


@dataclass(frozen=True)
class MonitoredLine:
    """One indicator row of a period (监控指标行).

    `to_date` and `forecast` are the row as the scoring engine reads it, with the value of the period and
    that expected for the year; `likelihood` is the word for people, "" while none; `has_cause` tells of a
    ticked cause or a written reason; `previous` is the value of the period before, None without one.
    """

    row_id: str
    subject: str
    columns: MonitoringColumns
    to_date: IndicatorInput
    forecast: IndicatorInput
    likelihood: str = ""
    has_cause: bool = False
    cause_text: str = ""
    previous: Decimal | None = None
    previous_period: str = ""

    def place(self, column: str) -> Place:
        """The place of one of its cells."""
        return Place(self.columns.table, self.row_id, column)


@dataclass(frozen=True, slots=True)
class MonitoredFund:
    """One row of the money (监控资金行), in 分; `budget` is the full-year budget in force."""

    subject: str
    place: Place
    budget: int | None
    spent: int | None


@dataclass(frozen=True, slots=True)
class MonitoredMoney:
    """The money of a period (监控资金): its rows, which is the total, and the last month of the period."""

    funds: tuple[MonitoredFund, ...]
    total: MonitoredFund | None
    month: int | None
    unit: AmountUnit


def is_cumulative(row: IndicatorInput, setting: CumulativeSetting, words: SharedWords) -> bool:
    """Whether a row's value adds up over the year (累计指标): more is better, and it is no rate, age or grade."""
    if not row.comparator.is_numeric or row.is_reverse or row.planned_upper is not None:
        return False
    if row.planned_value is None or row.planned_value <= 0:
        return False
    unit = row.measure_unit
    if unit in words.percent_units or unit in setting.steady_units:
        return False
    return not any(part in row.name for part in setting.steady_words)
