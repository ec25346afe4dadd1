"""Points off (扣分): far over-achieved indicators, and actual values far from the planned ones.

Both are settings of the scheme; most places have neither. What a rule gave stays known, so that a
form can print 指标得分 and 扣减分数 side by side (domain §4.6).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from forms.scoring.comparison import deviation
from forms.scoring.inputs import IndicatorInput
from forms.scoring.marks import ONE, ZERO, half_up, within
from forms.scoring.wording import plain, points, share_text
from models.domain.score_rules import DeviationDeduction, OverAchievement, OverAction

_MOST_POINTS = Decimal(10_000)
"""No table has more points; a scheme that takes off more takes off everything."""


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points taken off, with the reason, the rule behind it, and when they would not be (扣分)."""

    points: Decimal
    reason: str
    clause: str
    change: str = ""

    @property
    def sentence(self) -> str:
        """超额 45%，扣 2.00 分."""
        return f"{self.reason}，扣 {points(self.points)} 分"


@dataclass(frozen=True, slots=True)
class Deductions:
    """What a scheme takes off (扣分规则)."""

    over: OverAchievement | None
    far: DeviationDeduction | None
    unit: Decimal

    @property
    def touch_rows(self) -> bool:
        """Whether any single indicator can lose points."""
        is_deducting = self.over is not None and self.over.action is OverAction.DEDUCT
        return is_deducting or (self.far is not None and self.far.is_per_indicator)

    def of_row(self, row: IndicatorInput, full: Decimal) -> Iterator[Deduction]:
        """What one indicator loses."""
        gap = deviation(row)
        if gap is None:
            return
        if self.over and self.over.action is OverAction.DEDUCT and is_over(row, gap, self.over):
            passed = [step for step in self.over.steps if gap > step.bound]
            share = within((passed[-1].share if passed else None) or ZERO, ZERO, ONE)
            if share:
                reason = f"超额 {share_text(gap)}，超过 {share_text(passed[-1].bound)}"
                change = f"超额不超过 {share_text(self._free_excess())} 时不扣分"
                yield Deduction(half_up(full * share, self.unit), reason, self.over.clause, change)
        if self.far and self.far.is_per_indicator and is_far(gap, self.far):
            points_off = half_up(within(self.far.points, ZERO, full), self.unit)
            yield Deduction(points_off, _far(gap, self.far), self.far.clause, _near(self.far))

    def _free_excess(self) -> Decimal:
        """The excess up to which over-achievement costs nothing."""
        over = self.over
        costly = [step.bound for step in over.steps if step.share] if over else []
        return max(over.threshold, min(costly)) if over and costly else ZERO

    def of_table(self, rows: Sequence[IndicatorInput]) -> Deduction | None:
        """What the whole table loses once, where the scheme counts so."""
        if self.far is None or self.far.is_per_indicator:
            return None
        far = [row for row in rows if (gap := deviation(row)) is not None and is_far(gap, self.far)]
        if not far:
            return None
        reason = f"{len(far)} 条指标偏离达到 {share_text(self.far.threshold)}"
        points_off = half_up(within(self.far.points, ZERO, _MOST_POINTS), self.unit)
        return Deduction(points_off, reason, self.far.clause, _near(self.far))


def is_over(row: IndicatorInput, gap: Decimal, over: OverAchievement) -> bool:
    """Whether a row is over-achieved beyond the scheme's threshold (偏离较大); reverse indicators never are."""
    return not row.is_reverse and gap > over.threshold


def is_far(gap: Decimal, far: DeviationDeduction) -> bool:
    """Whether a deviation reaches the threshold on a side that counts."""
    return abs(gap) >= far.threshold and (far.counts_excess if gap > 0 else far.counts_shortfall and gap < 0)


def _far(gap: Decimal, far: DeviationDeduction) -> str:
    """实际完成值偏离指标值 45%，达到 30%."""
    return f"实际完成值偏离指标值 {share_text(abs(gap))}，达到 {share_text(far.threshold)}"


def _near(far: DeviationDeduction) -> str:
    """偏离指标值不到 30% 时不扣分."""
    return f"偏离指标值不到 {share_text(far.threshold)} 时不扣分"


def deducted(score: Decimal, losses: tuple[Deduction, ...]) -> Decimal:
    """The points left, not below 0."""
    left = score - sum((loss.points for loss in losses), ZERO)
    return left if left > 0 else score - score


def deduction_expression(score: Decimal, losses: tuple[Deduction, ...]) -> str:
    """10 − 2.00 = 8.00."""
    terms = " − ".join([plain(score), *(points(loss.points) for loss in losses)])
    return f"{terms} = {points(deducted(score, losses))}"
