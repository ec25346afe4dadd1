"""Texts of a form's own layout taken apart (官方表样的文字): labels, units, several answers in one cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from forms.hand_filled.head_words import HeadWords
from forms.hand_filled.official_layout import Slot, tight

INDENT = " \t\u3000"
"""What stands before a paragraph."""
_UNIT_BEHIND = re.compile(r"\((?:单位:)?(?:万元|元|%|分)\)$")
_LONGEST_UNIT = 6


def label_of(text: str, labels: Collection[str]) -> str:
    """A label as the form prints it, also where places write the unit behind it: 送审金额（万元）."""
    label = tight(text)
    return bare if (bare := _UNIT_BEHIND.sub("", label)) in labels else label


def is_unit(text: str) -> bool:
    """Whether what follows a figure is a unit."""
    return len(text) <= _LONGEST_UNIT and not any(char.isdigit() for char in text)


def divided(slot: Slot) -> str:
    """The pattern of a cell that holds several fields, by what stands between them."""
    gaps = [re.escape(gap.strip()) or r"\s+" for gap in slot.between]
    return "(.+?)" + "".join(rf"\s*{gap}\s*(.+)" if gap != r"\s+" else rf"{gap}(.+)" for gap in gaps)


def without(text: str, after: str) -> str:
    """A text without what the form prints behind an answer: the line to be signed."""
    mark = "".join(after.split())[:6]
    if not mark:
        return text
    for line in text.splitlines():
        if "".join(line.split()).startswith(mark):
            return text[: text.index(line)].rstrip()
    return text.removesuffix(after).rstrip()


def other_words(words: HeadWords, labels: Collection[str]) -> Iterator[tuple[str, str]]:
    """What other places print for these labels: their word, and the form's."""
    for rule in words.whole_words:
        if rule.role in labels:
            yield from ((word, rule.role) for word in rule.exact if word not in labels)
