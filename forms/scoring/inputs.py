"""What scoring is given (计分的输入): indicators and funds, numbers already read out of their texts.

`forms.scoring.reading` makes them from texts as people write them. Numbers nobody can reckon with
(infinite, beyond 10^20, full marks below 0) are dropped here and said so, so that no score ever ends
in an exception.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from decimal import Decimal

from models.domain.indicator import Comparator, Direction
from models.domain.money import MAX_FEN, AmountUnit
from models.domain.score_rules import ScoreMethod

_LARGEST_EXPONENT = 20
_FINEST_EXPONENT = -20

PLAIN_EXPONENT = -2
"""Full marks of at most two decimals need no second look after rounding to two."""


@dataclass(slots=True)
class IndicatorInput:
    """One indicator to be scored (计分指标行); nobody changes one that is made, plain because thousands are.

    `first_level`, `second_level` are codes of the frame or printed labels. `planned_value` and
    `actual_value` stand in `measure_unit`; `planned_upper` closes a range. `direction` None is the
    one the sign implies. `full_score` None is a row without points of its own (其中…). `completion`
    is a chosen grade of completion (达成, 部分达成 …); `method` names a rule of the scheme or a
    `ScoreMethod`, "" leaves it to sign and direction; `entered_score` are points a person gave where
    the rule leaves a choice, `entered_as_printed` when they are what the form prints and counts, whatever points
    other rows have given this one. `notes` say what reading had to assume, in sentences for people.
    """

    row_id: str
    name: str = ""
    first_level: str = ""
    second_level: str = ""
    comparator: Comparator = Comparator.AT_LEAST
    planned_value: Decimal | None = None
    planned_upper: Decimal | None = None
    planned_text: str = ""
    measure_unit: str = ""
    direction: Direction | None = None
    full_score: Decimal | None = None
    actual_value: Decimal | None = None
    actual_text: str = ""
    completion: str = ""
    method: str = ""
    entered_score: Decimal | None = None
    not_applicable_reason: str = ""
    notes: tuple[str, ...] = ()
    entered_as_printed: bool = False
    plain_full: Decimal | None = field(init=False, default=None, compare=False, repr=False)
    rule_key: str = field(init=False, default="", compare=False, repr=False)
    quotient: tuple[Decimal, Decimal] | None = field(init=False, default=None, compare=False, repr=False)
    is_looked_at: InitVar[bool] = False
    """Whether whoever makes the row has left out already what nobody can reckon with."""

    def __post_init__(self, is_looked_at: bool) -> None:
        """Drop what cannot be reckoned with; a range scores as one unless another method is named.

        What bulk scoring asks of every row is settled here: `plain_full`, the full marks where the row
        counts and they have at most two decimals; `rule_key`, one text of all that decides which rule it takes;
        `quotient`, planned and actual value where both are above 0.
        """
        for number in (
            ()
            if is_looked_at
            else (
                self.planned_value,
                self.planned_upper,
                self.actual_value,
                self.full_score,
                self.entered_score,
            )
        ):
            if number is not None and not is_usable(number):
                self._drop_unusable()
                break
        if self.full_score is not None and self.full_score < 0:
            self.full_score = None
            self.notes = (*self.notes, "分值小于 0，不计分")
        if self.planned_upper is not None and not self.method:
            self.method = ScoreMethod.RANGE.value
        full, planned, actual = self.full_score, self.planned_value, self.actual_value
        if full is not None and not self.not_applicable_reason and _exponent(full) >= PLAIN_EXPONENT:
            self.plain_full = full
        key = (str(len(self.method)), self.method, self.second_level, self.comparator, self.direction or "")
        self.rule_key = "\n".join(key)
        if planned is not None and actual is not None and planned > 0 and actual > 0:
            self.quotient = (planned, actual)

    def _drop_unusable(self) -> None:
        """Leave out the numbers nobody can reckon with, and say so."""
        for field_name, label in _NUMBERS:
            number = getattr(self, field_name)
            if number is not None and not is_usable(number):
                setattr(self, field_name, None)
                self.notes = (*self.notes, f"{label}超出可计算的范围，未采用")

    @property
    def is_applicable(self) -> bool:
        """Whether the indicator counts: a reason given takes it out."""
        return not self.not_applicable_reason

    @property
    def is_reverse(self) -> bool:
        """Whether less is better: the sign says so, else the direction (反向指标)."""
        if self.comparator in (Comparator.AT_MOST, Comparator.LESS):
            return True
        if self.comparator in (Comparator.AT_LEAST, Comparator.MORE):
            return False
        return self.direction is Direction.NEGATIVE


def usable(number: Decimal | None, label: str, notes: list[str]) -> Decimal | None:
    """The number, None with a note where nobody can reckon with it."""
    if number is None or is_usable(number):
        return number
    notes.append(f"{label}超出可计算的范围，未采用")
    return None


_NUMBERS = (
    ("planned_value", "指标值"),
    ("planned_upper", "指标值上限"),
    ("actual_value", "实际完成值"),
    ("full_score", "分值"),
    ("entered_score", "评定得分"),
)


def is_usable(number: Decimal) -> bool:
    """Whether a number is one a form can hold: finite, not beyond 10^20, not finer than 10^-20."""
    return number.is_finite() and (
        not number or (number.adjusted() <= _LARGEST_EXPONENT and _exponent(number) >= _FINEST_EXPONENT)
    )


def _exponent(number: Decimal) -> int:
    """The exponent of a finite number."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


@dataclass(frozen=True, slots=True)
class FundsInput:
    """The year's money (年度资金) in 分: opening budget, budget after adjustment, spending.

    The fiscal part is needed where the scheme counts the fiscal appropriation alone; `amount_unit`
    is how explanations show the amounts. None is what nobody has filled in, or no form can hold.
    """

    annual_budget: int | None = None
    annual_spending: int | None = None
    initial_budget: int | None = None
    fiscal_budget: int | None = None
    fiscal_spending: int | None = None
    amount_unit: AmountUnit = AmountUnit.WAN_YUAN

    def __post_init__(self) -> None:
        """Drop amounts beyond what the program holds."""
        for field_name in ("annual_budget", "annual_spending", "fiscal_budget", "fiscal_spending"):
            fen = getattr(self, field_name)
            if fen is not None and abs(fen) > MAX_FEN:
                object.__setattr__(self, field_name, None)
