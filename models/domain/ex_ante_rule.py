"""When an ex-ante evaluation is needed (事前绩效评估的范围), as data of the kit.

Bounds differ by place (domain §2, §0.6); none of them stands in code. How one is scored: `ex_ante_scheme`, apart
from this because the desk's first picture needs the rule alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class ExAnteRule:
    """When an ex-ante evaluation is needed (事前绩效评估范围): any one condition is enough.

    `amount_fen` (分) is the bound of a budget, itself included where `inclusive`; `attributes` are the project
    attributes it is for (`new`, `continuing`), none means all. A continuing project also needs one when its
    budget grows by `growth_share` (0.30 = 30%) or by `growth_fen` (分) against last year's, themselves included
    where `growth_inclusive`; any project when it is to run for `years` years and more. None leaves a condition
    out. `exemptions` are the grounds on which none is needed, always with a reason. `form_name` is what the
    place calls the report, `source` its circular.
    """

    amount_fen: int
    inclusive: bool
    form_name: str = "事前绩效评估"
    source: str = ""
    attributes: tuple[str, ...] = ()
    growth_share: Decimal | None = None
    growth_fen: int | None = None
    growth_inclusive: bool = True
    years: int | None = None
    exemptions: tuple[str, ...] = ()


def rule_in_force(rule: ExAnteRule | None, check_settings: Any) -> ExAnteRule | None:
    """The rule with its attributes; kits issued before it had any name them in the settings of C22."""
    if rule is None or rule.attributes or not isinstance(check_settings, Mapping):
        return rule
    setting = check_settings.get("C22")
    named = setting.get("project_attributes") if isinstance(setting, Mapping) else None
    return replace(rule, attributes=tuple(str(name) for name in named)) if isinstance(named, list) else rule
