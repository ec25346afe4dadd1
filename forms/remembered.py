"""What was made of an object, kept beside it (按对象记忆): patterns of word lists, choices of a frame.

Kits and their word lists are frozen and have no cheap hash, so they are met again by identity: an entry holds the
object, hence its identity belongs to nobody else as long as the entry stands. Pure functions only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")


def by_identity(most: int) -> Callable[[Callable[[Thing], Made]], Callable[[Thing], Made]]:
    """Remember what a function of one object gives, for `most` objects: beyond them the oldest is forgotten."""

    def remembering(make: Callable[[Thing], Made]) -> Callable[[Thing], Made]:
        known: dict[int, tuple[Thing, Made]] = {}

        def found(thing: Thing) -> Made:
            entry = known.get(id(thing))
            if entry is not None:
                return entry[1]
            made = make(thing)
            if len(known) >= most:
                known.pop(next(iter(known)), None)
            known[id(thing)] = thing, made
            return made

        return found

    return remembering


@by_identity(256)
def any_word(words: Sequence[str]) -> Callable[[str], object]:
    """A search for any of some words in a text, None when none stands there: one pass however many words there are."""
    if not words:
        return _nothing
    return re.compile("|".join(map(re.escape, words))).search


def _nothing(_text: str) -> None:
    """Of no words none stands in a text."""
