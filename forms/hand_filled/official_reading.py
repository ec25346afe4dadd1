"""A form read from its official layout (官方表样读取): every field and row by the labels the form itself prints.

For forms that are no table of indicators (事前评估、调整、整改、审核、汇总), and for what the others print besides
(表尾签署信息、项目代码). What has no place in the sheet, or cannot be read, is named.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from forms.answers import is_blank
from forms.context import FormContext
from forms.hand_filled.area import Area
from forms.hand_filled.grid import GridCell
from forms.hand_filled.head_words import HeadWords
from forms.hand_filled.official_cells import OfficialCells
from forms.hand_filled.official_layout import FormLayout, Slot, TableSlots, form_layout, tight
from forms.hand_filled.official_rows import OfficialRows
from forms.hand_filled.official_tables import OfficialTables
from forms.hand_filled.official_texts import INDENT, label_of, other_words
from forms.hand_filled.printed import Unreadable
from forms.hand_filled.stated import SheetSource, Unread
from forms.schema import FieldKind, FormSpec
from models.domain.money import AmountUnit


@dataclass(frozen=True, slots=True)
class OfficialReading:
    """What a form's own layout gives (官方表样读取结果): `share` of the form's places that were found, 0…1.

    `places` are the fields and tables the sheet has a place for, and the columns found of its tables.
    """

    answers: Mapping[str, Any]
    notes: tuple[Unread, ...]
    share: float
    places: frozenset[str] = frozenset()


def read_official(
    form: FormSpec, context: FormContext, source: SheetSource, unit: AmountUnit, *, is_whole: bool = False
) -> OfficialReading:
    """The answers a sheet gives to a form by the form's own labels; with `is_whole` also what the form computes itself."""
    found = _Official(form, context, source.area, source.words, unit, is_whole).read()
    choices = {spec.key for spec in form.fields() if spec.kind is FieldKind.CHOICE}
    known = {key: value for key, value in found.answers.items() if key in choices}
    if not known:
        return found
    again = _Official(form, context, source.area, source.words, unit, is_whole, known=known).read()
    return replace(again, answers={**known, **again.answers})


@dataclass
class _Official:
    """One sheet being read (读取过程)."""

    form: FormSpec
    context: FormContext
    area: Area
    words: HeadWords
    unit: AmountUnit
    is_whole: bool
    answers: dict[str, Any] = field(default_factory=dict)
    unread: Unreadable = field(default_factory=Unreadable)
    found: int = 0
    layout: FormLayout = field(init=False)
    known: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.layout = form_layout(self.form, self.context, self.known)
        self._beside: dict[str, list[Slot]] = {}
        self._begun = [slot for slot in self.layout.slots if slot.before]
        self._places: set[str] = set()
        self._head_at: dict[str, int] = {}
        for slot in self.layout.slots:
            if slot.label:
                self._beside.setdefault(slot.label, []).append(slot)
        for word, label in other_words(self.words, self._beside):
            self._beside[word] = self._beside[label]
        self._cells = OfficialCells(
            self.context, self.words, self.unit, self.is_whole, self.unread, self.area.name
        )

    def read(self) -> OfficialReading:
        """Tables first, so that their rows are not taken for labels and answers."""
        taken: set[int] = set()
        for table in self.layout.tables:
            taken |= self._table(table, taken)
        for row in self.area.rows():
            if row not in taken:
                self._row(row)
        places = len(self.layout.slots) + len(self.layout.tables)
        share = self.found / places if places else 0.0
        return OfficialReading(self.answers, self.unread.found, share, frozenset(self._places))

    def _table(self, slots: TableSlots, taken: Collection[int]) -> set[int]:
        """The rows of a table; gives the rows of the sheet it takes."""
        found = self._tables().read(slots, taken)
        if found is None:
            return set()
        self.found += 1
        self._head_at |= found.head_at
        self._places |= found.places
        if found.rows:
            self.answers[slots.key] = found.rows
        return found.taken

    def _tables(self) -> OfficialTables:
        """The reader of the sheet's tables."""
        return OfficialTables(
            self.form,
            self.context,
            self.area,
            self.words,
            self.layout,
            self._beside,
            OfficialRows(self.context, self.area, self._cells),
            self.unread,
            self.is_whole,
        )

    def _row(self, row: int) -> None:
        """The fields of one row."""
        texts = self.area.beginning(row)
        for index, (column, text) in enumerate(texts):
            if self._inline(row, column, text):
                continue
            slots, times = self._beside.get(label_of(text, self.layout.labels), []), 0
            while slots and (index == 0 or slots[0].label):
                slot, times = slots[0], times + 1
                if slot.is_below:
                    below = self.area.bottom_edge(row, column) + 1
                    cell = self.area.cell(below, column)
                    # A heading (总体目标) over another one (绩效指标) has no answer; that stands below a later label.
                    if tight(cell.text) not in self.layout.labels:
                        self._take(slot, cell, below, column)
                        slots.pop(0)
                    break
                self._take(slot, *self._right(slot, row, column, texts[index + 1 :], times))
                slots.pop(0)
                if not slots or slots[0].shift <= slot.shift:
                    break

    def _right(
        self, slot: Slot, row: int, column: int, right: list[tuple[int, str]], times: int
    ) -> tuple[GridCell, int, int]:
        """The cell a label's answer stands in: at its own distance where the sheet is the form's, else the next one.

        A label that stands for several answers (原预算、调整后预算) has them one after the other: `times`.
        """
        if slot.head in self._head_at:
            at = self._head_at[slot.head]
            return self.area.cell(row, at), row, at
        if self.area.right_edge(row, column) - column + 1 == slot.span:
            at = column + slot.shift
            if not self.area.text(row, at) or self.area.grid.is_anchor(row, at):
                return self.area.cell(row, at), row, at
        open_cells = [at for at, text in right if tight(text) not in self.layout.labels]
        at = open_cells[times - 1] if times <= len(open_cells) else 0
        return (self.area.cell(row, at), row, at) if at else (GridCell(""), row, column)

    def _inline(self, row: int, column: int, text: str) -> bool:
        """A text that begins with the label of a field: 概况：…, 填报人：…"""
        body = text.replace(":", "：")
        for slot in self._begun:
            before = slot.before.replace(":", "：")
            if body.lstrip(INDENT).startswith(before):
                rest = body.lstrip(INDENT)[len(before) :]
                self._take(slot, GridCell(rest), row, column)
                self._begun.remove(slot)
                return True
        return False

    def _take(self, slot: Slot, cell: GridCell, row: int, column: int) -> None:
        """The answers of one cell."""
        self.found += 1
        self._places.update(slot.keys)
        specs = [self.form.field(key) for key in slot.keys]
        where = self.area.cell_name(row, column)
        for key, value in self._cells.values(slot, specs, cell, where, {}):
            if not is_blank(value) and is_blank(self.answers.get(key)):
                self.answers[key] = value
