"""元 or 万元 (金额单位识别): from the funds block, its heads, or the note in the corner; never assumed silently."""

from __future__ import annotations

import re
from functools import lru_cache

from forms.hand_filled.area import Area
from models.domain.money import AmountUnit, plain_text

_IN_BRACKETS = re.compile(r"\((?:单位:?|金额单位:?)?(万元|元|人民币元|人民币万元)\)")
_NOTE = re.compile(r"(?:金额|货币|计量)?单位[:;]?(?:人民币)?\(?(万元|元)")
_LONGEST_LABEL, _LONGEST_NOTE = 60, 80
_FUNDS = ("资金", "预算", "执行", "金额", "支出")


def amount_unit(area: Area, last: int, heads: list[str]) -> tuple[AmountUnit | None, str]:
    """The unit of amounts and where it says so; (None, "") when nothing does.

    `heads` are the labels of the funds block, nearest to the money, hence asked first; then the rows down to
    `last`, labels of money before notes.
    """
    for text in heads:
        if len(text) <= _LONGEST_LABEL and (unit := _looked_for(text)[0]):
            return unit, f"“{_short(text)}”"
    texts = [text for row in area.rows(None, last) for _, text in area.beginning(row)]
    for text in texts:
        if len(text) <= _LONGEST_LABEL and (unit := _looked_for(text)[0]) and _speaks_of_funds(text):
            return unit, f"“{_short(text)}”"
    for text in texts:
        if len(text) <= _LONGEST_NOTE and (unit := _looked_for(text)[1]):
            return unit, f"“{_short(text)}”"
    return None, ""


def noted_unit(area: Area, last: int) -> AmountUnit | None:
    """The unit the corner note alone states, to be compared with that of the heads."""
    for row in area.rows(None, last):
        for _, text in area.beginning(row):
            if len(text) <= _LONGEST_NOTE and (unit := _looked_for(text)[1]):
                return unit
    return None


@lru_cache(maxsize=8_192)
def _looked_for(text: str) -> tuple[AmountUnit | None, AmountUnit | None]:
    """The unit a short text has in brackets, and the one it notes; remembered, since sheets of a county are alike."""
    plain = _plain(text)
    if "元" not in plain:
        return None, None
    in_brackets, noted = _IN_BRACKETS.search(plain), _NOTE.search(plain)
    return _unit(in_brackets[1]) if in_brackets else None, _unit(noted[1]) if noted else None


def _speaks_of_funds(text: str) -> bool:
    return any(word in text for word in _FUNDS)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", plain_text(text))


def _short(text: str) -> str:
    return _plain(text)[:20]


def _unit(word: str) -> AmountUnit:
    return AmountUnit.WAN_YUAN if "万" in word else AmountUnit.YUAN
