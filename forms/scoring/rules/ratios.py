"""Rules by ratio (按比例计分): positive and reverse indicators, =, and ranges (domain §4.4, §11).

Planned 0 and planned below 0 are defined: a shortfall or excess is always measured against the size
of the planned value, which for positive values is the usual quotient.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from forms.scoring.inputs import IndicatorInput
from forms.scoring.marks import ZERO, Mark, Outcome, half_up
from forms.scoring.rules.base import Rule, unread
from forms.scoring.wording import amount, difference, figure, plain, share_text
from models.domain.indicator import Comparator
from models.domain.score_rules import ReverseFormula, ZeroTarget

_MET, _PROPORTION = Outcome.MET, Outcome.PROPORTION
_QUOTIENT = ReverseFormula.QUOTIENT
_NOTHING: Mark = (ZERO, Outcome.NOTHING)
_BELOW_PASS: Mark = (ZERO, Outcome.BELOW_PASS)
_AT_LEAST = (Comparator.AT_LEAST, Comparator.MORE)


@dataclass(frozen=True, slots=True)
class RatioRule(Rule):
    """What rules by ratio share (按比例计分): a completion below `pass_share` scores 0."""

    pass_share: Decimal = ZERO

    def proportional(self, full: Decimal, part: Decimal, whole: Decimal) -> Mark:
        """Full marks × part ÷ whole, 0 below the pass threshold; `whole` is above 0."""
        if part <= ZERO:
            return _NOTHING
        if self.pass_share and part < whole * self.pass_share:
            return _BELOW_PASS
        return half_up(full * part / whole, self.unit), _PROPORTION

    def below_pass(self, part: Decimal, whole: Decimal) -> str:
        """Why a completion is below the pass threshold."""
        return f"完成 {share_text(part / whole)}，低于最低线 {share_text(self.pass_share)}，得 0 分"


@dataclass(frozen=True, slots=True)
class PositiveRule(RatioRule):
    """Positive indicators (正向指标), and = where it counts like one: met is full, else full × actual ÷ planned."""

    zero_target: ZeroTarget = ZeroTarget.BY_SIGN

    def mark(self, row: IndicatorInput, full: Decimal) -> Mark:
        """Full from the planned value on; planned 0 by sign: ≥0 asks for at least zero, =0 for nothing."""
        quotient = row.quotient
        if quotient is None or self.pass_share:
            return self._special(row, full)
        planned, actual = quotient
        if actual < planned:
            return (full * actual / planned).quantize(self.unit, ROUND_HALF_UP), _PROPORTION
        return full, _MET

    def _special(self, row: IndicatorInput, full: Decimal) -> Mark:
        """Missing values, values of 0 and below, and a pass threshold."""
        planned, actual = row.planned_value, row.actual_value
        if planned is None or actual is None:
            return unread(row)
        if not planned:
            return (full, _MET) if self._zero_is_met(row, actual) else _NOTHING
        if actual >= planned:
            return full, _MET
        return self.proportional(full, *_shortfall(planned, actual))

    def _zero_is_met(self, row: IndicatorInput, actual: Decimal) -> bool:
        """Whether an actual value meets the planned value 0."""
        if row.comparator in _AT_LEAST and self.zero_target is ZeroTarget.BY_SIGN:
            return actual >= 0
        return actual <= 0

    def formula(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """10 × 11.20 ÷ 12 = 9.33."""
        planned, actual = row.planned_value or ZERO, row.actual_value or ZERO
        if mark[1] is Outcome.MET:
            return self.full_marks(f"实际 {amount(actual, row)}，达到指标值 {amount(planned, row)}", full)
        if not planned:
            return f"指标值为 0，实际 {amount(actual, row)}，得 0 分"
        if mark[1] is Outcome.BELOW_PASS:
            return self.below_pass(*_shortfall(planned, actual))
        if mark[1] is Outcome.NOTHING:
            return f"实际 {amount(actual, row)}，没有完成，得 0 分"
        shown, goal = figure(actual, row), figure(planned, row)
        if planned > 0:
            return self.equation(f"{plain(full)} × {shown} ÷ {goal}", mark)
        return self.equation(f"{plain(full)} ×（1 −（{goal} − {shown}）÷ {figure(-planned, row)}）", mark)

    def change(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """再完成 0.80 公里（达到 12 公里）可得满分."""
        if mark[1] is Outcome.MET:
            return ""
        planned, actual = row.planned_value or ZERO, row.actual_value or ZERO
        if actual > planned:
            return f"减少 {difference(actual - planned, row)}（降到 {amount(planned, row)}）可得满分"
        verb = "再提高" if row.measure_unit == "%" else "再完成"
        return f"{verb} {difference(planned - actual, row)}（达到 {amount(planned, row)}）可得满分"


@dataclass(frozen=True, slots=True)
class ReverseRule(RatioRule):
    """Reverse indicators (反向指标): not above the planned value is full; beyond it one of two formulas."""

    variant: ReverseFormula = ReverseFormula.QUOTIENT

    def mark(self, row: IndicatorInput, full: Decimal) -> Mark:
        """Full up to the planned value; planned 0 admits nothing above 0."""
        quotient = row.quotient
        if quotient is None or self.pass_share or self.variant is not _QUOTIENT:
            return self._special(row, full)
        planned, actual = quotient
        if actual > planned:
            return (full * planned / actual).quantize(self.unit, ROUND_HALF_UP), _PROPORTION
        return full, _MET

    def _special(self, row: IndicatorInput, full: Decimal) -> Mark:
        """Missing values, values of 0 and below, a pass threshold, and the other formula."""
        planned, actual = row.planned_value, row.actual_value
        if planned is None or actual is None:
            return unread(row)
        if actual <= planned:
            return full, _MET
        if not planned:
            return _NOTHING
        return self.proportional(full, *self.parts(planned, actual))

    def parts(self, planned: Decimal, actual: Decimal) -> tuple[Decimal, Decimal]:
        """Part and whole of the completion of a value beyond the planned one, planned not 0."""
        if self.variant is _QUOTIENT and planned > 0:
            return planned, actual
        return abs(planned) - (actual - planned), abs(planned)

    def formula(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """10 × 10 ÷ 12 = 8.33, or 10 ×（1 −（12 − 10）÷ 10）= 8.00."""
        planned, actual = row.planned_value or ZERO, row.actual_value or ZERO
        if mark[1] is Outcome.MET:
            return self.full_marks(f"实际 {amount(actual, row)}，不超过指标值 {amount(planned, row)}", full)
        if not planned:
            return f"指标值为 0，实际 {amount(actual, row)}，得 0 分"
        if mark[1] is Outcome.BELOW_PASS:
            return self.below_pass(*self.parts(planned, actual))
        shown, goal = figure(actual, row), figure(planned, row)
        if mark[1] is Outcome.NOTHING:
            return f"实际 {amount(actual, row)}，超出指标值（{amount(planned, row)}）一倍及以上，得 0 分"
        if self.variant is _QUOTIENT and planned > 0:
            return self.equation(f"{plain(full)} × {goal} ÷ {shown}", mark)
        return self.equation(f"{plain(full)} ×（1 −（{shown} − {goal}）÷ {figure(abs(planned), row)}）", mark)

    def change(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """减少 2 起（不超过 10 起）可得满分."""
        if mark[1] is Outcome.MET:
            return ""
        planned = row.planned_value or ZERO
        verb = "降低" if row.measure_unit == "%" else "减少"
        gap = difference((row.actual_value or ZERO) - planned, row)
        return f"{verb} {gap}（不超过 {amount(planned, row)}）可得满分"


@dataclass(frozen=True, slots=True)
class BothWaysRule(RatioRule):
    """Indicators with = where every deviation costs (等于号指标，双向计算偏差)."""

    def mark(self, row: IndicatorInput, full: Decimal) -> Mark:
        """Full × (1 − |actual − planned| ÷ planned); planned 0 admits nothing but 0."""
        planned, actual = row.planned_value, row.actual_value
        if planned is None or actual is None:
            return unread(row)
        if actual == planned:
            return full, _MET
        if not planned:
            return _NOTHING
        return self.proportional(full, abs(planned) - abs(actual - planned), abs(planned))

    def formula(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """10 ×（1 − 偏差 2 ÷ 10）= 8.00."""
        planned, actual = row.planned_value or ZERO, row.actual_value or ZERO
        if mark[1] is Outcome.MET:
            return self.full_marks(f"实际 {amount(actual, row)}，与指标值一致", full)
        gap = abs(actual - planned)
        if mark[1] is Outcome.BELOW_PASS:
            return self.below_pass(abs(planned) - gap, abs(planned))
        if mark[1] is Outcome.NOTHING:
            return f"实际 {amount(actual, row)}，与指标值 {amount(planned, row)} 的偏差达到一倍，得 0 分"
        return self.equation(
            f"{plain(full)} ×（1 − 偏差 {figure(gap, row)} ÷ {figure(abs(planned), row)}）", mark
        )

    def change(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """与指标值相差 2 个，一致时得满分."""
        if mark[1] is Outcome.MET:
            return ""
        gap = (row.actual_value or ZERO) - (row.planned_value or ZERO)
        return f"与指标值相差 {difference(gap, row)}，一致时得满分"


def _shortfall(planned: Decimal, actual: Decimal) -> tuple[Decimal, Decimal]:
    """Part and whole of the completion of a value short of the planned one, planned not 0."""
    return (actual, planned) if planned > 0 else (abs(planned) - (planned - actual), abs(planned))
