"""What the self-evaluation checks look at (自评校验的对象): one record per row, one for the money, one for the totals.

They are neutral: a form filled in here and a hand-filled workbook both come to them, so that the same rule
speaks to both. Who builds them scores the rows first (`forms.scoring.scorer.score_sheet`), hands over the
`RowScore`, and says by `LineColumns` and `Place` where findings are to point.

    self_evaluation_rows      row_findings(line, settings)                C32 C33 C34 C38 C40
    self_evaluation_reasons   reason_findings(line, settings)             C35 C37
    self_evaluation_funds     funds_findings(facts, settings)             C30 C31 C36 C41
    self_evaluation_totals    totals_findings(facts, settings)            C34 C39
    self_evaluation_approved  approved_findings(approved, lines, place)   C28 C29

Every function yields `Finding`; a check whose settings the kit lacks is silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from forms.findings import Place
from forms.hand_filled.stated import StatedNumber
from forms.scoring.inputs import IndicatorInput
from forms.scoring.marks import OPEN, UNCOUNTED, Outcome, half_up
from forms.scoring.row_score import RowScore

_WITHOUT_RULE = UNCOUNTED | OPEN | {Outcome.JUDGED, Outcome.TO_JUDGE}
"""Rows without points, rows that wait, and points people give where no rule can be reckoned."""


@dataclass(frozen=True, slots=True)
class LineColumns:
    """Keys of a table and its columns (自评指标表的栏目), as places of findings spell them."""

    table: str
    planned: str
    actual: str
    full_score: str
    score: str
    reason: str
    measure_unit: str = "measure_unit"
    name: str = "third_level"
    improvement: str = ""


@dataclass(slots=True)
class ScoredLine:
    """One indicator row with its score (自评指标行).

    `subject` names the row for people; `stated` are the points written, `score` those of the engine, which
    also holds the row's texts and numbers. `improvement` None where cause and measure share one column,
    `evidence` None where nobody can know how many files stand behind the row.
    """

    row_id: str
    subject: str
    score: RowScore
    full_score: StatedNumber
    stated: StatedNumber
    columns: LineColumns
    reason: str = ""
    improvement: str | None = None
    evidence: int | None = None

    @property
    def row(self) -> IndicatorInput:
        """The row as the engine read it."""
        return self.score.row

    @property
    def is_counted(self) -> bool:
        """Whether the row has points of its own."""
        return self.score.outcome not in UNCOUNTED

    @property
    def is_scored(self) -> bool:
        """Whether the row has points of its own, or a score though the table has no points column."""
        return self.is_counted or self.stated.value is not None

    @property
    def has_rule(self) -> bool:
        """Whether a rule gives its points; not where values are missing or people judge freely."""
        return self.score.outcome not in _WITHOUT_RULE

    @property
    def rule(self) -> Decimal | None:
        """The points the rule gives, None where none applies."""
        return self.score.score if self.has_rule else None

    def place(self, column: str) -> Place:
        """The place of one of its cells."""
        return Place(self.columns.table, self.row_id, column)

    def agrees(self, tolerance: Decimal) -> bool | None:
        """Whether the points written fit the rule at their printed precision; None where that cannot be said.

        Where the rule leaves a range (qualitative grades), everything within it fits.
        """
        if not self.has_rule or self.stated.value is None:
            return None
        if self.stated.value == self.score.score:
            return True
        least, most = self.score.allowed
        if least <= self.stated.value <= most:
            return True
        if self.stated.value > most and self.stated.value >= self.score.full_score:
            return self._rounds_to_full(most) or self.stated.value - most <= tolerance
        near = least if self.stated.value < least else most
        return fits_printed(near, self.stated, tolerance=tolerance)

    def _rounds_to_full(self, points: Decimal) -> bool:
        """Whether full marks are what rounding half up gives: 14.86 may stand as 15, 1.45 of 2 may not stand as 2."""
        unit = Decimal(1).scaleb(-self.stated.decimals)
        return half_up(points, unit) == self.stated.value


def fits_printed(
    exact: Decimal, printed: StatedNumber, *, least_decimals: int = 0, tolerance: Decimal = Decimal(0)
) -> bool:
    """Whether a printed number is the exact one rounded up, down or half up at the decimals it shows.

    A number that shows as many decimals as the exact one may differ by the last of them, whose rounding is
    already behind it.
    """
    if printed.value is None:
        return False
    if abs(printed.value - exact) <= tolerance:
        return True
    decimals = max(printed.decimals, least_decimals)
    own = max(0, -int(exact.as_tuple().exponent))
    unit = Decimal(1).scaleb(-min(decimals, own))
    if decimals >= own:
        return own > 0 and abs(printed.value - exact) <= unit
    lower, upper = exact.quantize(unit, ROUND_FLOOR), exact.quantize(unit, ROUND_CEILING)
    return lower <= printed.value <= upper


_STROKES = frozenset({"", "-", "—", "——", "－", "/", "／", "…", "……"})


def is_blank_text(text: str) -> bool:
    """Whether a cell says nothing: blank, or a stroke for it."""
    return text.strip() in _STROKES
