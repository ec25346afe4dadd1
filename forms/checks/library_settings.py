"""Settings of the library check (指标库核对的参数)."""

from __future__ import annotations

from dataclasses import dataclass

from forms.checks.setting_record import SettingRecord, Words


@dataclass(frozen=True)
class SameUnits:
    """Units that mean the same (同义单位): 公里 and 千米."""

    units: Words


@dataclass(frozen=True)
class LibrarySetting(SettingRecord):
    """Which units mean the same when a row is compared with its library indicator (同义单位)."""

    KEY = "C23"
    LABEL = "同义单位"
    same_units: tuple[SameUnits, ...]
