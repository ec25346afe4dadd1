"""Settings of the monitoring checks (监控校验参数): alarm lines, words of likelihood, what does not add up over months."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.checks.setting_record import SettingRecord, Words


@dataclass(frozen=True)
class AlarmLine:
    """The least execution rate (0…1) at the end of a month (执行进度警戒线)."""

    month: int
    rate: Decimal


@dataclass(frozen=True)
class AlarmSetting(SettingRecord):
    """Alarm lines by month, and how far money and results may part (监控进度界限); `progress_gap` is a share 0…1."""

    KEY = "C24"
    LABEL = "监控进度界限"
    alarm_lines: tuple[AlarmLine, ...]
    progress_gap: Decimal

    def line(self, month: int) -> AlarmLine | None:
        """The line in force at the end of a month: the last one passed."""
        passed = [line for line in self.alarm_lines if line.month <= month]
        return max(passed, key=lambda line: line.month, default=None)


@dataclass(frozen=True)
class LikelihoodSetting(SettingRecord):
    """Words that say a target will certainly be met, words of doubt, and what is written where no cause is (完成目标可能性用语)."""

    KEY = "C25"
    LABEL = "完成目标可能性用语"
    certain: Words
    doubtful: Words
    no_cause: Words = ("无", "无偏差", "没有", "没有偏差", "暂无", "无原因", "正常")

    def names_cause(self, text: str) -> bool:
        """Whether a written reason names one: 无 and 无偏差 say that there is none."""
        return text.strip().rstrip("。.") not in self.no_cause


@dataclass(frozen=True)
class CumulativeSetting(SettingRecord):
    """Units and parts of names whose values do not add up over the months (非累计指标), besides percentages."""

    KEY = "C27"
    LABEL = "非累计指标"
    steady_units: Words
    steady_words: Words


MONITORING_RECORDS: tuple[type[SettingRecord], ...] = (AlarmSetting, LikelihoodSetting, CumulativeSetting)
"""The records of this module, in the order of the checks."""
