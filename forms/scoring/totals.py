"""The total and its grade (总分与等级): deductions of the whole table, caps by execution rate, grade bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from forms.checks.wording import clipped, number_text
from forms.scoring.marks import ZERO
from forms.scoring.wording import points, share_text
from models.domain.kit import GradeBand
from models.domain.score_rules import TotalCap

_MOST_NAMES = 3
"""Parts a sentence names before it only counts them."""


@dataclass(frozen=True, slots=True)
class AppliedCap:
    """A ceiling that held the total down (总分封顶), with the rate that set it.

    `next_most` is the ceiling that would hold it down next, once the rate has left this one; None for none.
    """

    cap: TotalCap
    rate: Decimal
    before: Decimal
    next_most: Decimal | None = None

    @property
    def sentence(self) -> str:
        """执行率 76%，低于 80%，总分最高 89 分，97.60 分按 89 分计."""
        return (
            f"执行率 {share_text(self.rate)}，低于 {share_text(self.cap.rate_below)}，"
            f"总分最高 {number_text(self.cap.most)} 分，{points(self.before)} 分按 {number_text(self.cap.most)} 分计"
        )

    @property
    def change(self) -> str:
        """执行率达到 80%，总分不再封顶; 执行率达到 70%，总分最高可到 89 分."""
        reached = f"执行率达到 {share_text(self.cap.rate_below)}"
        if self.next_most is not None:
            return f"{reached}，总分最高可到 {number_text(self.next_most)} 分"
        return f"{reached}，总分不再按 {number_text(self.cap.most)} 分封顶"


def applied_cap(caps: Sequence[TotalCap], rate: Decimal | None, total: Decimal) -> AppliedCap | None:
    """The lowest ceiling an execution rate sets, if it holds the total down."""
    if rate is None:
        return None
    fitting = [cap for cap in caps if rate < cap.rate_below]
    cap = min(fitting, key=lambda cap: cap.most, default=None)
    if cap is None or max(cap.most, ZERO) >= total:
        return None
    left = [other.most for other in fitting if other.rate_below > cap.rate_below and other.most < total]
    return AppliedCap(cap, rate, total, min(left, default=None))


def grade_of(bands: Sequence[GradeBand], total: Decimal) -> GradeBand | None:
    """The grade of a total: the highest band whose lower bound it reaches, that bound included."""
    reached = [band for band in bands if total >= band.lower]
    return max(reached, key=lambda band: band.lower, default=None)


def next_grade(bands: Sequence[GradeBand], total: Decimal) -> GradeBand | None:
    """The grade just above a total's own, None at the top."""
    above = [band for band in bands if total < band.lower]
    return min(above, key=lambda band: band.lower, default=None)


def grade_sentence(bands: Sequence[GradeBand], total: Decimal, *, is_capped: bool = False) -> str:
    """97.98 分，达到 90 分，等级为“优”; and what a better grade takes, unless a ceiling makes points worthless."""
    band, more = grade_of(bands, total), points_to_next_grade(bands, total)
    reached = f"达到 {number_text(band.lower)} 分，等级为“{band.name}”" if band else "没有达到任何等级"
    return "；".join((f"{points(total)} 分，{reached}", *([more] if more and not is_capped else [])))


def points_to_next_grade(bands: Sequence[GradeBand], total: Decimal) -> str:
    """再得 1.40 分可评为“优”; "" at the best grade."""
    better = next_grade(bands, total)
    return f"再得 {points(better.lower - total)} 分可评为“{better.name}”" if better else ""


def way_to_next_grade(
    bands: Sequence[GradeBand],
    total: Decimal,
    shortfalls: Sequence[tuple[str, Decimal]],
    verb: str = "可评为",
    ceiling: Decimal | None = None,
) -> str:
    """“养护里程”得满分，可评为“优”; the fewest parts that reach a better grade, the dearest first.

    "" at the best grade, and where even all of them together reach none; `ceiling` is what the total is held at.
    """
    better = next_grade(bands, total)
    if better is None:
        return ""
    reached, names = total, []
    for name, lost in shortfalls:
        reached += lost
        names.append(f"“{clipped(name)}”")
        if reached >= better.lower:
            break
    else:
        return ""
    grade = grade_of(bands, reached if ceiling is None else min(reached, ceiling)) or better
    if len(names) > _MOST_NAMES:
        return f"失分最多的 {len(names)} 项都得满分，才{verb}“{grade.name}”"
    return f"{'、'.join(names)}得满分，{verb}“{grade.name}”"
