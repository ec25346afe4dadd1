"""Names of rates (率、比例、程度): what an indicator's name says it measures in percent."""

from __future__ import annotations

from collections.abc import Iterable

from forms.checks.engine import RowInput
from forms.checks.indicator_line import IndicatorLine
from forms.checks.line_spelling import contains
from forms.checks.settings import SharedWords
from forms.findings import Finding, Severity
from models.domain.money import plain_text


def names_a_rate(name: str, words: SharedWords) -> bool:
    """Whether a name speaks of a rate, share, degree or satisfaction; 效率, 制度 and the like do not count."""
    text = plain_text(name)
    if contains(text, words.not_rate_words):
        for word in words.not_rate_words:
            text = text.replace(word, "，")
    core = text.rstrip("。；， ").partition("(")[0] or text
    return contains(text, words.rate_words) or core.endswith(words.rate_endings)


def percent_of_nothing(given: RowInput) -> Iterable[Finding]:
    """C50: a percentage whose indicator names nothing that is measured in percent."""
    line = given.line
    if not line.is_percent or not line.is_numeric or line.amount is None or not line.name:
        return ()
    if "satisfaction" in line.roles or names_a_rate(line.name, given.settings.get(SharedWords)):
        return ()
    return (_nothing_named(line),)


def _nothing_named(line: IndicatorLine) -> Finding:
    """A C50 finding."""
    return Finding(
        code="C50",
        severity=Severity.EXPLAIN,
        place=line.place("third_level"),
        subject=line.subject("third_level"),
        message=f"指标值是“{line.shown_value}”，名称里看不出是什么的比率",
        remedy="请把名称写成某某率、某某比例，或换成能计数的指标",
        why="百分数总是某个数占另一个数的比例，名称里没有比率，年底无法计算。",
        also=(line.place("planned_value"),),
        values=(("三级指标", line.name), ("指标值", line.shown_value)),
    )
