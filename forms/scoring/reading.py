"""Reading rows for scoring (指标行识别): texts as people write them into numbers the rules can use.

Forms keep texts and hand-filled tables hold anything: 不少于, 98%以上, ≥266米 in the actual value, the
unit in the name, 万元 beside 元. Whatever had to be assumed is said in a note of the row; what cannot
be read stays text, and the score says that it waits (domain §1.3, §12).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, NamedTuple

from forms.checks.settings import KITS_REMEMBERED, CheckSettings, SharedWords, Words
from forms.checks.wording import clipped, number_text
from forms.chinese_numerals import in_figures
from forms.kinds import parse_number
from forms.remembered import any_word, by_identity
from forms.scoring.deadlines import read_deadline
from forms.scoring.figures import Figures, FigureTexts, NameTells
from forms.scoring.inputs import IndicatorInput, usable
from forms.scoring.measures import PERCENT, convert, is_other_pace
from forms.value_text import latin_unit, led_off, mark_in_name, split_value
from models.domain.indicator import Comparator, Direction
from models.domain.kit import ParameterKit
from models.domain.kit_json import record_from_json
from models.domain.money import plain_text
from models.domain.score_rules import ScoreMethod

_RANGE = re.compile(r"(\d[\d,]*(?:\.\d+)?)([^\d\-~—–至到]*?)(?:-|~|—|–|至|到)(\d[\d,]*(?:\.\d+)?)(\D*)")
_TENFOLDS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SHARES = ("率", "满意度", "比例", "占比")
_MOST_REMEMBERED = 10_000
_MAPPINGS = ("money_units", "levels", "level_words", "signs_before", "signs_after")
_ONE = Decimal(1)
_HUNDRED = Decimal(100)


@dataclass(slots=True, unsafe_hash=True)
class IndicatorCells:
    """One indicator as its cells hold it (指标行原文): texts, "" for blank; plain, as one is made of every row,
    and never changed, so that others may remember by it.

    `comparator` is a sign, 定性, 其他 or a code of `Comparator`; `direction` a label or code; an empty
    sign is looked for in the planned value and in the name. Everything else as in `IndicatorInput`.
    """

    row_id: str
    name: str = ""
    first_level: str = ""
    second_level: str = ""
    comparator: str = ""
    planned: str = ""
    measure_unit: str = ""
    direction: str = ""
    full_score: str = ""
    actual: str = ""
    completion: str = ""
    method: str = ""
    entered_score: str = ""
    not_applicable_reason: str = ""


class _Value(NamedTuple):
    """A planned or actual value taken apart: sign as written, number or range, and unit.

    `is_tenfold`: a bare 万 or 亿 behind the number, which was multiplied into it.
    """

    sign: str
    number: Decimal | None
    upper: Decimal | None
    unit: str
    is_tenfold: bool = False

    def unit_for(self, wanted: str) -> str:
        """The unit its number is in: a bare 万 counts what the row counts (48.5万 of 万元 are 48.5 of them)."""
        if not self.is_tenfold:
            return self.unit
        base = wanted[1:] if wanted[:1] in _TENFOLDS else wanted
        return base if base else self.unit


@dataclass(frozen=True)
class RowReader:
    """Reads rows with the words of a kit (指标行识别): which words are signs, which texts units.

    A percentage asked for from `fraction_from` on makes a bare actual value up to 1 a fraction: 0.98
    against 95 % can only mean 98 %.
    """

    words: SharedWords
    fraction_from: Decimal = Decimal(50)
    _values: dict[tuple[str, bool], _Value] = field(default_factory=dict, compare=False, repr=False)
    _names: dict[str, NameTells] = field(default_factory=dict, compare=False, repr=False)
    _figures: dict[tuple[NameTells, FigureTexts], Figures] = field(
        default_factory=dict, compare=False, repr=False
    )

    def read(self, cells: IndicatorCells) -> IndicatorInput:
        """The row to be scored; never an error, what cannot be read stays text."""
        texts = FigureTexts(
            cells.comparator, cells.planned, cells.measure_unit, cells.direction, cells.actual
        )
        figures = self.figures(cells.name, texts)
        return IndicatorInput(
            cells.row_id,
            cells.name.strip(),
            cells.first_level,
            cells.second_level,
            figures.comparator,
            figures.planned,
            figures.upper,
            cells.planned.strip(),
            figures.unit,
            figures.direction,
            parse_number(cells.full_score),
            figures.actual,
            cells.actual.strip(),
            cells.completion.strip(),
            cells.method or figures.method,
            parse_number(cells.entered_score),
            cells.not_applicable_reason.strip(),
            figures.notes,
        )

    def scored(
        self,
        row_id: str,
        name: str,
        levels: tuple[str, str],
        texts: FigureTexts,
        full_score: Decimal | None,
        entered_score: Decimal | None,
    ) -> IndicatorInput:
        """The row to be scored where its points are numbers already; those no form can hold are left out."""
        figures = self.figures(name, texts)
        return IndicatorInput(
            row_id,
            name.strip(),
            levels[0],
            levels[1],
            figures.comparator,
            figures.planned,
            figures.upper,
            texts.planned.strip(),
            figures.unit,
            figures.direction,
            _as_written(full_score),
            figures.actual,
            texts.actual.strip(),
            "",
            figures.method,
            _as_written(entered_score),
            "",
            figures.notes,
            is_looked_at=True,
        )

    def name_tells(self, name: str) -> NameTells:
        """What a name says of its value; remembered, since it is asked for in every reading of a row."""
        found = self._names.get(name)
        if found is None:
            if len(self._names) >= _MOST_REMEMBERED:
                self._names.clear()
            mark = mark_in_name(name, self.words.signs_before, self.words.known_units)
            found = self._names[name] = NameTells(
                mark.sign, mark.unit, self._sounds_reverse(name), plain_text(name).endswith(_SHARES)
            )
        return found

    def figures(self, name: str, texts: FigureTexts) -> Figures:
        """The figures of a row, remembered: of the name only what it tells counts, and rows are much alike."""
        tells = self.name_tells(name)
        found = self._figures.get((tells, texts))
        if found is None:
            if len(self._figures) >= _MOST_REMEMBERED:
                self._figures.clear()
            found = self._figures[tells, texts] = self._read_figures(texts, tells)
        return found

    def _read_figures(self, cells: FigureTexts, name: NameTells) -> Figures:
        """The figures of a row not met before."""
        column = self._column_unit(cells.measure_unit)
        planned = self._value(cells.planned, is_measured=bool(column or name.unit))
        actual = self._value(cells.actual, is_measured=bool(column or name.unit or planned.unit))
        notes: list[str] = []
        comparator, direction = self._sign(cells, planned, name, notes)
        unit = column or planned.unit or name.unit or self._share_unit(planned, actual)
        if actual.sign:
            notes.append(f"实际完成值“{clipped(cells.actual)}”带有符号“{actual.sign}”，按数字计分")
        if comparator in _WORDED:
            planned = actual = _NOTHING
        written = planned.unit_for(unit)
        goal = self._in_unit(planned.number, written, unit, "指标值", notes)
        upper = self._in_unit(planned.upper, written, unit, "指标值", notes)
        done = self._actual(actual, goal, unit, notes, is_share=_is_share(name, unit))
        goal, upper = usable(goal, "指标值", notes), usable(upper, "指标值上限", notes)
        done, method = usable(done, "实际完成值", notes), self._method(cells, comparator)
        return Figures(comparator, direction, goal, upper, unit, done, method, tuple(notes))

    def _value(self, text: str, *, is_measured: bool) -> _Value:
        """A written value taken apart, remembered: the same few texts stand in thousands of rows."""
        text = led_off(in_figures(text, self.words.known_units))
        value = self._values.get((text, is_measured))
        if value is None:
            if len(self._values) >= _MOST_REMEMBERED:
                self._values.clear()
            value = self._values[text, is_measured] = self._taken_apart(text, is_measured)
        return value

    def _taken_apart(self, text: str, is_measured: bool) -> _Value:
        """Sign, number or range, and unit of a written value; 2023.07 is a number where a unit is known."""
        plain = parse_number(text) if is_measured else None
        if plain is not None:
            return _Value("", plain, None, "")
        parts = split_value(text, self.words.signs_before, self.words.signs_after)
        body = plain_text(text).replace(" ", "")
        found = _RANGE.fullmatch(body)
        if found and read_deadline(body) is None and (unit := self._unit(found[4] or found[2])) is not None:
            first, second = parse_number(found[1]), parse_number(found[3])
            if first is not None and second is not None:
                return _Value("", min(first, second), max(first, second), unit)
        return _counted(parts.sign, parts.number, self._unit(parts.unit) or "")

    def _unit(self, rest: str) -> str | None:
        """The unit at the head of what follows a number; "" for none at all, None when it is no unit."""
        body = rest.strip("。.,;；，").partition("(")[0]
        if not body:
            return ""
        if body in self.words.wrong_percent_units:
            return PERCENT
        found = _unit_at_head(self.words.known_units)(body)
        head = found.group() if found else ""
        if not head:
            return None
        per = body[len(head) :]
        if head in _TENFOLDS and per == "/年":
            return head
        return body if per.startswith("/") and "/" not in per[1:] else head

    def _column_unit(self, text: str) -> str:
        """The unit of its own column; 百分比 and the like mean %."""
        unit = plain_text(text)
        unit = (latin_unit(unit) or unit) if unit[-1:].isascii() else unit
        return PERCENT if unit in self.words.wrong_percent_units else unit

    def _share_unit(self, planned: _Value, actual: _Value) -> str:
        """% when only the actual value writes it and the planned one can be no fraction (95 → 96%)."""
        is_percent = actual.unit == PERCENT and planned.number is not None and planned.number > _ONE
        return PERCENT if is_percent else ""

    def _sign(
        self, cells: FigureTexts, planned: _Value, name: NameTells, notes: list[str]
    ) -> tuple[Comparator, Direction | None]:
        """Sign and direction: the column, else the value, else the name; without any, as the name sounds."""
        direction = _direction(cells.direction)
        chosen = self._chosen_sign(cells.comparator)
        if chosen is not None:
            return chosen, direction
        sign = planned.sign or name.sign
        if sign:
            return Comparator(sign), direction
        if planned.number is None:
            is_time = read_deadline(cells.planned) is not None
            return Comparator.OTHER if is_time else Comparator.QUALITATIVE, direction
        if direction is None and name.sounds_reverse:
            notes.append("没有写明符号和方向，按名称判断为反向指标（越低越好）")
            return Comparator.EQUAL, Direction.NEGATIVE
        return Comparator.EQUAL, direction

    def _chosen_sign(self, text: str) -> Comparator | None:
        """The sign a column holds, in any spelling; None when it is blank or unknown."""
        body = plain_text(text).replace(" ", "")
        if body in _SIGN_CODES:
            return _SIGN_CODES[body]
        for sign, words in self.words.signs_before.items():
            if body in words or body == sign:
                return Comparator(sign)
        return None

    def _sounds_reverse(self, name: str) -> bool:
        """Whether a name speaks of something one wants less of (成本、投诉、受害率)."""
        text = plain_text(name)
        words = self.words
        if any_word(words.reverse_words)(text) is None:
            return False
        return not (any_word(words.reverse_exceptions)(text) or any_word(words.decrease_words)(text))

    def _method(self, cells: FigureTexts, comparator: Comparator) -> str:
        """Times of completion score by time whatever their sign column says; others by their sign."""
        if comparator in _WORDED and read_deadline(cells.planned) is not None:
            return ScoreMethod.TIMELINESS.value
        return ""

    def _in_unit(
        self, number: Decimal | None, written: str, unit: str, label: str, notes: list[str]
    ) -> Decimal | None:
        """A number in the unit of the row; a unit that measures something else is left as it stands."""
        if number is None or not written or written == unit:
            return number
        converted = convert(number, written, unit)
        if converted is None:
            if unit:
                notes.append(f"{label}的单位“{written}”与“{unit}”不同，按同一单位计算")
            return number
        converted = Decimal(number_text(converted))
        if converted != number:
            notes.append(f"{label} {number_text(number)}{written} 换算为 {number_text(converted)}{unit}")
        return converted

    def _actual(
        self, actual: _Value, goal: Decimal | None, unit: str, notes: list[str], *, is_share: bool
    ) -> Decimal | None:
        """The actual value in the unit of the row; 0.98 against 95 % is a fraction."""
        if actual.upper is not None:
            return None
        if is_other_pace(actual.unit, unit):
            notes.append(f"实际完成值的单位“{actual.unit}”与“{unit}”不同，不能比较")
            return None
        number = self._in_unit(actual.number, actual.unit_for(unit), unit, "实际完成值", notes)
        is_fraction = (
            is_share
            and not actual.unit
            and number is not None
            and goal is not None
            and goal >= self.fraction_from
            and 0 < number <= _ONE
        )
        if number is not None and is_fraction:
            notes.append(
                f"实际完成值 {number_text(number)} 按 {number_text(number * _HUNDRED)}% 计算，请核对"
            )
            return Decimal(number_text(number * _HUNDRED))
        return number


_NOTHING = _Value("", None, None, "")
_WORDED = (Comparator.QUALITATIVE, Comparator.OTHER)
_SIGN_CODES = {
    **{sign.value: sign for sign in Comparator},
    **{sign.label: sign for sign in Comparator},
    "定量(其他)": Comparator.OTHER,
}


def row_reader(kit: ParameterKit) -> RowReader:
    """The reader with a kit's words; a kit that spells them wrongly leaves only signs and plain numbers."""
    return RowReader(CheckSettings(kit).find(SharedWords) or _only_signs())


