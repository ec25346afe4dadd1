"""What every rule answers (计分规则的共同形状): points, the formula behind them, what would change them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.scoring.inputs import IndicatorInput
from forms.scoring.marks import ZERO, Mark, Outcome, settled
from forms.scoring.wording import plain, points

_MISSING = {
    (True, True): (ZERO, Outcome.NO_PLANNED),
    (True, False): (ZERO, Outcome.UNREADABLE_PLANNED),
    (False, True): (ZERO, Outcome.NO_ACTUAL),
    (False, False): (ZERO, Outcome.UNREADABLE_ACTUAL),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule bound to a scheme (计分规则); `unit` is what points are rounded to (0.01).

    `mark` gives the points of a row for full marks `full`, which are the row's own unless points of
    other rows were spread over it; `formula` and `change` put the same reckoning into words.
    """

    name: str
    clause: str
    unit: Decimal

    def mark(self, row: IndicatorInput, full: Decimal) -> Mark:
        """Points of the row, 0…full, and how they came about."""
        raise NotImplementedError

    def formula(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """The reckoning with the numbers put in: 10 × 11.20 ÷ 12 = 9.33."""
        raise NotImplementedError

    def change(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """What would bring more points; "" when nothing would."""
        raise NotImplementedError

    def bounds(self, row: IndicatorInput, full: Decimal, mark: Mark) -> tuple[Decimal, Decimal]:
        """The least and most points the rule allows; both the same where it leaves no choice."""
        return mark[0], mark[0]

    def equation(self, expression: str, mark: Mark) -> str:
        """An expression and its result: 10 × 11.20 ÷ 12 = 9.33."""
        gap = "" if expression.endswith("）") else " "
        return f"{expression}{gap}= {points(self.shown(mark[0]))}"

    def full_marks(self, reason: str, full: Decimal) -> str:
        """Why the row has full marks: 12 ≥ 12，得满分 10 分."""
        return f"{reason}，得满分 {plain(full)} 分"

    def shown(self, score: Decimal) -> Decimal:
        """Points with the decimals of the scheme."""
        return settled(score, self.unit)


def unread(row: IndicatorInput, *, needs_planned: bool = True) -> Mark:
    """The mark of a row whose planned or actual value is missing or cannot be read as a number."""
    if needs_planned and row.planned_value is None:
        return _MISSING[True, not row.planned_text.strip()]
    return _MISSING[False, not row.actual_text.strip()]
