"""How far an actual value is from its planned one (完成率与偏离程度), the same for every rule."""

from __future__ import annotations

from decimal import Decimal

from forms.scoring.inputs import IndicatorInput
from forms.scoring.marks import ONE, ZERO
from models.domain.indicator import Comparator

_SHARES = {"%": Decimal("0.01"), "‰": Decimal("0.001")}


def as_share(number: Decimal, unit: str) -> Decimal:
    """A value in the unit bounds of the kit are written in: 92 % as 0.92, 12 公里 as 12."""
    factor = _SHARES.get(unit)
    return number * factor if factor else number


def deviation(row: IndicatorInput) -> Decimal | None:
    """(actual − planned) ÷ |planned|, below 0 for too little; None when there is nothing to compare.

    Inside a range it is 0, outside it is measured from the nearer end. Off a planned value of 0 counts
    as a whole deviation, 1.
    """
    planned, actual = row.planned_value, row.actual_value
    if planned is None or actual is None:
        return None
    if row.planned_upper is not None:
        lower, upper = sorted((planned, row.planned_upper))
        planned = min(max(actual, lower), upper)
    gap = actual - planned
    if not gap:
        return ZERO
    if not planned:
        return ONE if gap > 0 else -ONE
    return gap / abs(planned)


def reaches_planned(row: IndicatorInput) -> bool | None:
    """Whether the actual value meets sign and planned value (是否完成); None when that cannot be compared.

    > and < count as met at the planned value itself, as scores count them.
    """
    planned, actual = row.planned_value, row.actual_value
    if planned is None or actual is None:
        return None
    if row.planned_upper is not None:
        lower, upper = sorted((planned, row.planned_upper))
        return lower <= actual <= upper
    if row.is_reverse:
        return actual <= planned
    if not planned and row.comparator is Comparator.EQUAL:
        return actual <= 0
    return actual >= planned


def completion(row: IndicatorInput) -> Decimal | None:
    """Share of the planned value that was reached (完成率), beyond 1 when more; None without two numbers.

    For reverse indicators planned ÷ actual, so that more is better for every row.
    """
    planned, actual = row.planned_value, row.actual_value
    if planned is None or actual is None:
        return None
    if planned <= 0 or actual < 0 or (row.is_reverse and not actual):
        return ONE if reaches_planned(row) else ZERO
    return planned / actual if row.is_reverse else actual / planned
