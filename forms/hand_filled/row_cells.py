"""One row below a head, cell by cell (指标行的单元格): by role, with what begins in the row told from what only goes on.

A score merged over several rows counts once, in the row where it begins; a level merged over its rows is
read in each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from forms.hand_filled.area import Area
from forms.hand_filled.grid import BLANK_CELL, GridCell, column_letters
from forms.hand_filled.head_words import HeadWords, pattern, plain_head
from forms.hand_filled.labels import tidy
from forms.hand_filled.mapping import ColumnMapping
from forms.hand_filled.text_kinds import row_kinds
from models.domain.money import plain_text

LEVELS = ("first_level", "second_level", "third_level", "fourth_level")
SCORES = ("full_score", "stated_score")
_LONGEST_NARROW = 30
"""Texts up to here have line breaks only because their cell is narrow: ≥ over 95%."""
TEXTS = ("planned", "actual", "forecast", "deviation_reason")
_GIVEN = frozenset({*SCORES, *TEXTS})
_SHARED = (*LEVELS, "comparator", "measure_unit", "direction")
"""What two values of one row have in common."""
_NAMES = (("third_level", "second_level"), ("fourth_level", "third_level"))
"""The levels a row's name is made of, each with the one left of it."""


@dataclass(slots=True)
class BlockColumns:
    """What a mapping says of every row of a block (指标块的栏目); `prefix` chooses the medium-term half."""

    area: Area
    mapping: ColumnMapping
    columns: dict[str, int]
    words: HeadWords
    prefix: str = ""
    spread: Mapping[str, int] = field(default_factory=dict)
    at: Mapping[str, int] = field(init=False)
    """Column by role, as this half sees it."""
    edge: int = field(init=False)
    """The last column of the levels."""
    kinds: Mapping[int, int] = field(init=False)
    """What the texts of each row may be (`text_kinds`)."""
    ticks: frozenset[str] = field(init=False)
    """Roles that are answered by ticks in several columns."""
    fillers: frozenset[str] = field(init=False)
    _values: tuple[tuple[str, ...], tuple[int, ...]] = field(init=False)
    _where: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """What is asked for in every row is looked up once."""
        self.at = self._of_half() if self.prefix else self.columns
        self.edge = max(self.at.get(role, 0) for role in LEVELS)
        self.kinds = row_kinds(self.area.grid, self.words)
        self.ticks = frozenset(choice.role for choice in self.mapping.choices if choice.option)
        self.fillers = frozenset(self.words.fillers)
        valued = {role: column for role, column in self.at.items() if role not in LEVELS}
        self._values = tuple(valued), tuple(valued.values())
        self._where = column_letters(self.area.left), column_letters(self.area.right)

    def _of_half(self) -> dict[str, int]:
        """The columns of the medium-term half; what only stands once (the first level) is shared by both."""
        shared = ("first_level",) if f"{self.prefix}third_level" in self.columns else _SHARED
        found = {role: column for role, column in self.columns.items() if role in shared}
        for role, column in self.columns.items():
            if role.startswith(self.prefix):
                found[role.removeprefix(self.prefix)] = column
        return found

    def row_name(self, row: int) -> str:
        """The range of a row: B7:H7."""
        first, last = self._where
        return f"{first}{row}:{last}{row}"

    def values(self, row: int) -> dict[str, str]:
        """The texts of a row's cells that begin in it, by role; blank ones and fillers left out.

        Cells under one wide head are put together. A planned value that was adjusted is the adjusted one.
        """
        roles, columns = self._values
        found: dict[str, str] = {}
        for role, text in zip(roles, self.area.grid.begun_texts(row, columns), strict=True):
            if (text or role in self.spread) and (value := self._value(row, role, text.strip())):
                found[role] = value
        if not self.prefix and (adjusted := found.get("planned_adjusted")):
            found["planned"] = adjusted
        return found

    def _value(self, row: int, role: str, text: str) -> str:
        """The text of a cell with those under the same head, "" for a filler."""
        if role in self.spread and not self.prefix:
            text = self._joined((text, *self.beside(row, role, begins=True)))
        if "\n" in text and len(text) <= _LONGEST_NARROW:
            text = tidy(text)
        return "" if text in self.fillers else text

    def _joined(self, parts: tuple[str, ...]) -> str:
        """Cells under one head as one text; 95以上 beside % is 95%以上."""
        bound = pattern(f"(?:{self.words.bounds_after})$").search(parts[0])
        if bound and len(parts) > 1:
            return "".join((parts[0][: bound.start()], *parts[1:], bound.group()))
        return "".join(parts)

    def beside(self, row: int, role: str, *, begins: bool) -> list[str]:
        """The further texts under a head that spreads over several columns."""
        first = self.at.get(role, 0)
        found = self.area.beginning(row) if begins else self.area.distinct(row)
        return [text.strip() for column, text in found if first < column <= self.spread[role]]


