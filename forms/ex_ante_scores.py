"""How an ex-ante evaluation is scored (事前绩效评估评分): rated rows, subtotals, total, veto and conclusion.

Pure and by the kit's scheme alone; the form fills its answers in with it, and the checks reckon anew with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from forms.checks.wording import number_text
from forms.context import FormContext
from models.domain.ex_ante_scheme import ExAnteDimension, ExAnteItem, ExAnteObject, ExAnteScheme
from models.domain.filing import Answers

RATINGS = "ratings"
"""Key of the table of rated items."""

_SET_ASIDE = "ex_ante_set_aside"
_CENT = Decimal("0.01")
_COMPUTED = ("dimension", "block", "item", "points", "score")


@dataclass(frozen=True, slots=True)
class RatedItem:
    """An item with its place in the scheme and what it got (评分项); `score` is None while it is not rated."""

    dimension: ExAnteDimension
    block: str
    item: ExAnteItem
    rating: str
    score: Decimal | None
    is_failing: bool


@dataclass(frozen=True, slots=True)
class ExAnteResult:
    """The outcome (评分结果): `total` and `conclusion` are None and "" while items are not rated.

    `vetoes` are the reasons why the project is not supported whatever its total.
    """

    items: tuple[RatedItem, ...]
    subtotals: tuple[tuple[ExAnteDimension, Decimal], ...]
    unrated: int
    total: Decimal | None
    vetoes: tuple[str, ...]
    conclusion: str

    @property
    def rated_total(self) -> Decimal:
        """Sum of what has been rated so far."""
        return sum((score for _, score in self.subtotals), Decimal(0))


def scheme_of(context: FormContext) -> ExAnteScheme | None:
    """The kit's scheme; None where the kit has none that can be used."""
    scheme = context.kit.ex_ante_scheme
    return scheme if scheme and scheme.objects and scheme.ratings and scheme.bands else None


def object_of(scheme: ExAnteScheme, answers: Answers) -> ExAnteObject:
    """What is evaluated: a project, or a policy with dimensions of its own."""
    return scheme.object_of(str(answers.get("object_kind") or ""))


def evaluate(scheme: ExAnteScheme, answers: Answers) -> ExAnteResult:
    """The outcome of the ratings given; rows are met by their item, unknown ones do not count."""
    given = _ratings_by_item(answers)
    items = tuple(
        _rated(scheme, dimension, block.name, item, given.get(item.item_id, ""))
        for dimension in object_of(scheme, answers).dimensions
        for block in dimension.blocks
        for item in block.items
    )
    subtotals = tuple(
        (dimension, sum((one.score or Decimal(0) for one in items if one.dimension is dimension), Decimal(0)))
        for dimension in object_of(scheme, answers).dimensions
    )
    unrated = sum(one.score is None for one in items)
    total = None if unrated or not items else sum((score for _, score in subtotals), Decimal(0))
    vetoes = _vetoes(scheme, items, subtotals)
    band = scheme.band_of(total) if total is not None else None
    worst = next((one for one in reversed(scheme.bands) if not one.is_support), None)
    conclusion = (worst.conclusion if vetoes and worst else band.conclusion) if band else ""
    return ExAnteResult(items, subtotals, unrated, total, vetoes, conclusion)


def _ratings_by_item(answers: Answers) -> Mapping[str, str]:
    """The rating of each item as the answers give it."""
    return {str(row.get("row_id")): str(row.get("rating") or "") for row in answers.get(RATINGS) or ()}


def _rated(
    scheme: ExAnteScheme, dimension: ExAnteDimension, block: str, item: ExAnteItem, name: str
) -> RatedItem:
    """An item with its points: full points times the rating's share, half up to two decimals."""
    rating = scheme.rating(name)
    if rating is None:
        return RatedItem(dimension, block, item, name, None, is_failing=False)
    score = (item.points * rating.share).quantize(_CENT, rounding=ROUND_HALF_UP)
    return RatedItem(dimension, block, item, name, score, rating.is_failing)


def _vetoes(
    scheme: ExAnteScheme, items: Sequence[RatedItem], subtotals: Sequence[tuple[ExAnteDimension, Decimal]]
) -> tuple[str, ...]:
    """Why support is out of the question: a veto item that failed, a veto dimension below its least share."""
    found = [f"“{one.item.text}”评为{one.rating}" for one in items if one.item.is_veto and one.is_failing]
    for dimension, score in subtotals:
        is_rated = all(one.score is not None for one in items if one.dimension is dimension)
        least = dimension.points * scheme.veto_share
        if dimension.is_veto and is_rated and score < least:
            found.append(f"{dimension.name}得 {number_text(score)} 分，不到 {number_text(least)} 分")
    return tuple(found)


def _with_set_aside(context: FormContext, answers: Answers) -> Answers:
    """The answers with what was rated before 评估对象类别 was changed to another object and back again.

    Each object has items of its own, so another choice puts twenty ratings away. They are kept while the form
    is open: who only tried, or slipped on a key, gets them back with the first choice.
    """
    aside: dict[str, Mapping[str, Any]] = context.memory.setdefault(_SET_ASIDE, {})
    rows = answers.get(RATINGS) or ()
    known = {str(row.get("row_id")) for row in rows}
    back = [row for row_id, row in aside.items() if row_id not in known]
    aside.update(
        {str(row.get("row_id")): row for row in rows if row.get("rating") or row.get("evidence_text")}
    )
    return {**answers, RATINGS: [*rows, *back]} if back else answers


