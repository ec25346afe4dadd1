"""Choices that come from domain and kit (可选项): one function per list, named in declarations."""

from __future__ import annotations

from forms.context import FormContext
from forms.remembered import by_identity
from forms.schema import Choice, Row
from models.domain.indicator import Comparator, Direction
from models.domain.kit import IndicatorFrame

PROJECT_ATTRIBUTES = (Choice("new", "新增项目"), Choice("continuing", "延续项目"))
"""Project attribute (项目属性), domain §1.1."""

_COMPARATORS = tuple(Choice(item.value, item.label) for item in Comparator)
_ALL = None
"""Stands for a row without a first level of the frame."""

_DIRECTIONS = tuple(Choice(item.value, item.label) for item in Direction)


def project_attributes(_context: FormContext, _row: Row) -> tuple[Choice, ...]:
    """新增项目 or 延续项目."""
    return PROJECT_ATTRIBUTES


def project_categories(context: FormContext, _row: Row) -> tuple[Choice, ...]:
    """Project categories (项目类别) of the kit."""
    return _named(context.kit.project_categories)


@by_identity(8)
def _named(names: tuple[str, ...]) -> tuple[Choice, ...]:
    """Choices that are called what is kept."""
    return tuple(Choice(name, name) for name in names)


def first_levels(context: FormContext, _row: Row) -> tuple[Choice, ...]:
    """First-level indicators of the frame."""
    return _levels(context.frame)[0]


def second_levels(context: FormContext, row: Row) -> tuple[Choice, ...]:
    """Second-level indicators under the row's first level; all of them while none is chosen."""
    _firsts, seconds = _levels(context.frame)
    return seconds.get(str(row.get("first_level") or ""), seconds[_ALL])


@by_identity(16)
def _levels(frame: IndicatorFrame) -> tuple[tuple[Choice, ...], dict[str | None, tuple[Choice, ...]]]:
    """The first levels of a frame, and the second levels under each and under all of them."""
    firsts = tuple(Choice(first.code, first.label) for first in frame.firsts)
    seconds: dict[str | None, tuple[Choice, ...]] = {
        first.code: tuple(Choice(second.code, second.label) for second in first.seconds)
        for first in reversed(frame.firsts)
    }
    everything = tuple(Choice(second.code, second.label) for one in frame.firsts for second in one.seconds)
    return firsts, {**seconds, _ALL: everything}


def comparators(_context: FormContext, _row: Row) -> tuple[Choice, ...]:
    """≥ ≤ = > < 定性 其他."""
    return _COMPARATORS


def directions(_context: FormContext, _row: Row) -> tuple[Choice, ...]:
    """正向 or 反向."""
    return _DIRECTIONS


OF_FRAME = frozenset({first_levels, second_levels, comparators, directions})
"""Lists that follow from the frame and a row's first level alone: what was found of a row's cells holds for the next."""
