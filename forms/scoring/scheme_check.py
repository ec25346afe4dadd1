"""Is a score scheme sound (计分方案检查): what a bureau should put right before it issues a kit.

Scoring itself bears any scheme (points stay within 0 and full marks); these faults make it unfair or
senseless, so a kit with one is not issued.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from forms.checks.wording import number_text
from forms.scoring.marks import MOST_DECIMALS, ONE, ZERO
from models.domain.kit import ScoreScheme
from models.domain.score_rules import OverAction, QualitativeBand, RuleStep, ScoreMethod, ScoreRule, StepBasis


def scheme_faults(scheme: ScoreScheme) -> list[str]:
    """What is wrong with a scheme, in sentences; empty when all is well."""
    return [*_points(scheme), *_grades(scheme), *_bands(scheme.bands), *_rules(scheme), *_limits(scheme)]


def _points(scheme: ScoreScheme) -> Iterator[str]:
    """Totals, decimals, and the sums of the first levels."""
    if min(scheme.declaration_total, scheme.execution_score) < 0:
        yield "分值不能小于 0"
    if not 0 <= scheme.score_decimals <= MOST_DECIMALS:
        yield f"得分的小数位数应在 0 到 {MOST_DECIMALS} 之间"
    for weights in scheme.first_level_weights:
        total = sum(weights.values(), ZERO)
        if total != scheme.declaration_total:
            yield (
                f"一级指标分值合计 {number_text(total)} 分，"
                f"与绩效指标总分 {number_text(scheme.declaration_total)} 分不一致"
            )
    if len({item.item_id for item in scheme.entered_items}) < len(scheme.entered_items):
        yield "录入项的编号重复"


def _grades(scheme: ScoreScheme) -> Iterator[str]:
    """Grades that leave no total without a name and none with two."""
    lowers = [band.lower for band in scheme.grades]
    if lowers and min(lowers) > 0:
        yield f"低于 {number_text(min(lowers))} 分的没有等级"
    if len(set(lowers)) < len(lowers):
        yield "有两个等级的分数线相同"


def _bands(bands: Sequence[QualitativeBand]) -> Iterator[str]:
    """Grades of completion from the best down, without gap or overlap."""
    if not bands:
        return
    if bands[0].upper != ONE or bands[-1].lower != ZERO:
        yield "定性指标的完成档次应从 100% 排到 0"
    for better, worse in pairwise(bands):
        if better.lower != worse.upper:
            yield f"定性指标档次“{better.name}”与“{worse.name}”的分值区间不相接"
    for band in bands:
        if not band.lower <= band.default_share <= band.upper:
            yield f"定性指标档次“{band.name}”的默认得分不在本档区间内"
        if not band.words:
            yield f"定性指标档次“{band.name}”没有写明用词"


def _rules(scheme: ScoreScheme) -> Iterator[str]:
    """Rules of single indicators."""
    if len({rule.rule_id for rule in scheme.rules}) < len(scheme.rules):
        yield "计分规则的编号重复"
    for rule in scheme.rules:
        yield from (f"计分规则“{rule.name or rule.rule_id}”：{fault}" for fault in _rule(rule))
    if scheme.execution.steps:
        steps = scheme.execution.steps
        yield from (f"预算执行率分档：{fault}" for fault in _steps(steps, rising=False))


def _rule(rule: ScoreRule) -> Iterator[str]:
    """What one rule lacks."""
    if not ZERO <= rule.pass_share <= ONE:
        yield "最低线应在 0 到 100% 之间"
    if rule.method is ScoreMethod.STEPS:
        rising = rule.basis in (StepBasis.DEVIATION, StepBasis.EXCESS)
        yield from _steps(rule.steps, rising=rising)
    if rule.method is ScoreMethod.DEDUCTION and (rule.step <= 0 or not ZERO < rule.share_per_step <= ONE):
        yield "每档的幅度和扣分比例应大于 0"
    if rule.method is ScoreMethod.YES_NO and not (rule.words and rule.no_words):
        yield "没有写明表示完成和未完成的用词"


def _steps(steps: Sequence[RuleStep], *, rising: bool) -> Iterator[str]:
    """Steps from the best to the worst, shares within 0 and 1 and never growing."""
    if not steps:
        yield "没有分档"
    bounds = [step.bound for step in steps]
    if bounds != sorted(bounds, reverse=not rising) or len(set(bounds)) < len(bounds):
        yield "分档界限应从最好的一档排到最差的一档"
    shares = [step.share for step in steps if step.share is not None]
    if any(not ZERO <= share <= ONE for share in shares) or shares != sorted(shares, reverse=True):
        yield "分档得分比例应在 0 到 100% 之间，逐档降低"


def _limits(scheme: ScoreScheme) -> Iterator[str]:
    """Caps, over-achievement and deviation."""
    for cap in scheme.caps:
        if not ZERO < cap.rate_below <= ONE or cap.most < 0:
            yield f"总分封顶：执行率 {number_text(cap.rate_below * 100)}% 或封顶分数不合理"
    caps = sorted(scheme.caps, key=lambda cap: cap.rate_below)
    if [cap.most for cap in caps] != sorted(cap.most for cap in caps):
        yield "总分封顶：执行率越低，封顶分数应越低"
    over, far = scheme.over_achievement, scheme.deviation
    if over and over.action is OverAction.DEDUCT:
        yield from (f"超额完成扣分：{fault}" for fault in _losses(over.steps, over.threshold))
    if far and (far.threshold <= 0 or far.points < 0):
        yield "偏离扣分：偏离程度应大于 0，扣分不能小于 0"


def _losses(steps: Sequence[RuleStep], threshold: Decimal) -> Iterator[str]:
    """Steps of a deduction: bounds from the threshold up, shares growing."""
    bounds, shares = [step.bound for step in steps], [step.share or ZERO for step in steps]
    if not steps or bounds != sorted(bounds) or bounds[0] < threshold:
        yield "分档界限应从起扣线往上排"
    if any(not ZERO <= share <= ONE for share in shares) or shares != sorted(shares):
        yield "扣分比例应在 0 到 100% 之间，逐档提高"
