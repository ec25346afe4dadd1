"""Marks (单行计分结果): the points of one row and how they came about, small enough for bulk scoring."""

from __future__ import annotations

import enum
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import TypeAlias

ZERO = Decimal(0)
ONE = Decimal(1)
MOST_DECIMALS = 4
"""Decimals points may have; two are usual."""


class Outcome(enum.Enum):
    """How the points of a row came about (计分情形)."""

    MET = "met"
    PROPORTION = "proportion"
    NOTHING = "nothing"
    BELOW_PASS = "below_pass"
    STEP = "step"
    PER_STEP = "per_step"
    BAND = "band"
    JUDGED = "judged"
    NOT_MET = "not_met"
    NO_PLANNED = "no_planned"
    NO_ACTUAL = "no_actual"
    UNREADABLE_PLANNED = "unreadable_planned"
    UNREADABLE_ACTUAL = "unreadable_actual"
    TO_JUDGE = "to_judge"
    NO_POINTS = "no_points"
    NOT_APPLICABLE = "not_applicable"

    __hash__ = object.__hash__
    """Each outcome is one object; whoever asks whether it is one of several asks for every row of a county."""


OPEN = frozenset(
    {
        Outcome.NO_PLANNED,
        Outcome.NO_ACTUAL,
        Outcome.UNREADABLE_PLANNED,
        Outcome.UNREADABLE_ACTUAL,
        Outcome.TO_JUDGE,
    }
)
"""Outcomes that count 0 only because something has not been filled in yet."""

UNCOUNTED = frozenset({Outcome.NO_POINTS, Outcome.NOT_APPLICABLE})
"""Outcomes of rows that are no part of the total."""

Mark: TypeAlias = tuple[Decimal, Outcome]
"""Points and how they came about; a plain tuple, because a county scores tens of thousands at once."""


def half_up(value: Decimal, unit: Decimal) -> Decimal:
    """The value rounded half up (四舍五入) to a unit such as 0.01."""
    return value.quantize(unit, ROUND_HALF_UP)


def round_down(value: Decimal, unit: Decimal) -> Decimal:
    """The value cut to a unit."""
    return value.quantize(unit, ROUND_DOWN)


def settled(value: Decimal, unit: Decimal) -> Decimal:
    """The value with the decimals of a unit; decimals it has beyond (full marks of 33.333) are kept."""
    padded = value.quantize(unit)
    return padded if padded == value else value


def within(value: Decimal, lower: Decimal, upper: Decimal) -> Decimal:
    """The value, or the end of the interval it lies beyond."""
    return max(lower, min(value, upper))
