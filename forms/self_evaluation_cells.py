"""Cells that self-evaluations print alike (自评表公共单元格): points as numbers, and parts scored elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from forms.checks.wording import number_text
from forms.findings import Place
from forms.kinds import parse_number
from forms.self_evaluation_scores import ENTERED, rows_of, text_of
from forms.sheet import Cell, CellRole
from forms.sheet_blocks import SheetBuilder
from models.domain.filing import Answers


def points_cell(build: SheetBuilder, column: int, text: str, place: str, *, columns: int = 1) -> None:
    """Points as a real number with the decimals they show; text that is no number stays text.

    `columns` is how many columns of the grid the cell takes.
    """
    number = parse_number(text)
    decimals = max(0, -int(number.as_tuple().exponent)) if number is not None else 0
    number_format = "" if number is None else "0" + ("." + "0" * decimals if decimals else "")
    role = CellRole.NUMBER if number is not None else CellRole.CENTERED
    value: Decimal | str | None = number if number is not None else text or None
    build.cells.append(
        Cell(build.row, column, value, role, 1, columns, number_format=number_format, place=place)
    )


def entered_lines(
    build: SheetBuilder,
    answers: Answers,
    *,
    label_columns: int,
    points_at: int,
    score_at: int,
    gaps: Sequence[tuple[int, int]],
) -> None:
    """A line for every part of the scheme that is scored elsewhere; `gaps` are (column, width) left blank."""
    rows = rows_of(answers, ENTERED)
    for item in build.context.scheme.entered_items:
        row = next((one for one in rows if one.get("row_id") == item.item_id), {})
        place = Place(ENTERED, item.item_id).path if row else ENTERED
        build.label(0, item.name, (1, label_columns))
        points_cell(build, points_at, number_text(item.full_score), f"{place}.weight" if row else place)
        points_cell(build, score_at, text_of(row, "score"), f"{place}.score" if row else place)
        for column, width in gaps:
            build.label(column, "", (1, width))
        build.next_row(8.0)
