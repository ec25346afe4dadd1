"""The score of one indicator (单项得分), with everything a form, a check or a print says about it.

Only points and outcome are kept; explanation, completion and the rest are worked out when asked for,
so that scoring a whole county costs hardly more than its multiplications.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.checks.wording import clipped
from forms.scoring.comparison import completion, deviation, reaches_planned
from forms.scoring.deductions import Deduction, Deductions, deduction_expression, is_over
from forms.scoring.explanation import Explanation
from forms.scoring.inputs import IndicatorInput
from forms.scoring.marks import OPEN, UNCOUNTED, ZERO, Mark, Outcome
from forms.scoring.rules.base import Rule
from forms.scoring.wording import plain, points, share_text


@dataclass(slots=True)
class RowScore:
    """The score of one indicator (单项得分); plain, since a county's come by the ten thousand.

    `full_score` are the points it could get: its own, or more where indicators that do not apply left
    theirs; `rule_score` what the rule gives, `score` what is left after deductions: that one counts.
    """

    row: IndicatorInput
    rule: Rule
    full_score: Decimal
    rule_score: Decimal
    score: Decimal
    outcome: Outcome
    deduction_rules: Deductions

    @property
    def is_counted(self) -> bool:
        """Whether the row is part of the total."""
        return self.outcome not in UNCOUNTED

    @property
    def is_open(self) -> bool:
        """Whether something still has to be filled in before the points mean anything."""
        return self.outcome in OPEN

    @property
    def is_met(self) -> bool:
        """Whether the planned value was reached (是否完成); below it a form asks for the reason (C35)."""
        reached = reaches_planned(self.row)
        return self.outcome is Outcome.MET if reached is None else reached and self.rule_score > 0

    @property
    def completion(self) -> Decimal | None:
        """Completion (完成率), 1 for exactly the planned value; None without two numbers."""
        return completion(self.row)

    @property
    def is_over_achieved(self) -> bool:
        """Whether it is over-achieved beyond the scheme's threshold (偏离较大); explain it (C37)."""
        gap, over = deviation(self.row), self.deduction_rules.over
        return gap is not None and over is not None and is_over(self.row, gap, over)

    @property
    def deductions(self) -> tuple[Deduction, ...]:
        """What was taken off the rule's points (扣减分数)."""
        if not self.is_counted or self.is_open:
            return ()
        return tuple(self.deduction_rules.of_row(self.row, self.full_score))

    @property
    def allowed(self) -> tuple[Decimal, Decimal]:
        """The least and most points the rule allows; the same where it leaves people no choice."""
        if not self.is_counted or self.is_open:
            return ZERO, self.full_score
        lower, upper = self.rule.bounds(self.row, self.full_score, self._mark)
        losses = sum((loss.points for loss in self.deductions), ZERO)
        shown = self.rule.shown
        return shown(max(ZERO, lower - losses)), shown(max(ZERO, upper - losses))

    @property
    def lost(self) -> Decimal:
        """Points short of full marks (失分)."""
        return self.full_score - self.score if self.is_counted else ZERO

    @property
    def _mark(self) -> Mark:
        return self.rule_score, self.outcome

    @property
    def explanation(self) -> Explanation:
        """Why it is that many points."""
        said = self._when_not_scored()
        if said is not None:
            return Explanation(said, self.rule.name, self.rule.clause, "", self.row.notes)
        formula = self.rule.formula(self.row, self.full_score, self._mark)
        losses = self.deductions
        if losses:
            reasons = "，".join(loss.sentence for loss in losses)
            formula = f"{formula}；{reasons}，{deduction_expression(self.rule_score, losses)}"
        clause = "；".join(
            dict.fromkeys(text for text in (self.rule.clause, *(loss.clause for loss in losses)) if text)
        )
        changes = (self.rule.change(self.row, self.full_score, self._mark), *(one.change for one in losses))
        change = "；".join(dict.fromkeys(text for text in changes if text))
        return Explanation(formula, self.rule.name, clause, change, (*self._notes(), *self.row.notes))

    def _when_not_scored(self) -> str | None:
        """What stands in place of a formula where nothing was reckoned."""
        row, waits = self.row, "，暂按 0 分计"
        return {
            Outcome.NOT_APPLICABLE: f"不适用（{clipped(row.not_applicable_reason)}），不计分",
            Outcome.NO_POINTS: "没有分值，不计分",
            Outcome.NO_PLANNED: f"没有填写指标值{waits}",
            Outcome.NO_ACTUAL: f"没有填写实际完成值{waits}",
            Outcome.UNREADABLE_PLANNED: f"指标值“{clipped(row.planned_text)}”不能按数字计算{waits}",
            Outcome.UNREADABLE_ACTUAL: f"实际完成值“{clipped(row.actual_text)}”不能按数字计算{waits}",
            Outcome.TO_JUDGE: f"需要评定：请选择完成档次，或填写评定得分{waits}",
        }.get(self.outcome)

    def _notes(self) -> tuple[str, ...]:
        """What else the reader of the score should know."""
        notes = []
        if self.row.full_score is not None and self.row.full_score != self.full_score:
            notes.append(f"分值由 {plain(self.row.full_score)} 分调整为 {points(self.full_score)} 分")
        if self.is_over_achieved:
            gap = deviation(self.row) or ZERO
            notes.append(f"超出指标值 {share_text(gap)}，请说明原因")
        return tuple(notes)