class RowCells:
    """A row as a mapping sees it (行单元格)."""

    __slots__ = ("area", "block", "kinds", "row", "values", "words")

    def __init__(self, block: BlockColumns, row: int) -> None:
        self.block = block
        self.area, self.words = block.area, block.words
        self.row = row
        self.kinds = block.kinds[row]
        self.values = block.values(row)

    @property
    def is_sound(self) -> bool:
        """Whether the sheet has no cell whose content cannot be trusted."""
        return not self.area.grid.has_faults()

    @property
    def edge(self) -> int:
        """The last column of the levels."""
        return self.block.edge

    def column(self, role: str) -> int | None:
        """The column of a role in this half."""
        return self.block.at.get(role)

    def shown(self, role: str) -> str:
        """The text shown, merges filled."""
        column = self.block.at.get(role)
        return "" if column is None else self.area.grid.text(self.row, column)

    def begins(self, role: str) -> bool:
        """Whether a content of the role begins in this row."""
        column, grid = self.block.at.get(role), self.area.grid
        return (
            column is not None and bool(grid.text(self.row, column)) and grid.begins_in_row(self.row, column)
        )

    def begun(self, role: str) -> GridCell:
        """The cell of a role where it begins; a blank one where it goes on from above or from the left."""
        column = self.block.at.get(role)
        return BLANK_CELL if column is None else self.area.grid.anchored(self.row, column)

    def goes_on(self, role: str) -> bool:
        """Whether the content shown goes on from a row above."""
        column, grid = self.block.at.get(role), self.area.grid
        if column is None or not grid.text(self.row, column):
            return False
        return not grid.begins_in_row(self.row, column)

    def is_spread(self, role: str, left: str) -> bool:
        """Whether the content of a role is that of the role left of it, in one wide cell."""
        column, other = self.block.at.get(role), self.block.at.get(left)
        if column is None or other is None:
            return False
        merge = self.area.grid.merge_at(self.row, column)
        return merge is not None and merge.left <= other <= merge.right

    def where(self, role: str) -> str:
        """The name of a role's cell, the row's where it has none."""
        column = self.block.at.get(role)
        return self.block.row_name(self.row) if column is None else self.area.cell_name(self.row, column)

    def value(self, role: str) -> str:
        """The text of a cell that begins here, "" for a filler (`BlockColumns.values`)."""
        return self.values.get(role, "")

    @property
    def name(self) -> str:
        """The third-level name, the fourth level's behind it, without 指标1：."""
        parts, block = [], self.block
        for role, left in _NAMES:
            text = self.shown(role)
            if role in block.spread and not block.prefix:
                text = "".join((text, *block.beside(self.row, role, begins=False)))
            if text and not self.is_spread(role, left):
                parts.append(_bare_name(text, self.words.row_words.indicator_prefix))
        return "—".join(part for part in parts if part and part not in block.fillers)

    @property
    def is_blank(self) -> bool:
        """Whether the row gives no value at all: a template's row, or one left empty."""
        values = self.values
        return values.keys().isdisjoint(_GIVEN) and not self.ticked("likelihood")

    @property
    def has_scores(self) -> bool:
        """Whether points begin in this row."""
        return "full_score" in self.values or "stated_score" in self.values

    def ticked(self, role: str) -> list[str]:
        """The options ticked among the columns of one question, with what was written instead of a tick."""
        found: list[str] = []
        if role not in self.block.ticks:
            return found
        for choice in self.block.mapping.ticked(role):
            text = self.area.cell(self.row, choice.column).text.strip()
            if (
                not text
                or text in self.block.fillers
                or not self.area.grid.begins_in_row(self.row, choice.column)
            ):
                continue
            found.append(choice.option if text in self.words.ticks else f"{choice.option}：{text}")
        return found


@lru_cache(maxsize=4_096)
def _bare_name(text: str, prefix: str) -> str:
    """A name without its prefix, on one line."""
    return pattern(prefix).sub("", tidy(plain_prefix(text)), count=1).strip()


def plain_prefix(text: str) -> str:
    """A name with 指标１： in half-width figures, so that the prefix is known; the rest untouched."""
    head, tail = text[:8], text[8:]
    narrow = plain_text(head) if head.lstrip("★*").startswith(("指标", "三级指标")) else head
    return f"{narrow}{tail}"


def level_text(text: str) -> str:
    """A level's name without blanks and line breaks (产\\n出 → 产出)."""
    return "".join(text.split())


def is_words(text: str, words: str) -> bool:
    """Whether a text is, as a whole, one of a pattern's words."""
    return bool(text) and pattern(words).fullmatch(plain_head(text)) is not None
