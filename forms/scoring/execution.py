"""Budget execution (预算执行得分): spending ÷ adjusted full-year budget, never above full marks (domain §4.3).

The rate people see has two decimals of a percent; steps and caps compare with that printed rate, the
proportional score with the exact amounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from forms.checks.wording import money_text
from forms.scoring.explanation import Explanation
from forms.scoring.inputs import FundsInput
from forms.scoring.marks import ONE, ZERO, Mark, Outcome, half_up, within
from forms.scoring.wording import plain, points, share_text
from models.domain.money import AmountUnit
from models.domain.score_rules import ExecutionRule, FundsBasis, RuleStep, ZeroBudget

RATE_UNIT = Decimal("0.0001")
"""A rate is kept to one ten-thousandth: 99.10 % is 0.9910."""

_FISCAL_ONLY = FundsBasis.FISCAL_ONLY
_MET, _PROPORTION = Outcome.MET, Outcome.PROPORTION
_RULE_NAME = "预算执行率 = 全年执行数 ÷ 全年预算数（调整后），得分不超过分值"
_FISCAL_RULE_NAME = "预算执行率 = 财政拨款全年执行数 ÷ 财政拨款全年预算数（调整后），得分不超过分值"


@dataclass(frozen=True, slots=True)
class ExecutionScore:
    """The score of budget execution (预算执行得分).

    `budget` and `spending` (分) are those the scheme counts; `rate` 0…, above 1 when overspent, None
    when it cannot be told. `full_score` is 0 where the scheme or a budget of 0 takes it out. `clause` is the
    rule's own, else the scheme's; `is_fiscal` when only the fiscal appropriation was counted.
    """

    rule: ExecutionRule
    amount_unit: AmountUnit
    unit: Decimal
    full_score: Decimal
    score: Decimal
    outcome: Outcome
    budget: int | None
    spending: int | None
    rate: Decimal | None
    clause: str = ""
    is_fiscal: bool = False

    @property
    def is_open(self) -> bool:
        """Whether an amount is still missing."""
        return self.outcome in (Outcome.NO_PLANNED, Outcome.NO_ACTUAL)

    @property
    def explanation(self) -> Explanation:
        """10 × 65.07 ÷ 65.66 = 9.91, and what is left to spend."""
        return Explanation(self._formula(), self._rule_name(), self.clause, self._change())

    def _formula(self) -> str:
        if self.outcome is Outcome.NOT_APPLICABLE:
            is_unused = self.budget is None or self.budget > 0
            return (
                "本计分方案不单独计预算执行得分"
                if is_unused
                else "全年预算数为 0，预算执行不计分，分值由其他指标分担"
            )
        if self.outcome is Outcome.NO_PLANNED:
            return "没有填写全年预算数，暂按 0 分计"
        if self.outcome is Outcome.NO_ACTUAL:
            return "没有填写全年执行数，暂按 0 分计"
        if not self.budget or self.rate is None:
            return f"全年预算数为 0，按方案得 {points(self.score)} 分"
        rate, full = share_text(self.rate), plain(self.full_score)
        step = step_of(self.rule, self.rate)
        if self.rule.steps and (step is None or step.share is not None):
            share = step.share if step and step.share is not None else ZERO
            reached = f"达到 {share_text(step.bound)}，" if step else "没有达到任何一档，"
            return f"执行率 {rate}，{reached}{full} × {share_text(share)} = {points(self.score)}"
        if self.outcome is Outcome.MET:
            return f"执行率 {rate}，得满分 {full} 分"
        spending, budget = self._money(self.spending or 0), self._money(self.budget)
        return f"{full} × {spending} ÷ {budget} = {points(self.score)}（执行率 {rate}）"

    def _change(self) -> str:
        if not self.budget or self.rate is None or self.outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
            return ""
        wanted, result = ONE, "可得满分"
        step = step_of(self.rule, self.rate)
        if self.rule.steps and (step is None or step.share is not None):
            better = self.rule.steps[: self.rule.steps.index(step)] if step else self.rule.steps
            if not better:
                return ""
            wanted = min(better[-1].bound, ONE)
            result = f"执行率达到 {share_text(wanted)}，{self._gain(better[-1])}"
        return f"{self.more_to(wanted)}，{result}"

    def more_to(self, rate: Decimal) -> str:
        """再执行 2 万元（全年执行数达到 128.40 万元）: what is left to spend for a rate; "" without a budget."""
        if not self.budget:
            return ""
        goal = int((self.budget * rate).to_integral_value(ROUND_CEILING))
        missing = money_text(goal - (self.spending or 0), self.amount_unit)
        return f"再执行 {missing}（全年执行数达到 {money_text(goal, self.amount_unit)}）"

    def _rule_name(self) -> str:
        """How the rate is reckoned, on which money, and by which steps."""
        name = _FISCAL_RULE_NAME if self.is_fiscal else _RULE_NAME
        steps = "，".join(_step_words(step) for step in self.rule.steps)
        return f"{name}；分档：{steps}" if steps else name

    def _gain(self, step: RuleStep) -> str:
        share = within(step.bound if step.share is None else step.share, ZERO, ONE)
        return f"可得 {points(half_up(self.full_score * share, self.unit))} 分"

    def _money(self, fen: int) -> str:
        return money_text(fen, self.amount_unit).rpartition(" ")[0]


def _step_words(step: RuleStep) -> str:
    """执行率 80% 及以上得 80%; 按比例 for a step without a share."""
    share = "按比例计分" if step.share is None else f"得分值的 {share_text(step.share)}"
    return f"{share_text(step.bound)} 及以上{share}"


def counts_fiscal(rule: ExecutionRule, funds: FundsInput) -> bool:
    """Whether the fiscal appropriation alone is counted: the scheme says so, and it is known."""
    return rule.funds is _FISCAL_ONLY and funds.fiscal_budget is not None


def counted_funds(rule: ExecutionRule, funds: FundsInput) -> tuple[int | None, int | None]:
    """Budget and spending the scheme counts, in 分."""
    if counts_fiscal(rule, funds):
        return funds.fiscal_budget, funds.fiscal_spending
    return funds.annual_budget, funds.annual_spending


def reckon_execution(rule: ExecutionRule, full: Decimal, funds: FundsInput, unit: Decimal) -> Mark:
    """Points of budget execution; every missing, zero or negative amount is defined."""
    budget, spending = counted_funds(rule, funds)
    if not full:
        return ZERO, Outcome.NOT_APPLICABLE
    if budget is None or budget < 0:
        return ZERO, Outcome.NO_PLANNED
    if not budget:
        return (full, Outcome.MET) if rule.zero_budget is ZeroBudget.FULL_POINTS else (ZERO, Outcome.NOTHING)
    if spending is None:
        return ZERO, Outcome.NO_ACTUAL
    if rule.steps:
        return _by_steps(rule, full, budget, spending, unit)
    return _by_proportion(full, budget, spending, unit)


def _by_proportion(full: Decimal, budget: int, spending: int, unit: Decimal) -> Mark:
    """Full × spending ÷ budget, not above full marks and not below 0."""
    if spending >= budget:
        return full, _MET
    if spending <= 0:
        return ZERO, Outcome.NOTHING
    return min(half_up(full * spending / budget, unit), full), _PROPORTION


def _by_steps(rule: ExecutionRule, full: Decimal, budget: int, spending: int, unit: Decimal) -> Mark:
    """By the first step the rate reaches; 0 when it reaches none."""
    step = step_of(rule, execution_rate(budget, spending) or ZERO)
    if step is None:
        return ZERO, Outcome.NOTHING
    if step.share is None:
        return _by_proportion(full, budget, spending, unit)
    score = min(half_up(full * within(step.share, ZERO, ONE), unit), full)
    return score, Outcome.MET if score == full else Outcome.STEP


def execution_rate(budget: int | None, spending: int | None) -> Decimal | None:
    """The budget execution rate (预算执行率) to one ten-thousandth; 0 for a budget of 0, None while unknown."""
    if budget is None or budget < 0 or (spending is None and budget):
        return None
    if not budget or spending is None:
        return ZERO
    return half_up(Decimal(spending) / budget, RATE_UNIT)


def step_of(rule: ExecutionRule, rate: Decimal) -> RuleStep | None:
    """The first step whose bound the printed rate reaches."""
    return next((step for step in rule.steps if rate >= step.bound), None)
