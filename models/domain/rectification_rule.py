"""How a place asks for rectification (整改要求), as data of the kit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RectificationRule:
    """Rules of rectification (整改要求), domain §6.

    `deadline_days` from the opening of the task until a problem should be put right; self-evaluations that
    score below `low_score` are proposed as problems of their own. `origins` are the kinds of check a problem
    comes from, domain §6.1. `source` names the circular.
    """

    deadline_days: int = 30
    low_score: Decimal = Decimal(80)
    origins: tuple[str, ...] = (
        "绩效监控",
        "绩效自评",
        "部门评价",
        "财政评价",
        "抽查复核",
        "审计",
        "其他检查",
    )
    source: str = ""
