"""How alike two texts are (文字相似度): bounded in time, so a check of 2,000 characters fits a keystroke."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

_NOT_COMPARED = re.compile(r"[\W_]+")
"""What is neither letter nor digit in any script."""


@lru_cache(maxsize=1024)
def core_text(text: str) -> str:
    """The text without blanks and punctuation, full-width forms as half-width: what is compared.

    Remembered for the last texts, since a keystroke changes one of them.
    """
    return _NOT_COMPARED.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=16)
def similarity(one: str, other: str) -> Decimal:
    """Share of characters two texts have in common in the same order, 0…1 (twice the longest common
    subsequence over both lengths); 0 when either is empty.

    Remembered for the last few pairs, since most keystrokes leave both texts alone.
    """
    if not one or not other:
        return Decimal(0)
    return Decimal(2 * _common_length(one, other)) / (len(one) + len(other))


@lru_cache(maxsize=16)
def share_found_in(text: str, source: str) -> Decimal:
    """Share of a text's character pairs that stand in a source too, 0…1: a sentence lifted out of a longer text."""
    pairs = [text[i : i + 2] for i in range(len(text) - 1)]
    if not pairs:
        return Decimal(0)
    return Decimal(sum(pair in source for pair in pairs)) / len(pairs)


def may_be_copied(text: str, source: str, least: Decimal) -> bool:
    """Whether `similarity` or `share_found_in` can come to a share (0…1), which nearly always they cannot.

    Every character the source lacks stands outside what is common, and takes a pair of its own with it.
    """
    if least <= 0:
        return True
    pairs, lacking = len(text) - 1, len(_characters(text) - _characters(source))
    if pairs - lacking >= least * pairs > 0:
        return True
    common = min(len(text) - lacking, len(source))
    return bool(text) and 2 * common >= least * (len(text) + len(source))


@lru_cache(maxsize=64)
def _characters(text: str) -> frozenset[str]:
    """The characters of a text, each once: a unit's duties are compared with every target of it."""
    return frozenset(text)


def _common_length(one: str, other: str) -> int:
    """Length of the longest common subsequence, bit-parallel: one machine word holds 30 comparisons."""
    masks: dict[str, int] = {}
    for index, char in enumerate(one):
        masks[char] = masks.get(char, 0) | 1 << index
    full = (1 << len(one)) - 1
    row = full
    for char in other:
        matched = row & masks.get(char, 0)
        row = ((row + matched) | (row - matched)) & full
    return len(one) - row.bit_count()
