"""Scoring (计分引擎): a scheme made ready once, then any number of self-evaluations.

`score_sheet` is the one door. Which rule scores a row depends on a few texts of it only (method,
level, sign, direction), so it is looked up, not worked out, and a row costs little more than its
multiplication (bench/scoring.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from forms.scoring.deductions import Deductions, deducted
from forms.scoring.execution import counted_funds, execution_rate, reckon_execution
from forms.scoring.inputs import PLAIN_EXPONENT, FundsInput, IndicatorInput, is_usable
from forms.scoring.marks import (
    MOST_DECIMALS,
    ONE,
    OPEN,
    UNCOUNTED,
    ZERO,
    Mark,
    Outcome,
    half_up,
    settled,
    within,
)
from forms.scoring.rescaling import rescaled
from forms.scoring.rules.base import Rule
from forms.scoring.rules.choice import RuleChoice
from forms.scoring.score_sheet import EnteredScore, Particulars, SchemeBasis, ScoreSheet, row_scores
from forms.scoring.totals import AppliedCap, applied_cap
from models.domain.kit import ScoreScheme
from models.domain.score_rules import EnteredItem, ZeroBudget

_Marker = Callable[[IndicatorInput, Decimal], Mark]
_NO_POINTS: Mark = (ZERO, Outcome.NO_POINTS)
_NOT_APPLICABLE: Mark = (ZERO, Outcome.NOT_APPLICABLE)
_REMEMBERED_SCHEMES = 32


class Scorer:
    """A score scheme made ready (计分方案的执行): rules found once, grades in order."""

    def __init__(self, scheme: ScoreScheme) -> None:
        unit = ONE.scaleb(-min(max(scheme.score_decimals, 0), MOST_DECIMALS))
        full = scheme.execution_score
        self._rules: dict[str, Rule] = {}
        self._markers: dict[str, _Marker] = {}
        self._choice = RuleChoice(scheme, unit)
        self._basis = SchemeBasis(
            scheme=scheme,
            unit=unit,
            full_execution=full if is_usable(full) and full > 0 else ZERO,
            grades=tuple(sorted(scheme.grades, key=lambda band: -band.lower)),
            deductions=Deductions(scheme.over_achievement, scheme.deviation, unit),
            rule_of=self.rule_of,
        )
        self._spares_empty_budget = scheme.execution.zero_budget is ZeroBudget.NOT_SCORED
        self._is_plain = (
            scheme.score_decimals >= -PLAIN_EXPONENT
            and not scheme.caps
            and not scheme.deviation
            and not scheme.entered_items
            and not self._basis.deductions.touch_rows
            and not self._spares_empty_budget
        )

    @property
    def scheme(self) -> ScoreScheme:
        """The scheme it scores by."""
        return self._basis.scheme

    def score(
        self,
        funds: FundsInput,
        rows: Sequence[IndicatorInput],
        entered: Mapping[str, Decimal | None] | None = None,
    ) -> ScoreSheet:
        """Points of every row, execution, total and grade; `entered` the points of entered items by id."""
        basis, inputs = self._basis, tuple(rows)
        if not self._is_plain:
            return self._particular(funds, inputs, entered or {})
        marks: list[Mark] = []
        append, markers, total = marks.append, self._markers, ZERO
        for row in inputs:
            full = row.plain_full
            if full is None:
                return self._particular(funds, inputs, entered or {})
            marker = markers.get(row.rule_key)
            mark = marker(row, full) if marker else self.rule_of(row).mark(row, full)
            append(mark)
            total += mark[0]
        executed = reckon_execution(basis.scheme.execution, basis.full_execution, funds, basis.unit)
        total = settled(total + executed[0], basis.unit)
        return ScoreSheet(basis, funds, inputs, marks, executed, total, None)

    def with_row(self, sheet: ScoreSheet, number: int, row: IndicatorInput) -> ScoreSheet | None:
        """The sheet after one row has changed, at the cost of that row; None where the whole must be scored."""
        full = row.plain_full
        if sheet.particulars is not None or full is None:
            return None
        mark = self.rule_of(row).mark(row, full)
        inputs = (*sheet.inputs[:number], row, *sheet.inputs[number + 1 :])
        marks = [*sheet.marks[:number], mark, *sheet.marks[number + 1 :]]
        total = settled(sheet.total - sheet.marks[number][0] + mark[0], sheet.basis.unit)
        return ScoreSheet(sheet.basis, sheet.funds, inputs, marks, sheet.executed, total, None)

    def _particular(
        self, funds: FundsInput, rows: tuple[IndicatorInput, ...], entered: Mapping[str, Decimal | None]
    ) -> ScoreSheet:
        """A sheet where points are spread, taken off, capped, entered, or finer than the scheme's points."""
        basis = self._basis
        fulls, full_execution = self._full_marks(rows, funds)
        marks = [self._mark(row, full) for row, full in zip(rows, fulls, strict=True)]
        scores = [one.score for one in row_scores(basis, rows, fulls, marks)]
        executed = reckon_execution(basis.scheme.execution, full_execution, funds, basis.unit)
        parts = self._entered(entered)
        subtotal = sum((*scores, *(part.score for part in parts)), executed[0])
        subtotal = settled(subtotal, basis.unit)
        loss = basis.deductions.of_table(_compared(rows, marks))
        total = deducted(subtotal, (loss,)) if loss else subtotal
        cap = self._cap(funds, total)
        if cap:
            total = settled(max(cap.cap.most, ZERO), basis.unit)
        particulars = Particulars(fulls, full_execution, parts, subtotal, loss, cap)
        return ScoreSheet(basis, funds, rows, marks, executed, total, particulars)

    def _mark(self, row: IndicatorInput, full: Decimal | None) -> Mark:
        """The mark of a row; rounding may not lift it above full marks finer than points."""
        if full is None:
            return _NO_POINTS if row.is_applicable else _NOT_APPLICABLE
        score, outcome = self.rule_of(row).mark(row, full)
        return min(score, full), outcome

    def rule_of(self, row: IndicatorInput) -> Rule:
        """The rule that scores a row."""
        rule = self._rules.get(row.rule_key)
        if rule is None:
            rule = self._rules[row.rule_key] = self._choice.of(row)
            self._markers[row.rule_key] = rule.mark
        return rule

    def _full_marks(
        self, rows: tuple[IndicatorInput, ...], funds: FundsInput
    ) -> tuple[list[Decimal | None], Decimal]:
        """Full marks of rows and execution, points of what does not apply spread over the rest."""
        basis = self._basis
        budget, _spending = counted_funds(basis.scheme.execution, funds)
        is_unscored = self._spares_empty_budget and budget == 0
        if not is_unscored and all(row.is_applicable for row in rows):
            return [row.full_score for row in rows], basis.full_execution
        mode = basis.scheme.not_applicable
        return rescaled(rows, basis.full_execution, mode, basis.unit, execution_applies=not is_unscored)

    def _cap(self, funds: FundsInput, total: Decimal) -> AppliedCap | None:
        """The ceiling the execution rate sets; none for a budget of 0 or unknown amounts."""
        budget, spending = counted_funds(self.scheme.execution, funds)
        rate = execution_rate(budget, spending) if budget else None
        return applied_cap(self.scheme.caps, rate, total)

    def _entered(self, entered: Mapping[str, Decimal | None]) -> tuple[EnteredScore, ...]:
        """Points of the entered items, within their full marks."""
        return tuple(
            self._entered_score(item, entered.get(item.item_id)) for item in self.scheme.entered_items
        )

    def _entered_score(self, item: EnteredItem, given: Decimal | None) -> EnteredScore:
        """Points of one entered item; 0 and open while nobody entered any."""
        if given is None or not is_usable(given):
            return EnteredScore(item, ZERO.quantize(self._basis.unit), is_open=True)
        return EnteredScore(item, _clipped(given, item.full_score, self._basis.unit), is_open=False)


