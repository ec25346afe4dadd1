"""Head rows of the indicator block (指标表头): found by their words, in one row or two, wherever they stand.

A head of two rows has groups above (偏差原因分析) and columns below (经费保障、制度保障 …). Two halves side by
side, as the national target form has them, are told by a third level and a value that both come twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from forms.hand_filled.area import Area
from forms.hand_filled.head_words import SIMILAR, HeadMatch, HeadWords, pattern, plain_head
from forms.hand_filled.kept_layouts import remembered_layouts
from forms.hand_filled.mapping import MEDIUM, UNUSED, ColumnChoice, why_of
from forms.hand_filled.text_kinds import VALUE_ROLES, TextKind, row_kinds

INDICATORS = "indicators"
_LONGEST_ROW = 60
_NAMES = ("third_level", "second_level")
_OF_VALUES = ("planned", "actual", "forecast", "stated_score", "deviation_reason", "achieved_target")
"""Roles no column left of the third level can have: there such words are labels of the whole block."""
_MOST_LABELLED = 40
_FEWEST = 3
_SPREAD = ("third_level", "planned", "actual")
"""Heads that may stand over several columns of the rows below: 指标1： beside its name, ≥ beside 95."""


@dataclass(frozen=True, slots=True)
class HeadBlock:
    """A head of indicators (一处指标表头): its rows, its columns, and the words that stand beside or above it."""

    top: int
    bottom: int
    choices: tuple[ColumnChoice, ...]
    beside: str = ""

    def column(self, role: str) -> int | None:
        """The column of a role."""
        return next((choice.column for choice in self.choices if choice.role == role), None)

    @property
    def roles(self) -> frozenset[str]:
        """Roles the head has, the medium-term half's included."""
        return frozenset(choice.role for choice in self.choices if choice.role != UNUSED)


def find_heads(area: Area, words: HeadWords) -> list[HeadBlock]:
    """Every head of the area from top to bottom."""
    found: list[HeadBlock] = []
    kinds = row_kinds(area.grid, words)
    for row in area.rows():
        if not (kinds[row] & TextKind.NAME_COLUMN and kinds[row] & TextKind.VALUE_COLUMN):
            continue
        if (not found or row > found[-1].bottom) and (block := _head_at(area, row, words)):
            found.append(block)
    return found


def _head_at(area: Area, row: int, words: HeadWords) -> HeadBlock | None:
    """The head that begins in a row."""
    heads = [(column, text) for column, text in area.beginning(row) if len(text) <= _LONGEST_ROW]
    matches = {column: match for column, text in heads if (match := words.column(text))}
    roles = {match.role for match in matches.values()}
    levels = next((column for column, match in matches.items() if match.role == "levels"), None)
    named = [role for role in (*_NAMES, "item") if role in roles]
    under = _names_under(area, row, levels, words) if levels is not None and not named else set[str]()
    if under:
        roles |= under
        named = [role for role in _NAMES if role in roles]
    if not named and levels is not None and len(roles.intersection(VALUE_ROLES)) >= _FEWEST:
        return _unnamed(area, row, heads, levels, words)
    if not named or not roles.intersection(VALUE_ROLES):
        return None
    telling = roles - {UNUSED, "remark"}
    if len(telling) < _FEWEST and not ("planned" in telling and telling & {"third_level", "item"}):
        return None
    names = [column for column, match in matches.items() if match.role in (*_NAMES, "item", "first_level")]
    left = min(names) if names else levels or area.left
    bottom = (
        row + 1 if under else _bottom(area, row, [column for column, _ in heads if column >= left], words)
    )
    seen = tuple(_Seen.of(area, row, bottom, column) for column in _leaf_columns(area, row, bottom))
    choices = list(remembered_layouts(words).found(seen, lambda: _choices(seen, words)))
    choices = _with_own_levels(area, bottom, choices, levels)
    return HeadBlock(row, bottom, tuple(choices), _beside(area, row, choices))


class _Seen(NamedTuple):
    """A column of a head as it is seen (表头的一列): the texts of its group and its leaf, and how far it goes."""

    column: int
    group: str
    leaf: str
    is_deep: bool
    is_first: bool
    edge: int

    @staticmethod
    def of(area: Area, top: int, bottom: int, column: int) -> _Seen:
        """The column between the first and the last row of a head."""
        merge = area.grid.merge_at(bottom, column)
        group, leaf = area.text(top, column), area.text(bottom, column)
        is_first = merge is None or merge.left == column
        return _Seen(column, group, leaf, bottom > top, is_first, area.right_edge(bottom, column))


def _choices(seen: Iterable[_Seen], words: HeadWords) -> tuple[ColumnChoice, ...]:
    """What the columns of a head hold."""
    choices = [choice for one in seen if (choice := _choice(one, words))]
    choices = _with_targets(_with_items(_without_labels(choices)))
    return tuple(_without_rivals(_halves(choices, words)))


