"""Lights of monitoring (预警灯): a colour for progress, and the sentence that explains it.

Indicators that add up over the year are measured against the months gone by, value ÷ (year's value ×
month ÷ 12); rates against the whole year's value; reverse ones by whether they are still within it. Money
likewise by its rate; below the kit's alarm line it is red whatever the bands say (domain §11).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from forms.checks.monitoring_lines import is_cumulative
from forms.checks.monitoring_settings import AlarmSetting, CumulativeSetting
from forms.checks.settings import CheckSettings, SharedWords
from forms.checks.wording import money_text, number_text
from forms.scoring.inputs import IndicatorInput
from forms.scoring.reading import IndicatorCells, RowReader, row_reader
from forms.scoring.wording import share_text
from models.domain.kit import ParameterKit
from models.domain.money import AmountUnit
from models.domain.monitoring_rule import Light, LightBand, MonitoringRule

_MONTHS = Decimal(12)
_MOST_REMEMBERED = 5000
_KITS_REMEMBERED = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """A light and its reason (预警灯及说明); no light where nothing can be measured."""

    light: Light | None = None
    note: str = ""

    @property
    def kept(self) -> str | None:
        """The colour as answers keep it."""
        return self.light.value if self.light else None


NO_LIGHT = Shown()


@dataclass
class Lights:
    """Gives the lights of one kit (预警灯判定), remembering rows it has seen: typing costs one row."""

    kit: ParameterKit
    rule: MonitoringRule
    _reader: RowReader = field(init=False)
    _settings: CheckSettings = field(init=False)
    _seen: dict[tuple[Any, ...], Shown] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._reader = row_reader(self.kit)
        self._settings = CheckSettings(self.kit)

    def of_row(self, cells: IndicatorCells, month: int) -> Shown:
        """The light of one indicator at the end of a month."""
        key = (cells, month)
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) >= _MOST_REMEMBERED:
                self._seen.clear()
            found = self._seen[key] = self._of_input(self._reader.read(cells), month)
        return found

    def of_money(self, budget: int | None, spent: int | None, month: int, unit: AmountUnit) -> Shown:
        """The light of money spent out of a full-year budget, in 分."""
        if budget is None or budget <= 0 or spent is None or spent < 0:
            return NO_LIGHT
        rate = Decimal(spent) / budget
        said = (
            f"截至 {month} 月底已执行 {money_text(spent, unit)}，占全年预算 {money_text(budget, unit)}的 "
            f"{share_text(rate)}"
        )
        setting = self._settings.find(AlarmSetting)
        line = setting.line(month) if setting else None
        if line is not None and rate < line.rate:
            return Shown(Light.RED, f"{said}，低于 {line.month} 月底的警戒线 {share_text(line.rate)}。")
        in_step = Decimal(month) / _MONTHS
        return self._banded(rate / in_step, f"{said}，是时间进度 {share_text(in_step)}的")

    def _of_input(self, row: IndicatorInput, month: int) -> Shown:
        """The light of a row as read."""
        planned, actual = row.planned_value, row.actual_value
        if (
            not row.comparator.is_numeric
            or planned is None
            or actual is None
            or row.planned_upper is not None
        ):
            return NO_LIGHT
        if row.is_reverse:
            return _reverse(row, planned, actual)
        if planned <= 0:
            return NO_LIGHT
        value, goal = _amount(actual, row), _amount(planned, row)
        cumulative, words = self._settings.find(CumulativeSetting), self._settings.find(SharedWords)
        adds_up = cumulative is not None and words is not None and is_cumulative(row, cumulative, words)
        if not (adds_up or self.rule.rates_by_sequence):
            return self._banded(actual / planned, f"目前 {value}，是年度指标值 {goal}的")
        due = planned * month / _MONTHS
        due_text = _amount(due.quantize(Decimal("0.01")), row)
        return self._banded(actual / due, f"目前 {value}，是序时应完成 {due_text}（{goal}×{month}÷12）的")

    def _banded(self, progress: Decimal, said: str) -> Shown:
        """The light of the band a progress falls into, with the limits that made it so."""
        band = self.rule.band(progress)
        if band is None:
            return NO_LIGHT
        return Shown(band.light, f"{said} {share_text(progress)}，{self._limits(band)}，{band.word}。")

    def _limits(self, band: LightBand) -> str:
        """The limits of a band in words: 不到 60%, 在 60%—80% 之间, 达到 120%."""
        higher = [one.lower for one in self.rule.bands if one.lower > band.lower]
        upper = min(higher, default=None)
        if upper is None:
            return f"达到 {share_text(band.lower)}"
        if band.lower <= 0:
            return f"不到 {share_text(upper)}"
        return f"在 {share_text(band.lower)}（含）至 {share_text(upper)}之间"


def _reverse(row: IndicatorInput, planned: Decimal, actual: Decimal) -> Shown:
    """Less is better: within the year's value, or already beyond it."""
    value, goal = _amount(actual, row), _amount(planned, row)
    if actual > planned:
        return Shown(Light.RED, f"目前 {value}，已经超过年度指标值 {goal}。")
    return Shown(Light.GREEN, f"目前 {value}，没有超过年度指标值 {goal}。")


def _amount(number: Decimal, row: IndicatorInput) -> str:
    """A figure with its unit: 12 公里, 95%."""
    text = number_text(number)
    if row.measure_unit == "%":
        return f"{text}%"
    return f"{text} {row.measure_unit}" if row.measure_unit else text


class _Same:
    """Stands for one kit by identity: a kit has no hash."""

    def __init__(self, kit: ParameterKit) -> None:
        self.kit = kit

    def __hash__(self) -> int:
        return id(self.kit)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.kit is self.kit


@lru_cache(maxsize=_KITS_REMEMBERED)
def _lights(same: _Same) -> Lights | None:
    return Lights(same.kit, same.kit.monitoring) if same.kit.monitoring else None


def lights_of(kit: ParameterKit) -> Lights | None:
    """The lights of a kit, None where the place has none; shared by all its filings."""
    return _lights(_Same(kit))
