"""Blocks that sheets are laid out from (表样的组成块): head rows and indicator blocks.

A `SheetBuilder` collects cells row by row, so that a form's own layout reads like the printed form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from forms import kinds
from forms.context import FormContext
from forms.findings import Place
from forms.indicator_table import in_frame_order, joined_value
from forms.schema import FieldKind, FieldSpec, TableSpec
from forms.sheet import Cell, CellRole
from models.domain.money import AmountUnit

_ROLES = {
    FieldKind.MONEY: CellRole.AMOUNT,
    FieldKind.WEIGHT: CellRole.NUMBER,
    FieldKind.CODE: CellRole.CODE,
    FieldKind.TEXT: CellRole.TEXT,
    FieldKind.LONG_TEXT: CellRole.TEXT,
    FieldKind.RATE: CellRole.NUMBER,
}


class SheetBuilder:
    """Collects the cells of one sheet (表样拼装)."""

    def __init__(self, context: FormContext) -> None:
        self.context = context
        self.cells: list[Cell] = []
        self.minimum_heights: dict[int, float] = {}
        self.row = 0

    def label(
        self,
        column: int,
        text: str,
        spans: tuple[int, int] = (1, 1),
        *,
        vertical: bool = False,
        left: bool = False,
    ) -> None:
        """A label of the form at the current row; `spans` is (rows, columns)."""
        role = CellRole.LABEL_LEFT if left else CellRole.LABEL
        self.cells.append(Cell(self.row, column, text, role, spans[0], spans[1], vertical))

    def answer(
        self, column: int, spec: FieldSpec, kept: Any, spans: tuple[int, int] = (1, 1), place: str = ""
    ) -> None:
        """A filled answer at the current row, typed by its kind."""
        value, role, number_format = cell_value(spec, kept, self.context)
        self.cells.append(
            Cell(self.row, column, value, role, spans[0], spans[1], False, number_format, place or spec.key)
        )

    def text(
        self,
        column: int,
        text: str,
        place: str,
        spans: tuple[int, int] = (1, 1),
        role: CellRole = CellRole.TEXT,
    ) -> None:
        """Composed text at the current row."""
        self.cells.append(Cell(self.row, column, text, role, spans[0], spans[1], place=place))

    def next_row(self, height: float = 0.0) -> None:
        """Go to the next row; `height` mm is the least height of the row left."""
        if height:
            self.minimum_heights[self.row] = height
        self.row += 1


def amount_format(unit: AmountUnit) -> str:
    """Number format of money: 元 with two decimals, 万元 with up to six, so that no 分 is lost."""
    return "#,##0.00" if unit is AmountUnit.YUAN else "#,##0.00####"


def cell_value(spec: FieldSpec, kept: Any, context: FormContext) -> tuple[Any, CellRole, str]:
    """Value, role and number format of an answer's cell; what is no number stays text."""
    role = _ROLES.get(spec.kind, CellRole.CENTERED)
    if spec.kind is FieldKind.MONEY and isinstance(kept, int):
        return Decimal(kept) / context.amount_unit.value, role, amount_format(context.amount_unit)
    if spec.kind in (FieldKind.WEIGHT, FieldKind.PLANNED_VALUE) and kept is not None:
        number = kinds.parse_number(str(kept))
        if number is not None:
            decimals = max(0, -int(number.as_tuple().exponent))
            return number, CellRole.NUMBER, "0" + ("." + "0" * decimals if decimals else "")
    if (
        spec.kind is FieldKind.RATE
        and kept is not None
        and (share := kinds.parse_number(str(kept))) is not None
    ):
        return share, CellRole.NUMBER, "0.00%"
    if role is CellRole.AMOUNT or role is CellRole.NUMBER:
        role = CellRole.CENTERED
    return (kinds.shown(spec, kept, context) or None), role, ""


Rows = Sequence[Mapping[str, Any]]

_WIDTHS = {
    "first_level": 18.0,
    "second_level": 29.0,
    "third_level": 34.0,
    "comparator": 12.0,
    "planned_value": 23.0,
    "measure_unit": 18.0,
    "weight": 13.0,
    "direction": 13.0,
}
"""Widths in mm of the annual block's columns; what a kit does not use falls to 三级指标."""


@dataclass(frozen=True, slots=True)
class AnnualGrid:
    """Grid of the annual single half (年度版式网格): nine columns whatever the kit shows; 三级 takes the rest."""

    widths: tuple[float, ...]
    spans: tuple[int, ...]


def annual_grid(table: TableSpec, context: FormContext) -> AnnualGrid:
    """Column widths (mm) and how many grid columns each visible indicator column takes."""
    keys = [column.key for column in table.visible_columns(context)]
    missing = len(_WIDTHS) - len(keys)
    freed = sum(width for key, width in _WIDTHS.items() if key not in keys)
    widths = [10.0]
    for key in keys:
        if key == "third_level":
            widths += [(_WIDTHS[key] + freed) / (missing + 1)] * (missing + 1)
        else:
            widths.append(_WIDTHS[key])
    return AnnualGrid(tuple(widths), tuple(missing + 1 if key == "third_level" else 1 for key in keys))


