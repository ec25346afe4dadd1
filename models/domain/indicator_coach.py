"""Words of the indicator coach (填写建议用词): what to write instead of words nobody can measure.

Data shipped with the program beside the indicator library; the coach (`forms.coach`) only applies it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.domain.indicator import Comparator, Direction


@dataclass(frozen=True, slots=True)
class NameEnding:
    """A vague ending of an indicator's name and what takes its place (名称改写): 及时性 → 及时率."""

    ending: str
    by: str


@dataclass(frozen=True, slots=True)
class WordAdvice:
    """What to write instead of vague words (模糊用语的改法).

    `words` are looked for in value and name. The first of `endings` that the name ends with is put
    right; where none fits, `name` takes the place of the whole name. `second_levels` narrow the advice
    down (none: everywhere); an empty `value` is left for the clerk to fill in.
    """

    words: tuple[str, ...]
    endings: tuple[NameEnding, ...]
    name: str
    comparator: Comparator
    value: str
    measure_unit: str
    direction: Direction = Direction.POSITIVE
    second_levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """A kind of quantity that a name says at its end (计量种类): 长度, 面积, 人数.

    Names with one of `endings` are of this kind; `units` can measure it, alone, after 万 or before a stroke
    (平方米/人); those `offered` are proposed.
    """

    label: str
    endings: tuple[str, ...]
    units: tuple[str, ...]
    offered: tuple[str, ...]

    def measures(self, unit: str) -> bool:
        """Whether a unit can measure this kind."""
        base = unit.partition("/")[0]
        return not {unit, base, base.removeprefix("万")}.isdisjoint(self.units)


@dataclass(frozen=True, slots=True)
class CoachWords:
    """Everything the coach compares with (填写建议用词).

    `count_names` give the noun for a counted unit (人 → 人数); `measure_endings` end names that say what
    is measured; `change_words` name a change that needs one of `baseline_words` to say against what,
    and `baseline_prefix` is put before them in place of `degree_words` that tell no degree (明显提升);
    `grade_value` is a qualitative value with a scale; `kinds` tell which units fit a name.
    `copied_length` characters of a name standing in a target text by `copied_share` (0…1) are copied;
    library indicators are proposed from `neighbour_share` (0…1) of likeness on, at most `neighbours`; from
    `close_share` on they count as nearly the same.
    """

    advice: tuple[WordAdvice, ...]
    count_names: Mapping[str, str]
    measure_endings: tuple[str, ...]
    change_words: tuple[str, ...]
    baseline_words: tuple[str, ...]
    baseline_prefix: str
    grade_value: str
    copied_length: int
    copied_share: Decimal
    neighbour_share: Decimal
    close_share: Decimal
    neighbours: int
    degree_words: tuple[str, ...] = ()
    kinds: tuple[MeasureKind, ...] = ()
