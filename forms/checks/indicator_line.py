"""Indicator lines as checks read them (指标行): cells as plain text, sign, number and unit worked out once.

Where the kit's frame has no column for sign or unit, both are looked for in the value itself
(≥50个). A cell that cannot be read as its kind counts as unreadable: one check says so, the others
leave the cell alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from operator import le
from typing import Any, NamedTuple

from forms import kinds
from forms.answers import is_blank
from forms.checks.settings import KITS_REMEMBERED, SharedWords, Words
from forms.checks.wording import clipped, number_text
from forms.context import FormContext
from forms.findings import Place
from forms.remembered import any_word, by_identity
from forms.schema import Choice, Choices, FieldKind, FieldSpec, TableSpec
from forms.text_similarity import core_text
from forms.value_text import ValueParts, mark_in_name, split_value
from models.domain.indicator import Comparator

NUMERIC_SIGNS = frozenset(sign.value for sign in Comparator if sign.is_numeric)
"""Signs a number must follow."""

HIGHER_SIGNS = frozenset({Comparator.AT_LEAST.value, Comparator.MORE.value})
"""Signs that ask for more."""


_NOTHING = ValueParts("", None, "")
_NONE: frozenset[str] = frozenset()
_TEXT = frozenset({str})
_TEXTS_REMEMBERED = 2_048
"""Values, names and levels of one kit kept taken apart."""


class Looking(NamedTuple):
    """How values of a field or column are looked at (内容识别方式): settled once for all rows of a county.

    `longest` is the length up to which a text needs no sentence about it, `choices` None but where there is something to choose.
    """

    key: str
    spec: FieldSpec
    longest: int
    is_plain: bool
    is_spelled: bool
    choices: Choices | None

    def is_right(self, text: str, context: FormContext, row: Mapping[str, Any]) -> bool:
        """Whether a text that is not blank plainly needs no sentence about it."""
        if len(text) > self.longest:
            return False
        if self.is_plain or (self.is_spelled and kinds.is_soundly_spelled(self.spec.kind, text)):
            return True
        return self.choices is not None and is_among(self.choices(context, row), text)


@by_identity(256)
def looking_at(specs: tuple[FieldSpec, ...]) -> tuple[Looking, ...]:
    """The fields of a form, or the columns of a table, as this kit uses them."""
    return tuple(
        Looking(
            spec.key,
            spec,
            spec.max_length or sys.maxsize,
            spec.kind in kinds.PLAIN,
            spec.kind in kinds.SPELLED,
            spec.choices if spec.kind is FieldKind.CHOICE else None,
        )
        for spec in specs
    )


class _Plan(NamedTuple):
    """How rows of a table are looked at (行的识别方式): every column, and apart from it what is asked of all at once.

    `spelled` are the columns whose texts have a form of their own, `chosen` those with something to choose; where
    there are others, such as money, a row is looked at cell by cell.
    """

    ways: tuple[Looking, ...]
    keys: tuple[str, ...]
    longest: tuple[int, ...]
    spelled: tuple[tuple[str, FieldKind], ...]
    chosen: tuple[tuple[str, Choices], ...]
    has_others: bool


@by_identity(256)
def _plan_of(columns: tuple[FieldSpec, ...]) -> _Plan:
    """How rows of those columns are looked at."""
    ways = looking_at(columns)
    keys, longest = tuple(way.key for way in ways), tuple(way.longest for way in ways)
    spelled = tuple((way.key, way.spec.kind) for way in ways if way.is_spelled)
    chosen = tuple((way.key, way.choices) for way in ways if way.choices is not None)
    has_others = len(spelled) + len(chosen) + sum(way.is_plain for way in ways) < len(ways)
    return _Plan(ways, keys, longest, spelled, chosen, has_others)


@dataclass(slots=True)
class LineReader:
    """Reads the rows of one table (指标行识别): which columns the kit uses, and the words of its settings."""

    context: FormContext
    table: TableSpec
    columns: tuple[FieldSpec, ...]
    words: SharedWords | None
    _plan: _Plan = field(init=False, repr=False)
    _spelling: _Spelling | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._plan = _plan_of(self.columns)
        self._spelling = _spelling(self.words) if self.words else None

    def read(self, row: Mapping[str, Any], number: int) -> IndicatorLine:
        """The line of a row; `number` counts from 1 as on screen."""
        texts, faults, blanks = self._cells(row)
        value, name, weight = (
            texts.get("planned_value", ""),
            texts.get("third_level", ""),
            texts.get("weight"),
        )
        spelling = self._spelling
        read = spelling.value(value) if spelling else _read_value(value, _NOTHING)
        parts, amount = read.written, read.amount
        unit = texts.get("measure_unit", parts.unit)
        sign = texts["comparator"] if "comparator" in texts else _sign_of(parts)
        unit_in_force = unit or parts.unit
        in_name, name_key = spelling.name(name) if spelling else (_NOTHING, core_text(name))
        return IndicatorLine(
            table=self.table,
            columns=self.columns,
            number=number,
            row_id=str(row.get("row_id") or ""),
            name=name,
            value=value,
            texts=texts,
            faults=faults,
            blanks=blanks,
            sign=sign,
            written=parts,
            in_name=in_name,
            amount=amount,
            is_plain_number=read.is_plain,
            unit=unit,
            weight=kinds.parse_number(weight) if weight else None,
            roles=self._roles(row),
            name_key=name_key,
            value_key=read.key if amount is None else f"{read.key} {unit_in_force}",
            is_percent=spelling is not None and unit_in_force in spelling.percent_units,
            is_numeric=sign in NUMERIC_SIGNS,
            name_is_blank="third_level" in blanks,
            library_code=_text(row.get("library_code")),
        )

    def _roles(self, row: Mapping[str, Any]) -> frozenset[str]:
        """What the levels of a row stand for."""
        if self._spelling is None:
            return _NONE
        return self._spelling.roles(_text(row.get("first_level")), _text(row.get("second_level")))

    def _cells(
        self, row: Mapping[str, Any]
    ) -> tuple[dict[str, str], dict[str, tuple[str, str]], frozenset[str]]:
        """Texts by column, what is wrong with them, and the columns left blank: all cells at once where all are right."""
        plan = self._plan
        cells: list[Any] = list(map(row.get, plan.keys))
        are_texts = not plan.has_others and _TEXT.issuperset(map(type, cells))
        if not are_texts or not all(map(le, map(len, cells), plan.longest)):
            return self._cell_by_cell(row)
        texts = dict(zip(plan.keys, map(str.strip, cells), strict=True))
        for key, kind in plan.spelled:
            if texts[key] and not kinds.is_soundly_spelled(kind, row[key]):
                return self._cell_by_cell(row)
        for key, choices in plan.chosen:
            if texts[key] and not is_among(choices(self.context, row), row[key]):
                return self._cell_by_cell(row)
        if "" not in texts.values():
            return texts, {}, _NONE
        return texts, {}, frozenset([key for key, text in texts.items() if not text])

    def _cell_by_cell(
        self, row: Mapping[str, Any]
    ) -> tuple[dict[str, str], dict[str, tuple[str, str]], frozenset[str]]:
        """The same of a row in which something is missing or not right."""
        texts: dict[str, str] = {}
        faults: dict[str, tuple[str, str]] = {}
        blanks: list[str] = []
        for way in self._plan.ways:
            key, kept = way.key, row.get(way.key)
            texts[key] = kept.strip() if isinstance(kept, str) else ""
            if is_blank(kept):
                blanks.append(key)
            if kept is None or (
                isinstance(kept, str) and (not texts[key] or way.is_right(kept, self.context, row))
            ):
                continue
            problem = cell_problem(way.spec, kept, self.context, row)
            if problem[0]:
                faults[key], texts[key] = problem, ""
        return texts, faults, frozenset(blanks) if blanks else _NONE


def is_among(options: tuple[Choice, ...], kept: str) -> bool:
    """Whether a text is one of some choices."""
    for option in options:  # noqa: SIM110  # a generator would take three times as long
        if option.value == kept:
            return True
    return False


@dataclass(slots=True)
class IndicatorLine:
    """One row of an indicator table (指标行); nobody changes one that was read.

    `name` is the third-level name and `value` the value as written, "" while none; `sign` is the sign
    in force, "" when none; `written` what the value cell itself spells, `in_name` the sign and unit
    put into the name; `columns` those the kit uses; `amount` the number of the value, also where sign or unit cling to it; `faults`
    what is wrong with a cell and what to do, by column; `name_key` and `value_key` are equal where
    name and value are the same whatever their spelling; `is_numeric` tells whether the sign asks for a number, `name_is_blank`
    whether no name has been filled in; `library_code` the library indicator it was taken from.
    """

    table: TableSpec
    columns: tuple[FieldSpec, ...]
    number: int
    row_id: str
    name: str
    value: str
    texts: Mapping[str, str]
    faults: Mapping[str, tuple[str, str]]
    blanks: frozenset[str]
    sign: str
    written: ValueParts
    in_name: ValueParts
    amount: Decimal | None
    is_plain_number: bool
    unit: str
    weight: Decimal | None
    roles: frozenset[str]
    name_key: str
    value_key: str
    is_percent: bool
    is_numeric: bool
    name_is_blank: bool
    library_code: str = ""
    _places: dict[str, Place] = field(default_factory=dict, compare=False, repr=False)

    @property
    def shown_value(self) -> str:
        """Sign, value and unit as people read them: ≥95%, 定性 明显."""
        mark = self.sign if self.is_numeric else ""
        sign = "" if self.written.sign else mark
        unit = "" if self.written.unit or not self.value else self.texts.get("measure_unit", "")
        return f"{sign}{clipped(self.value)}{unit}"

    def has(self, column: str) -> bool:
        """Whether the kit's frame uses a column."""
        return column in self.texts

    def place(self, column: str) -> Place:
        """The place of a cell of this line; remembered, since findings on whole tables name hundreds."""
        found = self._places.get(column)
        if found is None:
            found = self._places[column] = Place(self.table.key, self.row_id, column)
        return found

    def subject(self, column: str = "") -> str:
        """The cell in words: 年度绩效指标第 3 行“养护里程”的指标值; the row when no column is named."""
        name = f"“{clipped(self.name)}”" if self.name else ""
        cell = f"的{self.table.column(column).label}" if column else ""
        return f"{self.table.label}第 {self.number} 行{name}{cell}"


