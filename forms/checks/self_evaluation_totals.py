"""Totals of a self-evaluation (自评合计): C34 points and total add up and fit the grade, C39 results too good to be true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from forms.checks.self_evaluation_lines import ScoredLine, fits_printed
from forms.checks.self_evaluation_settings import TooGoodSetting, TotalSetting
from forms.checks.settings import CheckSettings
from forms.checks.wording import clipped, number_text
from forms.findings import Finding, Place, Severity
from forms.hand_filled.stated import StatedNumber
from forms.scoring.comparison import deviation
from forms.scoring.totals import grade_of
from forms.scoring.wording import plain
from models.domain.kit import GradeBand


@dataclass(frozen=True, slots=True)
class Subtotal:
    """Points stated for a level (指标层级分值) and what its rows add up to."""

    level: str
    stated: Decimal
    of_rows: Decimal
    place: Place


@dataclass(frozen=True, slots=True)
class TotalsFacts:
    """The sums of one self-evaluation (自评合计事实).

    `full_sum`: points of rows and execution, None when the table has no such column; `stated_sum`: points
    written for rows and execution, None when one is missing; `full_total` what the scheme asks for, None where
    the table alone decides; `elsewhere` the points of the total that are scored outside this table.
    """

    lines: tuple[ScoredLine, ...]
    execution_full: Decimal
    execution_score: Decimal | None
    full_sum: Decimal | None
    stated_sum: Decimal | None
    stated_total: StatedNumber
    stated_grade: str
    grades: Sequence[GradeBand]
    total_place: Place
    grade_place: Place
    points_place: Place
    subtotals: tuple[Subtotal, ...] = ()
    full_total: Decimal | None = None
    has_satisfaction_evidence: bool | None = None
    elsewhere: Decimal = Decimal(0)


def totals_findings(facts: TotalsFacts, settings: CheckSettings) -> Iterator[Finding]:
    """C34 and C39 of the whole table."""
    yield from full_points(facts, settings)
    yield from printed_total(facts)
    yield from level_points(facts)
    yield from grade_of_total(facts)
    yield from too_good(facts, settings)


def full_points(facts: TotalsFacts, settings: CheckSettings) -> Iterator[Finding]:
    """C34: a points column that does not add up to what the table must have.

    Too few points in a table without a total may only mean that the table goes on elsewhere.
    """
    setting, found = settings.find(TotalSetting), facts.full_sum
    if setting is None or found is None:
        return
    wanted = setting.full_total if facts.full_total is None else facts.full_total
    if found == wanted or (not facts.execution_full and found in setting.indicator_totals):
        return
    may_go_on = facts.stated_total.value is None and found < wanted
    execution = f"（其中预算执行率 {plain(facts.execution_full)} 分）" if facts.execution_full else ""
    way = "多了" if found > wanted else "还差"
    yield Finding(
        code="C34",
        severity=Severity.HINT if may_go_on else Severity.BLOCKING,
        place=facts.points_place,
        subject="分值合计",
        message=(
            f"各行分值加起来是 {number_text(found)} 分{execution}，应为 {number_text(wanted)} 分，"
            f"{way} {number_text(abs(found - wanted))} 分"
        ),
        remedy="请调整各条指标的分值，使合计相符",
        why=f"预算执行率和各条指标的分值合计应为 {number_text(wanted)} 分。",
        values=(("分值合计", number_text(found)), ("应为", number_text(wanted))),
    )


def printed_total(facts: TotalsFacts) -> Iterator[Finding]:
    """C34: a printed total that is not the sum of the points written."""
    total, found = facts.stated_total, facts.stated_sum
    if total.value is None or found is None or fits_printed(found, total):
        return
    if 0 <= total.value - found <= facts.elsewhere:
        return
    rows = [plain(line.stated.value) for line in facts.lines if line.stated.value is not None]
    execution = [plain(facts.execution_score)] if facts.execution_score is not None else []
    only_rows = execution and total.value == found - (facts.execution_score or 0)
    cause = "，像是没有加预算执行率的得分" if only_rows else ""
    yield Finding(
        code="C34",
        severity=Severity.BLOCKING,
        place=facts.total_place,
        subject="总分",
        message=(
            f"填的是 {plain(total.value)} 分，各行得分加起来是 {number_text(found)} 分"
            f"（{' + '.join([*execution, *rows])}），相差 {number_text(abs(found - total.value))} 分{cause}"
        ),
        remedy="请核对各行得分和总分",
        why="总分等于预算执行率得分加各条指标得分。",
        values=(("填写的总分", plain(total.value)), ("各行合计", number_text(found))),
    )


def level_points(facts: TotalsFacts) -> Iterator[Finding]:
    """C34: the points a heading states for its level, 产出指标（50分）, against its rows."""
    for one in facts.subtotals:
        if one.stated == one.of_rows:
            continue
        yield Finding(
            code="C34",
            severity=Severity.BLOCKING,
            place=one.place,
            subject=f"{one.level}的分值",
            message=f"标明 {number_text(one.stated)} 分，下面各行加起来是 {number_text(one.of_rows)} 分",
            remedy="请核对各行分值",
            why="一级指标标明的分值应等于下面各条指标的分值之和。",
            values=(("标明的分值", number_text(one.stated)), ("各行合计", number_text(one.of_rows))),
        )


def grade_of_total(facts: TotalsFacts) -> Iterator[Finding]:
    """C34: a grade that does not fit the total."""
    total, stated = facts.stated_total.value, facts.stated_grade.strip()
    band = grade_of(facts.grades, total) if total is not None else None
    known = {grade.name for grade in facts.grades}
    if total is None or band is None or stated not in known or stated == band.name:
        return
    yield Finding(
        code="C34",
        severity=Severity.BLOCKING,
        place=facts.grade_place,
        subject="评价等级",
        message=f"填的是“{clipped(stated)}”，总分 {plain(total)} 分应为“{band.name}”",
        remedy="请核对总分和等级",
        why="、".join(f"{grade.name} {number_text(grade.lower)} 分及以上" for grade in facts.grades) + "。",
        also=(facts.total_place,) if facts.total_place != facts.grade_place else (),
        values=(("等级", stated), ("总分", plain(total))),
    )


def too_good(facts: TotalsFacts, settings: CheckSettings) -> Iterator[Finding]:
    """C39: satisfaction without a survey, a high total without any file, every indicator exactly at its target."""
    setting = settings.find(TooGoodSetting)
    if setting is None:
        return
    if facts.has_satisfaction_evidence is False:
        yield _too_good(
            facts.points_place, "填了满意度，没有附问卷、统计表等调查材料", "请附上满意度调查材料"
        )
    total = facts.stated_total.value
    files = [line.evidence for line in facts.lines if line.evidence is not None]
    if total is not None and total >= setting.high_total and files and not any(files):
        yield _too_good(facts.total_place, f"自评 {plain(total)} 分，没有附任何佐证材料", "请附上佐证材料")
    gaps = [deviation(line.row) for line in facts.lines if line.has_rule]
    known = [gap for gap in gaps if gap is not None]
    if len(known) >= setting.minimum_rows and not any(known):
        message = f"{len(known)} 条定量指标的实际完成值都与指标值完全一样"
        yield _too_good(facts.points_place, message, "请核对实际完成值是不是照抄了指标值；确实如此的，请说明")


def _too_good(place: Place, message: str, remedy: str) -> Finding:
    """A C39 finding."""
    return Finding(
        "C39", Severity.EXPLAIN, place, "完成情况", message, remedy, "完成情况要有依据，过于整齐的要核实。"
    )
