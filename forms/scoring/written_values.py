"""A written value taken apart (数值原文): sign, number or range, and unit of what people write into a cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from forms.checks.settings import KITS_REMEMBERED, SharedWords, Words
from forms.chinese_numerals import in_figures
from forms.kinds import parse_number
from forms.remembered import by_identity
from forms.scoring.deadlines import read_deadline
from forms.scoring.measures import PERCENT
from forms.value_text import latin_unit, led_off, split_value
from models.domain.money import plain_text

MOST_REMEMBERED = 10_000
"""How many texts are kept taken apart, and how many rows read; when there are more all are forgotten."""
_RANGE = re.compile(r"(\d[\d,]*(?:\.\d+)?)([^\d\-~—–至到]*?)(?:-|~|—|–|至|到)(\d[\d,]*(?:\.\d+)?)(\D*)")
_TENFOLDS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


class WrittenValue(NamedTuple):
    """A planned or actual value taken apart: sign as written, number or range, and unit.

    `is_tenfold`: a bare 万 or 亿 behind the number, which was multiplied into it.
    """

    sign: str
    number: Decimal | None
    upper: Decimal | None
    unit: str
    is_tenfold: bool = False

    def unit_for(self, wanted: str) -> str:
        """The unit its number is in: a bare 万 counts what the row counts (48.5万 of 万元 are 48.5 of them)."""
        if not self.is_tenfold:
            return self.unit
        base = wanted[1:] if wanted[:1] in _TENFOLDS else wanted
        return base if base else self.unit


NOTHING = WrittenValue("", None, None, "")
"""A value nobody wrote, or that is not reckoned with."""


class WrittenValues:
    """Takes values apart with the words of a kit (数值识别), remembered: the same few texts stand in thousands of rows."""

    def __init__(self, words: SharedWords) -> None:
        self._words = words
        self._known: dict[tuple[str, bool], WrittenValue] = {}

    def read(self, text: str, *, is_measured: bool) -> WrittenValue:
        """What a text says; `is_measured` where its unit is known from elsewhere."""
        text = led_off(in_figures(text, self._words.known_units))
        value = self._known.get((text, is_measured))
        if value is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            value = self._known[text, is_measured] = self._taken_apart(text, is_measured)
        return value

    def _taken_apart(self, text: str, is_measured: bool) -> WrittenValue:
        """Sign, number or range, and unit of a written value; 2023.07 is a number where a unit is known."""
        plain = parse_number(text) if is_measured else None
        if plain is not None:
            return WrittenValue("", plain, None, "")
        parts = split_value(text, self._words.signs_before, self._words.signs_after)
        body = plain_text(text).replace(" ", "")
        found = _RANGE.fullmatch(body)
        if found and read_deadline(body) is None and (unit := self._unit(found[4] or found[2])) is not None:
            first, second = parse_number(found[1]), parse_number(found[3])
            if first is not None and second is not None:
                return WrittenValue("", min(first, second), max(first, second), unit)
        return _counted(parts.sign, parts.number, self._unit(parts.unit) or "")

    def _unit(self, rest: str) -> str | None:
        """The unit at the head of what follows a number; "" for none at all, None when it is no unit."""
        body = rest.strip("。.,;；，").partition("(")[0]
        if not body:
            return ""
        if body in self._words.wrong_percent_units:
            return PERCENT
        found = _unit_at_head(self._words.known_units)(body)
        head = found.group() if found else ""
        if not head:
            return None
        per = body[len(head) :]
        if head in _TENFOLDS and per == "/年":
            return head
        return body if per.startswith("/") and "/" not in per[1:] else head

    def column_unit(self, text: str) -> str:
        """The unit of its own column; 百分比 and the like mean %."""
        unit = plain_text(text)
        unit = (latin_unit(unit) or unit) if unit[-1:].isascii() else unit
        return PERCENT if unit in self._words.wrong_percent_units else unit


@by_identity(KITS_REMEMBERED)
def _unit_at_head(units: Words) -> Callable[[str], re.Match[str] | None]:
    """A search for the longest known unit a text begins with."""
    longest_first = sorted((*units, *_TENFOLDS), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))).match


def _counted(sign: str, number: Decimal | None, unit: str) -> WrittenValue:
    """A value; a bare 万 or 亿 is part of its number (5万 is 50000)."""
    if number is not None and unit in _TENFOLDS:
        return WrittenValue(sign, number * _TENFOLDS[unit], None, "", is_tenfold=True)
    return WrittenValue(sign, number, None, unit)
