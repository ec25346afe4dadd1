"""Tables of a form's own layout (官方表样的表格): where a table's head stands, and which rows below it are its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms import kinds
from forms.context import FormContext
from forms.hand_filled.area import Area
from forms.hand_filled.head_words import HeadWords, pattern, plain_head
from forms.hand_filled.mapping import UNUSED
from forms.hand_filled.official_layout import FormLayout, Slot, TableSlots, tight
from forms.hand_filled.official_rows import OfficialRows
from forms.hand_filled.official_texts import label_of, other_words
from forms.hand_filled.printed import Unreadable
from forms.schema import FormSpec, TableSpec

_FEWEST = 2
_SHARE_OF_HEADS = 2
"""One in so many heads of a table must stand in a row for the row to be its head."""


@dataclass(frozen=True)
class TableReading:
    """A table that was found (表格读取结果): its rows, the rows of the sheet it takes, the columns of its heads by their
    labels, and the places of the form it has."""

    rows: list[dict[str, Any]]
    taken: set[int]
    head_at: Mapping[str, int]
    places: set[str]


@dataclass(frozen=True)
class OfficialTables:
    """Finds the tables of a sheet (表格识别); `labels` are what the form and other places call its fields."""

    form: FormSpec
    context: FormContext
    area: Area
    words: HeadWords
    layout: FormLayout
    labels: Collection[str]
    rows: OfficialRows
    unread: Unreadable
    is_whole: bool

    def read(self, slots: TableSlots, taken: Collection[int]) -> TableReading | None:
        """The rows of a table, outside the rows of the sheet that are `taken`; None where it is not there."""
        spec = self.form.table(slots.key)
        for row in self.area.rows():
            if row in taken:
                continue
            columns = self._head(slots, row)
            if columns:
                labels = {id(slot): label for label, slot in slots.heads}
                head_at = {labels[id(slot)]: column for column, slot in columns.items()}
                below = self._head_cells(slots, row + 1)
                last = row + (len(below) >= _FEWEST)
                columns = {**columns, **(below if last > row else {})}
                places = {f"{spec.key}.{key}" for slot in columns.values() for key in slot.keys}
                rows = dict(self._rows(spec, slots, columns, last))
                self._note_unread(row, columns, rows)
                found = [values for values in rows.values() if values]
                return TableReading(found, {row, last, *rows}, head_at, {spec.key, *places})
        return None

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
        known |= {word: known[label] for word, label in other_words(self.words, dict(slots.heads))}
        told = ((column, label_of(text, known)) for column, text in self.area.beginning(row))
        return {column: known[text] for column, text in told if text in known}

    def _rows(
        self, spec: TableSpec, slots: TableSlots, columns: Mapping[int, Slot], head: int
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        """The rows of the sheet below a head that are the table's, each with its answers; none where nothing is kept."""
        for row in self.area.rows(head + 1):
            texts = self.area.beginning(row)
            if not self._is_of_table(texts, slots, columns, row):
                break
            values = self.rows.values(spec, columns, row)
            row_id = self._fixed_id(slots.fixed, row)
            if row_id and values:
                values = {"row_id": row_id, **values}
            is_kept = row_id or not slots.fixed or not spec.has_fixed_rows(self.context)
            yield row, values if is_kept else {}

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
        if pattern(self.words.row_words.total).fullmatch(plain_head(first)) or tight(first) in self.labels:
            return False
        heads = any(self._head(other, row) for other in self.layout.tables)
        starts = any(first.strip().startswith(slot.before) for slot in self.layout.slots if slot.before)
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
