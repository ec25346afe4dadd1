"""Findings of ex-ante score tables in other layouts (别处表样的事前评估评分表核对): marks, sums, total, conclusion.

C32 for scores beyond their marks, C34 for sums, C57 for a conclusion the total does not bear. Bands and shares of
ratings are the kit's; those of the national default are only advice where another place may draw its lines elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from forms.checks.self_evaluation_settings import TotalSetting
from forms.checks.wording import clipped, number_text
from forms.findings import Finding, Place, Severity
from forms.hand_filled.audit_basis import AuditBasis
from forms.hand_filled.ex_ante_scores import ScoredItem, ScoredSum, ScoreTable, ticked_word
from forms.hand_filled.head_words import HeadWords, pattern
from forms.hand_filled.stated import StatedIndicator, StatedNumber
from models.domain.ex_ante_scheme import ExAnteScheme
from models.domain.money import plain_text

_KINDS = ("full", "score")
_LABELS = {"full": "分值", "score": "得分"}
_RANKS = {"support": 0, "adjust": 1, "refuse": 2}
_FAR = 2
"""Bands between two conclusions from which on no place's lines can explain them."""


def score_findings(table: ScoreTable, basis: AuditBasis, words: HeadWords) -> Iterator[Finding]:
    """Everything a score table's figures say against each other."""
    scheme = basis.kit.ex_ante_scheme
    scores = [_score(item, scheme) for item in table.items]
    for item, score in zip(table.items, scores, strict=True):
        yield from _beyond_marks(item, score)
    for one in (*table.sums, *((table.total,) if table.total else ())):
        yield from _sums(table, scores, one)
    yield from _full_marks(table, basis)
    if scheme is not None:
        yield from _conclusion(table, scores, scheme, words, is_given=basis.is_given)


def items_as_rows(table: ScoreTable) -> tuple[StatedIndicator, ...]:
    """The items as every other table's rows."""
    return tuple(
        StatedIndicator(
            item.dimension,
            "",
            item.label,
            actual_text=item.rating,
            full_score=item.full,
            stated_score=item.score,
            where=item.where,
        )
        for item in table.items
    )


def _score(item: ScoredItem, scheme: ExAnteScheme | None) -> Decimal | None:
    """The score of an item: as written, else by the rating ticked."""
    if item.score.value is not None or not item.rating:
        return item.score.value
    rating = scheme.rating(item.rating) if scheme else None
    return item.full.value * rating.share if rating and item.full.value is not None else None


def _beyond_marks(item: ScoredItem, score: Decimal | None) -> Iterator[Finding]:
    """C32: more than full marks, or less than nothing."""
    full = item.full.value
    if score is None or full is None or 0 <= score <= full:
        return
    yield Finding(
        "C32",
        Severity.BLOCKING,
        Place(item.where),
        f"“{clipped(item.label)}”的得分",
        f"得 {number_text(score)} 分，分值是 {number_text(full)} 分",
        "得分应在 0 分和分值之间，请核对",
        "得分不能多于分值，也不能是负数。",
    )


def _sums(table: ScoreTable, scores: list[Decimal | None], one: ScoredSum) -> Iterator[Finding]:
    """C34: marks or score of a sum other than those of its items."""
    fulls = [item.full.value for item in table.items]
    for kind, own in zip(_KINDS, (fulls, scores), strict=True):
        stated: StatedNumber = getattr(one, kind)
        parts = [own[number] for number in one.items]
        known = [part for part in parts if part is not None]
        found = sum(known, Decimal(0))
        if stated.value is None or not known or len(known) < len(parts) or stated.value == found:
            continue
        yield Finding(
            "C34",
            Severity.BLOCKING,
            Place(one.where),
            f"“{clipped(one.label)}”的{_LABELS[kind]}",
            f"填的是 {number_text(stated.value)} 分，各项加起来是 {number_text(found)} 分"
            f"（{' + '.join(map(number_text, known))}）",
            f"请核对各项的{_LABELS[kind]}和合计",
            "小计和总分等于各项之和。",
            values=(("填写", number_text(stated.value)), ("各项合计", number_text(found))),
        )


def _full_marks(table: ScoreTable, basis: AuditBasis) -> Iterator[Finding]:
    """C34: marks that do not make up the whole, where no sum of them is printed."""
    setting = basis.settings.find(TotalSetting)
    fulls = [item.full.value for item in table.items if item.full.value is not None]
    total = table.total
    if setting is None or total is None or total.score.value is None or len(fulls) < len(table.items):
        return
    found = sum(fulls, Decimal(0))
    if found == setting.full_total or (total.full.value is not None and total.full.value != found):
        return
    yield Finding(
        "C34",
        Severity.EXPLAIN,
        Place(total.where),
        "分值合计",
        f"各项分值加起来是 {number_text(found)} 分，应为 {number_text(setting.full_total)} 分",
        "请核对各项分值",
        "各项分值合计应为满分。",
    )


def _conclusion(
    table: ScoreTable, scores: list[Decimal | None], scheme: ExAnteScheme, words: HeadWords, *, is_given: bool
) -> Iterator[Finding]:
    """C57: a conclusion other than the band of the total."""
    stated = table.total.score.value if table.total else None
    known = [score for score in scores if score is not None]
    if stated is None and known and len(known) == len(scores):
        stated = sum(known, Decimal(0))
    told = _rank(table.conclusion, words)
    band = scheme.band_of(stated) if stated is not None else None
    if band is None or told is None or stated is None:
        return
    rank = _rank(band.conclusion, words)
    if rank is None or rank == told:
        return
    yield Finding(
        "C57",
        Severity.EXPLAIN if is_given or abs(rank - told) >= _FAR else Severity.HINT,
        Place(table.conclusion_where),
        "评估结论",
        f"填的是“{clipped(table.conclusion)}”，总分 {number_text(stated)} 分按分档应为“{band.conclusion}”",
        "请核对总分和结论；本地分档不同的，以本地规定为准",
        "评估结论由总分所在的分档得出。",
    )


def _rank(conclusion: str, words: HeadWords) -> int | None:
    """How far a conclusion is from full support: 0 support, 1 after changes, 2 none; None for other words."""
    body = ticked_word(conclusion) or plain_text(conclusion).replace(" ", "")
    for rule in words.conclusions:
        if body in rule.exact or (rule.pattern and pattern(rule.pattern).search(body)):
            return _RANKS[rule.role]
    return None
