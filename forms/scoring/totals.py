"""The total and its grade (总分与等级): deductions of the whole table, caps by execution rate, grade bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from forms.checks.wording import number_text
from forms.scoring.marks import ZERO
from forms.scoring.wording import points, share_text
from models.domain.kit import GradeBand
from models.domain.score_rules import TotalCap


@dataclass(frozen=True, slots=True)
class AppliedCap:
    """A ceiling that held the total down (总分封顶), with the rate that set it."""

    cap: TotalCap
    rate: Decimal
    before: Decimal

    @property
    def sentence(self) -> str:
        """执行率 76%，低于 80%，总分最高 89 分，97.60 分按 89 分计."""
        return (
            f"执行率 {share_text(self.rate)}，低于 {share_text(self.cap.rate_below)}，"
            f"总分最高 {number_text(self.cap.most)} 分，{points(self.before)} 分按 {number_text(self.cap.most)} 分计"
        )

    @property
    def change(self) -> str:
        """执行率达到 80%，总分不再按 89 分封顶."""
        return f"执行率达到 {share_text(self.cap.rate_below)}，总分不再按 {number_text(self.cap.most)} 分封顶"


def applied_cap(caps: Sequence[TotalCap], rate: Decimal | None, total: Decimal) -> AppliedCap | None:
    """The lowest ceiling an execution rate sets, if it holds the total down."""
    if rate is None:
        return None
    fitting = [cap for cap in caps if rate < cap.rate_below]
    cap = min(fitting, key=lambda cap: cap.most, default=None)
    return AppliedCap(cap, rate, total) if cap is not None and max(cap.most, ZERO) < total else None


def grade_of(bands: Sequence[GradeBand], total: Decimal) -> GradeBand | None:
    """The grade of a total: the highest band whose lower bound it reaches, that bound included."""
    reached = [band for band in bands if total >= band.lower]
    return max(reached, key=lambda band: band.lower, default=None)


def next_grade(bands: Sequence[GradeBand], total: Decimal) -> GradeBand | None:
    """The grade just above a total's own, None at the top."""
    above = [band for band in bands if total < band.lower]
    return min(above, key=lambda band: band.lower, default=None)


def grade_sentence(bands: Sequence[GradeBand], total: Decimal) -> str:
    """97.98 分，达到 90 分，等级为“优”; and what a better grade takes."""
    band, better = grade_of(bands, total), next_grade(bands, total)
    reached = f"达到 {number_text(band.lower)} 分，等级为“{band.name}”" if band else "没有达到任何等级"
    more = f"；再得 {points(better.lower - total)} 分可评为“{better.name}”" if better else ""
    return f"{points(total)} 分，{reached}{more}"
