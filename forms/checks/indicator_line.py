"""Indicator lines as checks read them (指标行): cells as plain text, sign, number and unit worked out once.

`forms.checks.line_reader` reads them. A cell that cannot be read as its kind counts as unreadable: one check says so,
the others leave the cell alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from forms.checks.wording import clipped
from forms.findings import Place
from forms.schema import FieldSpec, TableSpec
from forms.value_text import ValueParts
from models.domain.indicator import Comparator

NUMERIC_SIGNS = frozenset(sign.value for sign in Comparator if sign.is_numeric)
"""Signs a number must follow."""

HIGHER_SIGNS = frozenset({Comparator.AT_LEAST.value, Comparator.MORE.value})
"""Signs that ask for more."""


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
