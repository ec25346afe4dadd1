"""Reading indicator rows (指标行识别): a row's levels, sign, unit and points are met again, its texts are read.

Where the kit's frame has no column for sign or unit, both are looked for in the value itself (≥50个). Levels, signs,
units and points of a county come again in every form: what they tell together is settled once. Whatever is not plainly
right is read cell by cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter
from typing import Any, NamedTuple

from forms import choices, kinds
from forms.answers import is_blank
from forms.checks.cell_looks import Looking, cell_problem, is_among, looking_at, text_in
from forms.checks.indicator_line import NUMERIC_SIGNS, IndicatorLine
from forms.checks.line_spelling import NOTHING_WRITTEN, Spelling, read_value, spelling_of
from forms.checks.settings import SharedWords
from forms.context import FormContext
from forms.remembered import by_identity
from forms.schema import Choices, FieldKind, FieldSpec, TableSpec
from forms.text_similarity import core_text
from forms.value_text import ValueParts
from models.domain.errors import KitProblem
from models.domain.indicator import Comparator
from models.domain.kit import IndicatorFrame

_NONE: frozenset[str] = frozenset()
_NO_FAULTS: Mapping[str, tuple[str, str]] = {}
_SETTLED = frozenset({"measure_unit", "weight"})
"""Columns besides those of the frame whose texts come again in every form."""
_MOST_KINDS, _MOST_TABLES = 4_096, 64
_LEVELS = frozenset({"first_level", "second_level"})

_Cells = tuple[dict[str, str], Mapping[str, tuple[str, str]], frozenset[str]]
"""Texts by column, what is wrong with them, and the columns left blank."""


class _Plan(NamedTuple):
    """How rows of a table are looked at (行的识别方式).

    `settled` are the columns met together, `plain` those of which any text of some length is right, `spelled` those
    whose texts have a form of their own, `chosen` those with something else to choose from; where there are others,
    such as money, or no levels, there is no `settled_of` and a row is looked at cell by cell.
    """

    ways: tuple[Looking, ...]
    settled: tuple[Looking, ...]
    settled_of: Callable[[Mapping[str, Any]], tuple[Any, ...]] | None
    plain: tuple[tuple[str, int], ...]
    spelled: tuple[tuple[str, int, FieldKind], ...]
    chosen: tuple[tuple[str, int, Choices], ...]


@by_identity(256)
def _plan_of(columns: tuple[FieldSpec, ...]) -> _Plan:
    """How rows of those columns are looked at."""
    ways = looking_at(columns)
    settled = tuple(way for way in ways if way.key in _SETTLED or way.choices in choices.OF_FRAME)
    rest = [way for way in ways if way not in settled]
    keys = [way.key for way in settled]
    is_whole = all(way.is_plain or way.is_spelled or way.choices is not None for way in ways)
    return _Plan(
        ways,
        settled,
        itemgetter(*keys) if is_whole and _LEVELS.issubset(keys) else None,
        tuple((way.key, way.longest) for way in rest if way.is_plain),
        tuple((way.key, way.longest, way.spec.kind) for way in rest if way.is_spelled),
        tuple((way.key, way.longest, way.choices) for way in rest if way.choices is not None),
    )


class _Kind(NamedTuple):
    """What the settled cells of a row tell (同类行): its texts, the others still blank, and what follows from them."""

    texts: dict[str, str]
    blanks: frozenset[str]
    sign: str | None
    unit: str | None
    weight: Decimal | None
    roles: frozenset[str]
    is_percent: bool


_Kinds = dict[tuple[Any, ...], _Kind]


@by_identity(16)
def _kinds_of(_frame: IndicatorFrame) -> dict[tuple[int, int], tuple[object, object, _Kinds]]:
    """The kinds of rows met under a frame, by the identity of columns and words, which are kept beside them."""
    return {}


def _kinds_met(context: FormContext, columns: tuple[FieldSpec, ...], words: SharedWords | None) -> _Kinds:
    """The kinds of rows met so far; a kit without the frame has none to remember."""
    try:
        known = _kinds_of(context.frame)
    except KitProblem:
        return {}
    entry = known.get((id(columns), id(words)))
    if entry is None:
        if len(known) >= _MOST_TABLES:
            known.clear()
        entry = known[id(columns), id(words)] = columns, words, {}
    return entry[2]


@dataclass(slots=True)
class LineReader:
    """Reads the rows of one table (指标行识别): which columns the kit uses, and the words of its settings."""

    context: FormContext
    table: TableSpec
    columns: tuple[FieldSpec, ...]
    words: SharedWords | None
    _plan: _Plan = field(init=False, repr=False)
    _spelling: Spelling | None = field(init=False, repr=False)
    _kinds: _Kinds = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._plan = _plan_of(self.columns)
        self._spelling = spelling_of(self.words) if self.words else None
        self._kinds = _kinds_met(self.context, self.columns, self.words)

    def read(self, row: Mapping[str, Any], number: int) -> IndicatorLine:
        """The line of a row; `number` counts from 1 as on screen."""
        kind = self._kind(row)
        cells = self._cells(row, kind) if kind is not None else None
        if kind is None or cells is None:
            cells = self._cell_by_cell(row)
            kind = self._told_by(row, cells)
        texts, faults, blanks = cells
        value, name = texts.get("planned_value", ""), texts.get("third_level", "")
        spelling = self._spelling
        read = spelling.value(value) if spelling else read_value(value, NOTHING_WRITTEN)
        in_name, name_key = spelling.name(name) if spelling else (NOTHING_WRITTEN, core_text(name))
        parts, amount, is_plain_number, value_key = read
        unit, is_percent = kind.unit, kind.is_percent
        if not unit:
            unit = parts.unit if unit is None else unit
            is_percent = spelling is not None and (unit or parts.unit) in spelling.percent_units
        sign = _sign_of(parts) if kind.sign is None else kind.sign
        return IndicatorLine(
            self.table, self.columns, number, str(row.get("row_id") or ""), name, value,
            texts, faults, blanks, sign, parts, in_name, amount, is_plain_number, unit, kind.weight, kind.roles,
            name_key, value_key if amount is None else f"{value_key} {unit or parts.unit}",
            is_percent, sign in NUMERIC_SIGNS, "third_level" in blanks, text_in(row.get("library_code")),
        )  # fmt: skip

    def _kind(self, row: Mapping[str, Any]) -> _Kind | None:
        """What the settled cells of a row tell; None where they are not plainly right."""
        settled_of = self._plan.settled_of
        if settled_of is None:
            return None
        try:
            cells = settled_of(row)
        except KeyError:
            cells = tuple([row.get(way.key) for way in self._plan.settled])
        try:
            found = self._kinds.get(cells)
        except TypeError:  # lists and objects are no texts
            return None
        return self._new_kind(row, cells) if found is None else found

    def _new_kind(self, row: Mapping[str, Any], cells: tuple[Any, ...]) -> _Kind | None:
        """The same of cells nobody has met."""
        if not all(cell is None or isinstance(cell, str) for cell in cells):
            return None
        texts, faults, blanks = self._looked_at(self._plan.settled, row)
        if faults:
            return None
        whole = {way.key: texts.get(way.key, "") for way in self._plan.ways}
        if len(self._kinds) >= _MOST_KINDS:
            self._kinds.clear()
        found = self._kinds[cells] = self._told_by(row, (whole, faults, blanks))
        return found

    def _told_by(self, row: Mapping[str, Any], cells: _Cells) -> _Kind:
        """What the cells of a row tell of its kind; a sign or unit without a column is none."""
        texts, _faults, blanks = cells
        weight, unit, spelling, roles = texts.get("weight"), texts.get("measure_unit"), self._spelling, _NONE
        if spelling is not None:
            roles = spelling.roles(text_in(row.get("first_level")), text_in(row.get("second_level")))
        return _Kind(
            texts,
            blanks,
            texts.get("comparator"),
            unit,
            kinds.parse_number(weight) if weight else None,
            roles,
            spelling is not None and unit in spelling.percent_units,
        )

    def _cells(self, row: Mapping[str, Any], kind: _Kind) -> _Cells | None:
        """The cells of a row of a known kind; None where one of the others is no text, or not plainly right."""
        texts, blanks, get, plan = kind.texts.copy(), kind.blanks, row.get, self._plan
        for key, longest in plan.plain:
            cell = get(key)
            if not isinstance(cell, str) or len(cell) > longest:
                return None
            texts[key] = text = cell.strip()
            if not text:
                blanks |= {key}
        for key, longest, spelled in plan.spelled:
            cell = get(key)
            if not isinstance(cell, str) or len(cell) > longest:
                return None
            texts[key] = text = cell.strip()
            if not text:
                blanks |= {key}
            elif not kinds.is_soundly_spelled(spelled, cell):
                return None
        for key, longest, options in plan.chosen:
            cell = get(key)
            if not isinstance(cell, str) or len(cell) > longest:
                return None
            texts[key] = text = cell.strip()
            if not text:
                blanks |= {key}
            elif not is_among(options(self.context, row), cell):
                return None
        return texts, _NO_FAULTS, blanks

    def _cell_by_cell(self, row: Mapping[str, Any]) -> _Cells:
        """The same of a row in which something is missing or not right."""
        return self._looked_at(self._plan.ways, row)

    def _looked_at(self, ways: tuple[Looking, ...], row: Mapping[str, Any]) -> _Cells:
        """Some cells of a row, one by one."""
        texts: dict[str, str] = {}
        faults: dict[str, tuple[str, str]] = {}
        blanks: list[str] = []
        for way in ways:
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


def _sign_of(parts: ValueParts) -> str:
    """The sign of a value written in one cell: its own, equality for a bare number, else qualitative."""
    if parts.sign:
        return parts.sign
    return Comparator.EQUAL.value if parts.number is not None else Comparator.QUALITATIVE.value