def spans_by_level(rows: Rows) -> list[tuple[int, int]]:
    """For each row the row spans of its 一级 and 二级 cell, 0 where an earlier row's cell covers it."""
    spans: list[tuple[int, int]] = []
    for index, row in enumerate(rows):
        first, second = row.get("first_level"), row.get("second_level")
        before = rows[index - 1] if index else None
        starts_first = before is None or before.get("first_level") != first
        starts_second = starts_first or (before is not None and before.get("second_level") != second)
        spans.append(
            (
                _run(rows, index, ("first_level",)) if starts_first else 0,
                _run(rows, index, ("first_level", "second_level")) if starts_second else 0,
            )
        )
    return spans


def _run(rows: Rows, start: int, keys: tuple[str, ...]) -> int:
    """How many rows from `start` agree in the keys."""
    end = start
    while end < len(rows) and all(rows[end].get(key) == rows[start].get(key) for key in keys):
        end += 1
    return end - start


def indicator_block(
    build: SheetBuilder, table: TableSpec, rows: Rows, first_column: int, spans: Sequence[int]
) -> int:
    """The annual single half: one line per row with the kit's columns; its head row.

    `spans` is how many grid columns each visible column takes.
    """
    columns = table.visible_columns(build.context)
    starts = [first_column + sum(spans[:i]) for i in range(len(columns))]
    head_row = build.row
    for column, start, width in zip(columns, starts, spans, strict=True):
        build.label(start, column.label, (1, width))
    build.next_row(8.0)
    ordered = in_frame_order(rows, build.context) or blank_lines(build.context)
    for row, (first_span, second_span) in zip(ordered, spans_by_level(ordered), strict=True):
        for column, start, width in zip(columns, starts, spans, strict=True):
            span = {"first_level": first_span, "second_level": second_span}.get(column.key, 1)
            if span:
                place = Place(table.key, str(row["row_id"]), column.key).path if "row_id" in row else ""
                _indicator_cell(build, column, row, (span, width), start, place)
        build.next_row(8.0)
    return head_row


def blank_lines(context: FormContext) -> list[Mapping[str, Any]]:
    """A line for every second level of the frame, as the official form has them before anyone fills it in."""
    return [
        {"first_level": first.code, "second_level": second.code}
        for first in context.frame.firsts
        for second in first.seconds
    ]


def _indicator_cell(
    build: SheetBuilder,
    column: FieldSpec,
    row: Mapping[str, Any],
    spans: tuple[int, int],
    start: int,
    place: str,
) -> None:
    """One cell of an indicator line; levels read as labels of the form."""
    kept = row.get(column.key)
    if column.key in ("first_level", "second_level"):
        shown = kinds.shown(column, kept, build.context, row)
        build.cells.append(Cell(build.row, start, shown, CellRole.LABEL, spans[0], spans[1], place=place))
        return
    if column.key == "measure_unit":
        build.text(start, str(kept or ""), place, spans, CellRole.CENTERED)
        return
    build.answer(start, column, kept, spans, place)


def paired_halves(
    build: SheetBuilder, left: TableSpec, left_rows: Rows, right: TableSpec, right_rows: Rows
) -> int:
    """The two-half block of the national form: medium-term beside annual under one 一级指标; its head row.

    Grid columns: 1 一级 | 2 二级, 3 三级, 4–5 指标值 | 6 二级, 7 三级, 8 指标值 (column 0 carries 绩效指标).
    """
    head_row = build.row
    build.label(1, "一级指标")
    for start, label in (
        (2, "二级指标"),
        (3, "三级指标"),
        (4, "指标值"),
        (5, "二级指标"),
        (6, "三级指标"),
        (7, "指标值"),
    ):
        build.label(start, label)
    build.next_row(8.0)
    context = build.context
    if not left_rows and not right_rows:
        left_rows = right_rows = blank_lines(context)
    for code, label in _first_levels_used(context, left_rows, right_rows):
        mine = [
            in_frame_order([r for r in rows if str(r.get("first_level") or "") == code], context)
            for rows in (left_rows, right_rows)
        ]
        height = max(1, len(mine[0]), len(mine[1]))
        build.label(1, label, (height, 1))
        top = build.row
        for rows, table, column in ((mine[0], left, 2), (mine[1], right, 5)):
            build.row = top
            _half(build, table, rows, column, height)
        build.row = top + height
    return head_row


def _first_levels_used(context: FormContext, *halves: Rows) -> list[tuple[str, str]]:
    """First levels of the frame that either half uses (all when nothing is filled in), then strangers."""
    used = {str(row.get("first_level") or "") for rows in halves for row in rows}
    known = [(first.code, first.label) for first in context.frame.firsts]
    strangers = [(code, code) for code in sorted(used - {code for code, _ in known})]
    return [pair for pair in known if pair[0] in used or not used] + strangers


def _half(build: SheetBuilder, table: TableSpec, rows: Rows, column: int, height: int) -> None:
    """One half of a first level's lines, filled up with blank cells to the common height."""
    second, third = table.column("second_level"), table.column("third_level")
    lines: list[Mapping[str, Any]] = [*rows, *({} for _ in range(height - len(rows)))]
    for row, (_, span) in zip(lines, spans_by_level([{**r, "first_level": ""} for r in lines]), strict=True):
        place = Place(table.key, str(row["row_id"])).path if "row_id" in row else ""
        if span:
            shown = kinds.shown(second, row.get("second_level"), build.context, row)
            build.cells.append(Cell(build.row, column, shown, CellRole.LABEL, span, 1, place=place))
        build.answer(column + 1, third, row.get("third_level"), place=f"{place}.third_level" if place else "")
        build.text(
            column + 2, joined_value(row), f"{place}.planned_value" if place else "", role=CellRole.CENTERED
        )
        build.next_row(8.0)
