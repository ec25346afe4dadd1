"""How findings speak (校验结果的措辞): figures, names and lists as officials write them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from models.domain.money import AmountUnit, format_amount


def clipped(text: str, limit: int = 20) -> str:
    """A text short enough for a sentence; what is cut is marked ……."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[:limit]}……"


@lru_cache(maxsize=256)
def money_text(fen: int, unit: AmountUnit) -> str:
    """An amount with its unit as in a sentence: 85 万元, 128.40 万元."""
    return f"{format_amount(fen, unit).removesuffix('.00')} {unit.label}"


def unit_slip(fen: int, known: int, unit: AmountUnit) -> str:
    """，像是按元填写了，按万元应填 30.10: an amount nearer to ten thousand times a known one than to the known one itself.

    "" where it is not, and on forms in 元.
    """
    factor = AmountUnit.WAN_YUAN.value // AmountUnit.YUAN.value
    if unit is not AmountUnit.WAN_YUAN or known <= 0 or not factor <= (fen // known) ** 2 <= factor**3:
        return ""
    return f"，像是按元填写了，按万元应填 {format_amount(round(fen / factor), unit)}"


def number_text(number: Decimal) -> str:
    """A number without needless zeros: 22.5, 90, 0.9."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent_text(share: Decimal) -> str:
    """A share of 0…1 as a percentage without needless zeros: 86%."""
    return f"{number_text(round(share * 100, 1))}%"


def row_numbers(numbers: Sequence[int], limit: int = 8) -> str:
    """第 1、2、5 行; beyond the limit 等."""
    shown = "、".join(str(number) for number in numbers[:limit])
    return f"第 {shown} 行" + ("等" if len(numbers) > limit else "")
