"""The indicator library (绩效指标库): ready-made third-level indicators, with all one must know to use them.

Elements as official libraries have them (domain §8): what area an indicator belongs to, its place in
the tree, sign, value and unit, how it is worked out, where the value comes from and what proves it.
Built-in rows, a bureau's own in its kit, and those a unit keeps for itself share this one shape.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from models.domain.indicator import Comparator, Direction


class LibraryOrigin(enum.StrEnum):
    """Where a library indicator comes from (指标来源)."""

    BUILTIN = "builtin"
    KIT = "kit"
    UNIT = "unit"

    @property
    def label(self) -> str:
        """通用示范, 财政部门, 本单位."""
        return {"builtin": "通用示范", "kit": "财政部门", "unit": "本单位"}[self.value]


@dataclass(frozen=True, slots=True)
class LibraryIndicator:
    """One indicator of a library (指标库指标).

    `field`, `category` and `purpose` are 行业领域, 行业类别 and 资金用途; levels are codes of an indicator
    frame, the cost levels as circular 101 names them. `reference_value` is the 参考值 without sign and unit;
    where `is_sample` it only shows how a value looks, since every place fills in its own.
    """

    code: str
    name: str
    first_level: str
    second_level: str
    comparator: Comparator
    reference_value: str
    measure_unit: str = ""
    direction: Direction = Direction.POSITIVE
    is_sample: bool = False
    is_common: bool = False
    field: str = ""
    category: str = ""
    purpose: str = ""
    explanation: str = ""
    formula: str = ""
    scoring_note: str = ""
    value_source: str = ""
    evidence: str = ""
    fits_projects: str = ""
    keywords: tuple[str, ...] = ()
    is_enabled: bool = True
    origin: LibraryOrigin = LibraryOrigin.BUILTIN

    @property
    def kind_label(self) -> str:
        """共性 or 个性, as official libraries mark it."""
        return "共性" if self.is_common else "个性"

    @property
    def shown_value(self) -> str:
        """Sign, value and unit as people read them: ≥95%; qualitative values stand alone."""
        sign = self.comparator.value if self.comparator.is_numeric else ""
        return f"{sign}{self.reference_value}{self.measure_unit}"


@dataclass(frozen=True, slots=True)
class IndicatorCase:
    """A bad and a good way to write one indicator side by side (正反案例), for help while filling in.

    `codes` are the checks that speak of the bad one; `bad` and `good` are rows as answers keep them,
    by column key; `lesson` says in a sentence what makes the difference.
    """

    codes: tuple[str, ...]
    bad: tuple[tuple[str, str], ...]
    good: tuple[tuple[str, str], ...]
    lesson: str