def _compared(rows: Sequence[IndicatorInput], marks: Sequence[Mark]) -> list[IndicatorInput]:
    """Rows that count and are filled in."""
    return [
        row
        for row, (_score, outcome) in zip(rows, marks, strict=True)
        if outcome not in UNCOUNTED and outcome not in OPEN
    ]


def _clipped(given: Decimal, full: Decimal, unit: Decimal) -> Decimal:
    """Entered points, rounded and within 0 and full marks."""
    return within(half_up(within(given, ZERO, full), unit), ZERO, full)


_SCORERS: dict[int, Scorer] = {}


def scorer_of(scheme: ScoreScheme) -> Scorer:
    """The scorer of a scheme, made once for each scheme object."""
    scorer = _SCORERS.get(id(scheme))
    if scorer is None or scorer.scheme is not scheme:
        if len(_SCORERS) >= _REMEMBERED_SCHEMES:
            _SCORERS.clear()
        scorer = _SCORERS[id(scheme)] = Scorer(scheme)
    return scorer


def score_sheet(
    scheme: ScoreScheme,
    funds: FundsInput,
    rows: Sequence[IndicatorInput],
    entered: Mapping[str, Decimal | None] | None = None,
) -> ScoreSheet:
    """The score of one self-evaluation by a scheme (自评计分); `entered` the points of entered items by id."""
    return scorer_of(scheme).score(funds, rows, entered)
