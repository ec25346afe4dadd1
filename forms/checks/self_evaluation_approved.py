"""Self-evaluation against the approved target (与批复目标核对): C28 other values, C29 indicators added or missing.

Indicators meet by name, whatever its spelling. An approved adjustment form is the approved target from then
on: who calls this hands over the target in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from forms.checks.self_evaluation_lines import ScoredLine
from forms.checks.wording import clipped, number_text
from forms.findings import Finding, Place, Severity
from forms.scoring.inputs import IndicatorInput
from forms.scoring.measures import convert
from forms.text_similarity import core_text
from models.domain.indicator import Comparator

_WHY = "自评的指标和指标值以批复的绩效目标为准，改动要先办绩效目标调整。"
_WORDED = (Comparator.QUALITATIVE, Comparator.OTHER)


@dataclass(frozen=True, slots=True)
class ApprovedTarget:
    """The approved target of a project (批复的绩效目标): its indicators, and where it comes from in words."""

    rows: tuple[IndicatorInput, ...]
    source: str
    fixes_weights: bool = False


def approved_findings(
    approved: ApprovedTarget, lines: Sequence[ScoredLine], table_place: Place
) -> Iterator[Finding]:
    """C28 for indicators on both sides, C29 for those on one only; sub-rows do not count."""
    wanted = {core_text(row.name): row for row in approved.rows if core_text(row.name)}
    found = {core_text(line.row.name): line for line in lines if line.is_counted}
    for key, line in found.items():
        row = wanted.get(key)
        if row is not None:
            yield from _changed(approved, row, line)
        elif key:
            yield _finding(
                "C29",
                line.place(line.columns.name),
                line.subject,
                f"“{clipped(line.row.name)}”不在{approved.source}里",
                "请删去，或先办理绩效目标调整",
            )
    for key, row in wanted.items():
        if key not in found:
            yield _finding(
                "C29",
                table_place,
                "绩效指标",
                f"{approved.source}里的“{clipped(row.name)}”没有自评",
                "请补上这条指标的完成情况",
            )


def _changed(approved: ApprovedTarget, row: IndicatorInput, line: ScoredLine) -> Iterator[Finding]:
    """C28: sign, value, unit, or weight where the kit fixes weights at declaration."""
    if not _same_value(row, line.row):
        yield _finding(
            "C28",
            line.place(line.columns.planned),
            f"{line.subject}的年度指标值",
            f"填的是“{_shown(line.row)}”，{approved.source}是“{_shown(row)}”",
            "请改回批复的指标值，或先办理绩效目标调整",
        )
    weight, given = row.full_score, line.row.full_score
    if approved.fixes_weights and weight is not None and given is not None and weight != given:
        yield _finding(
            "C28",
            line.place(line.columns.full_score),
            f"{line.subject}的分值",
            f"填的是 {number_text(given)} 分，{approved.source}是 {number_text(weight)} 分",
            "请改回批复的分值，或先办理绩效目标调整",
        )


def _same_value(one: IndicatorInput, other: IndicatorInput) -> bool:
    """Whether two rows ask for the same: value in any unit that measures the same, sign where both have one."""
    if one.planned_value is None or other.planned_value is None or one.comparator in _WORDED:
        return core_text(one.planned_text) == core_text(other.planned_text)
    value: Decimal | None = other.planned_value
    if one.measure_unit and other.measure_unit:
        value = convert(other.planned_value, other.measure_unit, one.measure_unit)
    if value != one.planned_value or one.planned_upper != other.planned_upper:
        return False
    unsigned = Comparator.EQUAL in (one.comparator, other.comparator)
    return unsigned or one.comparator is other.comparator


def _shown(row: IndicatorInput) -> str:
    """A target as people read it."""
    text = clipped(row.planned_text)
    sign = "" if row.comparator in _WORDED or text.startswith(row.comparator.value) else row.comparator.value
    unit = "" if not row.measure_unit or text.endswith(row.measure_unit) else row.measure_unit
    return f"{sign}{text}{unit}" if row.planned_value is not None else text


def _finding(code: str, place: Place, subject: str, message: str, remedy: str) -> Finding:
    return Finding(code, Severity.BLOCKING, place, subject, message, remedy, _WHY)
