"""Settings only hand-filled tables need (手工表核对参数): words of likelihood, and the alarm lines of a period.

Data of the kit like all check settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.checks.setting_record import SettingRecord, Words


@dataclass(frozen=True)
class PeriodLine:
    """The least execution rate (0…1) at the end of a month (执行进度警戒线)."""

    month: int
    rate: Decimal


@dataclass(frozen=True)
class PeriodSetting(SettingRecord):
    """How a monitoring table is read (监控表核对界限): alarm lines by month, how far progress may part, likelihood words.

    `progress_gap` is a share: how far the money may lag behind the results or the time.
    """

    KEY = "hand_filled"
    LABEL = "监控表核对界限"
    alarm_lines: tuple[PeriodLine, ...]
    progress_gap: Decimal
    certain: Words
    doubtful: Words
