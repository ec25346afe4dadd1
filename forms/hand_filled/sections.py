"""Tables of a sheet (工作表中的各张表): where each begins and ends, below each other or side by side."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from forms.hand_filled.area import Area, whole
from forms.hand_filled.grid import SheetGrid
from forms.hand_filled.head_words import HeadWords, pattern, plain_head
from forms.hand_filled.heads import HeadBlock, find_heads
from forms.hand_filled.text_kinds import TextKind, asks_for_whom, is_title, row_kinds

_MOST_IN_TITLE_ROW = 3
_MOST_BANDS = 8
"""Tables side by side; a sheet of more lone columns is no sheet of forms."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table's area (一张表的区域): its title, and its heads of indicators; none where only a title was found.

    `repeated` are rows a new page prints again: head, and the title above it.
    """

    area: Area
    title: str
    heads: tuple[HeadBlock, ...]
    repeated: frozenset[int] = frozenset()


def find_sections(grid: SheetGrid, words: HeadWords) -> list[Section]:
    """The tables of a sheet; none when nothing looks like a form."""
    area = whole(grid)
    bands = _bands(area, words)
    return [section for band in bands for section in _stacked(band, words)]


def _stacked(area: Area, words: HeadWords) -> list[Section]:
    """The tables below each other in a band of columns."""
    heads = find_heads(area, words)
    kinds = row_kinds(area.grid, words)
    titles = {
        row: title
        for row in area.rows()
        if kinds[row] & TextKind.TITLE and (title := title_of(area, row, words))
    }
    starts, repeated = _starts(area, heads, titles, words)
    sections: list[Section] = []
    tops = [head.top for head in heads]
    for index, (start, title) in enumerate(starts):
        end = starts[index + 1][0] - 1 if index + 1 < len(starts) else area.bottom
        part = _trimmed(area.within(start, end))
        inside = tuple(heads[bisect_left(tops, start) : bisect_right(tops, end)])
        sections.append(Section(part, title, inside, repeated))
    return sections


def _starts(
    area: Area, heads: list[HeadBlock], titles: dict[int, str], words: HeadWords
) -> tuple[list[tuple[int, str]], frozenset[int]]:
    """First row and title of each table, and the rows a new page only repeats."""
    starts: dict[int, str] = {}
    repeated: set[int] = set()
    title_rows = list(titles)
    ended = area.top - 1
    for head in heads:
        above = title_rows[bisect_right(title_rows, ended) : bisect_left(title_rows, head.top)]
        first_label = _first_label(area, (above[0] if above else ended) + 1, head.top - 1, words)
        if above and first_label is None and _goes_on([titles[row] for row in above], starts, words):
            repeated.update(range(above[0], head.top))
        elif above:
            first = above[0] if not starts else _last_group(above)
            starts[first] = titles[first]
        elif first_label is not None or not starts:
            starts[area.top if first_label is None else first_label] = ""
        repeated.update(range(head.top, head.bottom + 1))
        ended = head.bottom
    for row, title in titles.items():
        if row > ended and _begins_a_form(area, row, words):
            starts.setdefault(row, title)
            ended = row
    if starts and heads and min(starts) <= heads[0].top:
        starts[area.top] = starts.pop(min(starts))
    return sorted(starts.items()), frozenset(repeated)


def _goes_on(titles: list[str], starts: dict[int, str], words: HeadWords) -> bool:
    """Whether titles above a further head only say that the table goes on: the same again, or 续表."""
    if not starts:
        return False
    last = plain_head(starts[max(starts)])
    return any(
        pattern(words.titles.continued).search(plain_head(title, keep_brackets=True)) for title in titles
    ) or (bool(last) and plain_head(titles[0]) == last)


def _last_group(rows: list[int]) -> int:
    """The first of the title rows that stand together nearest to the head."""
    first = rows[-1]
    for row in reversed(rows[:-1]):
        if row < first - 2:
            break
        first = row
    return first


def _begins_a_form(area: Area, row: int, words: HeadWords) -> bool:
    """Whether a title is followed by a form's labels."""
    return _first_label(area, row + 1, row + 6, words) is not None


def _first_label(area: Area, first: int, last: int, words: HeadWords) -> int | None:
    """The first row that asks for the project or the unit."""
    kinds = row_kinds(area.grid, words)
    for row in area.rows(first, last):
        if kinds[row] & TextKind.ASKS and any(asks_for_whom(text, words) for _, text in area.beginning(row)):
            return row
    return None


def title_of(area: Area, row: int, words: HeadWords) -> str:
    """The title a row holds, "" when it holds none."""
    texts = area.beginning(row)
    if not 0 < len(texts) <= _MOST_IN_TITLE_ROW:
        return ""
    for _, text in texts:
        if is_title(text, words):
            return text
    return ""


def _trimmed(area: Area) -> Area:
    """The area without blank rows and columns around."""
    rows = list(area.rows())
    if not rows:
        return area
    columns = set[int]().union(*map(area.columns, rows))
    return replace(area, top=rows[0], bottom=rows[-1], left=min(columns), right=max(columns))


def _bands(area: Area, words: HeadWords) -> list[Area]:
    """The sheet, or its parts left and right of wholly blank columns where each is a table of its own."""
    used = set[int]().union(*map(area.columns, area.grid.rows))
    bands: list[Area] = []
    begin = 0
    for column in sorted(used):
        begin = begin or column
        if column + 1 not in used:
            bands.append(replace(area, left=begin, right=column))
            begin = 0
    if not 1 < len(bands) <= _MOST_BANDS:
        return [area]
    tables = [band for band in bands if _is_table(band, words)]
    return tables if len(tables) > 1 else [area]


def _is_table(band: Area, words: HeadWords) -> bool:
    """Whether a band has a head of its own and a title or label of its own."""
    heads = find_heads(band, words)
    if not heads:
        return False
    rows = band.rows(band.top, heads[0].top - 1)
    return any(title_of(band, row, words) for row in rows) or (
        _first_label(band, band.top, heads[0].top - 1, words) is not None
    )
