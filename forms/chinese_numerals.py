"""Numbers written in words (中文数字): 十二场, 百分之九十五, 一百二十人, 十二月底, turned into the figures they say.

Only where the rest of a text is a value: a unit behind the number, or a part of a hundred, or a date. 一般, 一级,
三公经费 and 十四五 are names and stay words; 第三期 and 一类 tell an order, no amount.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from forms.checks.settings import KITS_REMEMBERED, Words
from forms.remembered import by_identity
from models.domain.money import plain_text

_WORDS = re.compile(r"[一二两三四五六七八九十百〇壹贰叁肆伍陆柒捌玖拾]")
"""A text without any of these holds no number in words; nearly all do not."""
_LONGEST = 24
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_RUN = r"[零〇一二两三四五六七八九十百千万亿点]+"
_ONLY = re.compile(_RUN)
_SHARE = re.compile(
    rf"(?P<of>[百千])分之(?P<number>{_RUN})|(?P<whole>百分百)"
    r"|(?P<tenths>[一二两三四五六七八九十])成(?P<half>[五半])?(?=及?以[上下内]|左右|$)"
)
_SIGNS = {"百": "%", "千": "‰"}
_COUNT = re.compile(rf"(?<!第){_RUN}")
_BEHIND = re.compile(r"(?:及?以[上下内]|[之以]?内|左右|/[\u4e00-\u9fff]{1,3})?(?:\([^()]*\))?[。;；]?")
_ABOUT = "余多"
_OF_ORDER = frozenset(["类", "级", "等", "季度"])
"""Units that a number in words puts in order: water of 三类 is no three of anything."""
_YEAR = re.compile(r"(?P<year>[一二][九〇零][〇零一二三四五六七八九]{2})(?=年)")
_MONTH = re.compile(r"(?<![一二三四五六七八九十个])(?P<month>十[一二]?|[一二三四五六七八九])(?=月)")
_DAY = re.compile(r"(?<=月)(?P<day>[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[日号])")
_DIGITS = {word: number for number, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}


def number_in_words(text: str) -> Decimal | None:
    """The number a run of words says (一百二十 is 120, 三点五 is 3.5); None for anything else, as for 十四五."""
    text = text.translate(_CAPITALS)
    if _ONLY.fullmatch(text) is None:
        return None
    whole, point, decimals = text.partition("点")
    number = _whole(whole)
    if number is None or (point and not (decimals and all(word in _DIGITS for word in decimals))):
        return None
    figures = "".join(str(_DIGITS[word]) for word in decimals)
    return Decimal(f"{number}.{figures}") if figures else Decimal(number)


def _whole(text: str) -> int | None:
    """A whole number in words: places fall, groups of 万 and 亿 too, and no digit stands without its place."""
    total = group = digit = 0
    last, last_group, is_open = 10_000, 10**12, False
    for word in text:
        if word in _DIGITS:
            if is_open and digit:
                return None
            digit, is_open = _DIGITS[word], True
        elif word in _PLACES:
            place = _PLACES[word]
            is_bare_ten = word == "十" and not is_open and not group and not total
            if place >= last or not (digit or is_bare_ten):
                return None
            group, last, digit, is_open = group + (digit or 1) * place, place, 0, False
        else:
            size = _GROUPS[word]
            if size >= last_group or not group + digit:
                return None
            total, group, digit = total + (group + digit) * size, 0, 0
            last, last_group, is_open = 10_000, size, False
    is_short = digit and last > 10 and last < 10_000 and "零" not in text and "〇" not in text
    return None if is_short or not text else total + group + digit


def in_figures(text: str, units: Words) -> str:
    """A value with its number in figures (不少于五次 is 不少于5次); any other text as it is."""
    if text.isascii() or len(text) > _LONGEST or _WORDS.search(text) is None:
        return text
    return _converter(units)(text)


@by_identity(KITS_REMEMBERED)
def _converter(units: Words) -> Callable[[str], str]:
    """Turns values into figures with the units of a kit; remembered by text."""
    named = sorted((unit for unit in units if unit not in _OF_ORDER), key=len, reverse=True)
    unit_behind = re.compile(rf"(?P<about>[{_ABOUT}])?(?:{'|'.join(map(re.escape, named))})").match

    def convert(text: str) -> str:
        body = dates_in_figures(plain_text(text).replace(" ", "").translate(_CAPITALS))
        body = _SHARE.sub(_share, body)
        runs = list(_COUNT.finditer(body))
        if len(runs) != 1 or any(char.isdigit() for char in body[: runs[0].start()]):
            return body if body != text else text
        run = runs[0]
        number, unit = number_in_words(run.group()), unit_behind(body, run.end())
        if number is None or unit is None or _BEHIND.fullmatch(body, unit.end()) is None:
            return body
        return f"{body[: run.start()]}{number:f}{body[run.end() :]}"

    return lru_cache(maxsize=4_096)(convert)


def _share(found: re.Match[str]) -> str:
    """百分之九十五 as 95%, 九成五 as 95%; as it stands where it says no number."""
    if found["whole"]:
        return "100%"
    if found["tenths"]:
        tenths = 10 if found["tenths"] == "十" else _DIGITS[found["tenths"]]
        return f"{tenths * 10 + (5 if found['half'] else 0)}%"
    number = Decimal(100) if found["number"] == "百" else number_in_words(found["number"])
    return found.group() if number is None else f"{number:f}{_SIGNS[found['of']]}"


def dates_in_figures(text: str) -> str:
    """A date with its numbers in figures: 二〇二四年十二月底 is 2024年12月底; any other text as it is."""
    if "月" not in text and "年" not in text:
        return text
    text = _YEAR.sub(lambda found: "".join(str(_DIGITS[word]) for word in found["year"]), text)
    text = _MONTH.sub(lambda found: f"{number_in_words(found['month'])}", text)
    return _DAY.sub(lambda found: f"{number_in_words(found['day'])}", text)
