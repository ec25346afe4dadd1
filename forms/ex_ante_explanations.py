"""Explanations of an ex-ante evaluation's points (事前绩效评估得分说明): items by rating, total by bands and vetoes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from forms.checks.wording import number_text
from forms.context import FormContext
from forms.ex_ante_scores import (
    RATINGS,
    ExAnteResult,
    RatedItem,
    band_words,
    evaluate,
    object_of,
    rating_words,
    scheme_of,
    worst_conclusion,
)
from forms.findings import Place
from forms.schema import FormSpec
from forms.score_explainer import TOTAL, Loss, ScoreExplainer, ShownScore
from forms.scoring.breakdown import BreakdownLine
from forms.scoring.explanation import Explanation
from forms.scoring.totals import way_to_next_grade
from forms.scoring.wording import points, share_text
from models.domain.ex_ante_scheme import ExAnteScheme
from models.domain.filing import Answers
from models.domain.kit import GradeBand

_NO_POINTS = Decimal(0)


class ExAnteExplainer(ScoreExplainer):
    """Explains points, total and conclusion of one ex-ante evaluation (事前绩效评估得分说明)."""

    caption = "评估总分"
    grade_label = "结论"

    def __init__(self, form: FormSpec, context: FormContext, scheme: ExAnteScheme) -> None:
        super().__init__(form, context)
        self._scheme = scheme

    @property
    def basis(self) -> str:
        """The scheme of dimensions and bands."""
        return self._scheme.name

    @property
    def clause(self) -> str:
        """The scheme's circular."""
        return self._scheme.source

    @property
    def tables(self) -> tuple[str, ...]:
        """The rated items."""
        return (RATINGS,)

    def result(self, answers: Answers) -> tuple[str | None, str | None]:
        """Total, and the conclusion the points lead to."""
        total, conclusion = answers.get("total_score"), answers.get("suggested_conclusion")
        return (
            total if isinstance(total, str) else None,
            conclusion if isinstance(conclusion, str) else None,
        )

    def shown(self, answers: Answers, place: Place | None) -> ShownScore:
        """The item a place belongs to, else the total."""
        result = evaluate(self._scheme, answers)
        if place is not None and place.field == RATINGS:
            for one in result.items:
                if one.item.item_id == place.row_id:
                    return self._item(one)
        return self._total(answers, result)

    def losses(self, answers: Answers) -> tuple[Loss, ...]:
        """Items short of full points, the dearest first."""
        found = [
            Loss(Place(RATINGS, one.item.item_id, "rating"), one.item.text, lost)
            for one in evaluate(self._scheme, answers).items
            if (lost := one.item.points - (one.score or _NO_POINTS)) > 0
        ]
        return tuple(sorted(found, key=lambda loss: -loss.lost))

    def lines(self, answers: Answers) -> Iterator[BreakdownLine]:
        """Every item under its dimension, then the total."""
        result = evaluate(self._scheme, answers)
        for one in result.items:
            shown = self._item(one)
            title = f"{one.dimension.name}：{one.item.text}"
            yield BreakdownLine(
                title, shown.full_score, shown.score, shown.explanation, one.item.item_id, shown.is_open
            )
        total = self._total(answers, result)
        yield BreakdownLine(TOTAL, total.full_score, total.score, total.explanation, is_open=total.is_open)

    def _item(self, one: RatedItem) -> ShownScore:
        """One item: full points × the rating's share."""
        full, rating = number_text(one.item.points), self._scheme.rating(one.rating)
        if rating is None or one.score is None:
            formula = "还没有评级，暂按 0 分计"
        else:
            formula = f"评级“{one.rating}”：{full} × {share_text(rating.share)} = {points(one.score)}"
        notes = []
        if one.item.is_veto:
            failing = "、".join(f"“{rating.name}”" for rating in self._scheme.ratings if rating.is_failing)
            notes.append(f"这一项是否决事项：评为{failing}的，结论为“{worst_conclusion(self._scheme)}”")
        if one.dimension.is_veto and self._scheme.veto_share:
            least = number_text(one.dimension.points * self._scheme.veto_share)
            worst = worst_conclusion(self._scheme)
            notes.append(f"“{one.dimension.name}”合计不到 {least} 分的，结论为“{worst}”")
        told = Explanation(formula, self._rule(), self.clause, self._better(one), tuple(notes))
        return ShownScore(
            one.item.text,
            "" if one.score is None else points(one.score),
            full,
            told,
            one.score is None,
            Place(RATINGS, one.item.item_id, "rating"),
            "评级",
            trial_choices=tuple(rating.name for rating in self._scheme.ratings),
        )

    def _better(self, one: RatedItem) -> str:
        """What the next better rating would bring."""
        score = one.score or _NO_POINTS
        better = [
            rating
            for rating in self._scheme.ratings
            if number_text(one.item.points * rating.share) != number_text(score)
            and one.item.points * rating.share > score
        ]
        if not better:
            return ""
        gain = number_text(one.item.points * better[-1].share)
        return f"评为“{better[-1].name}”可得 {gain} 分"

    def _rule(self) -> str:
        """优得满分的 100%，良得满分的 80%…"""
        return f"按评级计分：{rating_words(self._scheme)}"

    def _total(self, answers: Answers, result: ExAnteResult) -> ShownScore:
        """The total as a sum of dimensions, with its band, and vetoes that go before it."""
        scheme, is_open = self._scheme, result.total is None
        terms = " + ".join(f"{dimension.name} {number_text(score)}" for dimension, score in result.subtotals)
        sentences = [f"{terms or '没有可评的内容'} = {points(result.rated_total)}"]
        if is_open:
            sentences.append(f"还有 {result.unrated} 项没有评级，评完才有结论")
        else:
            sentences.append(band_words(scheme, result))
        vetoes = tuple(f"{veto}，属于否决事项，结论为“{worst_conclusion(scheme)}”" for veto in result.vetoes)
        told = Explanation(
            "；".join((*sentences, *vetoes)),
            self._rule(),
            self.clause,
            "" if is_open else self._way(result),
        )
        more = () if is_open or vetoes else (band_words(scheme, result),)
        return ShownScore(
            TOTAL,
            points(result.rated_total),
            number_text(object_of(scheme, answers).points),
            told,
            is_open,
            is_total=True,
            grade=result.conclusion,
            remarks=vetoes or more,
        )

    def _way(self, result: ExAnteResult) -> str:
        """What would bring a better conclusion: no veto, or full points for the dearest items."""
        assert result.total is not None
        band = self._scheme.band_of(result.total)
        if result.vetoes:
            return f"否决事项消除后，按总分属于“{band.conclusion}”" if band else ""
        bands = [GradeBand(one.conclusion, one.lower) for one in self._scheme.bands]
        lost = [(one.item.text, one.item.points - (one.score or _NO_POINTS)) for one in result.items]
        lost = sorted((pair for pair in lost if pair[1] > 0), key=lambda pair: -pair[1])
        return way_to_next_grade(bands, result.total, lost, "可达到")


def ex_ante_explainer(form: FormSpec, context: FormContext) -> ExAnteExplainer | None:
    """The explainer by the kit's scheme; None where the kit has none that can be used."""
    scheme = scheme_of(context)
    return ExAnteExplainer(form, context, scheme) if scheme else None
