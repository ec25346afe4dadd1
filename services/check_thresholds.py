"""Figures of the check settings (校验界限): what a bureau may tune in its kit, read and written one by one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from forms.checks.received_settings import RECEIVED_RECORDS
from forms.checks.settings import RECORDS
from models.domain.errors import InputError
from models.domain.kit import ParameterKit
from models.domain.money import plain_text

_SHARES = {
    ("C5", "tolerance"),
    ("C8", "similarity"),
    ("C15", "share"),
    ("C20", "single_share"),
    ("C24", "progress_gap"),
    ("C30", "rate_tolerance"),
    ("C36", "low_rate"),
    ("C36", "adjusted_share"),
    ("C48", "similarity"),
    ("C51", "share"),
    ("C56", "evidence_from_share"),
    ("C58", "rate_tolerance"),
}
"""Figures that are shares (0…1); people read and write them as percent."""

_BOUNDS = {
    ("evidence", "file_megabytes"): (1, 200),
    ("evidence", "package_megabytes"): (1, 400),
    ("evidence", "advised_megabytes"): (1, 400),
    ("evidence", "photo_offer_kilobytes"): (50, 204_800),
    ("evidence", "photo_side"): (400, 20_000),
    ("evidence", "photo_quality"): (10, 100),
}
"""Least and greatest of figures the program itself sets limits to: no package may be larger than it reads."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """One figure (校验界限): the check's code, its setting's name, the field, its value as people read it."""

    code: str
    setting: str
    field: str
    text: str
    is_whole: bool
    is_share: bool


def thresholds_of(kit: ParameterKit) -> tuple[Threshold, ...]:
    """Every figure the kit carries, in the order of the checks."""
    found = []
    for record in (*RECORDS, *RECEIVED_RECORDS):
        kept = kit.check_settings.get(record.KEY, {})
        for item in fields(record):  # type: ignore[arg-type]
            if item.type not in ("int", "Decimal") or item.name not in kept:
                continue
            is_share = (record.KEY, item.name) in _SHARES
            text = _percent(str(kept[item.name])) if is_share else str(kept[item.name])
            found.append(Threshold(record.KEY, record.LABEL, item.name, text, item.type == "int", is_share))
    return tuple(found)


def with_threshold(kit: ParameterKit, threshold: Threshold, text: str) -> ParameterKit:
    """The kit with another figure. InputError when the text is no figure that fits."""
    value = _value(threshold, plain_text(text).removesuffix("%"))
    settings: dict[str, Any] = {key: dict(record) for key, record in kit.check_settings.items()}
    settings[threshold.code][threshold.field] = value
    return replace(kit, check_settings=settings)


def _value(threshold: Threshold, text: str) -> int | str:
    """The figure as the kit spells it: whole numbers as such, all others as text."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise InputError(f"“{text}”不是数字", "请只填数字", threshold.setting) from None
    if not number.is_finite() or number < 0 or len(text) > 12:
        raise InputError(f"“{text}”不能用", "请填不小于 0 的数字", threshold.setting)
    if threshold.is_share:
        if number > 100:
            raise InputError(f"“{text}”超过 100%", "请填 0 到 100 之间的数字", threshold.setting)
        return _plain(number / 100)
    if not threshold.is_whole:
        return _plain(number)
    if number != number.to_integral_value():
        raise InputError(f"“{text}”不是整数", "请填整数", threshold.setting)
    least, greatest = _BOUNDS.get((threshold.code, threshold.field), (0, None))
    if number < least or (greatest is not None and number > greatest):
        raise InputError(f"“{text}”不能用", f"请填 {least} 到 {greatest} 之间的整数", threshold.setting)
    return int(number)


def _percent(text: str) -> str:
    return _plain(Decimal(text) * 100)


def _plain(number: Decimal) -> str:
    """Without exponent and without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
