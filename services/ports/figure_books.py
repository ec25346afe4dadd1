"""Workbooks of figures as services see them (汇总工作簿): tables of numbers with charts drawn by the spreadsheet itself."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal


class FigureFormat(enum.Enum):
    """How numbers are shown (数字格式). Money comes in 万元, rates as fractions."""

    TEXT = enum.auto()
    CODE = enum.auto()
    COUNT = enum.auto()
    MONEY = enum.auto()
    RATE = enum.auto()
    SCORE = enum.auto()


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A number that is not shown as its column's others are (单独格式)."""

    value: int | Decimal
    format: FigureFormat


Value = int | Decimal | str | FigureCell | None


@dataclass(frozen=True, slots=True)
class FigureHead:
    """A column of figures (列): words, format, and the words above it that it shares with its neighbours ("" for none)."""

    text: str
    format: FigureFormat = FigureFormat.TEXT
    over: str = ""


class ChartKind(enum.Enum):
    """How a chart is drawn (图表类型): bars lying down, the same on top of each other, columns."""

    BARS = enum.auto()
    STACKED = enum.auto()
    COLUMNS = enum.auto()


@dataclass(frozen=True, slots=True)
class FigureChart:
    """A chart over columns of its sheet (图表): `names` and `series` are column numbers from 0; totals are left out.

    `rows` are the first row and the one behind the last, counted from 0; None takes them all.
    """

    title: str
    kind: ChartKind
    names: int
    series: tuple[int, ...]
    unit: str = ""
    rows: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """One sheet of figures (汇总表页): title and note above, heads, rows, the last of them a total where `has_total`.

    Texts stay texts whatever they begin with; numbers are written exactly; None leaves a cell blank.
    """

    name: str
    title: str
    note: str
    heads: tuple[FigureHead, ...]
    rows: tuple[tuple[Value, ...], ...]
    has_total: bool = False
    charts: tuple[FigureChart, ...] = ()