def _names_under(area: Area, row: int, levels: int, words: HeadWords) -> set[str]:
    """The levels named in the row below, under one cell that calls them all 绩效指标; empty where none are."""
    edge = area.right_edge(row, levels)
    if edge == levels or area.bottom_edge(row, levels) > row:
        return set()
    below = {column: match for column, text in area.beginning(row + 1) if (match := words.column(text))}
    roles = {match.role for column, match in below.items() if levels <= column <= edge}
    return roles if "third_level" in roles and "second_level" in roles else set()


def _bottom(area: Area, row: int, columns: Iterable[int], words: HeadWords) -> int:
    """Last row of a head: down to the end of its merges, or a row of columns under groups."""
    deepest = row
    for column in columns:
        match = words.column(area.text(row, column))
        if match and match.role in (*_NAMES, *VALUE_ROLES, "first_level"):
            deepest = max(deepest, area.bottom_edge(row, column))
    if deepest > row:
        return min(deepest, row + 2)
    below = row + 1
    if below > area.bottom:
        return row
    leaves = area.beginning(below)
    groups = [column for column in columns if area.right_edge(row, column) > column]
    is_under = leaves and all(
        any(group <= column <= area.right_edge(row, group) for group in groups) or not area.text(row, column)
        for column, _ in leaves
    )
    known = [text for _, text in leaves if words.column(text) or plain_head(text) in words.likelihoods]
    return below if is_under and len(known) >= 2 else row


def _leaf_columns(area: Area, top: int, bottom: int) -> list[int]:
    """First columns of the head's cells, those of the lowest row where groups are divided."""
    columns = {column for row in range(top, bottom + 1) for column, _ in area.distinct(row)}
    return sorted(columns)


def _choice(seen: _Seen, words: HeadWords) -> ColumnChoice | None:
    """What a column of the head holds: by its own words, else with those of its group."""
    column, leaf, group = seen.column, seen.leaf or seen.group, seen.group
    if not leaf or (seen.is_deep and leaf == group and not seen.is_first):
        return None
    above = words.column(group) if group and group != leaf else None
    option = plain_head(leaf)
    if above and above.role == "likelihood":
        return _made(column, leaf, HeadMatch("likelihood", above.confidence), option)
    match = words.column(leaf)
    if match and match.role == "levels":
        return ColumnChoice(INDICATORS, column, UNUSED, leaf, SIMILAR, "是整块指标的标题")
    if above and above.role == "deviation_reason" and (match is None or match.role != "deviation_reason"):
        return _made(column, leaf, HeadMatch("deviation_reason", above.confidence), option)
    if match is None and above and above.role == "planned" and pattern(words.part_of_year).search(option):
        return ColumnChoice(INDICATORS, column, UNUSED, leaf, SIMILAR, "不是全年的指标值")
    if match is None and above is not None:
        match = words.column(f"{group}{leaf}") or above
    made = _made(column, leaf, match or HeadMatch(UNUSED, Decimal(0)))
    return replace(made, last_column=seen.edge) if seen.edge > column and made.role in _SPREAD else made


def _with_items(choices: list[ColumnChoice]) -> list[ColumnChoice]:
    """Points to be judged stand for the third level where there is none, as in ex-ante tables."""
    has_third = any(choice.role == "third_level" for choice in choices)
    role = UNUSED if has_third else "third_level"
    return [replace(choice, role=role) if choice.role == "item" else choice for choice in choices]


def _with_targets(choices: list[ColumnChoice]) -> list[ColumnChoice]:
    """A column headed 年度目标 right of the names holds the values where no other does."""
    names = [choice.column for choice in choices if choice.role == "third_level"]
    if not names or any(choice.role in ("planned", "project_name") for choice in choices):
        return choices
    return [
        replace(choice, role="planned")
        if choice.role == "annual_target" and choice.column > names[0]
        else choice
        for choice in choices
    ]


def _without_labels(choices: list[ColumnChoice]) -> list[ColumnChoice]:
    """Labels of the whole block left of the levels are no columns of values (绩效指标完成情况)."""
    names = [choice.column for choice in choices if choice.role in ("third_level", "item")]
    first = min(names, default=0)
    return [
        replace(choice, role=UNUSED, confidence=SIMILAR, why="在三级指标左边，是整块指标的标题")
        if choice.role in _OF_VALUES and choice.column < first
        else choice
        for choice in choices
    ]


def _with_own_levels(
    area: Area, bottom: int, choices: list[ColumnChoice], levels: int | None
) -> list[ColumnChoice]:
    """A column headed 绩效指标 that names another level in every few rows is that of the levels, no title."""
    roles = {choice.role for choice in choices}
    third = next((choice.column for choice in choices if choice.role == "third_level"), 0)
    if levels is None or levels >= third or roles & {"first_level", "second_level"}:
        return choices
    texts = {
        "".join(area.text(row, levels).split())
        for row in area.rows(bottom + 1, bottom + _MOST_LABELLED)
        if area.text(row, third) and area.text(row, levels) and area.right_edge(row, levels) < third
    }
    texts.discard("".join(area.text(bottom, levels).split()))
    if len(texts) < 2:
        return choices
    why = "各行写的是不同的指标层次"
    return [
        replace(choice, role="second_level", confidence=SIMILAR, why=why)
        if choice.column == levels and choice.role == UNUSED
        else choice
        for choice in choices
    ]


