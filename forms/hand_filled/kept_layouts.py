"""Heads met before (见过的表头): what was made of them, by their exact texts and places, so that a layout is recognised once.

A folder has a handful of layouts and hundreds of files. Only what depends on nothing but the key is kept here; the
figures and names of a file never are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from forms.hand_filled.head_words import HeadWords
from forms.remembered import by_identity

Made = TypeVar("Made")
_MOST_KEPT = 2_048


class KeptLayouts:
    """What one dictionary made of the heads it was asked about (表头记忆)."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}

    def found(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made of these very texts, made now if they are new."""
        try:
            made: Made = self._kept[key]
        except KeyError:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            made = self._kept[key] = make()
        return made


@by_identity(8)
def remembered_layouts(_words: HeadWords) -> KeptLayouts:
    """The memory of a dictionary."""
    return KeptLayouts()
