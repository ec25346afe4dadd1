"""How scores speak (计分说明的措辞): points, figures and differences as officials write them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from forms.checks.wording import number_text
from forms.scoring.inputs import IndicatorInput
from forms.scoring.measures import PERCENT

_RATE_UNIT = Decimal("0.01")


def plain(number: Decimal) -> str:
    """A number as it was given, without exponent: 11.20 stays 11.20; below zero in brackets."""
    return _bracketed(format(number, "f"))


def points(score: Decimal) -> str:
    """Points as printed, rounded already: 9.33."""
    return format(score, "f")


def figure(number: Decimal, row: IndicatorInput) -> str:
    """A value of the row as it stands in a formula: percentages keep their sign, other units are left out."""
    return _bracketed(format(number, "f") + (PERCENT if row.measure_unit == PERCENT else ""))


def _bracketed(text: str) -> str:
    """A figure below zero in brackets, so that it can stand behind a sign."""
    return f"（−{text[1:]}）" if text.startswith("-") else text


def amount(number: Decimal, row: IndicatorInput) -> str:
    """A value of the row with its unit, as in a sentence: 12 公里, 95%."""
    text = format(number, "f")
    if row.measure_unit == PERCENT:
        return f"{text}%"
    return f"{text} {row.measure_unit}" if row.measure_unit else text


def difference(number: Decimal, row: IndicatorInput) -> str:
    """How far two values are apart, with its unit: 0.80 公里, 4 个百分点."""
    text = format(abs(number), "f")
    if row.measure_unit == PERCENT:
        return f"{text} 个百分点"
    return f"{text} {row.measure_unit}".rstrip()


def share_text(share: Decimal) -> str:
    """A share of 0…1 as a percentage without needless zeros: 86%, 99.1%."""
    return f"{number_text((share * 100).quantize(_RATE_UNIT, ROUND_HALF_UP))}%"
