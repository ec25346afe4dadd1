"""What the figures of a row are read from, and what they are (指标行的数字): texts, what a name tells, and the numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from models.domain.indicator import Comparator, Direction


class NameTells(NamedTuple):
    """What an indicator's name says of its value (名称里的信息): sign and unit in brackets, whether less is better.

    `is_share`: the name can be nothing but that of a share (合格率).
    """

    sign: str
    unit: str
    sounds_reverse: bool
    is_share: bool


class Figures(NamedTuple):
    """What of a row is reckoned with (指标行的数字): as in `IndicatorInput`; what is beyond any form is left out."""

    comparator: Comparator
    direction: Direction | None
    planned: Decimal | None
    upper: Decimal | None
    unit: str
    actual: Decimal | None
    method: str
    notes: tuple[str, ...]


class FigureTexts(NamedTuple):
    """The texts that make a row's figures (数字原文): sign, planned value, unit, direction and actual value."""

    comparator: str
    planned: str
    measure_unit: str
    direction: str
    actual: str
