"""Layout of forms that are one long list (列表式表样): head lines, a numbered table with its totals, texts below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.context import FormContext
from forms.findings import Place
from forms.schema import FieldSpec, FormSpec, Row, TableSpec
from forms.sheet import Sheet
from forms.sheet_blocks import SheetBuilder
from forms.signature_block import foot_line

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ListLayout:
    """How a list is laid out (列表版式).

    `widths` gives mm per printed column by key, `number_width` that of 序号. `head` are field keys above the
    table, two a line; `below` those under it. `totals` maps a column to the field its sum is kept in;
    `blank_rows` lines stand on a blank form.
    """

    table: str
    widths: Mapping[str, float]
    head: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    totals: Mapping[str, str] | None = None
    number_width: float = 10.0
    blank_rows: int = 6
    total_label: str = "合计"


def list_sheet(form: FormSpec, context: FormContext, answers: Answers, layout: ListLayout) -> Sheet:
    """The form as a grid; amounts in the unit told at the corner."""
    build = SheetBuilder(context)
    table = form.table(layout.table)
    columns = [column for column in table.visible_columns(context) if column.is_printed]
    widths = (layout.number_width, *(layout.widths[column.key] for column in columns))
    _fields(build, form, answers, layout.head, len(widths))
    head_row = build.row
    build.label(0, "序号")
    for number, column in enumerate(columns, 1):
        build.label(number, column.label_in(context))
    build.next_row(11.0)
    rows = [row for row in answers.get(layout.table) or () if isinstance(row, Mapping)]
    for number, row in enumerate(rows or [{}] * layout.blank_rows, 1):
        _row(build, table, columns, row, number if row else 0)
    if layout.totals is not None:
        _total_row(build, form, columns, answers, layout)
    for key in layout.below:
        spec = form.field(key)
        build.label(0, spec.label, (1, 3))
        build.answer(3, spec, answers.get(key), (1, len(widths) - 3))
        build.next_row(14.0)
    has_money = any(column.key.endswith("_fen") for column in columns)
    return Sheet(
        name=form.short_title,
        title=context.title(form),
        subtitle=f"（{context.budget_year}年度）",
        cells=tuple(build.cells),
        column_widths=widths,
        orientation=form.orientation,
        corner=f"金额单位：{context.amount_unit.label}" if has_money else "",
        head_rows=(head_row, head_row),
        foot=foot_line(context, answers),
        minimum_heights=build.minimum_heights,
    )


def _fields(build: SheetBuilder, form: FormSpec, answers: Answers, keys: Sequence[str], width: int) -> None:
    """Head fields, two a line; a single one takes the whole line."""
    for start in range(0, len(keys), 2):
        pair = keys[start : start + 2]
        half = width // 2
        places = [(0, 2, half - 2), (half, 2, width - half - 2)] if len(pair) == 2 else [(0, 2, width - 2)]
        for key, (column, label_span, answer_span) in zip(pair, places, strict=True):
            spec = form.field(key)
            build.label(column, spec.label_in(build.context), (1, label_span))
            build.answer(column + label_span, spec, answers.get(key), (1, answer_span))
        build.next_row(8.0)


def _row(build: SheetBuilder, table: TableSpec, columns: Sequence[FieldSpec], row: Row, number: int) -> None:
    """One line with its number."""
    build.label(0, str(number) if number else "")
    for index, column in enumerate(columns, 1):
        place = Place(table.key, str(row["row_id"]), column.key).path if "row_id" in row else table.key
        build.answer(index, column, row.get(column.key), place=place)
    build.next_row(8.0)


def _total_row(
    build: SheetBuilder,
    form: FormSpec,
    columns: Sequence[FieldSpec],
    answers: Answers,
    layout: ListLayout,
) -> None:
    """合计 below the list; columns without a sum stay blank."""
    totals = layout.totals or {}
    first = next(index for index, column in enumerate(columns, 1) if column.key in totals)
    build.label(0, layout.total_label, (1, first))
    for index, column in enumerate(columns[first - 1 :], first):
        key = totals.get(column.key)
        if key is None:
            build.label(index, "")
        else:
            build.answer(index, form.field(key), answers.get(key))
    build.next_row(8.0)
