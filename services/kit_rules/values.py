"""Values of kit rules as people type them (规定值的读写): amounts, shares, counts, yes and no, lists; InputError says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from models.domain.errors import InputError
from models.domain.money import AmountError, AmountUnit, format_amount, parse_amount, plain_text

YES, NO = "是", "否"
_BETWEEN = re.compile(r"[、，,；;\n]+")
LONGEST = 200
_NAME_AND_NUMBER = re.compile(r"(.*?\D)\s*(-?\d+(?:\.\d+)?)\s*分?(?:以上|及以上)?")


def number_words(number: Decimal) -> str:
    """A number without exponent and without zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent_words(share: Decimal | None) -> str:
    """A share of 0…1 as percent; "" for none."""
    return "" if share is None else number_words(share * 100)


def read_number(text: str, where: str, *, least: Decimal = Decimal(0)) -> Decimal:
    """A number typed. InputError when it is none, or less than `least`."""
    plain = plain_text(text).removesuffix("%").strip()
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise InputError(f"“{text[:20]}”不是数字", "请只填数字", where) from None
    if not number.is_finite() or number < least or len(plain) > 12:
        raise InputError(f"“{text[:20]}”不能用", f"请填不小于 {number_words(least)} 的数字", where)
    return number


def read_percent(text: str, where: str) -> Decimal | None:
    """A share typed in percent; None for nothing."""
    return read_number(text, where) / 100 if text.strip() else None


def read_count(text: str, where: str, most: int = 9999) -> int:
    """A whole number typed."""
    number = read_number(text, where)
    if number != number.to_integral_value() or number > most:
        raise InputError(f"“{text[:20]}”不能用", f"请填 0 到 {most} 之间的整数", where)
    return int(number)


def amount_words(fen: int | None) -> str:
    """An amount in 万元; "" for none."""
    return "" if fen is None else format_amount(fen, AmountUnit.WAN_YUAN).removesuffix(".00")


def read_amount(text: str, where: str) -> int | None:
    """An amount typed in 万元, in 分; None for nothing."""
    if not text.strip():
        return None
    try:
        fen = parse_amount(text, AmountUnit.WAN_YUAN)
    except AmountError as error:
        raise InputError(error.what, "请填金额，单位万元", where) from None
    if fen < 0:
        raise InputError(f"“{text[:20]}”小于 0", "请填不小于 0 的金额", where)
    return fen


def yes_words(value: bool) -> str:
    """是 or 否."""
    return YES if value else NO


def read_yes(text: str, where: str) -> bool:
    """是 or 否 typed."""
    if text not in (YES, NO):
        raise InputError(f"“{text[:20]}”不能用", f"请选{YES}或{NO}", where)
    return text == YES


def list_words(words: Sequence[str]) -> str:
    """A list joined as people write it."""
    return "；".join(words) if any("、" in word for word in words) else "、".join(words)


def read_list(text: str, where: str) -> tuple[str, ...]:
    """A list typed, each entry once; one that holds 、 itself is parted by ；. InputError for entries too long."""
    parting = re.compile(r"[；;\n]+") if re.search(r"[；;]", text) else _BETWEEN
    parts = tuple(dict.fromkeys(part.strip() for part in parting.split(text) if part.strip()))
    if any(len(part) > LONGEST for part in parts):
        raise InputError(f"一项超过 {LONGEST} 字", "请写短一些，各项之间用分号分开", where)
    return parts


def read_text(text: str, where: str, longest: int = 60) -> str:
    """A short text typed."""
    plain = " ".join(text.split())
    if len(plain) > longest:
        raise InputError(f"超过 {longest} 字", "请写短一些", where)
    return plain


def bands_words(bands: Sequence[tuple[str, Decimal]]) -> str:
    """Names with their lower bounds: 优 90、良 80、中 60、差 0."""
    return "、".join(f"{name} {number_words(lower)}" for name, lower in bands)


def read_bands(text: str, where: str) -> tuple[tuple[str, Decimal], ...]:
    """Names with their lower bounds, from best to worst. InputError when bounds do not fall down to 0."""
    found: list[tuple[str, Decimal]] = []
    for part in read_list(text, where):
        match = _NAME_AND_NUMBER.fullmatch(plain_text(part))
        if match is None or not match[1].strip():
            raise InputError(f"“{part[:20]}”看不懂", "请按“优 90、良 80、中 60、差 0”的样子填", where)
        found.append((match[1].strip(" ：:≥"), Decimal(match[2])))
    lowers = [lower for _, lower in found]
    names = {name for name, _ in found}
    if len(found) < 2 or len(names) != len(found) or lowers != sorted(set(lowers), reverse=True):
        raise InputError(
            "档次要由高到低、名称和分数都不重复", "请按“优 90、良 80、中 60、差 0”的样子填", where
        )
    if lowers[-1] != 0 or lowers[0] > 100:
        raise InputError("最低一档要从 0 分起，最高一档不超过 100 分", "请改正分数", where)
    return tuple(found)
