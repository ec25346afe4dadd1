"""The dictionary of heads (表头词典): which words real tables print for a column, a label, a fund row, a title.

All of it is data (resources/hand_filled/heads.json), because every place prints its own words and a new one
must not need code. A text is compared as `plain_head` writes it; the exact spellings of all rules go before
their patterns, and of patterns the first that fits wins.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from forms.remembered import by_identity
from models.domain.kit_json import record_from_json
from models.domain.money import plain_text

EXACT, SIMILAR = Decimal(1), Decimal("0.8")
"""How sure a reading is: the very word, or one like it."""

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")
_BLANKS = re.compile(r"\s+")
_LONGEST_HEAD = 40
_LONGEST_KEPT = 60
_MOST_KEPT = 10_000


@dataclass(frozen=True)
class HeadRule:
    """What one column, label or row is called (表头规则): exact words, and a pattern for the rest."""

    role: str
    exact: tuple[str, ...]
    pattern: str


@dataclass(frozen=True)
class TitleWords:
    """How titles look (标题用语): patterns, and words only an ex-ante table has.

    `other_table` are tables that are no filled-in form; `list_table` may be one row per project or a list of
    indicators, which only the heads tell. `tail`, `generic` and `unit_ends` tell a project's name in a title from
    the form's own words, and from the name of a unit.
    """

    title: str
    overall: str
    other_table: str
    list_table: str
    continued: str
    ex_ante_words: tuple[str, ...]
    tail: str
    generic: str
    unit_ends: str


@dataclass(frozen=True)
class RowWords:
    """How rows that are no indicators begin (行首用语): patterns."""

    total: str
    subtotal: str
    foot: str
    template: str
    numbered_child: str
    points_range: str
    indicator_prefix: str


@dataclass(frozen=True, slots=True)
class HeadMatch:
    """What a head was taken for (表头识别结果), how sure (0…1)."""

    role: str
    confidence: Decimal


@dataclass(frozen=True)
class HeadWords:
    """The whole dictionary (表头词典).

    `whole_words` are what other places print for a label or head of a form's own layout (`role`). `day_names` are
    names of rows that ask for a day, `period_spending` what makes spending that of a period. `not_yet` is what monitoring
    writes where there is no figure so far. `part_of_year` tells a
    target of some months from the year's. `reason_label` asks once for
    the reasons of all rows. `conclusions` are those
    of an ex-ante evaluation (support, adjust, refuse), found behind `conclusion_label`.
    """

    forms: tuple[HeadRule, ...]
    whole_forms: tuple[HeadRule, ...]
    whole_words: tuple[HeadRule, ...]
    overall_forms: Mapping[str, str]
    form_names: Mapping[str, str]
    titles: TitleWords
    indicator_columns: tuple[HeadRule, ...]
    likelihoods: tuple[str, ...]
    fund_columns: tuple[HeadRule, ...]
    fund_rows: tuple[HeadRule, ...]
    fund_label: str
    fund_detail: str
    medium_term: str
    labels: tuple[HeadRule, ...]
    targets: tuple[HeadRule, ...]
    task_columns: tuple[HeadRule, ...]
    task_spending: str
    row_words: RowWords
    grades: tuple[str, ...]
    stamps: str
    bounds_after: str
    sub_row_prefixes: tuple[str, ...]
    fillers: tuple[str, ...]
    empty_words: tuple[str, ...]
    approximate_words: tuple[str, ...]
    ticks: tuple[str, ...]
    reverse_names: tuple[str, ...]
    day_names: str
    period_spending: str
    not_yet: str
    part_of_year: str
    reason_label: str
    conclusion_label: str
    conclusions: tuple[HeadRule, ...]
    _found: dict[str, dict[str, HeadMatch | None]] = field(
        default_factory=lambda: defaultdict(dict), init=False, compare=False, repr=False
    )

    @staticmethod
    def from_json(data: Any) -> HeadWords:
        """The dictionary of JSON values. Raises KitProblem naming the place that cannot be read."""
        return record_from_json(HeadWords, data, "表头词典")

    def column(self, text: str) -> HeadMatch | None:
        """The indicator column a head names."""
        return self._match("column", self.indicator_columns, text)

    def fund_column(self, text: str) -> HeadMatch | None:
        """The column of the funds block a head names."""
        return self._match("fund_column", self.fund_columns, text)

    def fund_row(self, text: str) -> HeadMatch | None:
        """The source of money a row of the funds block names."""
        return self._match("fund_row", self.fund_rows, text)

    def label(self, text: str) -> HeadMatch | None:
        """The fact a label asks for."""
        return self._match("label", self.labels, text, whole=True)

    def target(self, text: str) -> HeadMatch | None:
        """The target a label asks for: expected, achieved, medium."""
        return self._match("target", self.targets, text, whole=True)

    def task_column(self, text: str) -> HeadMatch | None:
        """The column of the table of yearly tasks a head names."""
        return self._match("task_column", self.task_columns, text)

    def form_of(self, title: str) -> str:
        """The kind of form a title names; "" when none."""
        body = plain_head(title, keep_brackets=True)
        return next((rule.role for rule in self.forms if _pattern(rule.pattern).search(body)), "")

    def whole_form_of(self, title: str) -> str:
        """The form without rows of indicators a title names (整改、调整、审核、汇总); "" when none."""
        body = plain_head(title, keep_brackets=True)
        return next((rule.role for rule in self.whole_forms if _pattern(rule.pattern).search(body)), "")

    def _match(
        self, kind: str, rules: tuple[HeadRule, ...], text: str, *, whole: bool = False
    ) -> HeadMatch | None:
        """The first rule that knows a text; remembered, since the same heads come with every file."""
        if text.isascii() or len(text) > 3 * _LONGEST_HEAD:
            return None  # Figures and codes are no heads, and most cells are figures.
        known = self._found[kind]
        found = known.get(text)
        if found is not None or text in known:
            return found
        found = _searched(rules, text, whole=whole)
        if len(known) < _MOST_KEPT:
            known[text] = found
        return found


def plain_head(text: str, *, keep_brackets: bool = False) -> str:
    """A head without what places write around it: blanks, line breaks, stars, (A), （万元）, a closing colon."""
    return (
        _plain_head(text, keep_brackets) if len(text) <= _LONGEST_KEPT else _made_plain(text, keep_brackets)
    )


def _made_plain(text: str, keep_brackets: bool) -> str:
    """What `plain_head` gives."""
    body = _BLANKS.sub("", plain_text(text))
    if not keep_brackets:
        bare = _BRACKETS.sub("", body)
        body = bare or body.strip("()[]【】")
    return body.strip("*★☆:;,。.")


_plain_head = lru_cache(maxsize=16_384)(_made_plain)
"""Heads and levels come with every file; long texts are not worth remembering."""


def pattern(text: str) -> re.Pattern[str]:
    """A pattern of the dictionary, compiled once."""
    return _pattern(text)


@lru_cache(maxsize=512)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _searched(rules: tuple[HeadRule, ...], text: str, *, whole: bool) -> HeadMatch | None:
    """Exact words of all rules first, then their patterns in order."""
    body = plain_head(text)
    if not body or len(body) > _LONGEST_HEAD:
        return None
    exact, any_pattern = _indexed(rules)
    if body in exact:
        return HeadMatch(exact[body], EXACT)
    if any_pattern.search(body) is None:
        return None
    for rule in rules:
        if rule.pattern:
            compiled = _pattern(rule.pattern)
            if compiled.fullmatch(body) if whole else compiled.search(body):
                return HeadMatch(rule.role, SIMILAR)
    return None


@by_identity(64)
def _indexed(rules: tuple[HeadRule, ...]) -> tuple[dict[str, str], re.Pattern[str]]:
    """The roles of exact words, the first rule's where two have one, and all patterns as one: most texts meet none."""
    exact = {word: rule.role for rule in reversed(rules) for word in rule.exact}
    patterns = [f"(?:{rule.pattern})" for rule in rules if rule.pattern]
    return exact, re.compile("|".join(patterns) or "(?!)")
