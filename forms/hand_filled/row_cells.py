"""One row below a head, cell by cell (指标行的单元格): by role, with what begins in the row told from what only goes on.

A score merged over several rows counts once, in the row where it begins; a level merged over its rows is
read in each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from forms.hand_filled.area import Area
from forms.hand_filled.grid import BLANK_CELL, GridCell
from forms.hand_filled.head_words import HeadWords, pattern, plain_head
from forms.hand_filled.labels import tidy
from forms.hand_filled.mapping import ColumnMapping
from models.domain.money import plain_text

LEVELS = ("first_level", "second_level", "third_level", "fourth_level")
SCORES = ("full_score", "stated_score")
_LONGEST_NARROW = 30
"""Texts up to here have line breaks only because their cell is narrow: ≥ over 95%."""
TEXTS = ("planned", "actual", "forecast", "deviation_reason")
_SHARED = (*LEVELS, "comparator", "measure_unit", "direction")
"""What two values of one row have in common."""


@dataclass(frozen=True, slots=True)
class RowCells:
    """A row as a mapping sees it (行单元格); `prefix` chooses the medium-term half."""

    area: Area
    row: int
    columns: dict[str, int]
    mapping: ColumnMapping
    words: HeadWords
    prefix: str = ""
    spread: Mapping[str, int] = field(default_factory=dict)
    edge: int = 0
    """The last column of the levels."""
    kinds: int = 0
    """What the row's texts may be (`text_kinds`)."""
    ticks: frozenset[str] = frozenset()
    """Roles that are answered by ticks in several columns."""
    _values: dict[str, str] = field(default_factory=dict, init=False, compare=False, repr=False)

    def column(self, role: str) -> int | None:
        """The column of a role in this half; what only stands once (the first level) is shared by both."""
        if not self.prefix:
            return self.columns.get(role)
        is_shared = role == "first_level" or (
            role in _SHARED and self.prefix + "third_level" not in self.columns
        )
        return self.columns.get(self.prefix + role, self.columns.get(role) if is_shared else None)

    def shown(self, role: str) -> str:
        """The text shown, merges filled."""
        column = self.column(role)
        return "" if column is None else self.area.text(self.row, column)

    def begins(self, role: str) -> bool:
        """Whether a content of the role begins in this row."""
        column = self.column(role)
        return (
            column is not None
            and bool(self.area.text(self.row, column))
            and self.area.grid.begins_in_row(self.row, column)
        )

    def begun(self, role: str) -> GridCell:
        """The cell of a role where it begins; a blank one where it goes on from above or from the left."""
        column = self.column(role)
        return BLANK_CELL if column is None else self.area.grid.anchored(self.row, column)

    def goes_on(self, role: str) -> bool:
        """Whether the content shown goes on from a row above."""
        column = self.column(role)
        if column is None or not self.area.text(self.row, column):
            return False
        return not self.area.grid.begins_in_row(self.row, column)

    def is_spread(self, role: str, left: str) -> bool:
        """Whether the content of a role is that of the role left of it, in one wide cell."""
        column, other = self.column(role), self.column(left)
        if column is None or other is None:
            return False
        merge = self.area.grid.merge_at(self.row, column)
        return merge is not None and merge.left <= other <= merge.right

    def where(self, role: str) -> str:
        """The name of a role's cell, the row's where it has none."""
        column = self.column(role)
        return self.area.row_name(self.row) if column is None else self.area.cell_name(self.row, column)

    def value(self, role: str) -> str:
        """The text of a cell that begins here, "" for a filler; cells under one wide head put together.

        A planned value that was adjusted is the adjusted one.
        """
        known = self._values.get(role)
        if known is None:
            known = self._values[role] = self._value(role)
        return known

    def _value(self, role: str) -> str:
        """What `value` gives."""
        if role == "planned" and not self.prefix and (adjusted := self._adjusted()):
            return adjusted
        is_spread = role in self.spread
        if not is_spread and not self.prefix and role not in self.columns:
            return ""
        text = self.begun(role).text.strip()
        if not text and not is_spread:
            return ""
        if is_spread and not self.prefix:
            text = self._joined((text, *self._beside(role, begins=True)))
        if "\n" in text and len(text) <= _LONGEST_NARROW:
            text = tidy(text)
        return "" if text in self.words.fillers else text

    def _adjusted(self) -> str:
        """The value a target was adjusted to, "" where the table has none."""
        return self.value("planned_adjusted") if "planned_adjusted" in self.columns else ""

    def _joined(self, parts: tuple[str, ...]) -> str:
        """Cells under one head as one text; 95以上 beside % is 95%以上."""
        bound = pattern(f"(?:{self.words.bounds_after})$").search(parts[0])
        if bound and len(parts) > 1:
            return "".join((parts[0][: bound.start()], *parts[1:], bound.group()))
        return "".join(parts)

    def _beside(self, role: str, *, begins: bool) -> list[str]:
        """The further texts under a head that spreads over several columns."""
        first = self.column(role) or 0
        found = self.area.beginning(self.row) if begins else self.area.distinct(self.row)
        return [text.strip() for column, text in found if first < column <= self.spread[role]]

    @property
    def name(self) -> str:
        """The third-level name, the fourth level's behind it, without 指标1：."""
        parts = []
        for role, left in (("third_level", "second_level"), ("fourth_level", "third_level")):
            text = self.shown(role)
            if role in self.spread and not self.prefix:
                text = "".join((text, *self._beside(role, begins=False)))
            if text and not self.is_spread(role, left):
                parts.append(_bare_name(text, self.words.row_words.indicator_prefix))
        return "—".join(part for part in parts if part and part not in self.words.fillers)

    @property
    def is_blank(self) -> bool:
        """Whether the row gives no value at all: a template's row, or one left empty."""
        value = self.value
        return not (any(map(value, SCORES)) or any(map(value, TEXTS)) or self.ticked("likelihood"))

    @property
    def has_scores(self) -> bool:
        """Whether points begin in this row."""
        return any(map(self.value, SCORES))

    def ticked(self, role: str) -> list[str]:
        """The options ticked among the columns of one question, with what was written instead of a tick."""
        found: list[str] = []
        if role not in self.ticks:
            return found
        for choice in self.mapping.ticked(role):
            text = self.area.cell(self.row, choice.column).text.strip()
            if (
                not text
                or text in self.words.fillers
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
