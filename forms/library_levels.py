"""Where a library indicator hangs in a frame (指标库指标的层次): libraries and kits cut the tree differently.

Circular 101 has cost as a first level, the tree of 2015 and 2020 has it under output. Which codes stand
for one and the same role is data of the kit (`shared.levels`), so a library serves both frames.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from forms.checks.settings import SharedWords
from models.domain.indicator_library import LibraryIndicator
from models.domain.kit import IndicatorFrame

Levels = tuple[str, str]
"""Codes of a first and a second level."""


@dataclass
class FrameLevels:
    """The levels of one frame as libraries name them (指标层次对照); pairs met are remembered."""

    frame: IndicatorFrame
    words: SharedWords | None
    _known: dict[Levels, Levels | None] = field(default_factory=dict)

    def of(self, indicator: LibraryIndicator) -> Levels | None:
        """First and second level an indicator takes here, None when the frame has no place for it."""
        pair = (indicator.first_level, indicator.second_level)
        if pair not in self._known:
            self._known[pair] = self._place(*pair)
        return self._known[pair]

    def label(self, levels: Levels) -> str:
        """A pair of levels in words: 产出指标 · 数量指标."""
        first, second = self.frame.first(levels[0]), self.frame.second(*levels)
        return " · ".join(level.label for level in (first, second) if level)

    def _place(self, first: str, second: str) -> Levels | None:
        """The same pair, else the same second level elsewhere, else another code of the same role."""
        if self.frame.second(first, second):
            return first, second
        pairs = [(one.code, other.code) for one in self.frame.firsts for other in one.seconds]
        roles = self.words.levels.values() if self.words else ()
        alike = [code for codes in roles if second in codes for code in codes]
        fitting = [pair for pair in pairs if pair[1] == second] or [p for p in pairs if p[1] in alike]
        return fitting[0] if fitting else None
