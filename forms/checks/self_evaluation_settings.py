"""Settings of the self-evaluation checks C28 to C41 (自评校验参数), data of the kit like all others.

The same records serve the form filled in here and hand-filled workbooks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from forms.checks.setting_record import SettingRecord, Words


@dataclass(frozen=True)
class ExecutionSetting(SettingRecord):
    """How near a printed execution rate and score must come (执行率核对误差).

    `rate_tolerance` is a share (0.001 = 0.1 个百分点). A score is compared at the decimals it shows, but
    at `least_decimals` at least: 9 for 9.78 is no rounding, it loses points.
    """

    KEY = "C30"
    LABEL = "执行率核对误差"
    rate_tolerance: Decimal
    least_decimals: int


@dataclass(frozen=True)
class RowScoreSetting(SettingRecord):
    """How far a row's score may leave the rule (得分核对误差), in points, beyond rounding.

    `reverse_names` are parts of names that ask for less though they carry no sign (经费控制率).
    """

    KEY = "C33"
    LABEL = "得分核对误差"
    tolerance: Decimal
    reverse_names: Words


@dataclass(frozen=True)
class TotalSetting(SettingRecord):
    """What a points column may add up to (分值合计): `full_total` with execution, else one of `indicator_totals`."""

    KEY = "C34"
    LABEL = "分值合计"
    full_total: Decimal
    indicator_totals: tuple[Decimal, ...]


@dataclass(frozen=True)
class ReasonSetting(SettingRecord):
    """What counts as a reason (偏差原因要求): least length, fillers that say nothing, words of the form's own prompts."""

    KEY = "C35"
    LABEL = "偏差原因要求"
    minimum_length: int
    fillers: Words
    prompts: Words


@dataclass(frozen=True)
class LowExecutionSetting(SettingRecord):
    """Below which execution rate, and from which change of the budget, a reason is due (执行率偏低界限); shares."""

    KEY = "C36"
    LABEL = "执行率偏低界限"
    low_rate: Decimal
    adjusted_share: Decimal


@dataclass(frozen=True)
class LowTargetSetting(SettingRecord):
    """Words by which a reason admits that the target was set too low (目标偏低用语)."""

    KEY = "C37"
    LABEL = "目标偏低用语"
    low_target_words: Words


@dataclass(frozen=True)
class TooGoodSetting(SettingRecord):
    """When results look too good (完成情况过于整齐): how many rows exactly at the target, which total without evidence."""

    KEY = "C39"
    LABEL = "完成情况过于整齐"
    minimum_rows: int
    high_total: Decimal


@dataclass(frozen=True)
class UnitFamilySetting(SettingRecord):
    """Units that do not fit (单位不符判断): times apart that look like 元 for 万元; units by the end of a name."""

    KEY = "C40"
    LABEL = "单位不符判断"
    factor: Decimal
    units_by_name: Mapping[str, Words]


SELF_EVALUATION_RECORDS: tuple[type[SettingRecord], ...] = (
    ExecutionSetting,
    RowScoreSetting,
    TotalSetting,
    ReasonSetting,
    LowExecutionSetting,
    LowTargetSetting,
    TooGoodSetting,
    UnitFamilySetting,
)
"""The records of this module, in the order of the checks."""
