"""Numbers as a spreadsheet shows them (数字格式): the PDF and preview show what the workbook displays.

Understands the part of Excel's number formats the forms use: `0`, `0.00`, `#,##0.00####`, `0.0%`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

AMOUNT_FORMAT = "#,##0.00####"
"""Money in 万元 when the sheet names no format: two decimals, up to six where 分 would be lost."""

_PATTERN = re.compile(r"(?P<whole>#,##0|0+|#)(?:\.(?P<fixed>0*)(?P<optional>#*))?(?P<percent>%?)")


@dataclass(frozen=True, slots=True)
class _Format:
    is_grouped: bool
    digits: int
    fixed: int
    decimals: int
    is_percent: bool


def shown_number(value: Decimal | int, number_format: str) -> str:
    """The number as the format shows it, half up; "" and General show it plainly.

    Raises ValueError for a format outside the part understood (our mistake in a form's layout).
    """
    number = Decimal(value)
    if number_format in ("", "General"):
        return plain_number(number)
    form = _parsed(number_format)
    if form.is_percent:
        number *= 100
    rounded = number.quantize(Decimal(1).scaleb(-form.decimals), ROUND_HALF_UP)
    whole, _, decimals = f"{abs(rounded):f}".partition(".")
    decimals = decimals.rstrip("0").ljust(form.fixed, "0")
    whole = whole.rjust(form.digits, "0")
    if form.is_grouped:
        whole = f"{int(whole):,}"
    sign = "-" if rounded < 0 else ""
    return f"{sign}{whole}{'.' if decimals else ''}{decimals}{'%' if form.is_percent else ''}"


def plain_number(number: Decimal) -> str:
    """The number without exponent or trailing zeros, exactly."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def _parsed(number_format: str) -> _Format:
    """The parts of a format."""
    match = _PATTERN.fullmatch(number_format)
    if match is None:
        raise ValueError(f"number format not understood: {number_format!r}")
    whole, fixed, optional = match["whole"], len(match["fixed"] or ""), len(match["optional"] or "")
    digits = len(whole) if set(whole) == {"0"} else 1
    return _Format("," in whole, digits, fixed, fixed + optional, bool(match["percent"]))
