"""Rows of two worksheets side by side (逐行对照): which row of the one is which of the other.

A row put in, taken out or moved shifts everything below it; compared by number alone every line would then differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from forms.hand_filled.grid import SheetGrid

Pair = tuple[int, int]
"""Row numbers in the drawn sheet and in the one that came; 0 where a row stands in one of them only."""
_Row = frozenset[tuple[int, str]]
_MOST = 300
"""Differing rows that are sought out; beyond, rows go by their numbers."""


def paired_rows(drawn: SheetGrid, came: SheetGrid) -> list[Pair]:
    """Every row of both, in order; rows of the same number belong together unless others fit better."""
    last = max((row for grid in (drawn, came) for row, _column in grid.cells), default=0)
    old, new = _rows(drawn, last), _rows(came, last)
    straight = [(number, number) for number in range(1, last + 1)]
    head = next((n for n in range(last) if old[n] != new[n]), last)
    old, new = _without_end(old[head:]), _without_end(new[head:])
    tail = 0
    while tail < min(len(old), len(new)) and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = old[: len(old) - tail], new[: len(new) - tail]
    if not any(middle) or max(map(len, middle)) > _MOST:
        return straight
    found = _best(*middle)
    if len(old) == len(new) and _fit(middle, found) <= _fit(middle, [(n, n) for n in range(1, len(old) + 1)]):
        return straight
    ends = [(len(old) - n, len(new) - n) for n in reversed(range(tail))]
    shifted = [(a + head if a else 0, b + head if b else 0) for a, b in (*found, *ends)]
    return straight[:head] + shifted


def _rows(grid: SheetGrid, last: int) -> list[_Row]:
    """What each row shows, the first row first."""
    rows: list[set[tuple[int, str]]] = [set() for _ in range(last)]
    for (row, column), cell in grid.cells.items():
        if text := "".join(cell.text.split()):
            rows[row - 1].add((column, text))
    return [frozenset(row) for row in rows]


def _without_end(rows: list[_Row]) -> list[_Row]:
    """The rows up to the last one that shows something."""
    while rows and not rows[-1]:
        rows = rows[:-1]
    return rows


def _fit(rows: tuple[Sequence[_Row], Sequence[_Row]], pairs: Sequence[Pair]) -> int:
    """How many cells are the same in rows that belong together."""
    old, new = rows
    return sum(len(old[a - 1] & new[b - 1]) for a, b in pairs if 0 < a <= len(old) and 0 < b <= len(new))


def _best(old: Sequence[_Row], new: Sequence[_Row]) -> list[Pair]:
    """The pairing in order that has most cells in common, by the longest common way through both."""
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for a in range(len(old) - 1, -1, -1):
        for b in range(len(new) - 1, -1, -1):
            common = len(old[a] & new[b])
            best[a][b] = max(best[a + 1][b], best[a][b + 1], best[a + 1][b + 1] + common)
    pairs: list[Pair] = []
    a = b = 0
    while a < len(old) and b < len(new):
        common = len(old[a] & new[b])
        if best[a][b] == best[a + 1][b + 1] + common and (common or old[a] == new[b]):
            a, b = a + 1, b + 1
            pairs.append((a, b))
        elif best[a][b] == best[a + 1][b]:
            a += 1
            pairs.append((a, 0))
        else:
            b += 1
            pairs.append((0, b))
    rest = [*((n + 1, 0) for n in range(a, len(old))), *((0, n + 1) for n in range(b, len(new)))]
    return _rewritten([*pairs, *rest])


def _rewritten(pairs: Sequence[Pair]) -> list[Pair]:
    """Rows that went and as many that came at the same place are the same rows, written anew."""
    found: list[Pair] = []
    for is_joined, group in groupby(pairs, key=all):
        gap = list(group)
        gone, came = [a for a, _ in gap if a], [b for _, b in gap if b]
        found += gap if is_joined or len(gone) != len(came) else zip(gone, came, strict=True)
    return found
