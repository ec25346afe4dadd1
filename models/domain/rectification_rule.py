"""How a place asks for rectification (整改要求), as data of the kit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RectificationRule:
    """Rules of rectification (整改要求), domain §6.

    `deadline_days` from the opening of the task until a problem should be put right; self-evaluations that
    score below `low_score` are proposed as problems of their own. `source` names the circular.
    """

    deadline_days: int = 30
    low_score: Decimal = Decimal(80)
    source: str = ""
