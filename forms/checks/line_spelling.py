"""How values, names and levels of indicators are spelled (写法识别), by the words of a kit.

A county writes alike: what was read of a text is remembered beside the kit's words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from forms import kinds
from forms.checks.settings import KITS_REMEMBERED, SharedWords, Words
from forms.checks.wording import number_text
from forms.remembered import any_word, by_identity
from forms.text_similarity import core_text
from forms.value_text import ValueParts, mark_in_name, split_value

NOTHING_WRITTEN = ValueParts("", None, "")
"""A text that spells neither sign nor number nor unit."""

_TEXTS_REMEMBERED = 2_048
"""Values, names and levels of one kit kept taken apart."""


class ReadValue(NamedTuple):
    """A value as written (指标值识别): its parts, its number and whether that is all there is; `key` is its number
    without needless zeros, or its words, so that equal values meet."""

    written: ValueParts
    amount: Decimal | None
    is_plain: bool
    key: str


def read_value(text: str, parts: ValueParts) -> ReadValue:
    """A value of which the parts are known."""
    strict = kinds.parse_number(text)
    amount = strict if strict is not None else parts.number
    key = core_text(text) if amount is None else number_text(amount)
    return ReadValue(parts, amount, strict is not None, key)


@dataclass(frozen=True, slots=True)
class Spelling:
    """The readings of one kit's words (写法): `value`, `name` with its sign and unit and what it is compared by, and
    `roles` of a first and second level."""

    value: Callable[[str], ReadValue]
    name: Callable[[str], tuple[ValueParts, str]]
    roles: Callable[[str, str], frozenset[str]]
    percent_units: frozenset[str]


@by_identity(KITS_REMEMBERED)
def spelling_of(words: SharedWords) -> Spelling:
    """The readings of one kit's words."""

    def value(text: str) -> ReadValue:
        return read_value(text, split_value(text, words.signs_before, words.signs_after))

    def name(text: str) -> tuple[ValueParts, str]:
        return mark_in_name(text, words.signs_before, words.known_units), core_text(text)

    def roles(first: str, second: str) -> frozenset[str]:
        return _roles([text for text in (first, second) if text], words)

    kept = lru_cache(_TEXTS_REMEMBERED)
    units = frozenset((*words.percent_units, *words.wrong_percent_units))
    return Spelling(kept(value), kept(name), kept(roles), units)


def _roles(levels: list[str], words: SharedWords) -> frozenset[str]:
    """What the line's levels stand for (cost, quantity …), by code, else by the words of a pasted name."""
    return frozenset(
        role
        for role, codes in words.levels.items()
        if any(level in codes or contains(level, words.level_words.get(role, ())) for level in levels)
    )


def contains(text: str, parts: Words) -> bool:
    """Whether any of the words stands in a text."""
    return any_word(parts)(text) is not None
