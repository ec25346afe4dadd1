"""Whether a project needs an ex-ante evaluation (是否需要事前绩效评估), with the sentence that says why.

One answer for the matrix, the board and C22: yes, no, or not known yet.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from forms.checks.wording import money_text, percent_text
from models.domain.money import AmountUnit

if TYPE_CHECKING:
    from models.domain.ex_ante_rule import ExAnteRule

NEW, CONTINUING = "new", "continuing"
"""Project attributes (项目属性) as forms keep them."""


class ExAnteFacts(NamedTuple):
    """What is known of a project (判断依据): amounts in 分, None or "" where not known.

    `attribute` is `new` or `continuing`; the years are the first and last of the project period.
    """

    budget_year: int
    amount_fen: int | None = None
    last_year_fen: int | None = None
    attribute: str = ""
    period_from: int | None = None
    period_to: int | None = None


class Ground(NamedTuple):
    """One condition of the rule (判断条件): `kind` amount, growth or years; met, not met, or None for not known.

    `compared` is the bound that was passed or not, `why` the condition in plain words.
    """

    kind: str
    is_met: bool | None
    words: str
    bound: str
    why: str


class ExAnteDecision(NamedTuple):
    """The answer (是否需要): True, False, or None for not known yet; the sentence, and the condition that decided."""

    is_needed: bool | None
    sentence: str
    ground: Ground | None = None


def needs_ex_ante(
    rule: ExAnteRule, facts: ExAnteFacts, unit: AmountUnit = AmountUnit.WAN_YUAN
) -> ExAnteDecision:
    """Whether the rule asks for an ex-ante evaluation; amounts are spoken of in `unit`."""
    grounds = [
        ground
        for ground in (_amount(rule, facts, unit), _growth(rule, facts, unit), _years(rule, facts))
        if ground is not None
    ]
    met = next((ground for ground in grounds if ground.is_met), None)
    if met is not None:
        return ExAnteDecision(True, f"{met.words}，需要报送{rule.form_name}", met)
    unknown = next((ground for ground in grounds if ground.is_met is None), None)
    if unknown is not None:
        return ExAnteDecision(None, f"{unknown.words}，暂时不能判断是否需要报送{rule.form_name}", unknown)
    words = "；".join(ground.words for ground in grounds) or "不在任务参数包规定的范围内"
    return ExAnteDecision(False, f"{words}，不需要报送{rule.form_name}")


def _amount(rule: ExAnteRule, facts: ExAnteFacts, unit: AmountUnit) -> Ground | None:
    """The budget against the bound."""
    if rule.attributes and facts.attribute and facts.attribute not in rule.attributes:
        return None
    bound = money_text(rule.amount_fen, unit)
    whose = _whose(rule.attributes)
    why = f"预算{'达到' if rule.inclusive else '超过'} {bound}的{whose}要报送{rule.form_name}。"
    if facts.amount_fen is None:
        return Ground("amount", None, "还没有预算数", bound, why)
    budget = f"预算 {money_text(facts.amount_fen, unit)}"
    if not _passes(facts.amount_fen, rule.amount_fen, rule.inclusive):
        return Ground("amount", False, f"{budget}，{_not_over(rule.inclusive)} {bound}", bound, why)
    if rule.attributes and not facts.attribute:
        words = f"{budget}，还不知道是新增项目还是延续项目"
        return Ground("amount", None, words, bound, why)
    return Ground("amount", True, f"{budget}，{_over(rule.inclusive, bound)}", bound, why)


def _growth(rule: ExAnteRule, facts: ExAnteFacts, unit: AmountUnit) -> Ground | None:
    """The budget of a continuing project against last year's."""
    if (rule.growth_share is None and rule.growth_fen is None) or facts.attribute == NEW:
        return None
    bounds = [percent_text(rule.growth_share)] if rule.growth_share is not None else []
    bounds += [money_text(rule.growth_fen, unit)] if rule.growth_fen is not None else []
    bound = "或".join(bounds)
    verb = "达到" if rule.growth_inclusive else "超过"
    why = f"预算比上年增加{verb} {bound}的延续项目要报送{rule.form_name}。"
    amount, last = facts.amount_fen, facts.last_year_fen
    if amount is None or last is None:
        if not facts.attribute:
            return None
        return Ground("growth", None, "还没有预算数" if amount is None else "还不知道上年预算数", bound, why)
    grown = amount - last
    share = Decimal(grown) / last if last > 0 else None
    in_percent = f"（{percent_text(share)}）" if share is not None else ""
    budget = f"预算 {money_text(amount, unit)}"
    if grown <= 0:
        return Ground("growth", False, f"{budget}，没有比上年增加", bound, why)
    more = f"{budget}，比上年增加 {money_text(grown, unit)}{in_percent}"
    passed = _passed_growth(rule, grown, share, unit)
    if not passed:
        return Ground("growth", False, f"{more}，{_not_over(rule.growth_inclusive)} {bound}", bound, why)
    if not facts.attribute:
        return Ground("growth", None, f"{more}，还不知道是新增项目还是延续项目", bound, why)
    return Ground("growth", True, f"{more}，{_over(rule.growth_inclusive, passed)}", passed, why)


def _passed_growth(rule: ExAnteRule, grown: int, share: Decimal | None, unit: AmountUnit) -> str:
    """The bound of growth that was passed, "" when none was."""
    if (
        rule.growth_share is not None
        and share is not None
        and _passes(share, rule.growth_share, rule.growth_inclusive)
    ):
        return percent_text(rule.growth_share)
    if rule.growth_fen is not None and _passes(grown, rule.growth_fen, rule.growth_inclusive):
        return money_text(rule.growth_fen, unit)
    return ""


def _years(rule: ExAnteRule, facts: ExAnteFacts) -> Ground | None:
    """How long the project is still to run, this budget year included."""
    if rule.years is None:
        return None
    why = f"还要执行 {rule.years} 年以上（含 {rule.years} 年）的项目要报送{rule.form_name}。"
    bound = f"{rule.years} 年"
    if facts.period_to is None:
        return Ground("years", None, "还没有填写项目期", bound, why)
    start = max(facts.period_from or facts.budget_year, facts.budget_year)
    left = facts.period_to - start + 1
    if left < rule.years:
        return Ground("years", False, f"还要执行 {max(left, 0)} 年，没有达到 {bound}", bound, why)
    words = f"{start} 年到 {facts.period_to} 年还要执行 {left} 年，达到 {bound}"
    return Ground("years", True, words, bound, why)


def _passes(value: Decimal | int, bound: Decimal | int, inclusive: bool) -> bool:
    return value > bound or (inclusive and value == bound)


def _over(inclusive: bool, bound: str) -> str:
    return f"达到 {bound}的标准" if inclusive else f"超过 {bound}"


def _not_over(inclusive: bool) -> str:
    return "没有达到" if inclusive else "没有超过"


def _whose(attributes: tuple[str, ...]) -> str:
    if attributes == (NEW,):
        return "新增项目"
    return "延续项目" if attributes == (CONTINUING,) else "项目"
