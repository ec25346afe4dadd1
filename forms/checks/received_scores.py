"""C46 and C47 (接收核对): scores of a unit that are all alike, and reviews that differ from what was scored before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext

from forms.checks.received_facts import GivenScore, ReceivedFacts
from forms.checks.received_settings import ScoreGapSetting, ScoreSpreadSetting
from forms.checks.received_versions import NO_PLACE
from forms.checks.wording import number_text
from forms.findings import Finding, Place, Severity
from forms.schema import FieldSpec

TOTAL = "total_score"
"""Key of the total a form's scores add up to."""


def deviation(scores: Sequence[Decimal]) -> Decimal:
    """Standard deviation (标准差) of all scores, 0 for fewer than two."""
    if len(scores) < 2:
        return Decimal(0)
    with localcontext() as reckoning:
        reckoning.prec = 28
        mean = sum(scores, Decimal(0)) / len(scores)
        return (sum(((one - mean) ** 2 for one in scores), Decimal(0)) / len(scores)).sqrt()


def too_alike(facts: ReceivedFacts) -> Iterator[Finding]:
    """C46: the unit gives every project the same score, or nearly so."""
    scores = facts.unit_scores
    finding = alike(facts.context.unit.name, scores, facts.settings.get(ScoreSpreadSetting), _total(facts))
    if finding is not None:
        yield finding


def alike(
    unit: str, scores: Sequence[tuple[str, Decimal]], limit: ScoreSpreadSetting, place: Place = NO_PLACE
) -> Finding | None:
    """The finding on a unit's scores, by project; None when they differ as scores do."""
    figures = [score for _, score in scores]
    spread = deviation(figures)
    if len(set(figures)) == 1 and len(figures) >= limit.same_minimum:
        said = f"{len(figures)} 个项目的自评得分都是 {number_text(figures[0])} 分"
    elif len(figures) >= limit.spread_minimum and spread < limit.spread:
        shown = number_text(spread.quantize(Decimal("0.01")))
        said = f"{len(figures)} 个项目的自评得分几乎一样，标准差 {shown}，低于 {number_text(limit.spread)}"
    else:
        return None
    return Finding(
        "C46",
        Severity.EXPLAIN,
        place,
        f"{unit}的自评得分",
        said,
        "请逐个核对佐证材料，必要时列入复核",
        "各项目情况不同，得分都一样或几乎一样的，要核实是不是照填照打。",
        values=tuple((name, f"{number_text(score)} 分") for name, score in scores[:12]),
    )


def review_gap(facts: ReceivedFacts) -> Iterator[Finding]:
    """C47: each score given against the one before it."""
    limit = facts.settings.get(ScoreGapSetting)
    for before, after in zip(facts.given, facts.given[1:], strict=False):
        found = gap(before, after, limit, _total(facts))
        yield from found


def gap(
    before: GivenScore, after: GivenScore, limit: ScoreGapSetting, place: Place = NO_PLACE
) -> Iterator[Finding]:
    """What is to be said of one score against another: the difference, and a grade changed without words."""
    if before.points is not None and after.points is not None:
        apart = abs(after.points - before.points)
        if apart > limit.noted:
            is_large = apart > limit.large
            line = limit.large if is_large else limit.noted
            yield Finding(
                "C47",
                Severity.EXPLAIN,
                place,
                "审核得分差异",
                f"{_words(before)}，{_words(after)}，相差 {number_text(apart)} 分，超过 {number_text(line)} 分",
                "请退回修改或列入复核，并写明依据" if is_large else "请在审核意见里写明差异原因",
                "审核得分与原来的得分相差较大的要说明，相差很大的要退回或复核。",
                values=((before.who, _figure(before)), (after.who, _figure(after))),
            )
    if before.grade and after.grade and before.grade != after.grade and not after.opinion.strip():
        yield Finding(
            "C47",
            Severity.BLOCKING,
            place,
            "审核改变了等级",
            f"{before.who}是“{before.grade}”，{after.who}改为“{after.grade}”，没有写审核意见",
            "请写明改变等级的理由",
            "改变等级要有理由，单位才知道为什么。",
            values=((before.who, before.grade), (after.who, after.grade)),
        )


def _total(facts: ReceivedFacts) -> Place:
    """Where the form states its total, else the form as a whole."""
    keys = {item.key for item in facts.form.items() if isinstance(item, FieldSpec)}
    return Place(TOTAL) if TOTAL in keys else NO_PLACE


def _figure(given: GivenScore) -> str:
    points = f"{number_text(given.points)} 分" if given.points is not None else ""
    return " ".join(part for part in (points, given.grade) if part)


def _words(given: GivenScore) -> str:
    return f"{given.who} {_figure(given)}"
