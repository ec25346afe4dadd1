"""Settings of the checks on adjustments (目标调整校验参数), data of the kit like all others."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.checks.setting_record import SettingRecord


@dataclass(frozen=True)
class AdjustmentSetting(SettingRecord):
    """From which change of the budget, as a share of the old one, some indicator should change too (预算调整幅度)."""

    KEY = "C51"
    LABEL = "预算调整幅度"
    share: Decimal


ADJUSTMENT_RECORDS: tuple[type[SettingRecord], ...] = (AdjustmentSetting,)
"""The records of this module."""
