"""Indicator lines the checks of rows have nothing to say about (无可挑剔的指标行): told by one look.

Most rows of a county ask for a plain number, with a unit, at the level it belongs to. The look is stricter than the
checks: it may only pass over what they are silent about, and a test holds it beside them. Every other line is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from forms.checks import costs, placement, rates, readability, required, values, words
from forms.checks.engine import RowCheckFunction
from forms.checks.indicator_line import HIGHER_SIGNS, IndicatorLine
from forms.checks.line_spelling import contains, spelling_of
from forms.checks.settings import CheckSettings, SatisfactionSetting, SharedWords

_SPOKEN_FOR: frozenset[RowCheckFunction] = frozenset(
    {
        required.incomplete_row,
        values.number_and_sign,
        values.unit_in_place,
        values.percentages,
        values.satisfaction,
        words.vague_words,
        placement.right_level,
        costs.reverse_sign,
        rates.percent_of_nothing,
        readability.unreadable_cells,
    }
)
"""The checks the look stands for."""

_TEXTS_REMEMBERED = 2_048
_ZERO, _HUNDRED = Decimal(0), Decimal(100)

IsPlain = Callable[[IndicatorLine], bool]


def others(of_rows: Sequence[RowCheckFunction]) -> tuple[RowCheckFunction, ...]:
    """The checks of rows that are asked of plain lines too."""
    return tuple(check for check in of_rows if check not in _SPOKEN_FOR)


class _Name(NamedTuple):
    """What a name tells (名称要点): that it is a satisfaction, something better less, a rate; that it asks for more."""

    is_satisfaction: bool
    is_reverse: bool
    is_rate: bool
    asks_for_more: bool


def look(of_rows: Sequence[RowCheckFunction], settings: CheckSettings) -> IsPlain | None:
    """The look by a kit's settings; None where they are not there, or values are not checked at all."""
    if values.number_and_sign not in of_rows:
        return None
    shared, satisfaction = settings.find(SharedWords), settings.find(SatisfactionSetting)
    return _look(shared, satisfaction) if shared is not None and satisfaction is not None else None


def _look(shared: SharedWords, satisfaction: SatisfactionSetting) -> IsPlain:
    of_name = lru_cache(_TEXTS_REMEMBERED)(_reading(shared))
    low, full = satisfaction.low, satisfaction.full

    @lru_cache(_TEXTS_REMEMBERED)
    def may_stand(roles: frozenset[str], unit: str, is_percent: bool) -> bool:
        return _may_stand(roles, unit, is_percent, shared)

    def is_plain(line: IndicatorLine) -> bool:
        amount, roles, is_percent = line.amount, line.roles, line.is_percent
        if not (line.is_plain_number and line.is_numeric) or amount is None or line.blanks or line.faults:
            return False
        if line.written.sign or line.written.unit or not may_stand(roles, line.unit, is_percent):
            return False
        name = of_name(line.name)
        if (name.asks_for_more or line.sign in HIGHER_SIGNS) and ("cost" in roles or name.is_reverse):
            return False
        is_satisfaction = "satisfaction" in roles
        if not is_percent:
            return not (is_satisfaction or name.is_satisfaction)
        if not _ZERO <= amount < _HUNDRED:
            return False
        if is_satisfaction:
            return amount >= low and amount != full
        return name.is_rate and not name.is_satisfaction

    return is_plain


def _may_stand(roles: frozenset[str], unit: str, is_percent: bool, shared: SharedWords) -> bool:
    """Whether a number with such a unit may stand at a level of such roles."""
    if unit in shared.wrong_percent_units or ("quantity" in roles and unit in shared.money_units):
        return False
    if "quality" in roles and unit.partition("/")[0] in shared.count_units:
        return False
    return "timeliness" not in roles or is_percent or unit in shared.time_units


def _reading(shared: SharedWords) -> Callable[[str], _Name]:
    """What names tell by a kit's words."""
    spelled = spelling_of(shared).name

    def read(name: str) -> _Name:
        return _Name(
            contains(name, shared.satisfaction_words),
            contains(name, shared.reverse_words),
            rates.names_a_rate(name, shared),
            spelled(name)[0].sign in HIGHER_SIGNS,
        )

    return read