def _unnamed(
    area: Area, row: int, heads: list[tuple[int, str]], levels: int, words: HeadWords
) -> HeadBlock | None:
    """A head that calls all levels together 绩效指标: the columns up to the next head are the levels."""
    behind = min((column for column, _ in heads if column > levels), default=levels + 1)
    names = {
        1: ("third_level",),
        2: ("first_level", "third_level"),
        3: ("first_level", "second_level", "third_level"),
    }
    roles = names.get(behind - levels)
    if roles is None:
        return None
    text = area.text(row, levels)
    why = f"“{plain_head(text)}”一栏按从左到右为各级指标"
    named = [
        ColumnChoice(INDICATORS, levels + offset, role, text, SIMILAR, why)
        for offset, role in enumerate(roles)
    ]
    others = [_choice(_Seen.of(area, row, row, column), words) for column, _ in heads if column >= behind]
    choices = _without_rivals([*named, *(choice for choice in others if choice)])
    return HeadBlock(row, row, tuple(choices), _beside(area, row, choices))


def _made(column: int, head: str, match: HeadMatch, option: str = "") -> ColumnChoice:
    """The choice of a column."""
    why = why_of(head, match) if match.confidence else f"不认识表头“{plain_head(head)}”"
    return ColumnChoice(INDICATORS, column, match.role, head, match.confidence, why, option)


def _halves(choices: list[ColumnChoice], words: HeadWords) -> list[ColumnChoice]:
    """The left half of a form of two halves marked as medium-term."""
    counts = Counter(choice.role for choice in choices)
    if counts["third_level"] == 1 and counts["planned"] == 2:
        return _medium_values(choices, words)
    if counts["third_level"] != 2 or counts["planned"] != 2:
        return choices
    thirds = [choice.column for choice in choices if choice.role == "third_level"]
    seconds = [choice.column for choice in choices if choice.role == "second_level"]
    begin = max((column for column in seconds if column < thirds[1]), default=thirds[1])
    if begin <= thirds[0]:
        begin = thirds[1]
    shared = ("first_level", UNUSED)
    return [
        replace(choice, role=MEDIUM + choice.role)
        if choice.column < begin and choice.role not in shared
        else choice
        for choice in choices
    ]


def _medium_values(choices: list[ColumnChoice], words: HeadWords) -> list[ColumnChoice]:
    """Of two values beside one name, that of the whole term (实施周期指标值) marked as medium-term."""
    medium = [
        choice
        for choice in choices
        if choice.role == "planned"
        and pattern(words.medium_term).search(plain_head(choice.head, keep_brackets=True))
    ]
    if len(medium) != 1:
        return choices
    return [
        replace(choice, role=MEDIUM + choice.role) if choice is medium[0] else choice for choice in choices
    ]


def _without_rivals(choices: list[ColumnChoice]) -> list[ColumnChoice]:
    """One column a role: the surest, of equals the first; the others are unused and say why."""
    third = next((choice.column for choice in choices if choice.role == "third_level"), 0)
    best: dict[str, ColumnChoice] = {}
    for choice in choices:
        if choice.role == UNUSED or choice.option:
            continue
        rival = best.get(choice.role)
        if rival is None or _rank(choice, third) > _rank(rival, third):
            best[choice.role] = choice
    return [_kept_or_rival(choice, best.get(choice.role), third) for choice in choices]


def _rank(choice: ColumnChoice, third: int) -> tuple[bool, Decimal]:
    """How well a column fits its role: points left of the third level are those of the levels."""
    return choice.role != "full_score" or choice.column > third, choice.confidence


def _kept_or_rival(choice: ColumnChoice, winner: ColumnChoice | None, third: int) -> ColumnChoice:
    """The column as it is, or unused because another one has its role."""
    if winner is None or choice.role == UNUSED or choice.option or winner is choice:
        return choice
    if choice.role == "full_score" and choice.column < third:
        return replace(choice, role=UNUSED, confidence=SIMILAR, why="在三级指标左边，是上级指标的分值")
    why = f"“{plain_head(choice.head)}”与“{plain_head(winner.head)}”像是同一项，采用了后者"
    return replace(choice, role=UNUSED, confidence=SIMILAR, why=why, rival_of=choice.role)


def _beside(area: Area, row: int, choices: list[ColumnChoice]) -> str:
    """The words left of the head, and of the row above it where it holds nothing else: 长期绩效指标."""
    first = min((choice.column for choice in choices if choice.role != UNUSED), default=area.left)
    left = [text for column, text in area.distinct(row) if column < first]
    above = area.distinct(row - 1) if row > area.top else []
    return "".join((*left, *(text for _, text in above if len(above) == 1)))
