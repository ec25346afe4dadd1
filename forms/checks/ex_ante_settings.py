"""Settings of the checks of ex-ante evaluations (事前绩效评估校验参数), data of the kit like all others."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.checks.setting_record import SettingRecord, Words


@dataclass(frozen=True)
class ReportTextSetting(SettingRecord):
    """Texts that say nothing (报告文字要求), and from which rating of points on (share, 0…1) evidence is asked for."""

    KEY = "C56"
    LABEL = "报告文字要求"
    fillers: Words
    evidence_from_share: Decimal


@dataclass(frozen=True)
class ReductionSetting(SettingRecord):
    """How far a printed rate of what was cut may leave the reckoned one (审减率允许误差), as a share."""

    KEY = "C58"
    LABEL = "审减率允许误差"
    rate_tolerance: Decimal


EX_ANTE_RECORDS: tuple[type[SettingRecord], ...] = (ReportTextSetting, ReductionSetting)
"""The records of this module, in the order of the checks."""
