"""Searching the indicator library (指标库检索): what fits a text, an area and a level, best first.

Plain Chinese text is looked for piece by piece, so no word list is needed; all pieces must be met. With
nothing typed the order is by nearness to the project and by how often the unit has used a row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from forms.library_levels import FrameLevels, Levels
from forms.text_similarity import core_text
from models.domain.indicator_library import LibraryIndicator, LibraryOrigin

_NAME_BEGINS, _NAME, _KEYWORD, _AREA, _TEXT = 100, 70, 40, 25, 8
"""What meeting a piece of the text is worth, by where it stands."""

_ABOUT, _COMMON, _USE, _MOST_USES = 12, 6, 4, 5
"""Worth of a keyword in the project's name, of a common indicator, and of each use up to a limit."""

_ORIGINS = {LibraryOrigin.UNIT: 16, LibraryOrigin.KIT: 8, LibraryOrigin.BUILTIN: 0}
"""What the unit keeps for itself comes first among equals, then what its bureau hands out."""


@dataclass(frozen=True, slots=True)
class LibraryHit:
    """A library indicator found (检索结果): the levels it takes in the frame, and how well it fits."""

    indicator: LibraryIndicator
    levels: Levels
    score: int

    def row_values(self) -> dict[str, str | None]:
        """What a table row says when the indicator is taken; a sample value is left for the clerk to fill in."""
        row = self.indicator
        return {
            "first_level": self.levels[0],
            "second_level": self.levels[1],
            "third_level": row.name,
            "comparator": row.comparator.value,
            "planned_value": None if row.is_sample else row.reference_value,
            "measure_unit": row.measure_unit or None,
            "direction": row.direction.value,
            "library_code": row.code,
        }


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row made ready for searching; `standing` is what it is worth whatever was typed."""

    indicator: LibraryIndicator
    hit_levels: Levels
    standing: int
    name: str
    keywords: str
    area: str
    whole: str
    pairs: frozenset[str]


@dataclass
class LibraryIndex:
    """The rows of a library that have a place in a frame (指标库索引), made ready once for many searches.

    `about` is what the filing is about (the project's name), `uses` how often the unit took each row.
    """

    rows: Sequence[LibraryIndicator]
    levels: FrameLevels
    about: str = ""
    uses: Mapping[str, int] = field(default_factory=dict)
    _entries: list[_Entry] = field(init=False)

    def __post_init__(self) -> None:
        placed = [(row, self.levels.of(row)) for row in self.rows if row.is_enabled]
        self._entries = [
            _entry(row, levels, self._standing(row)) for row, levels in placed if levels is not None
        ]

    def areas(self) -> list[str]:
        """Uses of money (资金用途) the library covers, the ones nearest to the project first."""
        best: dict[str, int] = {}
        for entry in self._entries:
            purpose = entry.indicator.purpose
            if purpose:
                best[purpose] = max(best.get(purpose, 0), self._nearness(entry.indicator))
        return sorted(best, key=lambda purpose: -best[purpose])

    def search(self, text: str = "", area: str = "", seconds: Collection[str] = ()) -> list[LibraryHit]:
        """Rows that fit, best first; `area` is 资金用途 or 行业领域, `seconds` the frame's second levels wanted."""
        pieces = [core_text(piece).lower() for piece in text.split()]
        pieces = [piece for piece in pieces if piece]
        hits = []
        for entry in self._entries:
            row = entry.indicator
            if area and area not in (row.purpose, row.field):
                continue
            if seconds and entry.hit_levels[1] not in seconds:
                continue
            if all(piece in entry.whole for piece in pieces):
                score = entry.standing + sum(_met(entry, piece) for piece in pieces)
                hits.append(LibraryHit(row, entry.hit_levels, score))
        hits.sort(key=_by_score, reverse=True)
        return hits

    def nearest(
        self, name: str, least: Decimal, count: int, fits: Callable[[LibraryHit], bool]
    ) -> list[LibraryHit]:
        """Rows whose names are most like a name, from `least` (0…1) on; the project and habits decide a tie."""
        wanted, least_mille = _pairs(core_text(name).lower()), int(least * 1000)
        found = []
        for entry in self._entries:
            likeness = _likeness(wanted, entry.pairs)
            if likeness >= least_mille:
                hit = LibraryHit(entry.indicator, entry.hit_levels, likeness * 10 + entry.standing)
                if fits(hit):
                    found.append(hit)
        found.sort(key=_by_score, reverse=True)
        return found[:count]

    def _standing(self, row: LibraryIndicator) -> int:
        """What a row is worth by habit, by the project, and as a common indicator."""
        used = min(self.uses.get(row.code, 0), _MOST_USES) * _USE
        return used + self._nearness(row) + _ORIGINS[row.origin] + (_COMMON if row.is_common else 0)

    def _nearness(self, row: LibraryIndicator) -> int:
        """How much a row has to do with the project."""
        return _ABOUT * sum(word in self.about for word in row.keywords)


def _by_score(hit: LibraryHit) -> int:
    return hit.score


def _met(entry: _Entry, piece: str) -> int:
    """What a piece is worth where it stands best."""
    if piece in entry.name:
        return _NAME_BEGINS if entry.name.startswith(piece) else _NAME
    if piece in entry.keywords:
        return _KEYWORD
    return _AREA if piece in entry.area else _TEXT


def _entry(row: LibraryIndicator, levels: Levels, standing: int) -> _Entry:
    """A row made ready."""
    name = core_text(row.name).lower()
    keywords = "\n".join(core_text(word).lower() for word in row.keywords)
    area = core_text(f"{row.field}{row.category}{row.purpose}{row.fits_projects}").lower()
    text = core_text(f"{row.explanation}{row.formula}{row.evidence}{row.measure_unit}").lower()
    whole = f"{name}\n{keywords}\n{area}\n{text}"
    return _Entry(row, levels, standing, name, keywords, area, whole, _pairs(name))


def _pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _likeness(one: frozenset[str], other: frozenset[str]) -> int:
    """How alike two sets of pairs are, per mille."""
    return 2000 * len(one & other) // (len(one) + len(other)) if one and other else 0
