"""Full marks when an indicator does not apply (不适用指标的分值分配): the rest carries its points.

What is spread keeps the sum of full marks to the last hundredth: largest remainders get the odd ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from forms.scoring.inputs import IndicatorInput
from forms.scoring.marks import ZERO, round_down
from models.domain.score_rules import NotApplicable


def spread(shares: Sequence[Decimal], total: Decimal, unit: Decimal) -> list[Decimal]:
    """The total divided in proportion to `shares`, every part a multiple of `unit`, exact in sum.

    All zero shares stay as they are: there is nothing to divide by.
    """
    whole = sum(shares, ZERO)
    if whole <= ZERO:
        return list(shares)
    exact = [share * total / whole for share in shares]
    parts = [round_down(part, unit) for part in exact]
    odd = max(0, int((total - sum(parts, ZERO)) / unit))
    order = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in [index for index in order if shares[index]][:odd]:
        parts[index] += unit
    return parts


def rescaled(
    rows: Sequence[IndicatorInput],
    execution: Decimal,
    mode: NotApplicable,
    unit: Decimal,
    *,
    execution_applies: bool = True,
) -> tuple[list[Decimal | None], Decimal]:
    """Full marks of every row (None where it has none) and of budget execution, their sum unchanged.

    A row that does not apply gets None; when nothing is left to carry the points they are lost.
    """
    fulls = [row.full_score for row in rows]
    unit = min([unit, *(_unit_of(full) for full in [*fulls, execution] if full)])
    counted: list[Decimal | None] = [
        full if row.is_applicable else None for row, full in zip(rows, fulls, strict=True)
    ]
    if mode is NotApplicable.SIBLINGS:
        for level in ("second_level", "first_level"):
            fulls, counted = _to_siblings(rows, fulls, counted, level, unit)
    with_execution = mode is NotApplicable.EVERYTHING and execution_applies
    kept = [index for index, full in enumerate(counted) if full is not None]
    total = sum((full for full in fulls if full is not None), ZERO)
    shares = [counted[index] or ZERO for index in kept]
    if with_execution:
        *parts, execution = spread([*shares, execution], total + execution, unit)
    else:
        parts = spread(shares, total if execution_applies else total + execution, unit)
        execution = execution if execution_applies else ZERO
    for index, part in zip(kept, parts, strict=True):
        counted[index] = part
    return counted, execution


def _unit_of(full: Decimal) -> Decimal:
    """One in the last decimal of full marks."""
    return Decimal((0, (1,), int(full.as_tuple().exponent)))


def _to_siblings(
    rows: Sequence[IndicatorInput],
    fulls: list[Decimal | None],
    counted: list[Decimal | None],
    level: str,
    unit: Decimal,
) -> tuple[list[Decimal | None], list[Decimal | None]]:
    """Points of rows that do not apply given to the rows of their own level, where there are any."""
    fulls, counted = list(fulls), list(counted)
    for name in dict.fromkeys(str(getattr(row, level)) for row in rows):
        members = [index for index, row in enumerate(rows) if str(getattr(row, level)) == name]
        kept = [index for index in members if counted[index]]
        total = sum((fulls[index] or ZERO for index in members), ZERO)
        if not kept:
            continue
        parts = spread([counted[index] or ZERO for index in kept], total, unit)
        for index in members:
            fulls[index] = None if counted[index] is None else counted[index]
        for index, part in zip(kept, parts, strict=True):
            fulls[index] = counted[index] = part
    return fulls, counted
