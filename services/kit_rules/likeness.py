"""Rules of looking at points given (得分分布的规定): from how many filings on equal points everywhere are worth a look."""

from __future__ import annotations

from dataclasses import replace

from models.domain.errors import InputError
from models.domain.kit import ParameterKit
from services.kit_rules import values
from services.kit_rules.line import RuleSpec

_ENOUGH = "同一单位几份得分全部相同要提示"
LEAST, MOST = 2, 100
"""Filings: one alone is equal to itself, more than a hundred no unit has."""


def _with_enough(kit: ParameterKit, text: str) -> ParameterKit:
    count = values.read_count(text, _ENOUGH)
    if not LEAST <= count <= MOST:
        raise InputError(f"“{text[:20]}”不能用", f"请填 {LEAST} 到 {MOST} 之间的整数", _ENOUGH)
    return replace(kit, same_scores_from=count)


LIKENESS_RULES = (
    RuleSpec(
        "得分分布",
        _ENOUGH,
        "份",
        lambda kit: str(kit.same_scores_from),
        _with_enough,
        hint="一个单位有这么多份自评，得分又完全一样时，“汇总”页提示核对",
    ),
)
