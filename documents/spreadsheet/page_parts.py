"""Where a worksheet's pages will break (打印分页预计), so that merged labels stand whole on every page.

A spreadsheet breaks pages itself and cuts a merged label in two. The break is foreseen from the row
heights and set, and the label's merge is divided there with its text on each part. Values of answers are never
divided: they must stay one cell.
"""

from __future__ import annotations

from itertools import pairwise

from documents.sheet_grid import LABEL_ROLES
from documents.spreadsheet.row_plan import RowPlan
from forms.sheet import Cell, Sheet

_CAUTION = 0.98
"""Share of a page that is counted on: the break foreseen comes before the one the spreadsheet would make."""


def page_starts(plan: RowPlan, head: range, outside: tuple[float, float], page: float) -> tuple[int, ...]:
    """Worksheet rows (0-based in the grid) that begin a further page of `page` points.

    `outside` is the height of the title block on the first page and of the foot line below the last row,
    which stays with that row; rows of `head` come again on each page and are not left alone at the foot of one.
    """
    starts: list[int] = []
    used, below = outside
    last = len(plan.heights) - 1
    for row, height in enumerate(plan.heights):
        if used + height + (below if row == last else 0.0) > page * _CAUTION:
            start = head.start if row == head.stop and head.start > (starts[-1] if starts else 0) else row
            starts.append(start)
            used = sum(plan.heights[head.start : head.stop]) if row >= head.stop else 0.0
            used += sum(plan.heights[max(start, head.stop) : row]) if start < row else 0.0
        used += height
    return tuple(starts)


def parts_of(
    cell: Cell, sheet: Sheet, plan: RowPlan, starts: tuple[int, ...], head: range
) -> list[tuple[int, int, bool]]:
    """Parts of a cell as (first row, row behind, carries the text); one part for all but labels cut by a page.

    The part of a label beside repeated head rows stays blank: it would be cut where the head comes again.
    """
    top, behind = plan.span(cell)
    cuts = [start for start in starts if top < start < behind]
    if cell.role not in LABEL_ROLES or not cuts:
        return [(top, behind, True)]
    if head and top <= head.start < head.stop < cuts[0]:
        cuts.insert(0, head.stop)
    need = plan.setting.height(cell, sum(sheet.column_widths[cell.column : cell.column + cell.column_span]))
    spans = list(pairwise([top, *cuts, behind]))
    rooms = [0.0 if last == head.stop else sum(plan.heights[first:last]) for first, last in spans]
    roomiest = rooms.index(max(rooms))
    return [
        (first, last, room >= need or index == roomiest)
        for index, ((first, last), room) in enumerate(zip(spans, rooms, strict=True))
    ]
