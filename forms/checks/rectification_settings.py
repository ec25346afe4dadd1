"""Settings of the checks on rectification (整改校验参数), data of the kit like all others."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.checks.setting_record import SettingRecord


@dataclass(frozen=True)
class RectificationSetting(SettingRecord):
    """How like last year's a problem's text must be to count as the same (整改问题重复); a share."""

    KEY = "C48"
    LABEL = "整改问题重复"
    similarity: Decimal


RECTIFICATION_RECORDS: tuple[type[SettingRecord], ...] = (RectificationSetting,)
"""The records of this module."""
