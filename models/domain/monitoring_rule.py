"""How a place monitors (绩效运行监控规则): lights, words of likelihood and causes, answers to an alarm, key projects.

Data of the kit. Alarm lines and the gap between money and results are thresholds of the checks
(`check_settings`, C24), where a bureau tunes them.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


class Light(enum.StrEnum):
    """Colour of a light (预警灯); its name for people is said by colour and word together."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"

    @property
    def label(self) -> str:
        """红灯, 黄灯, 绿灯, 蓝灯."""
        return {"red": "红灯", "yellow": "黄灯", "green": "绿灯", "blue": "蓝灯"}[self.value]


@dataclass(frozen=True, slots=True)
class LightBand:
    """From which progress on a light shows (预警区间): `lower` inclusive, 1 = exactly in step; `word` says it."""

    light: Light
    lower: Decimal
    word: str


@dataclass(frozen=True, slots=True)
class MonitoringRule:
    """Rules of monitoring (绩效运行监控规则), domain §3 and §11.

    `bands` from worst to best. `rates_by_sequence` also measures rates (%) against the months gone by;
    without it a rate is compared with the whole year's value. `likelihood_labels` (certain, possible,
    impossible) and `cause_labels` (funds, system, staff, hardware, other) replace the national words.
    `answers` are those a unit must choose from when an alarm line is passed (继续执行…), within
    `answer_days` working days; none where the place does not ask. From `key_amount_fen` (分) on, itself
    included where `key_amount_is_inclusive`, a project is 重点跟踪 and the others 简易跟踪; None follows
    all of them in full. `source` names the circular.
    """

    bands: tuple[LightBand, ...] = ()
    rates_by_sequence: bool = False
    likelihood_labels: Mapping[str, str] = field(default_factory=dict)
    cause_labels: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    answer_days: int = 0
    key_amount_fen: int | None = None
    key_amount_is_inclusive: bool = True
    source: str = ""

    def is_key(self, amount_fen: int | None) -> bool:
        """Whether a project of that budget is followed in full (重点跟踪); one of unknown budget is."""
        if self.key_amount_fen is None or amount_fen is None:
            return True
        return amount_fen > self.key_amount_fen or (
            self.key_amount_is_inclusive and amount_fen == self.key_amount_fen
        )

    def band(self, progress: Decimal) -> LightBand | None:
        """The band a progress falls into (1 = in step); None where the place has no lights."""
        reached = [band for band in self.bands if progress >= band.lower]
        return max(reached, key=lambda band: band.lower, default=None) or next(iter(self.bands), None)
