"""Which rule scores a row (计分规则的选用): the one it names, its level's, else by sign and direction."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.scoring.inputs import IndicatorInput
from forms.scoring.rules.base import Rule
from forms.scoring.rules.deadline import DeadlineRule
from forms.scoring.rules.judged import EnteredRule, QualitativeRule, YesNoRule
from forms.scoring.rules.ranges import RangeRule
from forms.scoring.rules.ratios import BothWaysRule, PositiveRule, ReverseRule
from forms.scoring.rules.steps import DeductionRule, StepRule
from models.domain.indicator import Comparator
from models.domain.kit import ScoreScheme
from models.domain.score_rules import EqualFormula, ReverseFormula, ScoreMethod, ScoreRule

_NAMES = {
    ScoreMethod.POSITIVE: "正向指标，达到指标值得满分，未达到的按 分值 × 实际完成值 ÷ 指标值 计分",
    ScoreMethod.EQUAL: "等于号指标，与指标值一致得满分，按偏差比例扣分",
    ScoreMethod.RANGE: "区间指标，在区间内得满分，超出的按比例计分",
    ScoreMethod.QUALITATIVE: "定性指标，按完成档次在分值区间内评定",
    ScoreMethod.YES_NO: "是否完成，完成得满分，未完成不得分",
    ScoreMethod.TIMELINESS: "时间要求，按时完成得满分，逾期的由人评定",
    ScoreMethod.ENTERED: "直接评分，不超过分值",
}
_EQUAL_LIKE_POSITIVE = (
    "等于号指标，按正向指标计分：达到指标值得满分，未达到的按 分值 × 实际完成值 ÷ 指标值 计分"
)
_REVERSE_NAMES = {
    ReverseFormula.QUOTIENT: "反向指标，不超过指标值得满分，超过的按 分值 × 指标值 ÷ 实际完成值 计分",
    ReverseFormula.DIFFERENCE: "反向指标，不超过指标值得满分，超过的按超出比例扣分，超出一倍及以上不得分",
}
_WORDED = (Comparator.QUALITATIVE, Comparator.OTHER)
_DECLARED = (ScoreMethod.STEPS, ScoreMethod.DEDUCTION, ScoreMethod.YES_NO)
"""Methods that are nothing without the steps or words of a declared rule; the scheme's first one serves."""
_METHODS = frozenset(method.value for method in ScoreMethod)


@dataclass(frozen=True)
class RuleChoice:
    """The rules of one scheme (计分规则集), and which of them a row takes."""

    scheme: ScoreScheme
    unit: Decimal

    def of(self, row: IndicatorInput) -> Rule:
        """The rule of a row.

        A method it names goes first; a name the scheme has no rule for counts as none. Then the rule
        of its second level, if its sign is numeric; then what sign and direction say.
        """
        named = self._named(row)
        if named is not None:
            return named
        if row.comparator in _WORDED:
            return self._plain(
                ScoreMethod.TIMELINESS if row.comparator is Comparator.OTHER else ScoreMethod.QUALITATIVE
            )
        for rule in self.scheme.rules:
            if row.second_level and row.second_level in rule.second_levels:
                return self._of_rule(rule)
        return self._by_sign(row)

    def _named(self, row: IndicatorInput) -> Rule | None:
        """The rule whose id or method the row names."""
        if not row.method:
            return None
        for rule in self.scheme.rules:
            if rule.rule_id == row.method:
                return self._of_rule(rule)
        if row.method not in _METHODS:
            return None
        method = ScoreMethod(row.method)
        if method not in _DECLARED:
            return self._plain(method)
        fitting = next((rule for rule in self.scheme.rules if rule.method is method), None)
        return self._of_rule(fitting) if fitting else None

    def _by_sign(self, row: IndicatorInput) -> Rule:
        """≤ and < are reverse, ≥ and > positive, = by direction."""
        if row.is_reverse:
            return self._plain(ScoreMethod.REVERSE)
        if row.comparator is Comparator.EQUAL:
            return self._plain(ScoreMethod.EQUAL)
        return self._plain(ScoreMethod.POSITIVE)

    def _plain(self, method: ScoreMethod) -> Rule:
        """The scheme's usual rule of a method."""
        return self._of_rule(ScoreRule(method.value, "", method, pass_share=self.scheme.pass_share))

    def _of_rule(self, rule: ScoreRule) -> Rule:
        """The working rule of a declared one."""
        scheme, clause = self.scheme, rule.clause or self.scheme.clause
        name = rule.name or _NAMES.get(rule.method, "")
        method, share = rule.method, rule.pass_share or scheme.pass_share
        if method is ScoreMethod.EQUAL and scheme.equal is EqualFormula.LIKE_POSITIVE:
            return PositiveRule(
                rule.name or _EQUAL_LIKE_POSITIVE, clause, self.unit, share, scheme.zero_target
            )
        if method is ScoreMethod.REVERSE:
            return self._reverse(rule, clause, share)
        if method is ScoreMethod.POSITIVE:
            return PositiveRule(name, clause, self.unit, share, scheme.zero_target)
        if method is ScoreMethod.EQUAL:
            return BothWaysRule(name, clause, self.unit, share)
        if method is ScoreMethod.RANGE:
            below = PositiveRule(name, clause, self.unit, share, scheme.zero_target)
            return RangeRule(name, clause, self.unit, below, self._reverse(rule, clause, share))
        if method is ScoreMethod.STEPS:
            return StepRule(name, clause, self.unit, rule)
        if method is ScoreMethod.DEDUCTION:
            return DeductionRule(name, clause, self.unit, rule)
        return self._judged(rule, name, clause)

    def _reverse(self, rule: ScoreRule, clause: str, share: Decimal) -> ReverseRule:
        """The reverse rule in the scheme's variant."""
        name = rule.name or _REVERSE_NAMES[self.scheme.reverse]
        return ReverseRule(name, clause, self.unit, share, self.scheme.reverse)

    def _judged(self, rule: ScoreRule, name: str, clause: str) -> Rule:
        """Rules that leave a choice to people."""
        if rule.method is ScoreMethod.YES_NO:
            return YesNoRule(name, clause, self.unit, rule.words, rule.no_words)
        if rule.method is ScoreMethod.ENTERED:
            return EnteredRule(name, clause, self.unit)
        qualitative = QualitativeRule(
            _NAMES[ScoreMethod.QUALITATIVE] if rule.method is ScoreMethod.TIMELINESS else name,
            clause,
            self.unit,
            self.scheme.bands,
        )
        if rule.method is ScoreMethod.TIMELINESS:
            return DeadlineRule(name, clause, self.unit, qualitative)
        return qualitative
