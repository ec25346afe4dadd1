"""Where a form prints its answers (官方表样的栏位): learned from its own sheet, filled with marks instead of answers.

The sheet is the one the workbook and the PDF are made from, so a form declared is a form that can be read back:
every cell with marks says which fields stand in it, the labels around it how it is found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from forms.answers import blank_answers
from forms.context import FormContext
from forms.hand_filled.head_words import plain_head
from forms.schema import FieldKind, FormSpec, TableSpec
from forms.sheet import Cell, CellRole
from models.domain.filing import Answers

_MARK = re.compile("\ue000(\\d+)\ue001")
_PLACE = re.compile(r"(?P<table>\w+)\[(?P<row>[^\]]*)\]\.(?P<column>\w+)")
_PROBE = "probe"
WHOLE_FORMS = (
    "ex_ante_evaluation",
    "target_adjustment",
    "rectification",
    "target_review",
    "target_summary",
    "self_evaluation_summary",
)
"""Forms that are read by their own labels alone: they are no tables of indicators with values and points."""
_LEVELS = ("first_level", "second_level")
_SUMS = ("合计", "总计")
_LABELS = (CellRole.LABEL, CellRole.LABEL_LEFT)


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell that holds answers (栏位): the keys of the fields in it, the fixed text between and around them.

    `label` is what stands left of it, or above where `is_below`; "" where the fixed text before it is its label
    (概况：…); `head` what stands over an answer in a row of sums. `shift` is how many columns right of the label it
    begins, `span` how many columns the label takes.
    """

    keys: tuple[str, ...]
    between: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    label: str = ""
    shift: int = 0
    span: int = 1
    is_below: bool = False
    head: str = ""


@dataclass(frozen=True, slots=True)
class TableSlots:
    """A table of the sheet (表格栏位): `heads` are label and column keys, from left to right.

    `fixed` gives the texts by which the rows of a form that fixes them are known, by row id.
    """

    key: str
    heads: tuple[tuple[str, Slot], ...]
    fixed: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FormLayout:
    """All of a form's places (表样栏位); `labels` are every fixed text of the sheet."""

    slots: tuple[Slot, ...]
    tables: tuple[TableSlots, ...]
    labels: frozenset[str]


