"""Target texts (总体目标): 预期目标 over its text beside 实际完成情况 over its own, or a label with the text at its right."""

from __future__ import annotations

from forms.hand_filled.area import Area
from forms.hand_filled.head_faults import stands_fault
from forms.hand_filled.head_words import HeadWords
from forms.hand_filled.text_kinds import TextKind, row_kinds

_LONGEST_LABEL = 40
_MOST_ROWS = 12


def target_texts(area: Area, last: int, words: HeadWords, funds_row: int | None) -> dict[str, str]:
    """Text by expected, achieved, medium; the first that holds a text counts, an adjusted target before the first.

    `funds_row` is the head of the funds block, where no target text goes on.
    """
    found: dict[str, str] = {}
    kinds = row_kinds(area.grid, words)
    for row in area.rows(None, last):
        if not kinds[row] & TextKind.TARGET:
            continue
        labels = _labels(area, row, words)
        end = funds_row - 1 if funds_row is not None and funds_row > row else last
        for column, role in labels:
            if found.get(role):
                continue
            text = _at_right(area, row, column, words) or _below(area, row, column, end, words)
            if text:
                found[role] = text
    if adjusted := found.pop("adjusted", ""):
        found["expected"] = adjusted
    return found


def _labels(area: Area, row: int, words: HeadWords) -> list[tuple[int, str]]:
    """Column and role of each label of a row."""
    return [
        (column, match.role)
        for column, text in area.beginning(row)
        if len(text) <= _LONGEST_LABEL and (match := words.target(text))
    ]


def _at_right(area: Area, row: int, column: int, words: HeadWords) -> str:
    """The text right of a label; "" where another label follows."""
    right = [(at, text) for at, text in area.distinct(row) if at > column]
    if not right:
        return ""
    at, text = right[0]
    if stands_fault(area, row, area.right_edge(row, column), at):
        return ""
    if words.target(text) or words.label(text) or (words.fund_row(text) and len(text) < 12):
        return ""
    return text.strip()


def _below(area: Area, row: int, column: int, last: int, words: HeadWords) -> str:
    """The texts below a label, in its own columns, down to the next label or block."""
    left, right = column, area.right_edge(row, column)
    lines: list[str] = []
    first = area.bottom_edge(row, column) + 1
    for below in area.rows(first, min(last, row + _MOST_ROWS)):
        texts = area.beginning(below)
        if any(words.target(text) or words.label(text) for _, text in texts):
            break
        is_next_block = any(at < left and area.right_edge(below, at) < left for at, _ in texts)
        if is_next_block and below > first:
            break
        lines += [text.strip() for at, text in texts if left <= at <= right]
        if is_next_block:
            break
    return "\n".join(lines)