def rows_of(scheme: ExAnteScheme, answers: Answers) -> list[Mapping[str, Any]]:
    """The rated rows by the scheme, ratings and evidence kept; an unchanged row is the same object as before."""
    known = {str(row.get("row_id")): row for row in answers.get(RATINGS) or ()}
    rows: list[Mapping[str, Any]] = []
    for one in evaluate(scheme, answers).items:
        row = known.get(one.item.item_id, {"row_id": one.item.item_id})
        computed = {
            "dimension": one.dimension.name,
            "block": one.block,
            "item": one.item.text,
            "points": number_text(one.item.points),
            "score": None if one.score is None else f"{one.score:f}",
        }
        rows.append(row if all(row.get(key) == computed[key] for key in _COMPUTED) else {**row, **computed})
    return rows


def subtotal_words(result: ExAnteResult) -> str:
    """立项必要性 18／20；投入经济性 16／20 …"""
    return "；".join(
        f"{dimension.name} {number_text(score)}／{number_text(dimension.points)}"
        for dimension, score in result.subtotals
    )


def explanation(scheme: ExAnteScheme, result: ExAnteResult) -> str:
    """Why this total and this conclusion (为什么是这个分), in sentences."""
    words = [f"每项按评级计分：{rating_words(scheme)}。"]
    sum_words = " + ".join(number_text(score) for _, score in result.subtotals)
    if result.total is None:
        words.append(f"还有 {result.unrated} 项没有评级，已评的合计 {number_text(result.rated_total)} 分。")
    else:
        words.append(f"总分 {sum_words} = {number_text(result.total)} 分。")
        words.append(f"{band_words(scheme, result)}。")
    words += [f"{veto}，属于否决事项，结论应为“{worst_conclusion(scheme)}”。" for veto in result.vetoes]
    return "".join(words)


def rating_words(scheme: ExAnteScheme) -> str:
    """优得满分的 100%，良得满分的 80% …"""
    return "，".join(f"{one.name}得满分的 {number_text(one.share * 100)}%" for one in scheme.ratings)


def band_words(scheme: ExAnteScheme, result: ExAnteResult) -> str:
    """Into which band the total falls, and what the next better one would take."""
    assert result.total is not None
    band = scheme.band_of(result.total)
    better = [one for one in scheme.bands if one.lower > result.total]
    if band is None:
        return ""
    words = f"按分档属于“{band.conclusion}”"
    if not better:
        return f"{words}（{number_text(band.lower)} 分及以上）"
    upper = better[-1]
    missing = number_text(upper.lower - result.total)
    return f"{words}，再高 {missing} 分才到“{upper.conclusion}”（{number_text(upper.lower)} 分及以上）"


def worst_conclusion(scheme: ExAnteScheme) -> str:
    """The conclusion of what may not be supported, "" where the kit has none."""
    return next((one.conclusion for one in reversed(scheme.bands) if not one.is_support), "")


def derived(context: FormContext, answers: Answers) -> Answers:
    """What the form fills in: rows, subtotals, total, conclusion by bands, and the amount cut (derive)."""
    changed = dict(answers)
    submitted, approved = answers.get("submitted_fen"), answers.get("approved_fen")
    cut = reduction(submitted, approved)
    changed["reduced_fen"], changed["reduction_rate"] = cut if cut else (None, None)
    scheme = scheme_of(context)
    if scheme is not None:
        rows = rows_of(scheme, _with_set_aside(context, answers))
        before = answers.get(RATINGS) or []
        same = len(before) == len(rows) and all(one is two for one, two in zip(before, rows, strict=True))
        changed[RATINGS] = before if same else rows
        result = evaluate(scheme, changed)
        changed["dimension_scores"] = subtotal_words(result)
        changed["total_score"] = None if result.total is None else f"{result.total:f}"
        changed["suggested_conclusion"] = result.conclusion or None
        changed["score_note"] = explanation(scheme, result)
    kept = {key: value for key, value in changed.items() if value is not None or key in answers}
    return answers if _is_same(answers, kept) else kept


def _is_same(answers: Answers, changed: Mapping[str, Any]) -> bool:
    return len(answers) == len(changed) and all(
        key in answers and (answers[key] is value or (key != RATINGS and answers[key] == value))
        for key, value in changed.items()
    )


def reduction(submitted: Any, approved: Any) -> tuple[int, str | None] | None:
    """What was cut (审减 = 送审 − 审定) in 分 and its share of what was asked; None while an amount is missing."""
    if type(submitted) is not int or type(approved) is not int:
        return None
    cut = submitted - approved
    if submitted <= 0:
        return cut, None
    return cut, f"{(Decimal(cut) / submitted).quantize(Decimal('0.0001'), rounding=ROUND_HALF_UP):f}"