@dataclass
class _Marks:
    """Marks given out for answers (占位标记)."""

    keys: list[str]

    def made(self, key: str) -> str:
        """A text no answer has, standing for one field or column."""
        self.keys.append(key)
        return f"\ue000{len(self.keys) - 1}\ue001"

    def parts(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
        """Keys in a text, what stands between them, and before and after them."""
        found = list(_MARK.finditer(text))
        keys = tuple(self.keys[int(mark[1])] for mark in found)
        between = tuple(text[left.end() : right.start()] for left, right in pairwise(found))
        return keys, between, text[: found[0].start()].strip(), text[found[-1].end() :].strip()


def form_layout(form: FormSpec, context: FormContext, known: Answers) -> FormLayout:
    """The places of a form in a kit's task; `known` are choices already read, which may decide what is printed."""
    marks = _Marks([])
    answers = _marked_answers(form, context, known, marks)
    sheet = form.build_sheet(form, context, answers)
    cells = _Cells(sheet.cells)
    slots: list[Slot] = []
    for cell in sheet.cells:
        text = str(cell.value or "")
        if _MARK.search(text) and not _PLACE.match(cell.place) and (slot := cells.slot(cell, marks)):
            slots.append(slot)
    for text in (sheet.subtitle, *sheet.foot):
        if _MARK.search(text):
            slots.append(Slot(*marks.parts(text)))
    tables = tuple(
        made
        for table in form.tables()
        if table.is_visible(context) and (made := cells.table(table, marks, answers))
    )
    texts = (
        tight(str(cell.value))
        for cell in sheet.cells
        if cell.role in _LABELS and cell.value and not cell.place
    )
    labels = frozenset(text for text in texts if text and not text.isdigit() and not _MARK.search(text))
    return FormLayout(tuple(slots), tables, labels)


def tight(text: str) -> str:
    """A text without blanks and line breaks, brackets and marks around it left aside."""
    return plain_head("".join(text.split()), keep_brackets=True)


def _marked_answers(form: FormSpec, context: FormContext, known: Answers, marks: _Marks) -> dict[str, Any]:
    """Answers that say in every cell which field it is; fixed rows and choices that decide them stay."""
    choices = {
        spec.key: known[spec.key]
        for spec in form.fields()
        if spec.kind is FieldKind.CHOICE and spec.key in known
    }
    begun = form.derive(context, {**blank_answers(form, context), **choices})
    answers: dict[str, Any] = {}
    for item in form.items():
        if not item.is_visible(context):
            continue
        if isinstance(item, TableSpec):
            rows = begun.get(item.key) or ({"row_id": _PROBE},)
            answers[item.key] = [_marked_row(item, context, row, marks) for row in rows]
        elif item.key in choices:
            answers[item.key] = choices[item.key]
        else:
            answers[item.key] = marks.made(item.key)
    return answers


def _marked_row(
    table: TableSpec, context: FormContext, row: Mapping[str, Any], marks: _Marks
) -> dict[str, Any]:
    """A row of marks; what a fixed row says of itself stays."""
    made = dict(row)
    if table.is_indicator_table or "first_level" in {column.key for column in table.columns}:
        first = context.frame.firsts[0]
        made.setdefault("first_level", first.code)
        made.setdefault("second_level", first.seconds[0].code if first.seconds else "")
    for column in table.visible_columns(context):
        is_open = column.key not in _LEVELS and not column.is_closed(context, row)
        if made.get(column.key) is None or is_open:
            made[column.key] = marks.made(column.key)
    return made


class _Cells:
    """The cells of a sheet by place (表样单元格)."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = cells
        self._at = {
            (row, column): cell
            for cell in cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }

    def slot(self, cell: Cell, marks: _Marks) -> Slot | None:
        """The place a marked cell is; None when nothing beside it says what it is."""
        keys, between, before, after = marks.parts(str(cell.value))
        if before:
            return Slot(keys, between, before, after)
        label = self._left(cell)
        if label is not None:
            shift = cell.column - label.column
            text = tight(str(label.value))
            head = self._head(cell) if text.startswith(_SUMS) else ""
            return Slot(keys, between, "", after, text, shift, label.column_span, head=head)
        above = self._at.get((cell.row - 1, cell.column))
        if above is not None and above.role in _LABELS and above.value:
            return Slot(keys, between, "", after, tight(str(above.value)), is_below=True)
        return None

    def _left(self, cell: Cell) -> Cell | None:
        """The nearest label left of a cell in its row, that begins there."""
        for column in range(cell.column - 1, -1, -1):
            found = self._at.get((cell.row, column))
            if found is not None and found.role in _LABELS and found.row == cell.row and found.value:
                return found if not _PLACE.match(found.place) else None
        return None

    def table(self, table: TableSpec, marks: _Marks, answers: Mapping[str, Any]) -> TableSlots | None:
        """The heads and fixed rows of a table; None where the sheet does not print it."""
        rows: dict[str, list[Cell]] = {}
        for cell in self._cells:
            found = _PLACE.match(cell.place)
            if found and found["table"] == table.key:
                rows.setdefault(found["row"], []).append(cell)
        if not rows:
            return None
        heads: dict[str, Slot] = {}
        for cell in sorted(
            (cell for row in rows.values() for cell in row), key=lambda one: (one.row, one.column)
        ):
            label = self._head(cell)
            if label and label not in heads:
                heads[label] = self._column(cell, marks)
        is_probed = list(rows) == [_PROBE]
        texts = {} if is_probed else {row_id: set(self._texts(cells)) for row_id, cells in rows.items()}
        times = Counter(text for own in texts.values() for text in own)
        fixed = {row_id: tuple(text for text in own if times[text] == 1) for row_id, own in texts.items()}
        return TableSlots(table.key, tuple(heads.items()), fixed)

    def _column(self, cell: Cell, marks: _Marks) -> Slot:
        """What a cell of a row holds."""
        found = _PLACE.match(cell.place)
        assert found is not None, cell.place
        if _MARK.search(str(cell.value or "")):
            return Slot(*marks.parts(str(cell.value)))
        return Slot((found["column"],))

    def _head(self, cell: Cell) -> str:
        """The label above a cell of a table, "" when there is none."""
        for row in range(cell.row - 1, -1, -1):
            above = self._at.get((row, cell.column))
            if above is not None and above.role in _LABELS and above.value and not above.place:
                return tight(str(above.value))
        return ""

    def _texts(self, cells: Iterable[Cell]) -> Iterator[str]:
        """What a fixed row says of itself: labels beside its cells, and its own texts."""
        listed = list(cells)
        row = min(cell.row for cell in listed)
        beside = [cell for cell in self._cells if cell.row == row and cell.role in _LABELS and not cell.place]
        for cell in (*beside, *listed):
            text = tight(str(cell.value or ""))
            if text and not _MARK.search(text) and not text.replace(".", "").isdigit() and cell.row_span == 1:
                yield text
