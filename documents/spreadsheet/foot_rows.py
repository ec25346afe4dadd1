"""The foot line below a worksheet's frame (表尾行): items in groups of the grid's columns, high enough for their texts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from documents.line_breaking import break_lines
from documents.spreadsheet.cell_setting import POINTS_PER_MM, ROOMY, em_width
from forms.sheet import Sheet

GAP = 8.0
"""Points between the frame and the foot line."""
_ROW = 26.0
_ITEM_MM = 48.0
"""Width an item of the foot line wants, with room to write."""
_MARGIN, _AIR = 6.0, 6.0


@dataclass(frozen=True, slots=True)
class FootRows:
    """Rows of a foot line (表尾安排): items per row, columns each takes as (first, last), 1-based, heights in points."""

    rows: tuple[tuple[str, ...], ...]
    bounds: tuple[tuple[int, int], ...]
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        """Points of all rows with the gap above; none without items."""
        return GAP + sum(self.heights) if self.rows else 0.0


def foot_rows(sheet: Sheet) -> FootRows:
    """As many items on a line as find room to write, the lines about equally long."""
    count, widths = len(sheet.foot), sheet.column_widths
    if not count:
        return FootRows((), (), ())
    most = max(1, min(count, int(sum(widths) // _ITEM_MM), len(widths)))
    each = -(-count // -(-count // most))
    rows = tuple(sheet.foot[start : start + each] for start in range(0, count, each))
    bounds = tuple(_column_groups(widths, each))
    rooms = [sum(widths[first - 1 : last]) * POINTS_PER_MM - _MARGIN for first, last in bounds]
    heights = tuple(
        max(_ROW, *(_lines(item, room) * ROOMY.line + _AIR for item, room in zip(row, rooms, strict=False)))
        for row in rows
    )
    return FootRows(rows, bounds, heights)


def _lines(item: str, room: float) -> int:
    """Lines an item takes in so many points."""
    return len(break_lines(item, room / ROOMY.size, em_width))


def _column_groups(widths: tuple[float, ...], count: int) -> list[tuple[int, int]]:
    """Columns in so many neighbouring groups of about the same width, as (first, last), 1-based."""
    edges = [0.0, *accumulate(widths)]
    cuts = [0]
    for number in range(1, count):
        wanted = edges[-1] * number / count
        choices = range(cuts[-1] + 1, len(widths) - (count - number) + 1)
        cuts.append(min(choices, key=lambda cut: abs(edges[cut] - wanted)))
    cuts.append(len(widths))
    return [(cuts[i] + 1, cuts[i + 1]) for i in range(count)]