def _only_signs() -> SharedWords:
    """Words of a kit that has none: the signs themselves."""
    words: dict[str, Any] = {item.name: {} if item.name in _MAPPINGS else [] for item in fields(SharedWords)}
    words["signs_before"] = {sign.value: [sign.value] for sign in Comparator if sign.is_numeric}
    return record_from_json(SharedWords, words, SharedWords.LABEL)


def _as_written(number: Decimal | None) -> Decimal | None:
    """A number as a form would hold it when it is written out."""
    return None if number is None else parse_number(format(number, "f"))


def _is_share(name: NameTells, unit: str) -> bool:
    """Whether a row is about a share: by its unit, without one by a name that can be nothing else (合格率 95)."""
    return unit == PERCENT or (not unit and name.is_share)


@by_identity(KITS_REMEMBERED)
def _unit_at_head(units: Words) -> Callable[[str], re.Match[str] | None]:
    """A search for the longest known unit a text begins with."""
    longest_first = sorted((*units, *_TENFOLDS), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))).match


def _counted(sign: str, number: Decimal | None, unit: str) -> _Value:
    """A value; a bare 万 or 亿 is part of its number (5万 is 50000)."""
    if number is not None and unit in _TENFOLDS:
        return _Value(sign, number * _TENFOLDS[unit], None, "", is_tenfold=True)
    return _Value(sign, number, None, unit)


def _direction(text: str) -> Direction | None:
    """正向, 反向, 逆向, with or without 指标, or a code; None for anything else."""
    body = plain_text(text).removesuffix("指标")
    return {
        "正向": Direction.POSITIVE,
        "positive": Direction.POSITIVE,
        "反向": Direction.NEGATIVE,
        "逆向": Direction.NEGATIVE,
        "negative": Direction.NEGATIVE,
    }.get(body)
