"""Rows that are no indicators (非指标行): totals, subtotals, notes and signatures below the block, headings across it."""

from __future__ import annotations

from decimal import Decimal

from forms.hand_filled.grid import GridCell
from forms.hand_filled.head_words import plain_head
from forms.hand_filled.printed import NumberReader
from forms.hand_filled.row_cells import SCORES, TEXTS, RowCells, is_words
from forms.hand_filled.stated import BLANK_NUMBER, StatedNumber
from forms.hand_filled.text_kinds import TextKind
from forms.kinds import parse_number
from models.domain.money import plain_text


def is_total(cells: RowCells) -> bool:
    """Whether the row states the total of all points."""
    return bool(cells.kinds & TextKind.TOTAL) and is_words(_left_text(cells)[1], cells.words.row_words.total)


def is_subtotal(cells: RowCells) -> bool:
    """Whether the row sums up a level."""
    if not cells.kinds & TextKind.SUBTOTAL:
        return False
    texts = [text for column, text in cells.area.beginning(cells.row) if column <= cells.edge]
    return any(is_words(text, cells.words.row_words.subtotal) for text in texts)


def is_foot(cells: RowCells) -> bool:
    """Whether the block ends here: notes, signatures, opinions."""
    if not cells.kinds & TextKind.FOOT:
        return False
    column, text = _left_text(cells)
    return bool(column) and not cells.has_scores and is_words(text, cells.words.row_words.foot)


def is_one_text(cells: RowCells) -> bool:
    """Whether the row is one text across levels and values: a heading or remark, no indicator."""
    texts = cells.area.distinct(cells.row)
    if len(texts) != 1:
        return False
    column = texts[0][0]
    edge = cells.area.right_edge(cells.row, column)
    value = min((found for role in TEXTS if (found := cells.column(role))), default=0)
    return bool(value) and column < value <= edge


def stated_total(cells: RowCells, numbers: NumberReader) -> StatedNumber:
    """The total a row states: in the column of scores, else the last number between the columns of points."""
    score = cells.column("stated_score")
    if score is None:
        return BLANK_NUMBER
    begun = cells.begun("stated_score")
    if _is_figure(begun):
        return numbers.points(begun, cells.where("stated_score"), "总分")
    label, colon, inline = plain_text(_left_text(cells)[1]).partition(":")
    if colon and inline:
        return numbers.points(GridCell(inline), cells.area.row_name(cells.row), label)
    first = max(cells.column("full_score") or 0, _left_text(cells)[0])
    last = max(column for role in SCORES if (column := cells.column(role)))
    right = [
        (column, cells.area.cell(cells.row, column))
        for column, _ in cells.area.beginning(cells.row)
        if column > first
    ]
    within = [cell for column, cell in right if column <= last and _is_figure(cell)]
    figures = within or [cell for _column, cell in right if _is_figure(cell)]
    if figures:
        return numbers.points(figures[-1], cells.area.row_name(cells.row), "总分")
    return numbers.points(begun, cells.where("stated_score"), "总分")


def stated_grade(cells: RowCells) -> str:
    """The grade a row of the total states beside its points: 优, （自评等级）优; "" when it states none."""
    bare = [plain_head(text) for _column, text in cells.area.beginning(cells.row)]
    return next((text for text in bare if text in cells.words.grades), "")


def full_total(cells: RowCells) -> Decimal | None:
    """The points a row of the total states as reachable; None when it states none."""
    if cells.column("full_score") is None:
        return None
    return parse_number(plain_text(cells.begun("full_score").text).removesuffix("分"))


def _is_figure(cell: GridCell) -> bool:
    """Whether a cell holds points: 99.78, 99.78分, ９９."""
    return parse_number(plain_text(cell.text).strip().removesuffix("分")) is not None


def _left_text(cells: RowCells) -> tuple[int, str]:
    """The first content that begins in a row up to the levels' last column, and its column."""
    edge = cells.edge
    return next(
        ((column, text) for column, text in cells.area.beginning(cells.row) if column <= edge), (0, "")
    )
