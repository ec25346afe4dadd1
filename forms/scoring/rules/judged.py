"""Rules that leave a choice to people (评定计分): qualitative grades, yes or no, points given as they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from forms.checks.wording import clipped
from forms.scoring.inputs import IndicatorInput
from forms.scoring.marks import ONE, ZERO, Mark, Outcome, half_up, within
from forms.scoring.rules.base import Rule, unread
from forms.scoring.wording import plain, points, share_text
from models.domain.money import plain_text
from models.domain.score_rules import QualitativeBand

_MOST_REMEMBERED = 10_000
_NEGATIONS = ("不", "未", "没有", "没能", "未能")
_TELLING = 3
"""Words from so many characters on also count as the beginning of a text: 完成 alone would take in 完成率低."""


def entered_points(row: IndicatorInput, full: Decimal) -> Decimal | None:
    """The points a person gave; on the scale of `full` where points of other rows were spread over it meanwhile."""
    if (
        row.entered_as_printed
        or row.entered_score is None
        or row.full_score is None
        or full == row.full_score
        or not row.full_score
    ):
        return row.entered_score
    return row.entered_score * full / row.full_score


def spelled(text: str, words: tuple[str, ...]) -> int:
    """How much of a text a list of words explains: the longest word it is, or a telling one it begins with."""
    body = plain_text(text).replace(" ", "").rstrip("。.")
    return max(
        (len(word) for word in words if body == word or (len(word) >= _TELLING and body.startswith(word))),
        default=0,
    )


@dataclass(frozen=True, slots=True)
class QualitativeRule(Rule):
    """Qualitative indicators (定性指标): a grade of completion, and points within its range (domain §4.4)."""

    bands: tuple[QualitativeBand, ...]
    _remembered: dict[tuple[str, str, str, Decimal], Mark] = field(
        default_factory=dict, compare=False, repr=False
    )

    def mark(self, row: IndicatorInput, full: Decimal) -> Mark:
        """The entered points within the grade's range, else its default share; 0 while no grade is known.

        The same few words stand in thousands of rows, so marks without entered points are remembered.
        """
        if row.entered_score is not None:
            return self._reckon(row, full)
        key = (row.completion, row.actual_text, row.planned_text, full)
        mark = self._remembered.get(key)
        if mark is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            mark = self._remembered[key] = self._reckon(row, full)
        return mark

    def _reckon(self, row: IndicatorInput, full: Decimal) -> Mark:
        """The mark worked out."""
        band, entered = self.band(row), entered_points(row, full)
        if band is None:
            return self._without_grade(row, full, entered)
        lower, upper = self._range(band, full)
        if entered is None and self._is_top(band) and band.default_share >= ONE:
            return full, Outcome.MET
        given = full * band.default_share if entered is None else entered
        score = within(half_up(given, self.unit), lower, upper)
        return score, Outcome.MET if score >= full and self._is_top(band) else Outcome.BAND

    def _without_grade(self, row: IndicatorInput, full: Decimal, entered: Decimal | None) -> Mark:
        """The mark while no grade is known: the points given, else nothing yet."""
        if entered is not None:
            return min(half_up(within(entered, ZERO, full), self.unit), full), Outcome.JUDGED
        is_blank = not row.actual_text.strip() and not row.completion.strip()
        return unread(row, needs_planned=False) if is_blank else (ZERO, Outcome.TO_JUDGE)

    def band(self, row: IndicatorInput) -> QualitativeBand | None:
        """The grade of completion: chosen, else the one the actual text spells; the planned text itself is the top, denied the last."""
        for text in (row.completion, row.actual_text):
            found = [(spelled(text, band.words), band) for band in self.bands] if text.strip() else []
            length, band = max(found, key=lambda pair: pair[0], default=(0, None))
            if length:
                return band
        if not self.bands or not row.actual_text.strip():
            return None
        if _same(row.actual_text, row.planned_text):
            return self.bands[0]
        return self.bands[-1] if _denied(row.actual_text, row.planned_text) else None

    def _is_top(self, band: QualitativeBand) -> bool:
        return band is self.bands[0]

    def _range(self, band: QualitativeBand, full: Decimal) -> tuple[Decimal, Decimal]:
        """Least and most points of a grade; the upper end belongs to the grade above it."""
        upper = min(half_up(full * within(band.upper, ZERO, ONE), self.unit), full)
        lower = min(half_up(full * within(band.lower, ZERO, ONE), self.unit), upper)
        if not self._is_top(band) and upper - self.unit > lower:
            upper -= self.unit
        return lower, upper

    def bounds(self, row: IndicatorInput, full: Decimal, mark: Mark) -> tuple[Decimal, Decimal]:
        """The range of the grade; everything while no grade is known."""
        band = self.band(row)
        return self._range(band, full) if band else (ZERO, full)

    def formula(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """部分达成：10 × 80%（不含）至 60% 之间评定，评 7.50 分."""
        band, score = self.band(row), points(self.shown(mark[0]))
        if band is None:
            return f"没有选择完成档次，按评定得分计 {score} 分"
        head = " " if self._is_top(band) else "（不含）"
        span = f"{share_text(band.upper)}{head}至 {share_text(band.lower)}"
        lower, upper = self._range(band, full)
        scope = f"{band.name}：{plain(full)} 分的 {span}，即 {points(lower)} 至 {points(upper)} 分"
        entered = entered_points(row, full)
        if entered is None:
            return f"{scope}，未另行评分，按 {share_text(band.default_share)} 计 {score} 分"
        if lower <= entered <= upper:
            return f"{scope}，评定 {score} 分"
        return f"{scope}，评定 {plain(entered)} 分超出范围，按 {score} 分计"

    def change(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """完成情况评为“达成预期指标”，可得 8.00 至 10.00 分."""
        band = self.band(row)
        if mark[1] is Outcome.MET or not self.bands or (band and self._is_top(band)):
            return (
                ""
                if mark[1] is Outcome.MET or not band
                else f"本档最多可评 {points(self._range(band, full)[1])} 分"
            )
        better = self.bands[self.bands.index(band) - 1] if band else self.bands[0]
        lower, upper = self._range(better, full)
        return f"完成情况评为“{better.name}”，可得 {points(lower)} 至 {points(upper)} 分"


@dataclass(frozen=True, slots=True)
class YesNoRule(Rule):
    """Yes or no (是否完成，直接赋分): full marks or nothing."""

    yes: tuple[str, ...]
    no: tuple[str, ...]

    def mark(self, row: IndicatorInput, full: Decimal) -> Mark:
        """Full for a word of yes, 0 for a word of no; the longer word decides."""
        text = row.completion.strip() or row.actual_text.strip()
        if not text:
            return unread(row, needs_planned=False)
        yes, no = spelled(text, self.yes), spelled(text, self.no)
        if yes == no:
            return (full, Outcome.MET) if _same(text, row.planned_text) else (ZERO, Outcome.TO_JUDGE)
        return (full, Outcome.MET) if yes > no else (ZERO, Outcome.NOT_MET)

    def formula(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """完成情况“是”，得满分 10 分."""
        text = clipped(row.completion.strip() or row.actual_text.strip())
        if mark[1] is Outcome.MET:
            return self.full_marks(f"完成情况“{text}”", full)
        return f"完成情况“{text}”，得 0 分"

    def change(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """完成后可得满分 10 分."""
        return "" if mark[1] is Outcome.MET else f"完成后可得满分 {plain(full)} 分"


@dataclass(frozen=True, slots=True)
class EnteredRule(Rule):
    """Points entered as they stand (直接评分): judged by people, or scored in another system."""

    def mark(self, row: IndicatorInput, full: Decimal) -> Mark:
        """The entered points, not above full marks and not below 0."""
        entered = entered_points(row, full)
        if entered is None:
            return ZERO, Outcome.TO_JUDGE
        return min(half_up(within(entered, ZERO, full), self.unit), full), Outcome.JUDGED

    def bounds(self, row: IndicatorInput, full: Decimal, mark: Mark) -> tuple[Decimal, Decimal]:
        """Anything from 0 to full marks."""
        return ZERO, full

    def formula(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """评定 8.00 分（满分 10 分）."""
        entered = entered_points(row, full) or ZERO
        over = f"，评定 {plain(entered)} 分超出范围" if not ZERO <= entered <= full else ""
        return f"满分 {plain(full)} 分{over}，按 {points(self.shown(mark[0]))} 分计"

    def change(self, row: IndicatorInput, full: Decimal, mark: Mark) -> str:
        """Nothing a formula could tell: people gave the points."""
        return ""


def _same(text: str, other: str) -> bool:
    """Whether two texts are the same but for width and blanks."""
    return plain_text(text).replace(" ", "") == plain_text(other).replace(" ", "")


def _denied(text: str, other: str) -> bool:
    """Whether a text only denies another: 不及时 for 及时."""
    return bool(other.strip()) and any(_same(text, f"{word}{other}") for word in _NEGATIONS)
