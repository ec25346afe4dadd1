"""Cells of the head nobody can trust (表头里不能采信的单元格): a formula nobody calculated beside 项目名称, #REF! below 年度目标."""

from __future__ import annotations

from collections.abc import Iterator

from forms.hand_filled.area import Area
from forms.hand_filled.head_words import HeadWords, plain_head
from forms.hand_filled.printed import NumberReader

_LONGEST_LABEL = 40


def note_head_faults(area: Area, last: int, words: HeadWords, numbers: NumberReader) -> None:
    """Name every such cell that a label down to a row asks for, so that nobody is told only that it is blank."""
    if not area.grid.has_faults():
        return
    for row in area.rows(None, last):
        for column, text in area.beginning(row):
            if len(text) > _LONGEST_LABEL or not (words.label(text) or words.target(text)):
                continue
            for place in _asked_for(area, row, column, is_target=words.target(text) is not None):
                numbers.note_fault(area.cell(*place), area.cell_name(*place), plain_head(text))


def stands_fault(area: Area, row: int, after: int, until: int) -> bool:
    """Whether a cell between a label and the text taken for its content, that text among them, cannot be trusted."""
    return area.grid.has_faults() and any(
        area.cell(row, column).fault for column in range(after + 1, until + 1)
    )


def _asked_for(area: Area, row: int, column: int, *, is_target: bool) -> Iterator[tuple[int, int]]:
    """The cell beside a label; the one below it, too, where texts stand below their labels."""
    right = area.right_edge(row, column) + 1
    if right <= area.right:
        yield row, right
    below = area.bottom_edge(row, column) + 1
    if is_target and below <= area.bottom:
        yield below, column
