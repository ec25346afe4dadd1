"""Written-out indicator values (指标值的写法): 不少于12种, ≥50个, 98%以上 taken apart into sign, number and unit.

Published tables join the three in many ways (domain §1.3, §12). Which words stand for which sign is
data of the kit; this module only takes texts apart.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from forms.kinds import parse_number
from models.domain.money import plain_text

_LONGEST = 60
"""Characters beyond which a text is prose, not a value."""

_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")
_DATE_HEAD = re.compile(
    r"(19|20)\d\d年|\d{1,2}月|(19|20)\d\d[-/]\d"
    r"|(19|20)\d\d\.((0[1-9]|1[0-2])$|(0?[1-9]|1[0-2])[-~—–至到.])"
)
"""2023.07 is a date, 2023.07万元 and 1900.5 are amounts."""

_LONGEST_LED = 20
"""Characters up to which words before the only figure of a text are no prose."""
_SIGNED = (
    r"(?=(?:[≥≤<>=≧≦]+|不低于|不少于|不小于|不超过|不高于|大于等于|小于等于|大于|小于|高于|低于|达到|达)?\d)"
)
_NAMED = re.compile(rf"[\u4e00-\u9fff]{{0,12}}?(?:率|满意度|比例|占比)(?:均|全部)?[为是:]?{_SIGNED}")
_DEEDS = (
    "完成|达(?!到)|开展|举办|召开|组织|实施|建成|建设|新建|改建|扩建|安装|购置|采购|发放|培训|印发|发布|检查"
    "|巡查|维修|改造|修复|种植|新增|编印|救助|资助|补助|覆盖|服务|保障|接待|养护|惠及|受益|排查|清运|整治|处置"
    "|办理|补贴|慰问|走访|监测|抽检|栽植|绿化|铺设|硬化|清理|配备|支付"
)
_NOUN = r"(?:(?![第前每均比增降减提高低超不约近余至仅各大小等于达控制多少])[\u4e00-\u9fff]){0,4}?"
"""What was done it to: no word that orders or compares."""
_DONE = re.compile(
    r"(?:已经?|共计?|实际|累计|全年|每年|年度|本年|今年|当年|年内)*"
    rf"(?:(?<=[已经共计际累年度内])(?:达到|为)?|(?:{_DEEDS})了?{_NOUN}){_SIGNED}"
)
"""已完成12个, 全年不少于4期, 举办5场: what was done, or when, before the figure of it."""
_INCLUDED = re.compile(r"\(含[^()]*\)$")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_QUOTES = "“”\"'【】[]《》"
_ODD = re.compile(r"[“”\"'【\[得内A-Za-z]|\(含\)")
"""Worth a closer look: most values have none of these."""
_MUST = re.compile(r"^(?:应|须|需|要|必须)?不得?(?=[少低小高大多超])")
_WITHIN = re.compile(r"(?<=\d(?:日|天|年|月|周))内$|(?<=工作日|\d小时|\d分钟|\d个月|\d万元)内$|(?<=\d元)内$")
_LATIN_UNITS = {
    "km": "公里", "m": "米", "cm": "厘米", "mm": "毫米", "m2": "平方米", "km2": "平方公里", "hm2": "公顷", "m3": "立方米",
    "kg": "公斤", "g": "克", "t": "吨", "l": "升", "L": "升", "h": "小时", "kwh": "千瓦时", "kw·h": "千瓦时",
}  # fmt: skip
"""Units in letters, as engineers write them."""
_LATIN_UNIT = re.compile(r"(?<=[\d万])([A-Za-z][A-Za-z·]{0,3}[23]?)(?=$|[及以(/])")
_CLOSING_BRACKETS = re.compile(r"\(([^()]{1,12})\)$")

SignWords = Mapping[str, tuple[str, ...]]
"""Words by the sign they stand for."""


class ValueParts(NamedTuple):
    """A value taken apart (指标值拆分): `sign` "" when none is written, `number` None when there is none."""

    sign: str
    number: Decimal | None
    unit: str


@lru_cache(maxsize=8192)
def led_off(text: str) -> str:
    """A value without the words before its only figure: 满意度≥90%, 达95%以上, 已完成12个; any other text as it is."""
    body = plain_text(text).replace(" ", "")
    if len(body) <= _LONGEST_LED and _ODD.search(body):
        body = text = _usual(body)
    if not body or body[0].isdigit() or len(body) > _LONGEST_LED or len(_FIGURE.findall(body)) != 1:
        return _INCLUDED.sub("", body) if body.endswith(")") and "(含" in body else text
    body = _INCLUDED.sub("", body)
    for led in (_NAMED, _DONE):
        if found := led.match(body):
            body = body[found.end() :]
    return body


def latin_unit(word: str) -> str:
    """The unit a word in letters stands for (km, m2), "" for none; M and G are no metres and grams."""
    return _LATIN_UNITS.get(word if len(word) == 1 else word.lower(), "")


def _usual(body: str) -> str:
    """A value in the usual spelling: 不得少于 as 不少于, 7天内 as 7天以内, 500m2 as 500平方米, quotation marks gone."""
    body = body.strip(_QUOTES).replace("(含)", "")
    body = _WITHIN.sub("以内", _MUST.sub("不", body))
    found = _LATIN_UNIT.search(body)
    unit = latin_unit(found[1]) if found else ""
    return body if found is None or not unit else f"{body[: found.start(1)]}{unit}{body[found.end(1) :]}"


def split_value(text: str, before: SignWords, after: SignWords) -> ValueParts:
    """Sign, number and unit of a written value; a date, or prose, has no number.

    Remembered by text beside the two dictionaries: reading, recomputing and checking a row all ask for its values.
    """
    before, after = before or _NO_WORDS, after or _NO_WORDS
    known = _split_with.get((id(before), id(after)))
    if known is None or known[0] is not before or known[1] is not after:
        if len(_split_with) >= _MOST_DICTIONARIES:
            _split_with.clear()
        known = _split_with[id(before), id(after)] = before, after, {}
    found = known[2].get(text)
    if found is None:
        found = _split(text, before, after)
        if len(text) <= _LONGEST:
            if len(known[2]) >= _MOST_KEPT:
                known[2].clear()
            known[2][text] = found
    return found


_NO_WORDS: SignWords = {}
_MOST_DICTIONARIES, _MOST_KEPT = 16, 8_192
_split_with: dict[tuple[int, int], tuple[SignWords, SignWords, dict[str, ValueParts]]] = {}
"""Values taken apart, by the identity of the words they were taken apart with, which an entry holds."""


def _split(text: str, before: SignWords, after: SignWords) -> ValueParts:
    """What `split_value` gives."""
    body = plain_text(text).replace(" ", "")
    if len(body) > _LONGEST:
        return ValueParts("", None, "")
    sign, body = _without_sign(body, before, at_end=False)
    end_sign, body = _without_sign(body, after, at_end=True)
    sign = sign or end_sign
    found = _NUMBER.match(body)
    if found is None or _DATE_HEAD.match(body):
        return ValueParts(sign, None, "")
    return ValueParts(sign, parse_number(found.group()), body[found.end() :])


def mark_in_name(name: str, before: SignWords, units: Container[str]) -> ValueParts:
    """Sign and unit in the closing brackets of an indicator's name: (亩), (≥**%), as real tables have them."""
    text = plain_text(name)
    found = _CLOSING_BRACKETS.search(text) if text.endswith(")") else None
    if found is None:
        return ValueParts("", None, "")
    sign, rest = _without_sign(found.group(1).strip(), before, at_end=False)
    unit = rest.strip("*×xX_ ")
    return ValueParts(sign, None, unit) if unit in units else ValueParts("", None, "")


def _without_sign(body: str, words: SignWords, *, at_end: bool) -> tuple[str, str]:
    """The sign a text begins or ends with, and the text without it; the longest word wins."""
    best, best_word = "", ""
    fits = body.endswith if at_end else body.startswith
    for sign, spellings in words.items():
        if not fits(tuple(spellings)):
            continue
        for word in spellings:
            meets = body.endswith(word) if at_end else body.startswith(word)
            if meets and len(word) > len(best_word):
                best, best_word = sign, word
    if not best_word:
        return "", body
    return best, body[: -len(best_word)] if at_end else body[len(best_word) :]
