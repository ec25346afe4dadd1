"""Step tables (分档计分): satisfaction 90/80/60, two-sided cost control, steps by completion (domain §4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.checks.wording import number_text
from forms.scoring.comparison import as_share, completion, deviation
from forms.scoring.inputs import IndicatorInput
from forms.scoring.marks import ONE, ZERO, Mark, Outcome, half_up, within
from forms.scoring.rules.base import Rule, unread
from forms.scoring.wording import plain, points, share_text
from models.domain.score_rules import RuleStep, ScoreRule, StepBasis

_UPPER_BOUNDS = (StepBasis.DEVIATION, StepBasis.EXCESS)
_MOST_STEPS = Decimal(1_000_000)
"""Beyond so many steps counting stops, so that no kit can make a division overflow."""


@dataclass(frozen=True, slots=True)
class StepRule(Rule):
    """A step table (分档计分): the first step whose bound the measure meets, 0 when it meets none."""

    rule: ScoreRule

    def mark(self, row: IndicatorInput, full: Decimal) -> Mark:
        """Full marks × the step's share; a step without a share counts by proportion."""
        measure = self._measure(row)
        if measure is None:
            return unread(row, needs_planned=self.rule.basis is not StepBasis.VALUE)
        step = self._step(measure)
        if step is None:
            return ZERO, Outcome.NOTHING
        reached = completion(row)
        if self.rule.pass_share and reached is not None and reached < self.rule.pass_share:
            return ZERO, Outcome.BELOW_PASS
        share = within(self._share(step, row, measure), ZERO, ONE)
        return half_up(full * share, self.unit), Outcome.MET if share == ONE else Outcome.STEP

    def _measure(self, row: IndicatorInput) -> Decimal | None:
        """What the bounds are compared with; None when a value is missing."""
        basis = self.rule.basis
        if basis is StepBasis.VALUE:
            return None if row.actual_value is None else as_share(row.actual_value, row.measure_unit)
        if basis is StepBasis.COMPLETION:
            return completion(row)
        gap = deviation(row)
        if gap is None:
            return None
        return abs(gap) if basis is StepBasis.DEVIATION else max(gap, ZERO)

    def _step(self, measure: Decimal) -> RuleStep | None:
        """The first step the measure meets."""
        if self.rule.basis in _UPPER_BOUNDS:
            return next((step for step in self.rule.steps if measure <= step.bound), None)
        return next((step for step in self.rule.steps if measure >= step.bound), None)

    def _share(self, step: RuleStep, row: IndicatorInput, measure: Decimal) -> Decimal:
        """The share a step gives; by proportion where it names none."""
        if step.share is not None:
            return step.share
        if self.rule.basis in _UPPER_BOUNDS:
            return ONE - measure
        reached = completion(row)
        return measure if reached is None else reached

    def formula(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """满意度 85%，达到 80%，10 × 80% = 8.00."""
        measure = self._measure(row) or ZERO
        what = f"{self._label()} {self._shown(measure, row)}"
        step = self._step(measure)
        if step is None:
            return f"{what}，没有达到任何一档，得 0 分"
        if mark[1] is Outcome.BELOW_PASS:
            return f"完成率低于最低线 {share_text(self.rule.pass_share)}，得 0 分"
        relation = "不超过" if self.rule.basis in _UPPER_BOUNDS else "达到"
        share = within(self._share(step, row, measure), ZERO, ONE)
        reckoning = self.equation(f"{plain(full)} × {share_text(share)}", mark)
        return f"{what}，{relation} {self._shown(step.bound, row)}，{reckoning}"

    def change(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """达到 90% 可得 10.00 分."""
        if mark[1] is Outcome.MET:
            return ""
        measure = self._measure(row) or ZERO
        passed = self._step(measure)
        better = self.rule.steps[: self.rule.steps.index(passed)] if passed else self.rule.steps
        if not better:
            return ""
        step = better[-1]
        gain = half_up(full * within(self._share(step, row, step.bound), ZERO, ONE), self.unit)
        bound = self._shown(step.bound, row)
        if self.rule.basis in _UPPER_BOUNDS:
            return f"{self._label()}控制在 {bound} 以内可得 {points(gain)} 分"
        return f"{self._label()}达到 {bound} 可得 {points(gain)} 分"

    def _label(self) -> str:
        """What is measured."""
        return {
            StepBasis.VALUE: "实际完成值",
            StepBasis.COMPLETION: "完成率",
            StepBasis.DEVIATION: "偏差率",
            StepBasis.EXCESS: "超出率",
        }[self.rule.basis]

    def _shown(self, measure: Decimal, row: IndicatorInput) -> str:
        """A measure or bound: 85%, or 12 公里 where values are compared."""
        if self.rule.basis is StepBasis.VALUE and as_share(ONE, row.measure_unit) == ONE:
            return f"{number_text(measure)} {row.measure_unit}".rstrip()
        return share_text(measure)


@dataclass(frozen=True, slots=True)
class DeductionRule(Rule):
    """Points off per step (按档扣分): full marks up to a bound, then a share for every step beyond.

    Satisfaction −1 per 5 points below 90 %, −0.1 per percentage point over 100 % (domain §4.4, §4.7).
    """

    rule: ScoreRule

    def mark(self, row: IndicatorInput, full: Decimal) -> Mark:
        """Full marks × (1 − steps × share per step), not below 0."""
        if row.actual_value is None or (self.rule.bound is None and row.planned_value is None):
            return unread(row, needs_planned=self.rule.bound is None)
        steps = self._steps(row)
        if not steps:
            return full, Outcome.MET
        share = ONE - steps * self.rule.share_per_step
        if share <= ZERO:
            return ZERO, Outcome.NOTHING
        return half_up(full * min(share, ONE), self.unit), Outcome.PER_STEP

    def _bound(self, row: IndicatorInput) -> Decimal:
        """The value full marks reach to."""
        if self.rule.bound is not None:
            return self.rule.bound
        return as_share(row.planned_value or ZERO, row.measure_unit)

    def _beyond(self, row: IndicatorInput) -> Decimal:
        """How far the actual value lies on the wrong side of the bound."""
        actual = as_share(row.actual_value or ZERO, row.measure_unit)
        bound = self._bound(row)
        return max(ZERO, actual - bound if self.rule.is_ceiling else bound - actual)

    def _steps(self, row: IndicatorInput) -> Decimal:
        """How many steps are charged; no more than it takes to reach 0."""
        beyond = self._beyond(row)
        if not beyond or self.rule.share_per_step <= ZERO or self.rule.step <= ZERO:
            return ZERO
        enough = min((ONE / self.rule.share_per_step).to_integral_value() + 1, _MOST_STEPS)
        if beyond >= enough * self.rule.step:
            return enough
        whole = beyond // self.rule.step
        return whole + 1 if self.rule.counts_started and whole * self.rule.step < beyond else whole

    def formula(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """实际 80%，比 90% 低 10 个百分点…，10 − 10 × 10% × 2 = 8.00."""
        actual = self._shown(as_share(row.actual_value or ZERO, row.measure_unit), row)
        bound = self._shown(self._bound(row), row)
        side, limit = ("超出", "不超过") if self.rule.is_ceiling else ("低于", "达到")
        what = f"实际 {actual}，{side} {bound}"
        if mark[1] is Outcome.MET and self._beyond(row):
            return self.full_marks(f"{what}，不够扣一档", full)
        if mark[1] is Outcome.MET:
            return self.full_marks(f"实际 {actual}，{limit} {bound}", full)
        steps, share = self._steps(row), share_text(self.rule.share_per_step)
        if mark[1] is Outcome.NOTHING:
            return f"{what}，扣完 {plain(full)} 分，得 0 分"
        expression = f"{plain(full)} ×（1 − {share} × {number_text(steps)} 档）"
        return f"{what}，{self.equation(expression, mark)}"

    def change(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """达到 90% 可得满分."""
        if mark[1] is Outcome.MET:
            return ""
        bound = self._shown(self._bound(row), row)
        return f"不超过 {bound} 可得满分" if self.rule.is_ceiling else f"达到 {bound} 可得满分"

    def _shown(self, measure: Decimal, row: IndicatorInput) -> str:
        """A value or bound: 85%, or 12 次 where the unit is no share."""
        if as_share(ONE, row.measure_unit) == ONE:
            return f"{number_text(measure)} {row.measure_unit}".rstrip()
        return share_text(measure)
