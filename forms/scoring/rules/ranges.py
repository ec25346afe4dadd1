"""Ranges (区间指标): full marks inside, by ratio to the nearer end outside (domain §4.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from forms.scoring.inputs import IndicatorInput
from forms.scoring.marks import ZERO, Mark, Outcome
from forms.scoring.rules.base import Rule, unread
from forms.scoring.rules.ratios import PositiveRule, ReverseRule
from forms.scoring.wording import amount
from models.domain.indicator import Comparator


@dataclass(frozen=True, slots=True)
class RangeRule(Rule):
    """A range (区间指标): below it like a positive indicator, above it like a reverse one."""

    below: PositiveRule
    above: ReverseRule

    def mark(self, row: IndicatorInput, full: Decimal) -> Mark:
        """Full marks inside the range, both ends included."""
        if row.planned_value is None or row.actual_value is None:
            return unread(row)
        rule, side = self._side(row)
        return rule.mark(side, full) if rule else (full, Outcome.MET)

    def _side(self, row: IndicatorInput) -> tuple[PositiveRule | ReverseRule | None, IndicatorInput]:
        """The rule of the end an actual value lies beyond, and the row with that end as planned value."""
        lower, upper = _ends(row)
        actual = row.actual_value or ZERO
        if actual < lower:
            return self.below, replace(row, planned_value=lower, comparator=Comparator.AT_LEAST)
        if actual > upper:
            return self.above, replace(row, planned_value=upper, comparator=Comparator.AT_MOST)
        return None, row

    def formula(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """10 × 8 ÷ 10 = 8.00 below the range."""
        rule, side = self._side(row)
        if rule:
            return rule.formula(side, full, mark)
        lower, upper = _ends(row)
        reason = f"实际 {amount(row.actual_value or ZERO, row)}，在 {amount(lower, row)} 至 {amount(upper, row)} 之间"
        return self.full_marks(reason, full)

    def change(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """再完成 2 个（达到 10 个）可得满分."""
        rule, side = self._side(row)
        return rule.change(side, full, mark) if rule else ""


def _ends(row: IndicatorInput) -> tuple[Decimal, Decimal]:
    """Lower and upper end of the range; a missing one is the other."""
    first = row.planned_value if row.planned_value is not None else ZERO
    second = row.planned_upper if row.planned_upper is not None else first
    return min(first, second), max(first, second)
