"""Money (金额): whole 分 inside, 元 or 万元 for people.

Floating point never touches an amount: texts become `Decimal`, then integer 分.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from decimal import Decimal

from models.domain.errors import InputError

MAX_FEN = 10**17 - 1
"""Largest amount kept (1,000 万亿元 less one 分): well inside a 64-bit column."""


class AmountUnit(enum.Enum):
    """The unit an amount is shown in (金额单位); the value is how many 分 make one."""

    YUAN = 100
    WAN_YUAN = 1_000_000

    @property
    def label(self) -> str:
        """元 or 万元."""
        return "元" if self is AmountUnit.YUAN else "万元"


class AmountError(InputError):
    """A text that is no amount (金额无法识别)."""


def plain_text(text: str) -> str:
    """Full-width digits and signs as half-width ones (全角转半角), outer blanks gone."""
    if text.isascii():
        return text.strip()  # Most figures and units are half-width already.
    return unicodedata.normalize("NFKC", text).replace("−", "-").strip()


_PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
"""Digits and one point: what `Decimal` reads beside that (1e5, 1_000, Infinity) nobody means as an amount."""
_GROUPED = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,4}(?:,[0-9]{4})+)(?![0-9,])")
"""Digits in groups of three, as programs write them, or of four, as some people do."""
_GLUED = (("亿元", 10**10), ("万元", 10**6), ("元", 10**2))
"""Units written behind an amount, and the 分 in one."""
_LONGEST_SHOWN = 20
"""Characters of a text that a sentence about it repeats."""


def ungrouped(body: str) -> str:
    """Half-width digits without the separators between their groups; commas that part no groups stay."""
    return body.replace(",", "") if "," in body and _GROUPED.match(body) else body


def parse_amount(text: str, unit: AmountUnit) -> int:
    """The amount in 分 of a text written in `unit`; a glued 元/万元/亿元 overrides the unit.

    Full-width digits are read, and separators that part groups of three digits, or of four; 68,45 may be 68.45
    with a wrong point, and nobody guesses. Raises AmountError when the text is no
    number, has parts of a 分, or is beyond `MAX_FEN`.
    """
    body = ungrouped(plain_text(text).replace(" ", ""))
    factor = Decimal(unit.value)
    for suffix, fen in _GLUED:
        if body.endswith(suffix):
            body, factor = body[: -len(suffix)], Decimal(fen)
            break
    if len(body) > 30:
        raise AmountError("金额太长", "请核对数字和单位")
    if not _PLAIN_NUMBER.fullmatch(body):
        shown = text.strip()
        shown = shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}……"
        raise AmountError(f"“{shown}”不是金额", f"请只填数字，单位是{unit.label}")
    fen_value = Decimal(body) * factor
    if abs(fen_value) > MAX_FEN:
        raise AmountError("金额超出范围", "请核对数字和单位")
    if fen_value != fen_value.to_integral_value():
        raise AmountError("金额比“分”还小", "请最多保留到分（元后两位小数）")
    return int(fen_value)


def format_amount(fen: int, unit: AmountUnit, *, grouped: bool = True) -> str:
    """The amount for people: thousands separators, two decimals, more only where money would be lost."""
    value = Decimal(fen) / unit.value
    text = f"{value:,.6f}" if grouped else f"{value:.6f}"
    head, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0").ljust(2, "0")
    return f"{head}.{decimals}"


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def _four_digits(group: int) -> str:
    """One group of up to four digits in capital characters, 零 once between gaps."""
    out, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return out


def capital_amount(fen: int) -> str:
    """Capital characters (大写金额), e.g. 叁佰叁拾万玖仟捌佰肆拾元整; a minus is written 负."""
    sign, fen = ("负", -fen) if fen < 0 else ("", fen)
    yuan, jiao, cent = fen // 100, fen // 10 % 10, fen % 10
    groups: list[int] = []
    while yuan:
        groups.append(yuan % 10_000)
        yuan //= 10_000
    text, gap = "", False
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if group:
            text += ("零" if text and (gap or group < 1000) else "") + _four_digits(group) + _GROUPS[index]
            gap = False
        else:
            gap = True
    whole = f"{text}元" if text else ""
    if not jiao and not cent:
        return f"{sign}{whole or '零元'}整"
    middle = f"{_DIGITS[jiao]}角" if jiao else ("零" if whole else "")
    return f"{sign}{whole}{middle}" + (f"{_DIGITS[cent]}分" if cent else "整")
