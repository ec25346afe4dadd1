"""Rows of the indicator block (指标块读取): levels filled down, sub-rows, rows that go on, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from forms.hand_filled.area import Area
from forms.hand_filled.head_words import HeadWords, pattern, plain_head
from forms.hand_filled.row_cells import LEVELS, SCORES, BlockColumns, RowCells, is_words, level_text
from forms.hand_filled.row_ends import (
    full_total,
    is_foot,
    is_one_text,
    is_subtotal,
    is_total,
    stated_grade,
    stated_total,
)
from forms.hand_filled.row_reading import IndicatorMaker
from forms.hand_filled.stated import BLANK_NUMBER, StatedIndicator, StatedNumber, StatedSubtotal
from forms.hand_filled.text_kinds import TextKind
from forms.kinds import parse_number
from models.domain.money import plain_text

_POINTS = re.compile(
    r"[(（\[［【]\s*(?:共|计|满分)?(?P<inside>[\d.０-９．]+)\s*[分%％]?\s*[)）\]］】]$|(?P<bare>[\d.０-９．]+)\s*分$"
)

_ENDS = TextKind.TOTAL | TextKind.FOOT


@dataclass
class BlockRows:
    """What a block of rows gave (读出的指标行)."""

    indicators: list[StatedIndicator] = field(default_factory=list)
    subtotals: list[StatedSubtotal] = field(default_factory=list)
    total: StatedNumber = BLANK_NUMBER
    full_total: Decimal | None = None
    grade: str = ""
    projects: list[dict[str, str]] = field(default_factory=list)
    last_row: int = 0


@dataclass
class BlockReader:
    """Reads the rows below one head (指标块读取)."""

    block: BlockColumns
    maker: IndicatorMaker
    _first: str = ""
    _second: str = ""
    _parent_is_bare: bool = False
    _headed: list[tuple[int, Decimal | None]] = field(default_factory=list)
    """Where each second level begins among the rows, and the points its heading states."""
    area: Area = field(init=False)
    words: HeadWords = field(init=False)
    columns: Mapping[str, int] = field(init=False)
    _keeps_projects: bool = field(init=False)
    _of_project: dict[str, str] = field(default_factory=dict)
    """What a row of its own says of the project whose indicators stand below it."""

    def __post_init__(self) -> None:
        """What holds for all rows of the block."""
        block = self.block
        self.area, self.words, self.columns = block.area, block.words, block.columns
        self._keeps_projects = any(choice.role == "project_name" for choice in block.mapping.choices)

    def read(self, first: int, last: int, skipped: frozenset[int], into: BlockRows) -> None:
        """Read the rows between two, heads repeated on a new page skipped, into what was read before."""
        for row in self.area.rows(first, last):
            if row in skipped:
                continue
            cells = RowCells(self.block, row)
            if cells.kinds & _ENDS:
                if is_total(cells):
                    self._total(cells, into)
                    if into.indicators:
                        break
                    continue
                if is_foot(cells):
                    self._total_below(row + 1, last, into)
                    break
            self._row(cells, into)
            into.last_row = row
        self._give_points(into)

    def _give_points(self, into: BlockRows) -> None:
        """A heading's points are those of its only row, where the table has no column of points: 数量指标（10分）."""
        if "full_score" in self.columns:
            return
        for (index, points), (end, _) in pairwise([*self._headed, (len(into.indicators), None)]):
            if points is not None and end - index == 1:
                row = into.indicators[index]
                into.indicators[index] = replace(row, full_score=StatedNumber(f"{points:f}", points))

    def _total(self, cells: RowCells, into: BlockRows) -> None:
        """Take what a row of the total states."""
        total = stated_total(cells, self.maker.numbers)
        if total.text:
            into.total, into.full_total = total, full_total(cells)
        into.grade = stated_grade(cells) or into.grade
        into.last_row = cells.row

    def _total_below(self, first: int, last: int, into: BlockRows) -> None:
        """The total where places print remarks before it."""
        for row in self.area.rows(first, last):
            cells = RowCells(self.block, row)
            if is_total(cells):
                self._total(cells, into)
                return

    def go_on_from(self, above: BlockReader) -> None:
        """Take the levels on from the page before, where the same head only comes again."""
        self._first, self._second = above._first, above._second
        self._parent_is_bare = above._parent_is_bare

    def _row(self, cells: RowCells, into: BlockRows) -> None:
        """One row that is neither total nor foot."""
        if cells.kinds & TextKind.SUBTOTAL and is_subtotal(cells):
            self._subtotal(cells, into)
            return
        if is_one_text(cells):
            return
        self._levels(cells, into)
        name = cells.name
        if cells.is_blank:
            if not name or is_words(cells.shown("third_level"), self.words.row_words.template):
                self._open_project(cells, name)
                return
            if self._continues(cells, name, into) or self._is_heading(cells):
                return
        elif self._continues(cells, name, into):
            return
        self._add(cells, name, into)

    def _levels(self, cells: RowCells, into: BlockRows) -> None:
        """Take the levels of a row; blank ones go on from above."""
        first = self._level(cells, "first_level", into)
        if first and (first != self._first or cells.begins("first_level")):
            self._first, self._second = first, ""
        spread = cells.is_spread("second_level", "first_level")
        if cells.begins("second_level") and not spread:
            self._headed.append((len(into.indicators), _points_of(cells.shown("second_level"))))
        second = "" if spread else self._level(cells, "second_level", into)
        self._second = second or self._second

    def _level(self, cells: RowCells, role: str, into: BlockRows) -> str:
        """A level's name; points in its brackets become a subtotal once."""
        bare, points = _level_and_points(cells.shown(role), self.words.row_words.points_range)
        if points is not None and cells.begins(role):
            subtotal = StatedSubtotal(bare, points, cells.where(role))
            if subtotal not in into.subtotals:
                into.subtotals.append(subtotal)
        return bare

    def _subtotal(self, cells: RowCells, into: BlockRows) -> None:
        """The points a row of sums states for its level."""
        points = self.maker.points(cells, "full_score", "分值").value
        if points is not None:
            into.subtotals.append(StatedSubtotal(self._first, points, cells.where("full_score")))

    def _add(self, cells: RowCells, name: str, into: BlockRows) -> None:
        """A row of its own."""
        is_sub = self._is_sub_row(cells, name, into)
        if not is_sub:
            is_bare = not cells.value("planned") and not cells.value("actual")
            self._parent_is_bare = cells.has_scores and is_bare
        points = None
        if "full_score" not in self.columns:
            name, points = _level_and_points(name, self.words.row_words.points_range)
        levels = (self._first, self._second, name)
        made = self.maker.made(cells, levels, is_sub_row=is_sub)
        if points is not None:
            made = replace(made, full_score=StatedNumber(f"{points:f}", points))
        into.indicators.append(made)
        if self._keeps_projects:
            facts = {role: cells.shown(role) for role in self.columns if role not in (*LEVELS, *SCORES)}
            into.projects.append(facts | {k: v for k, v in self._of_project.items() if not facts.get(k)})

    def _open_project(self, cells: RowCells, name: str) -> None:
        """A row that names a project, whose indicators follow in rows of their own."""
        if self._keeps_projects and not name and cells.begins("project_name"):
            self._of_project = {role: text for role in self.columns if (text := cells.shown(role))}

    def _is_sub_row(self, cells: RowCells, name: str, into: BlockRows) -> bool:
        """Whether a row only breaks down the one above: it says so, or it has no points where others have."""
        above = into.indicators[-1] if into.indicators else None
        if plain_head(name, keep_brackets=True).startswith(self.words.sub_row_prefixes):
            return above is not None
        if above is None or "full_score" not in self.columns or cells.has_scores:
            return False
        if cells.goes_on("full_score"):
            self._shared_points(cells)
            return True
        if cells.begins("second_level"):
            return False
        return above.is_sub_row or (
            self._parent_is_bare and bool(cells.value("planned") or cells.value("actual"))
        )

    def _is_heading(self, cells: RowCells) -> bool:
        """Whether a row without any value only names the numbered rows below, which have their own points."""
        below = next(self.area.rows(cells.row + 1), None)
        if below is None:
            return False
        next_cells = RowCells(self.block, below)
        numbering = self._numbering(next_cells.name)
        return next_cells.has_scores and numbering not in ("", self._numbering(cells.name))

    def _numbering(self, name: str) -> str:
        """How a name is numbered: 1. and （1） are different kinds; "" for no number."""
        found = pattern(self.words.row_words.numbered_child).search(plain_text(name))
        return re.sub(r"\w+", "0", found.group()) if found else ""

    def _shared_points(self, cells: RowCells) -> None:
        """Say that several rows share one cell of points."""
        message = "这一格分值由上下几行合用，本行没有单独计分"
        remedy = "如需逐行计分，请取消合并，把分值和得分分到每一行"
        self.maker.numbers.unread.add(cells.where("full_score"), cells.shown("full_score"), message, remedy)

    def _continues(self, cells: RowCells, name: str, into: BlockRows) -> bool:
        """Whether a row only goes on with the texts of the one above; if so they are put together."""
        above = into.indicators[-1] if into.indicators else None
        if above is None or cells.has_scores or cells.begins("second_level") or cells.begins("first_level"):
            return False
        if name and not cells.goes_on("third_level"):
            return False
        more = cells.value("planned")
        if "third_level" not in self.columns or (more and above.planned_text and _has_figure(more)):
            return False
        into.indicators[-1] = self.maker.extended(above, cells)
        return True


def _points_of(text: str) -> Decimal | None:
    """The points a level's name ends with: 产出指标（50分）, None for none."""
    found = _POINTS.search(level_text(text))
    return parse_number(found["inside"] or found["bare"]) if found else None


@lru_cache(maxsize=4_096)
def _level_and_points(shown: str, points_range: str) -> tuple[str, Decimal | None]:
    """A level's name and the points behind it: 产出指标（50分）; None without any."""
    text = pattern(points_range).sub("", level_text(shown))
    found = _POINTS.search(text)
    points = parse_number(found["inside"] or found["bare"]) if found else None
    return (text, None) if found is None or points is None else (text[: found.start()], points)


def _has_figure(text: str) -> bool:
    """Whether a text has figures of its own, and so is no end of another text."""
    return any(char.isdigit() for char in plain_text(text))
