"""A form read from its official layout (官方表样读取): every field and row by the labels the form itself prints.

For forms that are no table of indicators (事前评估、调整、整改、审核、汇总), and for what the others print besides
(表尾签署信息、项目代码). What has no place in the sheet, or cannot be read, is named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from forms import kinds
from forms.answers import is_blank
from forms.checks.settings import CheckSettings, SharedWords
from forms.context import FormContext
from forms.hand_filled.area import Area
from forms.hand_filled.grid import GridCell
from forms.hand_filled.head_words import HeadWords, pattern, plain_head
from forms.hand_filled.levels import placed
from forms.hand_filled.mapping import UNUSED
from forms.hand_filled.official_layout import FormLayout, Slot, TableSlots, form_layout, tight
from forms.hand_filled.official_texts import divided, is_unit, label_of, without
from forms.hand_filled.printed import NumberReader, Unreadable
from forms.hand_filled.serial_dates import day_of, last_day, may_be_day
from forms.hand_filled.stated import SheetSource, Unread
from forms.number_format import plain_number
from forms.schema import FieldKind, FieldSpec, FormSpec, TableSpec
from forms.target_adjustment_rows import CANCELLED
from forms.value_text import split_value
from models.domain.indicator import Comparator
from models.domain.money import AmountUnit

_YEARS = re.compile(r"(?:19|20)\d\d")
_WEIGHT = re.compile(r"\s*[(（]\s*([\d.]+)\s*分\s*[)）]\s*$")
_VALUE = ("comparator", "planned_value", "measure_unit")
_LEVELS = ("first_level", "second_level")
_INDENT = " \t\u3000"
_FEWEST = 2
_SHARE_OF_HEADS = 2
"""One in so many heads of a table must stand in a row for the row to be its head."""


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
        for word, label in self._other_words(self._beside):
            self._beside[word] = self._beside[label]

    def _other_words(self, labels: Collection[str]) -> Iterator[tuple[str, str]]:
        """What other places print for these labels: their word, and the form's."""
        for rule in self.words.whole_words:
            if rule.role in labels:
                yield from ((word, rule.role) for word in rule.exact if word not in labels)

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
                    self._take(slot, self.area.cell(below, column), below, column)
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
            if body.lstrip(_INDENT).startswith(before):
                rest = body.lstrip(_INDENT)[len(before) :]
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
        for key, value in self._values(slot, specs, cell, where, {}):
            if not is_blank(value) and is_blank(self.answers.get(key)):
                self.answers[key] = value

    def _values(
        self, slot: Slot, specs: list[FieldSpec], cell: GridCell, where: str, row: Mapping[str, Any]
    ) -> Iterator[tuple[str, Any]]:
        """Keys and values of a cell that may hold several."""
        printed = cell.text
        text = without(printed, slot.after)
        if text != cell.text:
            cell = GridCell(text)
        if len(specs) == 1:
            yield specs[0].key, self._value(specs[0], cell, where, row)
        elif specs and all(spec.kind is FieldKind.YEAR for spec in specs):
            years = _YEARS.findall(text)
            yield from ((spec.key, years[min(n, len(years) - 1)]) for n, spec in enumerate(specs) if years)
        elif slot.between and all(slot.between):
            found = re.fullmatch(divided(slot), text.strip(), re.DOTALL)
            for spec, part in zip(specs, found.groups() if found else (), strict=False):
                yield spec.key, self._value(spec, GridCell(part), where, row)
        else:
            yield from self._joined({spec.key: spec for spec in specs}, printed)

    def _joined(self, specs: Mapping[str, FieldSpec], text: str) -> Iterator[tuple[str, Any]]:
        """Sign, value, unit and points out of one cell: ≥12公里（10分）."""
        weighed = _WEIGHT.search(text)
        for key in specs:
            if "weight" in key and weighed:
                yield key, weighed[1]
        body = text[: weighed.start()] if weighed else text
        shared = CheckSettings(self.context.kit).find(SharedWords)
        if "comparator" in specs and shared is not None:
            parts = split_value(body, shared.signs_before, shared.signs_after)
            if parts.sign and parts.number is not None:
                yield "comparator", parts.sign
                yield "planned_value", plain_number(parts.number)
                yield "measure_unit", parts.unit
                return
            if parts.number is not None and is_unit(parts.unit):
                yield "comparator", Comparator.EQUAL.value
                yield "planned_value", plain_number(parts.number)
                yield "measure_unit", parts.unit
                return
        plain = next((key for key in specs if key.endswith("value")), "")
        if plain and body.strip():
            yield plain, body.strip()
            if "comparator" in specs:
                yield "comparator", Comparator.QUALITATIVE.value

    def _value(self, spec: FieldSpec, cell: GridCell, where: str, row: Mapping[str, Any]) -> Any:
        """The value of one field."""
        label = spec.label_in(self.context)
        if (spec.is_computed and not self.is_whole) or not cell.text.strip():
            return None
        numbers = NumberReader(self.words, self.unread)
        if spec.kind is FieldKind.MONEY:
            return numbers.amount(cell, self.unit, where, label)
        text = cell.text.strip()
        if spec.kind is FieldKind.LONG_TEXT:
            return "\n".join(line.strip(_INDENT) for line in text.splitlines())
        if spec.kind is FieldKind.WEIGHT and (number := kinds.parse_number(text)) is not None:
            return plain_number(number)
        if spec.kind is FieldKind.DATE and kinds.parse_date(text) is None:
            text = last_day(text) or self._serial_day(text) or text
        reading = kinds.read(spec, text, self.context, row)
        if reading.problem:
            self.unread.add(where, text, f"{label}：{reading.problem}", reading.remedy)
        return reading.value

    def _serial_day(self, text: str) -> str:
        """The day a bare number in a cell of dates stands for, told; "" for anything else."""
        day = day_of(text) if may_be_day(text) else None
        if day is None:
            return ""
        shown = kinds.show_date(day)
        message = f"是日期的序号，按 {shown}读取"
        self.unread.add(self.area.name, text, message, "请把单元格格式改成日期")
        return shown

    def _table(self, slots: TableSlots, taken: set[int]) -> set[int]:
        """The rows of a table, and which rows of the sheet it takes."""
        spec = self.form.table(slots.key)
        for row in self.area.rows():
            if row in taken:
                continue
            columns = self._head(slots, row)
            if columns:
                labels = {id(slot): label for label, slot in slots.heads}
                self._head_at |= {labels[id(slot)]: column for column, slot in columns.items()}
                self.found += 1
                self._places.add(spec.key)
                below = self._head_cells(slots, row + 1)
                last = row + (len(below) >= _FEWEST)
                columns = {**columns, **(below if last > row else {})}
                self._places.update(f"{spec.key}.{key}" for slot in columns.values() for key in slot.keys)
                rows = set(self._rows(spec, slots, columns, last))
                self._note_unread(row, columns, rows)
                return {row, last, *rows}
        return set()

    def _note_unread(self, head: int, columns: Mapping[int, Slot], rows: Collection[int]) -> None:
        """Name the columns of figures the form has no place for (产出得分 in a list of results)."""
        others = [
            (column, text)
            for column, text in self.area.beginning(head)
            if column not in columns and ((match := self.words.column(text)) is None or match.role != UNUSED)
        ]
        named = [
            plain_head(text)
            for column, text in others
            if any(kinds.parse_number(self.area.text(row, column)) is not None for row in rows)
        ]
        if named and self.is_whole:
            where, message = self.area.row_name(head), "这几列没有对应的内容，没有读取"
            self.unread.add(where, "、".join(named), message, "请核对后手工填写")

    def _head(self, slots: TableSlots, row: int) -> dict[int, Slot]:
        """Columns of a table whose head stands in a row; none when it does not."""
        found = self._head_cells(slots, row)
        is_narrow = len(found) > _FEWEST and len(found) * 2 > len(self.area.beginning(row))
        return found if is_narrow or len(found) >= max(_FEWEST, len(slots.heads) // _SHARE_OF_HEADS) else {}

    def _head_cells(self, slots: TableSlots, row: int) -> dict[int, Slot]:
        """The columns of a table named in a row."""
        known = dict(slots.heads)
        known |= {word: known[label] for word, label in self._other_words(dict(slots.heads))}
        told = ((column, label_of(text, known)) for column, text in self.area.beginning(row))
        return {column: known[text] for column, text in told if text in known}

    def _rows(
        self, spec: TableSpec, slots: TableSlots, columns: Mapping[int, Slot], head: int
    ) -> Iterator[int]:
        """Take the rows below a head; gives the rows of the sheet they take."""
        rows: list[dict[str, Any]] = []
        for row in self.area.rows(head + 1):
            texts = self.area.beginning(row)
            if not self._is_of_table(texts, slots, columns, row):
                break
            yield row
            values = self._row_values(spec, columns, row)
            row_id = self._fixed_id(slots.fixed, row)
            if row_id and values:
                values = {"row_id": row_id, **values}
            if values and (row_id or not slots.fixed or not spec.has_fixed_rows(self.context)):
                rows.append(values)
        if rows:
            self.answers[spec.key] = rows

    def _is_of_table(
        self, texts: list[tuple[int, str]], slots: TableSlots, columns: Mapping[int, Slot], row: int
    ) -> bool:
        """Whether a row still belongs to a table: no label of the form begins it, no total, no head of another."""
        body = [text for column, text in texts if column >= min(columns)]
        if not body or self._is_across(texts, columns, row):
            return False
        if self._fixed_id(slots.fixed, row):
            return True
        first = texts[0][1]
        if pattern(self.words.row_words.total).fullmatch(plain_head(first)) or tight(first) in self._beside:
            return False
        heads = any(self._head(other, row) for other in self.layout.tables)
        starts = any(first.strip().startswith(slot.before) for slot in self._begun)
        return not (heads or starts or tight(body[0]) in self.layout.labels)

    def _is_across(self, texts: list[tuple[int, str]], columns: Mapping[int, Slot], row: int) -> bool:
        """Whether one text stands across half the columns: a label with its words below the table, no row of it."""
        widest = max(
            sum(column <= at <= self.area.right_edge(row, column) for at in columns)
            for column, _text in texts
        )
        return widest * 2 > len(columns)

    def _fixed_id(self, ids: Mapping[str, tuple[str, ...]], row: int) -> str:
        """The id of a fixed row whose own texts stand in a row of the sheet."""
        texts = {tight(text) for _column, text in self.area.beginning(row)}
        return next((row_id for row_id, own in ids.items() if own and texts.intersection(own)), "")

    def _row_values(self, spec: TableSpec, columns: Mapping[int, Slot], row: int) -> dict[str, Any]:
        """The answers of one row."""
        values: dict[str, Any] = {}
        keys = {key for slot in columns.values() for key in slot.keys}
        levels = keys.intersection(_LEVELS)
        for column, slot in columns.items():
            if levels.intersection(slot.keys):
                continue
            cell, where = self.area.cell(row, column), self.area.cell_name(row, column)
            specs = [spec.column(key) for key in (*slot.keys, *self._beside_value(spec, slot, keys))]
            read = self._values(slot, specs, cell, where, values)
            values |= {key: value for key, value in read if not is_blank(value)}
        if CANCELLED in self._text_of(columns, "change", row):
            # The form prints nothing at the new side of a cancelled row: it is known by its old one.
            values |= {"weight": "0"} if "weight" in keys else {}
            old = _WEIGHT.sub("", self._text_of(columns, "old_value", row))
            values |= dict(
                self._joined({column.key: column for column in spec.columns if column.key in _VALUE}, old)
            )
            values |= {
                "third_level": self._text_of(columns, "old_third_level", row),
                "is_cancelled": kinds.TICKED,
            }
        return {**self._levels(spec, columns, row), **values} if levels and values else values

    def _beside_value(self, spec: TableSpec, slot: Slot, keys: Collection[str]) -> list[str]:
        """Sign and unit that are printed in one cell with the value: they have no column of their own."""
        if "planned_value" not in slot.keys:
            return []
        visible = {column.key for column in spec.visible_columns(self.context)}
        return [key for key in ("comparator", "measure_unit") if key in visible and key not in keys]

    def _levels(self, spec: TableSpec, columns: Mapping[int, Slot], row: int) -> dict[str, Any]:
        """First and second level of a row, as codes where the form keeps codes."""
        first, second = (
            pattern(r"[(（][\d.]+分?[)）]$").sub("", "".join(self._text_of(columns, key, row).split()))
            for key in _LEVELS
        )
        if not spec.is_indicator_table:
            return {"first_level": first, "second_level": second}
        at = placed(self.context.frame, first, second)
        return {"first_level": at.first, "second_level": at.second}

    def _text_of(self, columns: Mapping[int, Slot], key: str, row: int) -> str:
        """What stands in a row under a column."""
        column = next((column for column, slot in columns.items() if key in slot.keys), 0)
        return self.area.text(row, column) if column else ""