def cell_problem(spec: FieldSpec, kept: Any, context: FormContext, row: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with a kept value and what to do; two empty texts when nothing is."""
    problem, remedy = kinds.problem_of(spec, kept)
    if (
        problem
        or is_blank(kept)
        or spec.kind is not FieldKind.CHOICE
        or spec.is_open_choice
        or not spec.choices
    ):
        return problem, remedy
    for option in spec.choices(context, row):
        if option.value == kept:
            return "", ""
    if spec.key == "second_level" and (wrong := _elsewhere(str(kept), context, row)):
        return wrong, "请在这个一级指标下重新选择二级指标"
    return f"“{clipped(str(kept))}”不在可选范围内", "请从列表中选择"


def _elsewhere(code: str, context: FormContext, row: Mapping[str, Any]) -> str:
    """What is wrong with a second level that belongs under another first level; "" when it belongs nowhere."""
    first = context.frame.first(_text(row.get("first_level")))
    for other in context.frame.firsts:
        second = context.frame.second(other.code, code)
        if first and second:
            return f"“{second.label}”不属于“{first.label}”，属于“{other.label}”"
    return ""


def _text(value: Any) -> str:
    """A kept text without outer blanks; "" for anything else."""
    return value.strip() if isinstance(value, str) else ""


def _sign_of(parts: ValueParts) -> str:
    """The sign of a value written in one cell: its own, equality for a bare number, else qualitative."""
    if parts.sign:
        return parts.sign
    return Comparator.EQUAL.value if parts.number is not None else Comparator.QUALITATIVE.value


class _ReadValue(NamedTuple):
    """A value as written (指标值识别): its parts, its number and whether that is all there is; `key` is its number
    without needless zeros, or its words, so that equal values meet."""

    written: ValueParts
    amount: Decimal | None
    is_plain: bool
    key: str


def _read_value(text: str, parts: ValueParts) -> _ReadValue:
    """A value of which the parts are known."""
    strict = kinds.parse_number(text)
    amount = strict if strict is not None else parts.number
    key = core_text(text) if amount is None else number_text(amount)
    return _ReadValue(parts, amount, strict is not None, key)


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How values, names and levels are read with a kit's words (写法识别): remembered, since a county writes alike."""

    value: Callable[[str], _ReadValue]
    name: Callable[[str], tuple[ValueParts, str]]
    roles: Callable[[str, str], frozenset[str]]
    percent_units: frozenset[str]


@by_identity(KITS_REMEMBERED)
def _spelling(words: SharedWords) -> _Spelling:
    """The readings of one kit's words."""

    def value(text: str) -> _ReadValue:
        return _read_value(text, split_value(text, words.signs_before, words.signs_after))

    def name(text: str) -> tuple[ValueParts, str]:
        return mark_in_name(text, words.signs_before, words.known_units), core_text(text)

    def roles(first: str, second: str) -> frozenset[str]:
        return _roles([text for text in (first, second) if text], words)

    kept = lru_cache(_TEXTS_REMEMBERED)
    units = frozenset((*words.percent_units, *words.wrong_percent_units))
    return _Spelling(kept(value), kept(name), kept(roles), units)


def _roles(levels: list[str], words: SharedWords) -> frozenset[str]:
    """What the line's levels stand for (cost, quantity …), by code, else by the words of a pasted name."""
    return frozenset(
        role
        for role, codes in words.levels.items()
        if any(level in codes or contains(level, words.level_words.get(role, ())) for level in levels)
    )


def contains(text: str, parts: Words) -> bool:
    """Whether any of the words stands in a text."""
    return any_word(parts)(text) is not None
