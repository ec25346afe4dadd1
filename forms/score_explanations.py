"""Explanations of a form's scores by place (得分说明的查询): which score a place has, why, and what another value brings.

Everything is asked of the form's own scoring, so what is said is what is reckoned. Nothing is kept here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from forms import kinds
from forms.answers import value_at, with_value
from forms.checks.wording import number_text
from forms.context import FormContext
from forms.findings import Place
from forms.form_scoring import FormScoring
from forms.schema import FormSpec, Row
from forms.scoring.explanation import Explanation
from forms.scoring.marks import Outcome
from forms.scoring.row_score import RowScore
from forms.scoring.score_sheet import ScoreSheet
from forms.scoring.wording import points
from models.domain.filing import Answers


@dataclass(frozen=True, slots=True)
class ShownScore:
    """One score as people see it (得分及说明).

    `score` is "" where nothing is counted; `full_score` the points it could get. `trial` is the place whose value can be
    tried out, None where nothing can; `trial_label` names it, `trial_unit` stands behind it.
    """

    title: str
    score: str
    full_score: str
    explanation: Explanation
    is_open: bool = False
    trial: Place | None = None
    trial_label: str = ""
    trial_unit: str = ""


@dataclass(frozen=True, slots=True)
class Loss:
    """Points a row or execution falls short of (失分): where they went, the dearest first."""

    place: Place
    title: str
    lost: Decimal


@dataclass(frozen=True, slots=True)
class Trial:
    """What another value would bring (试算结果): its own points, the total and the grade, before and after."""

    problem: str
    score: str = ""
    before: str = ""
    total: str = ""
    total_before: str = ""
    grade: str = ""
    grade_before: str = ""


class ScoreExplainer:
    """Explains the scores of one open form (得分说明)."""

    def __init__(self, form: FormSpec, context: FormContext) -> None:
        assert form.scoring is not None, form.form_id
        self._form = form
        self._context = context
        self._scoring: FormScoring = form.scoring

    def sheet(self, answers: Answers) -> ScoreSheet:
        """The scores of the answers."""
        return self._scoring.sheet(self._context, answers)

    def shown(self, sheet: ScoreSheet, place: Place | None) -> ShownScore:
        """The score a place belongs to: its row's, that of execution, else the total."""
        scoring = self._scoring
        if place is not None and place.field == scoring.table and (row := sheet.row(place.row_id)):
            return self._row(row)
        if place is not None and place.field == scoring.funds_table:
            return self._execution(sheet)
        return self._total(sheet)

    def _row(self, row: RowScore) -> ShownScore:
        """One indicator."""
        spec = self._form.table(self._scoring.table).column(self._scoring.actual)
        return ShownScore(
            row.row.name or "未命名指标",
            points(row.score) if row.is_counted and not row.is_open else "",
            number_text(row.full_score),
            row.explanation,
            row.is_open,
            Place(self._scoring.table, row.row.row_id, self._scoring.actual),
            spec.label,
            row.row.measure_unit,
        )

    def _execution(self, sheet: ScoreSheet) -> ShownScore:
        """Budget execution; what was spent can be tried out."""
        execution, scoring = sheet.execution, self._scoring
        counts = execution.outcome is not Outcome.NOT_APPLICABLE
        return ShownScore(
            "预算执行率",
            points(execution.score) if counts and not execution.is_open else "",
            number_text(execution.full_score),
            execution.explanation,
            execution.is_open,
            Place(scoring.funds_table, scoring.funds_row, "spending_fen") if counts else None,
            "全年执行数",
            self._context.amount_unit.label,
        )

    def _total(self, sheet: ScoreSheet) -> ShownScore:
        """The total with its grade, deductions and cap."""
        explanation = sheet.explanation(self._scoring.labels(self._context))
        total, full = points(sheet.total), number_text(sheet.full_total)
        return ShownScore("总分", total, full, explanation, not sheet.is_complete)

    def losses(self, sheet: ScoreSheet) -> tuple[Loss, ...]:
        """Where points went, execution among the rows, the dearest first."""
        scoring, execution = self._scoring, sheet.execution
        found = [
            Loss(Place(scoring.table, row.row.row_id, scoring.score), row.row.name or "未命名指标", row.lost)
            for row in sheet.losses
        ]
        missing = execution.full_score - execution.score
        if missing > 0:
            found.append(Loss(Place(scoring.funds_table, scoring.funds_row, "score"), "预算执行率", missing))
        return tuple(sorted(found, key=lambda loss: -loss.lost))

    def trial(self, answers: Answers, place: Place, typed: str) -> Trial:
        """What a value typed at a place would bring; nothing of it is kept."""
        row: Row = value_at(answers, replace(place, column="")) or {}
        spec = self._form.table(place.field).column(place.column)
        reading = kinds.read(spec, typed, self._context, row)
        if reading.problem or reading.value is None:
            return Trial(f"{reading.problem}，{reading.remedy}。" if reading.problem else "")
        before = self.sheet(answers)
        after = self.sheet(self._with(answers, place, reading.value))
        was, now = self.shown(before, place), self.shown(after, place)
        if now.is_open:
            return Trial(f"{now.explanation.formula}。")
        return Trial(
            "",
            now.score or "不计分",
            was.score or "—",
            points(after.total),
            points(before.total),
            after.grade,
            before.grade,
        )

    def _with(self, answers: Answers, place: Place, value: Any) -> Answers:
        """The answers with a value put in; points a person gave for the row count no more, its own rule does."""
        changed = with_value(answers, place, value)
        if place.field == self._scoring.table:
            changed = with_value(changed, Place(place.field, place.row_id, self._scoring.score), None)
        return changed
