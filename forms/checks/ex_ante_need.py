"""C22: a budget the kit's rule asks an ex-ante evaluation for, and none is known (事前绩效评估)."""

from __future__ import annotations

from collections.abc import Iterable

from forms.checks.engine import CheckInput
from forms.context import FormContext
from forms.ex_ante_rule import ExAnteFacts, Ground, needs_ex_ante
from forms.findings import Finding, Place, Severity
from forms.kinds import is_amount
from models.domain.ex_ante_rule import ExAnteRule, rule_in_force

_ANNUAL = "annual_total_fen"
_PLACES = {"amount": _ANNUAL, "growth": _ANNUAL, "years": "period_to"}
_BOUNDS = {"amount": "标准", "growth": "增长标准", "years": "年限标准"}


def has_ex_ante_rule(context: FormContext) -> bool:
    """Whether the kit says when an ex-ante evaluation is needed."""
    return context.kit.ex_ante is not None


def ex_ante(given: CheckInput) -> Iterable[Finding]:
    """C22: by amount, growth or years; an explanation counts as exemption."""
    context = given.context
    if context.has_ex_ante_evaluation:
        return ()
    rule = rule_in_force(context.kit.ex_ante, context.kit.check_settings)
    if rule is None:
        return ()
    decision = needs_ex_ante(rule, _facts(given), context.amount_unit)
    if not decision.is_needed or decision.ground is None:
        return ()
    key = _PLACES[decision.ground.kind]
    needed = Finding(
        code="C22",
        severity=Severity.EXPLAIN,
        place=Place(key),
        subject=given.form.field(key).label,
        message=decision.sentence,
        remedy=_remedy(rule),
        why=f"{rule.source or '财政部门规定'}：{decision.ground.why}",
        values=_values(given, decision.ground),
    )
    return (needed,)


def _facts(given: CheckInput) -> ExAnteFacts:
    """What the declaration says of the project; last year's budget is the desk's, else last year's declaration's."""
    context = given.context
    declared = (context.previous_answers or {}).get(_ANNUAL)
    known = context.last_year_budget_fen
    return ExAnteFacts(
        budget_year=context.budget_year,
        amount_fen=given.amount(_ANNUAL),
        last_year_fen=known if known is not None else declared if is_amount(declared) else None,
        attribute=given.text("project_attribute"),
        period_from=given.year("period_from"),
        period_to=given.year("period_to"),
    )


def _remedy(rule: ExAnteRule) -> str:
    """What to do, with the grounds on which none is needed."""
    grounds = f"（{'；'.join(rule.exemptions)}）" if rule.exemptions else ""
    return f"请同时报送{rule.form_name}；属于免予评估的{grounds}，请写明依据"


def _values(given: CheckInput, ground: Ground) -> tuple[tuple[str, str], ...]:
    """What was compared."""
    key = _PLACES[ground.kind]
    shown = ground.words.split("，")[0]
    return ((given.form.field(key).label, shown.removeprefix("预算 ")), (_BOUNDS[ground.kind], ground.bound))
