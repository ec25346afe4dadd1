"""Distribution of points (得分分布) over the kit's grades, and points that say little because they are all the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from forms.number_format import plain_number
from models.domain.kit import GradeBand
from services.figures.records import FigureLine


@dataclass(frozen=True, slots=True)
class Band:
    """One grade and the filings whose points fall into it (分数段); `range_words` says its limits, `short_words` in brief."""

    name: str
    range_words: str
    short_words: str
    lines: tuple[FigureLine, ...]


def distribution(lines: Sequence[FigureLine], bands: Sequence[GradeBand], full: Decimal) -> tuple[Band, ...]:
    """Filings by the grade their points fall into, the best first; those without points are left out."""
    ordered = sorted(bands, key=lambda band: -band.lower)
    found: dict[str, list[FigureLine]] = defaultdict(list)
    for line in lines:
        if line.score is not None and ordered:
            score = line.score
            met = next((band for band in ordered if score >= band.lower), ordered[-1])
            found[met.name].append(line)
    uppers = {after.name: before.lower for before, after in pairwise(ordered)}
    return tuple(
        Band(
            band.name,
            _range(band, uppers.get(band.name), full),
            _brief(band, uppers.get(band.name)),
            tuple(found[band.name]),
        )
        for band in ordered
    )


def _brief(band: GradeBand, upper: Decimal | None) -> str:
    """80 分起, 不足 60 分."""
    if upper is not None and band.lower <= 0:
        return f"不足 {plain_number(upper)} 分"
    return f"{plain_number(band.lower)} 分起"


def _range(band: GradeBand, upper: Decimal | None, full: Decimal) -> str:
    """90—100 分, 80 分以上不足 90 分, 不足 60 分."""
    lower = plain_number(band.lower)
    if upper is None:
        return f"{lower}—{plain_number(full)} 分"
    if band.lower <= 0:
        return f"不足 {plain_number(upper)} 分"
    return f"{lower} 分以上、不足 {plain_number(upper)} 分"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Points worth a second look (雷同提示): full marks, and units that gave every project the same points."""

    full_marks: tuple[FigureLine, ...]
    same_everywhere: tuple[FigureLine, ...]
    same_units: int


def likeness(lines: Sequence[FigureLine], full: Decimal, enough: int) -> Likeness:
    """What looks written down rather than worked out, from the points alone; `enough` as the kit sets it."""
    by_unit: dict[str, list[FigureLine]] = defaultdict(list)
    for line in lines:
        if line.score is not None:
            by_unit[line.belonging.unit_code].append(line)
    same = [
        found
        for found in by_unit.values()
        if len(found) >= enough and len({line.score for line in found}) == 1
    ]
    return Likeness(
        tuple(line for line in lines if line.score == full),
        tuple(line for found in same for line in found),
        len(same),
    )
