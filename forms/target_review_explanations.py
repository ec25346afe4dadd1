"""Explanations of a target review's points (绩效目标审核得分说明): points people gave, their sum, grade and consequence."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from forms.checks.wording import number_text
from forms.context import FormContext
from forms.findings import Place
from forms.kinds import parse_number
from forms.schema import FormSpec, Row
from forms.score_explainer import TOTAL, Loss, ScoreExplainer, ShownScore
from forms.scoring.breakdown import BreakdownLine
from forms.scoring.explanation import Explanation
from forms.scoring.totals import points_to_next_grade, way_to_next_grade
from forms.target_review_rows import TABLE, item_rows, rule_of, total_of
from models.domain.filing import Answers
from models.domain.kit import GradeBand
from models.domain.target_review_rule import TargetReviewItem

_NONE = Decimal(0)


class TargetReviewExplainer(ScoreExplainer):
    """Explains points, total and grade of one target review (绩效目标审核得分说明)."""

    caption = "审核总分"

    @property
    def basis(self) -> str:
        """The kit's table of review."""
        return "任务参数包的绩效目标审核表"

    @property
    def clause(self) -> str:
        """The table's circular."""
        return rule_of(self.context).source

    @property
    def tables(self) -> tuple[str, ...]:
        """The items of the review."""
        return (TABLE,)

    def result(self, answers: Answers) -> tuple[str | None, str | None]:
        """Total and grade as the form states them."""
        total, grade = answers.get("total_score"), answers.get("grade")
        return (total if isinstance(total, str) else None, grade if isinstance(grade, str) else None)

    def shown(self, answers: Answers, place: Place | None) -> ShownScore:
        """The item a place belongs to, else the total."""
        if place is not None and place.field == TABLE:
            for item in rule_of(self.context).items:
                if item.item_id == place.row_id:
                    return self._item(item, _given(answers, item))
        return self._total(answers)

    def losses(self, answers: Answers) -> tuple[Loss, ...]:
        """Items short of full points, the dearest first."""
        found = [
            Loss(Place(TABLE, item.item_id, "score"), item.name, lost) for item, lost in self._lost(answers)
        ]
        return tuple(sorted(found, key=lambda loss: -loss.lost))

    def lines(self, answers: Answers) -> Iterator[BreakdownLine]:
        """Every item, then the total."""
        for item in rule_of(self.context).items:
            shown = self._item(item, _given(answers, item))
            title = f"{item.dimension}：{item.name}"
            yield BreakdownLine(
                title, shown.full_score, shown.score, shown.explanation, item.item_id, shown.is_open
            )
        total = self._total(answers)
        yield BreakdownLine(TOTAL, total.full_score, total.score, total.explanation, is_open=total.is_open)

    def _lost(self, answers: Answers) -> list[tuple[TargetReviewItem, Decimal]]:
        """Items with the points they fall short of."""
        found = [(item, _given(answers, item)) for item in rule_of(self.context).items]
        return [(item, lost) for item, given in found if (lost := item.full_score - (given or _NONE)) > 0]

    def _item(self, item: TargetReviewItem, given: Decimal | None) -> ShownScore:
        """One item: the points people gave."""
        full = number_text(item.full_score)
        formula = "还没有打分" if given is None else f"评定 {number_text(given)} 分，满分 {full} 分"
        missing = item.full_score - (given or _NONE)
        told = Explanation(
            formula,
            f"按具体要求打分：{item.standard}" if item.standard else "按具体要求打分",
            self.clause,
            f"满足全部要求还可多得 {number_text(missing)} 分" if missing > 0 else "",
        )
        place = Place(TABLE, item.item_id, "score")
        score = "" if given is None else number_text(given)
        return ShownScore(item.name, score, full, told, given is None, place, "得分", "分")

    def _total(self, answers: Answers) -> ShownScore:
        """The sum by what is reviewed, its grade and what follows from it."""
        rule, total = rule_of(self.context), total_of(item_rows(answers))
        sums: dict[str, Decimal] = {}
        for item in rule.items:
            sums[item.dimension] = sums.get(item.dimension, _NONE) + (_given(answers, item) or _NONE)
        reached = sum(sums.values(), _NONE)
        terms = " + ".join(f"{name} {number_text(score)}" for name, score in sums.items())
        sentences = [f"{terms or '没有审核内容'} = {number_text(reached)}"]
        grade = rule.grade_of(total) if total is not None else None
        if total is None:
            sentences.append("还有没打分的内容，打完才有等级")
        elif grade:
            sentences.append(
                f"达到 {number_text(grade.lower)} 分，等级为“{grade.name}”，{grade.consequence}".rstrip("，")
            )
        bands = [GradeBand(one.name, one.lower) for one in rule.grades]
        lost = sorted(((item.name, lost) for item, lost in self._lost(answers)), key=lambda pair: -pair[1])
        more = "" if total is None else points_to_next_grade(bands, total)
        return ShownScore(
            TOTAL,
            number_text(reached),
            number_text(sum((item.full_score for item in rule.items), _NONE)),
            Explanation(
                "；".join((*sentences, *([more] if more else []))),
                "各项得分之和",
                self.clause,
                "" if total is None else way_to_next_grade(bands, total, lost),
            ),
            total is None,
            is_total=True,
            grade=grade.name if grade else "",
            remarks=(more,) if more else (),
        )


def target_review_explainer(form: FormSpec, context: FormContext) -> TargetReviewExplainer | None:
    """The explainer by the kit's table; None where the kit carries none."""
    return TargetReviewExplainer(form, context) if rule_of(context).items else None


def _given(answers: Answers, item: TargetReviewItem) -> Decimal | None:
    """The points given for an item; None while there are none that can be read."""
    row: Row = next((row for row in item_rows(answers) if row.get("row_id") == item.item_id), {})
    return parse_number(str(row.get("score") or ""))
