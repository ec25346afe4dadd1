"""Indicator lines as checks read them (指标行): cells as plain text, sign, number and unit worked out once.

Where the kit's frame has no column for sign or unit, both are looked for in the value itself
(≥50个). A cell that cannot be read as its kind counts as unreadable: one check says so, the others
leave the cell alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from forms import kinds
from forms.answers import is_blank
from forms.checks.settings import SharedWords, Words
from forms.checks.wording import clipped, number_text
from forms.context import FormContext
from forms.findings import Place
from forms.schema import FieldKind, FieldSpec, TableSpec
from forms.text_similarity import core_text
from forms.value_text import ValueParts, mark_in_name, split_value
from models.domain.indicator import Comparator

NUMERIC_SIGNS = frozenset(sign.value for sign in Comparator if sign.is_numeric)
"""Signs a number must follow."""

HIGHER_SIGNS = frozenset({Comparator.AT_LEAST.value, Comparator.MORE.value})
"""Signs that ask for more."""


_NOTHING = ValueParts("", None, "")


@dataclass(frozen=True)
class LineReader:
    """Reads the rows of one table (指标行识别): which columns the kit uses, and the words of its settings."""

    context: FormContext
    table: TableSpec
    columns: tuple[FieldSpec, ...]
    words: SharedWords | None

    def read(self, row: Mapping[str, Any], number: int) -> IndicatorLine:
        """The line of a row; `number` counts from 1 as on screen."""
        problems = {
            spec.key: cell_problem(spec, row.get(spec.key), self.context, row) for spec in self.columns
        }
        faults = {key: problem for key, problem in problems.items() if problem[0]}
        texts = {key: "" if key in faults else _text(row.get(key)) for key in problems}
        value, words = texts.get("planned_value", ""), self.words
        name = texts.get("third_level", "")
        parts = split_value(value, words.signs_before, words.signs_after) if words else _NOTHING
        strict = kinds.parse_number(value)
        amount = strict if strict is not None else parts.number
        unit = texts.get("measure_unit", "") if "measure_unit" in texts else parts.unit
        chosen = texts.get("comparator") if "comparator" in texts else _sign_of(parts)
        return IndicatorLine(
            table=self.table,
            number=number,
            row_id=str(row.get("row_id") or ""),
            name=name,
            value=value,
            texts=texts,
            faults=faults,
            blanks=frozenset(key for key in problems if is_blank(row.get(key))),
            sign=chosen or "",
            written=parts,
            in_name=mark_in_name(name, words.signs_before, words.known_units) if words else _NOTHING,
            amount=amount,
            is_plain_number=strict is not None,
            unit=unit,
            weight=kinds.parse_number(texts.get("weight", "")),
            roles=_roles(row, words) if words else frozenset(),
            name_key=core_text(name),
            value_key=core_text(value) if amount is None else f"{number_text(amount)} {unit or parts.unit}",
            is_percent=words is not None and _is_percent(unit or parts.unit, words),
            library_code=_text(row.get("library_code")),
        )


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One row of an indicator table (指标行).

    `name` is the third-level name and `value` the value as written, "" while none; `sign` is the sign
    in force, "" when none; `written` what the value cell itself spells, `in_name` the sign and unit
    put into the name; `amount` the number of the value, also where sign or unit cling to it; `faults`
    what is wrong with a cell and what to do, by column; `name_key` and `value_key` are equal where
    name and value are the same whatever their spelling; `library_code` the library indicator it was taken from.
    """

    table: TableSpec
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
    library_code: str = ""
    _places: dict[str, Place] = field(default_factory=dict, compare=False, repr=False)

    @property
    def name_is_blank(self) -> bool:
        """Whether no name has been filled in."""
        return "third_level" in self.blanks

    @property
    def is_numeric(self) -> bool:
        """Whether the sign asks for a number."""
        return self.sign in NUMERIC_SIGNS

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
    if any(option.value == kept for option in spec.choices(context, row)):
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


def _roles(row: Mapping[str, Any], words: SharedWords) -> frozenset[str]:
    """What the line's levels stand for (cost, quantity …), by code, else by the words of a pasted name."""
    levels = [text for key in ("first_level", "second_level") if (text := _text(row.get(key)))]
    return frozenset(
        role
        for role, codes in words.levels.items()
        if any(level in codes or contains(level, words.level_words.get(role, ())) for level in levels)
    )


def _is_percent(unit: str, words: SharedWords) -> bool:
    """Whether a unit is a percentage, also one wrongly spelled."""
    return unit in words.percent_units or unit in words.wrong_percent_units


def contains(text: str, parts: Words) -> bool:
    """Whether any of the words stands in a text."""
    return any(part in text for part in parts)
