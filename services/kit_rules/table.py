"""All rules of a kit as one list (任务参数包的规定一览), and a kit with one of them changed."""

from __future__ import annotations

from models.domain.errors import InputError
from models.domain.kit import ParameterKit
from services.kit_rules.ex_ante import EX_ANTE_RULES
from services.kit_rules.form_names import form_rules
from services.kit_rules.likeness import LIKENESS_RULES
from services.kit_rules.line import KitRule
from services.kit_rules.monitoring import MONITORING_RULES
from services.kit_rules.review import REVIEW_RULES
from services.kit_rules.signing import SIGNING_RULES
from services.kit_rules.year_end import YEAR_END_RULES


def kit_rules(kit: ParameterKit) -> tuple[KitRule, ...]:
    """Every rule that makes sense in a kit, in the order of the year, signatures and names of forms last."""
    by_year = (*REVIEW_RULES, *EX_ANTE_RULES, *MONITORING_RULES, *YEAR_END_RULES, *LIKENESS_RULES)
    specs = (*by_year, *SIGNING_RULES, *form_rules(kit))
    return tuple(KitRule(spec, spec.read(kit), spec.choices(kit)) for spec in specs if spec.is_there(kit))


def with_rule(kit: ParameterKit, rule: KitRule, text: str) -> ParameterKit:
    """The kit with a rule in other words. InputError when they do not fit; the kit is the one the rule was read from."""
    if rule.choices and text not in rule.choices:
        raise InputError(f"“{text[:20]}”不能用", f"请从“{'”“'.join(rule.choices)}”里选", rule.label)
    return rule.spec.write(kit, text)
