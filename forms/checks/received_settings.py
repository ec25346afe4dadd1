"""Settings of the checks at the receiving desk (接收核对参数), data of the kit; a kit issued before them leaves its checks out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.checks.setting_record import SettingRecord


@dataclass(frozen=True)
class ScoreSpreadSetting(SettingRecord):
    """When a unit's scores are too alike (自评得分过于集中): the same in so many projects, or so little apart in so many."""

    KEY = "C46"
    LABEL = "自评得分集中程度"
    same_minimum: int
    spread_minimum: int
    spread: Decimal


@dataclass(frozen=True)
class ScoreGapSetting(SettingRecord):
    """From which difference in points a review's score is noted, and from which it is large (审核得分差异), domain §5."""

    KEY = "C47"
    LABEL = "审核得分差异"
    noted: Decimal
    large: Decimal


RECEIVED_RECORDS: tuple[type[SettingRecord], ...] = (ScoreSpreadSetting, ScoreGapSetting)
"""The records of this module; kits issued before they existed have none, and that is no fault of theirs."""
