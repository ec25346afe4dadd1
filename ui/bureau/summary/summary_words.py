"""What the page 汇总 says (汇总文字): cards, chart titles, the heading of what stands behind a figure."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from decimal import Decimal

from services.figures.counting import Figures, Group, total
from services.figures.distribution import Likeness
from services.figures.measures import (
    AMOUNT,
    AVERAGE,
    COUNT,
    COVERAGE,
    COVERING,
    CUT_RATE,
    EXECUTING,
    EXECUTION,
    REVIEWING,
    SENT,
    SUBMITTED,
    Kind,
    Measure,
    filing_ids,
    shown,
)
from services.figures.records import Basis, DueLine, FigureLine
from ui.bureau.summary.bar_chart import Bar
from ui.bureau.summary.figure_cards import CardWords

_STAGES = ("ex_ante_evaluation", "performance_target", "monitoring", "self_evaluation")
"""Forms whose cards come first, in the order of the year; the others follow as lists show them."""
MOST_CARDS = 5


def card_forms(basis: Basis) -> tuple[str, ...]:
    """The forms that get a card: stages of the year first, then those with most filings due or received."""
    forms = basis.form_ids()
    first = [form_id for form_id in _STAGES if form_id in forms]
    return tuple([*first, *(form_id for form_id in forms if form_id not in first)][:MOST_CARDS])


def card_words(basis: Basis, form_id: str) -> CardWords:
    """Title, main figure and two lines of a form's card."""
    figures = total(basis, form_id).figures
    lines = [line for line in _sentences(figures) if line]
    first, second, *_ = (*lines, "", "")
    return CardWords(form_id, basis.titles[form_id], _received(figures), first, second)


def _received(figures: Figures) -> str:
    """18 / 52 份, or 18 份 where nothing is due by the register."""
    return f"{figures.sent:,} / {figures.due:,} 份" if figures.due else f"{figures.count:,} 份"


def _sentences(figures: Figures) -> tuple[str, ...]:
    """What is worth saying of a form, the most telling first."""
    reviewed = f"送审 {_wan(figures.submitted_fen)} · 审减率 {shown(figures.cut_rate, Kind.RATE)}"
    executed = f"执行率 {shown(figures.execution_rate, Kind.RATE)}"
    average = f"平均 {shown(figures.average, Kind.SCORE)} 分"
    grades = "　".join(f"{name} {count:,}" for name, count in figures.grades.items())
    covered = f"报送率 {shown(figures.coverage, Kind.RATE)}"
    amount = f"金额 {_wan(figures.amount_fen)}"
    return (
        amount if figures.amount_fen and not figures.scored else "",
        reviewed if figures.reviewed and figures.submitted_fen else "",
        executed if figures.executed else "",
        f"{average}　{grades}" if figures.scored else "",
        covered if figures.due else "",
    )


def _wan(fen: int) -> str:
    return f"{shown(fen, Kind.MONEY)} 万元"


def chart_measures(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """Figures that can be drawn as bars, what says most first. Points of self-evaluation make no ranking."""
    wanted = (AMOUNT, EXECUTION, SENT, SUBMITTED, CUT_RATE, COUNT)
    return tuple(measure for measure in wanted if measure in measures)


_COMPARED = (COVERAGE, COUNT, AMOUNT, CUT_RATE, EXECUTION, AVERAGE)


class Aspect(enum.StrEnum):
    """What of a form's figures the table shows (看什么)."""

    MONEY = "money"
    REPORTING = "reporting"
    SCORES = "scores"

    @property
    def label(self) -> str:
        """资金, 报送, 得分."""
        return {"money": "资金", "reporting": "报送", "scores": "得分"}[self.value]

    def of(self, measures: Sequence[Measure], *, is_compared: bool = False) -> tuple[Measure, ...]:
        """The figures that belong to it; with another year beside them only those worth comparing."""
        if self is Aspect.MONEY:
            found = [m for m in measures if m in (COUNT, AMOUNT, *REVIEWING, *EXECUTING)]
        elif self is Aspect.REPORTING:
            found = [m for m in measures if m in (*COVERING, COUNT)]
        else:
            found = [m for m in measures if m in (COUNT, AVERAGE) or m.key.startswith("grade:")]
        return tuple(m for m in found if not is_compared or m in _COMPARED)

    def tells(self, measures: Sequence[Measure]) -> bool:
        """Whether a form has figures of this kind beside the mere count."""
        return any(measure is not COUNT for measure in self.of(measures))


def bars_of(groups: Sequence[Group], measure: Measure) -> tuple[tuple[Group, Bar], ...]:
    """A bar for every group that has the figure, the longest first; of 应报 the sent part is dark."""
    made = []
    for group in groups:
        value = measure.value(group.figures)
        if measure is SENT:
            figures = group.figures
            if figures.due:
                words = f"{figures.sent:,} / {figures.due:,}"
                made.append((group, Bar(group.name, Decimal(figures.due), words, Decimal(figures.sent))))
        elif value is not None and value > 0:
            made.append((group, Bar(group.name, Decimal(value), shown(value, measure.kind))))
    return tuple(sorted(made, key=lambda one: -one[1].value))


def chart_words(measure: Measure) -> str:
    """已报 / 应报, 金额（万元）, 执行率."""
    return "已报 / 应报" if measure is SENT else measure.heading


def behind_lines(basis: Basis, lines: Sequence[FigureLine | DueLine]) -> tuple[FigureLine | DueLine, ...]:
    """What stands behind a figure, with the figures of a filing wherever it has come."""
    known = {line.filing_id: line for line in basis.lines}
    return tuple(known.get(line.filing_id, line) for line in lines)


def behind_title(
    year: int, form: str, group: Group, measure: Measure, lines: Sequence[FigureLine | DueLine]
) -> str:
    """2027年 绩效目标 · 示例县柳林镇人民政府 · 金额（万元） 1,020.90 · 14 份; what is counted itself is said once: 收到 16 份."""
    value = shown(measure.value(group.figures), measure.kind)
    sent, missing = len(filing_ids(lines)), sum(not line.filing_id for line in lines)
    head = f"{year}年 {form} · {group.name}"
    tail = f"{sent:,} 份" + (f"，另有 {missing:,} 项没有收到" if missing else "")
    if measure.kind is not Kind.COUNT:
        return f"{head} · {measure.heading} {value} · {tail}"
    said = f"{head} · {measure.heading.removesuffix('（份）')} {value} 份"
    return f"{said} · 收到 {tail}" if sent and missing else said


def likeness_words(found: Likeness, full: str) -> str:
    """What points that are all the same may mean, "" where there are none."""
    parts = []
    if found.full_marks:
        parts.append(f"自评 {full} 分的 {len(found.full_marks):,} 份")
    if found.same_units:
        parts.append(f"{found.same_units:,} 个单位各项目得分完全相同（{len(found.same_everywhere):,} 份）")
    return "，".join(parts)
