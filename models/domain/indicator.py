"""Performance indicators (绩效指标): levels, comparators, direction."""

from __future__ import annotations

import enum


class IndicatorLevel(enum.IntEnum):
    """Level of an indicator (指标级次): 一级, 二级, 三级."""

    FIRST = 1
    SECOND = 2
    THIRD = 3


class Comparator(enum.StrEnum):
    """Comparator (计算符号): the value is what a file keeps, `label` what people see (domain §1.3)."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    EQUAL = "="
    MORE = ">"
    LESS = "<"
    QUALITATIVE = "qualitative"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As printed: the sign, 定性, or 其他."""
        return {"qualitative": "定性", "other": "其他"}.get(self.value, self.value)

    @property
    def is_numeric(self) -> bool:
        """Whether a number and a unit must follow."""
        return self not in (Comparator.QUALITATIVE, Comparator.OTHER)


class Direction(enum.StrEnum):
    """Direction (指标方向): whether higher or lower is better."""

    POSITIVE = "positive"
    NEGATIVE = "negative"

    @property
    def label(self) -> str:
        """正向 or 反向, as the forms print it."""
        return "正向" if self is Direction.POSITIVE else "反向"
