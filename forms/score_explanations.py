"""Explanations of a self-evaluation's scores by place (自评得分说明): which score a place has, why, and what another value brings.

Everything is asked of the form's own scoring, so what is said is what is reckoned. Nothing is kept here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from forms.answers import value_at
from forms.checks.wording import number_text
from forms.context import FormContext
from forms.findings import Place
from forms.form_scoring import FormScoring
from forms.kinds import parse_number
from forms.schema import FormSpec, Row
from forms.score_explainer import TOTAL, Loss, ScoreExplainer, ShownScore
from forms.scoring.breakdown import BreakdownLine, breakdown, entered_line
from forms.scoring.explanation import Explanation
from forms.scoring.marks import Outcome
from forms.scoring.row_score import RowScore
from forms.scoring.score_sheet import EXECUTION_NAME, UNNAMED, EnteredScore, ScoreSheet
from forms.scoring.totals import points_to_next_grade
from forms.scoring.wording import points
from models.domain.filing import Answers

_SPENDING = "spending_fen"
_FISCAL = "fiscal"


class SelfEvaluationExplainer(ScoreExplainer):
    """Explains the scores of one self-evaluation, of a project or a unit as a whole (自评得分说明)."""

    caption = "自评总分"

    def __init__(self, form: FormSpec, context: FormContext) -> None:
        super().__init__(form, context)
        assert form.scoring is not None, form.form_id
        self._scoring: FormScoring = form.scoring

    @property
    def basis(self) -> str:
        """The score scheme in force."""
        return self.context.scheme.name

    @property
    def clause(self) -> str:
        """The scheme's circular."""
        return self.context.scheme.clause

    @property
    def tables(self) -> tuple[str, ...]:
        """Indicators, money, and points scored elsewhere."""
        return self._scoring.table, self._scoring.funds_table, self._scoring.entered_table

    def result(self, answers: Answers) -> tuple[str | None, str | None]:
        """Total and grade as the form states them."""
        return self._scoring.result(answers)

    def shown(self, answers: Answers, place: Place | None) -> ShownScore:
        """The score a place belongs to: its row's, an entered item's, that of execution, else the total."""
        scoring, sheet = self._scoring, self._sheet(answers)
        if place is not None and place.field == scoring.table and (row := sheet.row(place.row_id)):
            return self._row(sheet, row, answers)
        if place is not None and place.field == scoring.entered_table:
            for part in sheet.entered:
                if part.item.item_id == place.row_id:
                    return self._entered(part)
        if place is not None and place.field == scoring.funds_table:
            return self._execution(sheet)
        return self._total(sheet, answers)

    def losses(self, answers: Answers) -> tuple[Loss, ...]:
        """Where points went, execution and entered items among the rows, the dearest first."""
        scoring, sheet = self._scoring, self._sheet(answers)
        execution = sheet.execution
        found = [
            Loss(Place(scoring.table, row.row.row_id, scoring.score), row.row.name or UNNAMED, row.lost)
            for row in sheet.losses
        ]
        for part in sheet.entered:
            place = Place(scoring.entered_table, part.item.item_id, scoring.score)
            found.append(Loss(place, part.item.name, part.item.full_score - part.score))
        missing = execution.full_score - execution.score
        found.append(Loss(Place(scoring.funds_table, scoring.funds_row, "score"), EXECUTION_NAME, missing))
        return tuple(sorted((loss for loss in found if loss.lost > 0), key=lambda loss: -loss.lost))

    def lines(self, answers: Answers) -> Iterator[BreakdownLine]:
        """Execution, entered items, every indicator, the total."""
        return breakdown(self._sheet(answers), self._scoring.labels(self.context))

    def with_tried(self, answers: Answers, place: Place, value: Any) -> Answers:
        """The answers with a value put in; spending as a whole stands in its first source, for the row is a sum."""
        scoring = self._scoring
        if place == Place(scoring.funds_table, scoring.funds_row, _SPENDING):
            rows: list[Row] = list(answers.get(scoring.funds_table) or ())
            sources = [str(row.get("row_id")) for row in rows if row.get("row_id") != scoring.funds_row]
            spent = dict.fromkeys(sources, 0) | dict.fromkeys(sources[:1], value)
            spent[scoring.funds_row] = value
            rows = [{**row, _SPENDING: spent[str(row.get("row_id"))]} for row in rows]
            return self.form.derive(replace(self.context), {**answers, scoring.funds_table: rows})
        return super().with_tried(answers, place, value)

    def _sheet(self, answers: Answers) -> ScoreSheet:
        """The scores of the answers."""
        return self._scoring.sheet(self.context, answers)

    def _row(self, sheet: ScoreSheet, row: RowScore, answers: Answers) -> ShownScore:
        """One indicator; where its actual value comes of the money, the money is tried out."""
        scoring = self._scoring
        spec = self.form.table(scoring.table).column(scoring.actual)
        place = Place(scoring.table, row.row.row_id, scoring.actual)
        found = value_at(answers, replace(place, column=""))
        kept: Row = found if isinstance(found, dict) else {}  # a row without an id is none
        score = points(row.score) if row.is_counted and not row.is_open else ""
        shown = ShownScore(
            row.row.name or UNNAMED,
            score,
            number_text(row.full_score),
            _with_stated(row.explanation, kept.get(scoring.score), score),
            row.is_open,
            place,
            spec.label,
            row.row.measure_unit,
        )
        if spec.is_locked_in_row(self.context, kept):
            return self._with_money_trial(shown, sheet)
        options = spec.choices(self.context, kept) if spec.choices else ()
        words = tuple(option.label for option in options)
        return replace(shown, trial_choices=words, trial_unit="" if words else shown.trial_unit)

    def _execution(self, sheet: ScoreSheet) -> ShownScore:
        """Budget execution; what was spent can be tried out."""
        execution = sheet.execution
        counts = execution.outcome is not Outcome.NOT_APPLICABLE
        shown = ShownScore(
            EXECUTION_NAME,
            points(execution.score) if counts and not execution.is_open else "",
            number_text(execution.full_score),
            execution.explanation,
            execution.is_open,
        )
        return self._with_money_trial(shown, sheet) if counts else shown

    def _with_money_trial(self, shown: ShownScore, sheet: ScoreSheet) -> ShownScore:
        """The score with what was spent to try out: of the money the scheme counts."""
        scoring, is_fiscal = self._scoring, sheet.execution.is_fiscal
        return replace(
            shown,
            trial=Place(scoring.funds_table, _FISCAL if is_fiscal else scoring.funds_row, _SPENDING),
            trial_label="财政拨款全年执行数" if is_fiscal else "全年执行数",
            trial_unit=self.context.amount_unit.label,
        )

    def _entered(self, part: EnteredScore) -> ShownScore:
        """A part that is scored elsewhere; other points can be tried out."""
        line = entered_line(part, self.clause)
        return ShownScore(
            line.title,
            "" if line.is_open else line.score,
            line.full_score,
            line.explanation,
            line.is_open,
            Place(self._scoring.entered_table, part.item.item_id, self._scoring.score),
            "得分",
            "分",
        )

    def _total(self, sheet: ScoreSheet, answers: Answers) -> ShownScore:
        """The total with its grade, deductions and cap; under a cap the money can be tried out."""
        total, (stated, _grade) = points(sheet.total), self.result(answers)
        told = _with_stated(sheet.explanation(self._scoring.labels(self.context)), stated, total)
        more = points_to_next_grade(self.context.scheme.grades, sheet.total)
        shown = ShownScore(
            TOTAL,
            total,
            number_text(sheet.full_total),
            told,
            not sheet.is_complete,
            is_total=True,
            grade=sheet.grade,
            remarks=tuple(text for text in (sheet.cap.sentence if sheet.cap else more,) if text),
        )
        return self._with_money_trial(shown, sheet) if sheet.cap else shown


def _with_stated(told: Explanation, stated: Any, score: str) -> Explanation:
    """An explanation that also says so where the form states other points than the rules give."""
    number = parse_number(stated) if isinstance(stated, str) else None
    if number is None or not score or number == parse_number(score):
        return told
    return replace(told, notes=(f"表上填写的得分是 {stated}，按规则应为 {score}", *told.notes))
