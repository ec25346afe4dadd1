"""What a cell's text may be (单元格文字的种类): asked of the dictionary once a text, kept by row for all readers of a sheet.

Most rows of a form are figures and names. Whoever looks for heads, labels, titles or sums asks a row's kinds first
and passes over the rows that cannot hold any; a kind that is there only says that looking closer is worth it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from forms.hand_filled.grid import SheetGrid
from forms.hand_filled.head_words import HeadWords, pattern, plain_head
from forms.remembered import by_identity

_LONGEST_KEPT = 120
_MOST_KEPT = 20_000
_TITLE_LENGTHS = range(4, 61)
NAME_ROLES = ("third_level", "second_level", "item", "levels")
VALUE_ROLES = ("planned", "actual", "full_score", "stated_score", "forecast")
_ASKED = ("project_name", "implementing_unit", "filing_unit", "supervising_department")


class TextKind:
    """What a text may be (文字种类), one bit each; plain numbers, since they are asked for a hundred times a sheet."""

    COLUMN: Final = 1
    FUND_COLUMN: Final = 2
    LABEL: Final = 4
    TARGET: Final = 8
    TASK_COLUMN: Final = 16
    TITLE: Final = 32
    ASKS: Final = 64
    """Asks for the project or the unit, as the first label of a form does."""
    INLINE: Final = 128
    """Has a colon: a label may stand together with its content."""
    TOTAL: Final = 256
    SUBTOTAL: Final = 512
    FOOT: Final = 1024
    NAME_COLUMN: Final = 2048
    """Heads the names of a block of indicators."""
    VALUE_COLUMN: Final = 4096
    """Heads its values, points or completions, or all levels, below which they may stand; a head of a block has both."""


def row_kinds(grid: SheetGrid, words: HeadWords) -> Mapping[int, int]:
    """The kinds of the texts of every row of a sheet, put together."""
    kept = grid.memory.get(__name__)
    if kept is not None and kept[0] is words:
        found: Mapping[int, int] = kept[1]
        return found
    known, of_rows = _known(words), {}
    for row in grid.rows:
        kinds = 0
        for _, text in grid.distinct(row):
            kind = known.get(text)
            kinds |= _looked_up(known, text, words) if kind is None else kind
        of_rows[row] = kinds
    grid.memory[__name__] = words, of_rows
    return of_rows


@by_identity(8)
def _known(_words: HeadWords) -> dict[str, int]:
    """Kinds by text, as far as they have been asked of a dictionary."""
    return {}


def _looked_up(known: dict[str, int], text: str, words: HeadWords) -> int:
    """The kinds of a text not met before; long ones are prose and not worth keeping."""
    kinds = _kinds(text, words)
    if len(text) <= _LONGEST_KEPT:
        if len(known) >= _MOST_KEPT:
            known.clear()
        known[text] = kinds
    return kinds


class _Looks(NamedTuple):
    """All of a dictionary's words as few looks (一次查找): what none of them meets, no rule of it meets."""

    exact: frozenset[str]
    inside: re.Pattern[str]
    """Patterns that may meet anywhere in a text."""
    whole: re.Pattern[str]
    """Patterns that meet a text as a whole, hence at its beginning."""
    ends: re.Pattern[str]
    """Those of them that figures and codes may meet as well."""


@by_identity(8)
def _looks(words: HeadWords) -> _Looks:
    """The looks of a dictionary."""
    anywhere = [*words.indicator_columns, *words.fund_columns, *words.task_columns]
    whole = [*words.labels, *words.targets]
    ends = [words.row_words.total, words.row_words.subtotal, words.row_words.foot]
    return _Looks(
        frozenset(word for rule in (*anywhere, *whole) for word in rule.exact),
        _any_of([rule.pattern for rule in anywhere]),
        _any_of([*(rule.pattern for rule in whole), *ends]),
        _any_of(ends),
    )


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    """Patterns as one."""
    return re.compile("|".join(f"(?:{one})" for one in patterns if one))


def _is_nothing(text: str, body: str, words: HeadWords) -> bool:
    """Whether a text without colon can be nothing but a title: most texts of a form are names and figures."""
    looks = _looks(words)
    if text.isascii():
        return looks.ends.match(body) is None
    return not (body in looks.exact or looks.whole.match(body) or looks.inside.search(body))


def _kinds(text: str, words: HeadWords) -> int:
    """What a text may be."""
    rows = words.row_words
    body = plain_head(text)
    has_colon = ":" in text or "：" in text
    if not has_colon and _is_nothing(text, body, words):
        return TextKind.TITLE if is_title(text, words) else 0
    match = words.column(text)
    role = match.role if match else ""
    told = (
        (TextKind.COLUMN, match),
        (TextKind.NAME_COLUMN, role in NAME_ROLES),
        (TextKind.VALUE_COLUMN, role in VALUE_ROLES or role == "levels"),
        (TextKind.FUND_COLUMN, words.fund_column(text)),
        (TextKind.LABEL, words.label(text)),
        (TextKind.TARGET, words.target(text)),
        (TextKind.TASK_COLUMN, words.task_column(text)),
        (TextKind.TITLE, is_title(text, words)),
        (TextKind.ASKS, asks_for_whom(text, words)),
        (TextKind.INLINE, has_colon),
        (TextKind.TOTAL, pattern(rows.total).fullmatch(body)),
        (TextKind.SUBTOTAL, pattern(rows.subtotal).fullmatch(body)),
        (TextKind.FOOT, pattern(rows.foot).fullmatch(body)),
    )
    return sum(kind for kind, is_so in told if is_so)


def is_title(text: str, words: HeadWords) -> bool:
    """Whether a text reads like the title of a form."""
    body = plain_head(text, keep_brackets=True)
    return len(body) in _TITLE_LENGTHS and pattern(words.titles.title).fullmatch(body) is not None


def asks_for_whom(text: str, words: HeadWords) -> bool:
    """Whether a text asks for the project or the unit, its content behind a colon or not."""
    match = words.label(text.partition("：")[0].partition(":")[0])
    return match is not None and match.role in _ASKED
