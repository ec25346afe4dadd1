"""Rules of the review level by level (审核流程的规定)."""

from __future__ import annotations

from dataclasses import replace

from models.domain.kit import ParameterKit
from models.domain.review import ReviewLevel
from models.domain.review_rule import ReviewRule
from services.kit_rules.line import RuleSpec

_PRECEDENCE = {False: "不可以", True: "写明理由可以"}


def _rule(kit: ParameterKit) -> ReviewRule:
    return kit.review or ReviewRule()


def _names_department(kit: ParameterKit) -> bool:
    return any(step.level is ReviewLevel.DEPARTMENT for step in _rule(kit).steps)


def _with_precedence(kit: ParameterKit, text: str) -> ParameterKit:
    return replace(kit, review=replace(_rule(kit), bureau_may_precede=text == _PRECEDENCE[True]))


REVIEW_RULES = (
    RuleSpec(
        "逐级审核",
        "主管部门审核前财政部门能否先行办理",
        "",
        lambda kit: _PRECEDENCE[_rule(kit).bureau_may_precede],
        _with_precedence,
        lambda _kit: tuple(_PRECEDENCE.values()),
        is_there=_names_department,
    ),
)
"""Where the place's review names the department's level."""
