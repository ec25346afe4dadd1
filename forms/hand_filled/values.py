"""Indicator values of hand-filled tables (指标值识别): sign, number, unit and direction, wherever they were put.

The taking apart is that of the scoring engine (`forms.scoring.reading`), so that a table is judged by the very
reading it is shown with. On top of it stands what a reader must know and a scorer need not: where the sign
came from, and that a bare number states no direction at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from forms.checks.settings import SharedWords
from forms.chinese_numerals import in_figures
from forms.hand_filled.head_words import HeadWords, plain_head
from forms.kinds import parse_number
from forms.remembered import any_word
from forms.scoring.figures import Figures, FigureTexts, NameTells
from forms.scoring.reading import RowReader
from forms.value_text import led_off, split_value
from models.domain.indicator import Comparator, Direction
from models.domain.money import plain_text

_LONGEST_UNIT = 6
_MOST_REMEMBERED = 5_000
_LONGEST_VAGUE = 20
_RATIO = re.compile(r"[:/+×]\d")
_BARE_SIGN = re.compile(r"[^\w]+|[^\w]*[*×xX]+\D{0,4}")
_TENFOLDS = ("万", "亿")
_WORDED = (Comparator.QUALITATIVE.value, Comparator.OTHER.value)


class ValueTexts(NamedTuple):
    """The cells of a row that make its values (指标值原文), "" for blank."""

    name: str
    comparator: str = ""
    planned: str = ""
    measure_unit: str = ""
    direction: str = ""
    actual: str = ""
    forecast: str = ""


_Met = tuple[NameTells, bool, tuple[str, ...]]
"""What values are remembered by: of the name only what it tells, then the texts of the row."""


@dataclass(slots=True)
class ReadValues:
    """The values of a row (指标值): as in `StatedIndicator`; `is_vague`: figures that
    are no single number (约100人, 1:1). `is_fraction`: a bare actual value up to 1 was taken for a share, because a percentage was asked for.
    """

    comparator: str | None
    sign_source: str
    planned_value: Decimal | None
    planned_upper: Decimal | None
    measure_unit: str
    actual_value: Decimal | None
    forecast_value: Decimal | None
    direction: str
    is_vague: bool = False
    is_fraction: bool = False

    @property
    def is_numeric(self) -> bool:
        """Whether the sign asks for numbers."""
        return self.comparator is not None and self.comparator not in _WORDED

    def is_whole(self, actual: str, forecast: str) -> bool:
        """Whether every text asked for as a number was read as one, with nothing assumed."""
        return (
            self.planned_value is not None
            and not self.is_fraction
            and (self.actual_value is not None or not actual)
            and (self.forecast_value is not None or not forecast)
        )


@dataclass(frozen=True)
class ValueReader:
    """Reads values with the words of a kit and the dictionary of heads (指标值识别)."""

    shared: SharedWords
    words: HeadWords
    rows: RowReader
    _found: dict[_Met, ReadValues] = field(default_factory=dict, init=False, compare=False, repr=False)
    _reverse: dict[str, bool] = field(default_factory=dict, init=False, compare=False, repr=False)
    _vague_texts: dict[str, bool] = field(default_factory=dict, init=False, compare=False, repr=False)

    def read(self, texts: ValueTexts) -> ReadValues:
        """The values of a row; never an error, what is no number is None."""
        name = texts.name
        met = self.rows.name_tells(name), self._is_reverse(name), texts[1:]
        found = self._found.get(met)
        if found is None:
            if len(self._found) >= _MOST_REMEMBERED:
                self._found.clear()
            found = self._found[met] = self._read(texts)
        return found

    def _read(self, texts: ValueTexts) -> ReadValues:
        """The values of a row not met before."""
        units = self.shared.known_units
        asked, told = (led_off(in_figures(text, units)) for text in (texts.planned, texts.actual))
        texts = texts._replace(planned=asked, actual=told)
        is_vague = self._is_vague(texts.planned)
        if is_vague:
            return self._vague(texts)
        actual = _bare(texts.actual, texts.measure_unit)
        cells = FigureTexts(texts.comparator, texts.planned, texts.measure_unit, texts.direction, actual)
        read = self.rows.figures(texts.name, cells)
        comparator, source = self._sign(texts, read)
        forecast = self._alone(texts.name, cells, texts.forecast)
        done = None if self._is_vague(texts.actual) else read.actual
        if not texts.planned:
            done = self._alone(texts.name, cells, texts.actual)
        return ReadValues(
            comparator=comparator,
            sign_source=source,
            planned_value=read.planned,
            planned_upper=read.upper,
            measure_unit=self._unit(texts, read),
            actual_value=done,
            forecast_value=forecast,
            direction=self._direction(texts, read, comparator, source),
            is_fraction=any("%" in note and "请核对" in note for note in read.notes),
        )

    def _vague(self, texts: ValueTexts) -> ReadValues:
        """A planned value whose figures are no single number: kept as words, to be asked about."""
        sign = self._written(plain_text(texts.comparator)) or Comparator.OTHER.value
        return ReadValues(
            sign, "value", None, None, plain_text(texts.measure_unit), None, None, "", is_vague=True
        )

    def _is_vague(self, text: str) -> bool:
        """Whether the figures of a text are no single number: about so many, a ratio, a sign without a figure."""
        known = self._vague_texts.get(text)
        if known is None:
            if len(self._vague_texts) >= _MOST_REMEMBERED:
                self._vague_texts.clear()
            known = self._vague_texts[text] = self._has_no_number(text)
        return known

    def _has_no_number(self, text: str) -> bool:
        """The answer of `_is_vague` for a text not met before."""
        body = plain_text(text).replace(" ", "")
        if not body or len(body) > _LONGEST_VAGUE:
            return False
        parts = split_value(body, self.shared.signs_before, self.shared.signs_after)
        if parts.number is not None:
            is_about = any(parts.unit.startswith(word) for word in self.words.approximate_words)
            return is_about or _RATIO.match(parts.unit) is not None
        has_figures = any(char.isdigit() for char in body)
        if has_figures and any(body.startswith(word) for word in self.words.approximate_words):
            return True
        return bool(parts.sign) and _BARE_SIGN.fullmatch(body) is not None

    def _alone(self, name: str, cells: FigureTexts, text: str) -> Decimal | None:
        """The number of a text in the unit of the row; without a planned value, in its own."""
        if not text:
            return None
        if cells.planned:
            return self.rows.figures(name, cells._replace(actual=text)).actual
        return self.rows.figures(name, cells._replace(comparator="", planned=text, actual="")).planned

    def _sign(self, texts: ValueTexts, read: Figures) -> tuple[str | None, str]:
        """Comparator and where it comes from; (None, "") when nothing tells the direction."""
        column = plain_text(texts.comparator).replace(" ", "")
        if column and (self._written(column) or read.comparator.value in _WORDED):
            return read.comparator.value, "column"
        if not texts.planned:
            return None, ""
        if read.comparator.value in _WORDED:
            return read.comparator.value, "value"
        if self._written(texts.planned):
            if read.planned is None and not any(char.isdigit() for char in plain_text(texts.planned)):
                return Comparator.QUALITATIVE.value, "value"
            return read.comparator.value, "value"
        if self.rows.name_tells(texts.name).sign:
            return read.comparator.value, "name"
        if read.upper is not None:
            return Comparator.EQUAL.value, "value"
        return self._untold(texts, read)

    def _untold(self, texts: ValueTexts, read: Figures) -> tuple[str | None, str]:
        """The sign of a bare number: from the column of directions, else from a name that sounds reverse."""
        written = bool(texts.direction)
        if read.direction is Direction.NEGATIVE:
            return Comparator.AT_MOST.value, "direction" if written else "wording"
        if read.direction is Direction.POSITIVE and written:
            return Comparator.AT_LEAST.value, "direction"
        if self._is_reverse(texts.name):
            return Comparator.AT_MOST.value, "wording"
        return None, ""

    def _is_reverse(self, name: str) -> bool:
        """Whether a name is one of those known to be better when lower."""
        known = self._reverse.get(name)
        if known is None:
            if len(self._reverse) >= _MOST_REMEMBERED:
                self._reverse.clear()
            known = self._reverse[name] = any_word(self.words.reverse_names)(plain_head(name)) is not None
        return known

    def _written(self, text: str) -> str:
        """The sign a text itself writes, in any spelling."""
        return split_value(text, self.shared.signs_before, self.shared.signs_after).sign

    def _direction(self, texts: ValueTexts, read: Figures, comparator: str | None, source: str) -> str:
        """positive or negative where a column, a sign or the name tells; "" otherwise."""
        if texts.direction and read.direction is not None:
            return read.direction.value
        if source == "wording":
            return Direction.NEGATIVE.value
        if comparator in (Comparator.AT_MOST.value, Comparator.LESS.value):
            return Direction.NEGATIVE.value
        if comparator in (Comparator.AT_LEAST.value, Comparator.MORE.value):
            return Direction.POSITIVE.value
        return ""

    def _unit(self, texts: ValueTexts, read: Figures) -> str:
        """The unit of the row, also one the kit does not know when it is glued to a number (25TB)."""
        if read.unit or read.planned is None:
            return read.unit
        glued = split_value(texts.planned, self.shared.signs_before, self.shared.signs_after).unit
        is_unit = 0 < len(glued) <= _LONGEST_UNIT and glued.isalpha() and glued not in _TENFOLDS
        return glued if is_unit and read.upper is None else ""


def _bare(text: str, unit: str) -> str:
    """A figure without the unit its row has in a column: 11月 of 12 月 is no date."""
    bare = plain_text(text).replace(" ", "").removesuffix(plain_text(unit) or " ")
    return bare if unit and parse_number(bare) is not None else text
