"""Rows of a self-evaluation (自评指标行): C32 score within its points, C33 the rule, C34 copied signs, C38, C40."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from forms.checks.self_evaluation_lines import ScoredLine, is_blank_text
from forms.checks.self_evaluation_settings import RowScoreSetting, UnitFamilySetting
from forms.checks.settings import CheckSettings, SharedWords
from forms.checks.wording import clipped, number_text
from forms.findings import Finding, Severity
from forms.scoring.deadlines import is_late
from forms.scoring.inputs import IndicatorInput
from forms.scoring.marks import Outcome
from forms.scoring.measures import PERCENT, convert
from forms.scoring.wording import plain, points
from forms.text_similarity import core_text
from forms.value_text import ValueParts, split_value
from models.domain.indicator import Comparator

_WORDED = (Comparator.QUALITATIVE, Comparator.OTHER)
_WHY_GRADE = "定性指标按完成档次计分，写成别的说法就无法计分。"
_TENFOLDS = ("万", "亿")
_FIGURE = re.compile(r"\d+(?:\.\d+)?[^\d\s]{1,6}$")
"""A figure at the end of a name, with what follows it: 村组干部230人."""


def row_findings(line: ScoredLine, settings: CheckSettings) -> Iterator[Finding]:
    """Everything about one row that needs no other row; reasons are asked for elsewhere."""
    if not line.is_scored:
        return
    yield from score_in_range(line)
    yield from score_by_rule(line, settings)
    words = settings.find(SharedWords)
    if words is not None:
        yield from copied_sign(line, words)
        yield from other_unit(line, words, settings.find(UnitFamilySetting))
    yield from copied_text(line)


def score_in_range(line: ScoredLine) -> Iterator[Finding]:
    """C32: points below 0 or above the row's own."""
    given, full = line.stated.value, line.score.full_score
    if not line.is_counted or given is None or 0 <= given <= full:
        return
    what = "小于 0" if given < 0 else f"超过分值 {plain(full)} 分"
    yield Finding(
        code="C32",
        severity=Severity.BLOCKING,
        place=line.place(line.columns.score),
        subject=f"{line.subject}的得分",
        message=f"填的是 {plain(given)} 分，{what}",
        remedy=f"请改为 0 至 {plain(full)} 分之间的得分",
        why="每条指标的得分不能超过它的分值，也不能是负数。",
        also=(line.place(line.columns.full_score),),
        values=(("得分", plain(given)), ("分值", plain(full))),
    )


def score_by_rule(
    line: ScoredLine, settings: CheckSettings, severity: Severity = Severity.EXPLAIN
) -> Iterator[Finding]:
    """C33: points that differ from the scoring rule, with the formula; other people's tables are only asked why."""
    setting, given = settings.find(RowScoreSetting), line.stated.value
    if setting is None or given is None or line.agrees(setting.tolerance) is not False:
        return
    if not 0 <= given <= line.score.full_score:
        return
    explanation = line.score.explanation
    least, most = line.score.allowed
    by_rule = points(least) if least == most else f"{points(least)} 至 {points(most)}"
    yield Finding(
        code="C33",
        severity=severity,
        place=line.place(line.columns.score),
        subject=f"{line.subject}的得分",
        message=f"填的是 {plain(given)} 分，与计分规则不同，按规则应得 {by_rule} 分（{explanation.formula}）",
        remedy="请按规则核对得分；另有评分依据的，请在偏差原因中说明",
        why=f"{explanation.rule}。",
        also=(line.place(line.columns.actual), line.place(line.columns.planned)),
        values=(("填写的得分", plain(given)), ("按规则", by_rule), ("算式", explanation.formula)),
    )


def copied_sign(line: ScoredLine, words: SharedWords) -> Iterator[Finding]:
    """C34: a completion value that carries ≥ or ≤: what was really done is one number."""
    text = line.row.actual_text
    if not text or text[0].isalnum():
        return
    parts = split_value(text, words.signs_before, {})
    sign = parts.sign
    if parts.number is None or sign in ("", Comparator.EQUAL):
        return
    yield Finding(
        code="C34",
        severity=Severity.BLOCKING,
        place=line.place(line.columns.actual),
        subject=f"{line.subject}的实际完成值",
        message=f"“{clipped(text)}”带着符号“{sign}”，年度指标值是“{clipped(line.row.planned_text)}”，看不出实际做到多少",
        remedy=f"请填实际完成的数字，例如“{clipped(text.strip()[1:].lstrip('=＝'))}”",
        why="实际完成值是做到了多少，是一个确定的数；照抄指标值就无法核对。",
        also=(line.place(line.columns.planned),),
        values=(("实际完成值", clipped(text)), ("年度指标值", clipped(line.row.planned_text))),
    )


def copied_text(line: ScoredLine) -> Iterator[Finding]:
    """C38: a completion in words that only repeats the target's words."""
    if line.row.comparator not in _WORDED:
        return
    actual, planned = core_text(line.row.actual_text), core_text(line.row.planned_text)
    if not actual or actual != planned:
        return
    if any(char.isdigit() for char in actual):
        return
    yield Finding(
        code="C38",
        severity=Severity.EXPLAIN,
        place=line.place(line.columns.actual),
        subject=f"{line.subject}的实际完成值",
        message=f"“{clipped(line.row.actual_text)}”与年度指标值一字不差",
        remedy="请写明实际做到什么程度，或填达成、部分达成、未达成",
        why="照抄指标值看不出实际完成情况。",
        also=(line.place(line.columns.planned),),
        values=(
            ("实际完成值", clipped(line.row.actual_text)),
            ("年度指标值", clipped(line.row.planned_text)),
        ),
    )


def unknown_grade(line: ScoredLine, grades: tuple[str, ...]) -> Iterator[Finding]:
    """C38, second half: a qualitative completion that is no grade of the scale; for forms with a list to choose from.

    A time that came too late is no grade either: once a person has given points for it, nothing is amiss.
    """
    text = line.row.completion or line.row.actual_text
    if line.row.comparator not in _WORDED or is_blank_text(text) or line.has_rule:
        return
    scale = "、".join(grades)
    message, remedy, why = f"“{clipped(text)}”不是规定的完成档次", f"请从{scale}中选择", _WHY_GRADE
    if is_late(line.row.planned_text, text):
        if line.score.outcome is Outcome.JUDGED:
            return
        message = f"“{clipped(text)}”晚于“{clipped(line.row.planned_text)}”，还没有评定得分"
        remedy = f"请在得分栏填写评定的得分，或者{remedy.removeprefix('请')}"
        why = "逾期的扣多少分没有统一规定，由人评定。"
    yield Finding(
        code="C38",
        severity=Severity.BLOCKING,
        place=line.place(line.columns.actual),
        subject=f"{line.subject}的实际完成值",
        message=message,
        remedy=remedy,
        why=why,
        values=(("实际完成值", clipped(text)), ("完成档次", scale)),
    )


def other_unit(line: ScoredLine, words: SharedWords, setting: UnitFamilySetting | None) -> Iterator[Finding]:
    """C40: the completion in another unit, ten thousand times apart, or people counted in 个."""
    row = line.row
    actual = _other_value(row, words)
    if actual is not None and not _same_family(actual.unit, row.measure_unit, setting):
        yield _unit_finding(
            line,
            f"“{clipped(row.actual_text)}”的单位是“{actual.unit}”，指标值“{clipped(row.planned_text)}”"
            f"的单位是“{row.measure_unit}”",
            "请换算成同一单位后填写",
            line.columns.actual,
        )
        return
    if setting is None:
        return
    yield from _far_apart(line, setting)
    yield from unit_of_name(line, setting, words)


def _other_value(row: IndicatorInput, words: SharedWords) -> ValueParts | None:
    """The completion taken apart where its unit may be another one; None where it is the row's, or none is written."""
    text = row.actual_text
    if row.comparator in _WORDED or not row.measure_unit or not text:
        return None
    if text.endswith(row.measure_unit) or text[-1].isdigit():
        return None
    actual = _written(text, words)
    return actual if actual.number is not None else None


def _same_family(unit: str, other: str, setting: UnitFamilySetting | None) -> bool:
    """Whether two units measure the same thing; one that is not written may be any."""
    if not unit or not other or convert(Decimal(1), unit, other) is not None:
        return True
    groups = setting.units_by_name.values() if setting else ()
    return any(unit in group and other in group for group in groups)


def _far_apart(line: ScoredLine, setting: UnitFamilySetting) -> Iterator[Finding]:
    """Values so far apart that 元 and 万元 were mixed up."""
    planned, actual = line.row.planned_value, line.row.actual_value
    if not planned or not actual or planned < 0 or actual < 0 or line.row.comparator in _WORDED:
        return
    if max(planned, actual) / min(planned, actual) < setting.factor:
        return
    yield _unit_finding(
        line,
        f"“{clipped(line.row.actual_text)}”与指标值“{clipped(line.row.planned_text)}”"
        f"相差 {number_text(setting.factor)} 倍以上，像是单位不同",
        "请核对单位和小数点；确实如此的，请说明",
        line.columns.actual,
    )


def unit_of_name(line: ScoredLine, setting: UnitFamilySetting, words: SharedWords) -> Iterator[Finding]:
    """C40 of the name: 人数 in 个, or a figure in the name with another unit (村组干部230人, 个)."""
    found = name_and_unit(line.row.name, line.row.measure_unit, setting, words)
    if found:
        yield _unit_finding(line, found, "请把单位改为一致", line.columns.measure_unit)


def name_and_unit(name: str, unit: str, setting: UnitFamilySetting, words: SharedWords) -> str:
    """What is wrong between a name and the unit beside it, "" when they agree."""
    if not unit:
        return ""
    for ending, units in setting.units_by_name.items():
        if name.strip().endswith(ending) and unit not in units:
            return f"名称是“{clipped(name)}”，单位却是“{unit}”，应为{'、'.join(units[:2])}"
    figure = _FIGURE.search(name)
    if figure is None:
        return ""
    said = _written(figure.group(), words).unit
    counted = said in words.count_units and unit in words.count_units
    if counted and convert(Decimal(1), said, unit) is None:
        return f"名称“{clipped(name)}”里的单位是“{said}”，单位栏是“{unit}”"
    return ""


def _written(text: str, words: SharedWords) -> ValueParts:
    """A value's number and unit, the unit only where it is a known one; a bare 万 belongs to its number."""
    parts = split_value(text, words.signs_before, words.signs_after)
    unit = parts.unit.strip("。.,;；，").partition("(")[0]
    if unit in words.wrong_percent_units:
        unit = PERCENT
    is_unit = unit in words.known_units and unit not in _TENFOLDS
    return ValueParts(parts.sign, parts.number, unit if is_unit else "")


def _unit_finding(line: ScoredLine, message: str, remedy: str, column: str) -> Finding:
    """A C40 finding."""
    return Finding(
        code="C40",
        severity=Severity.EXPLAIN,
        place=line.place(column),
        subject=line.subject,
        message=message,
        remedy=remedy,
        why="指标值和实际完成值要用同一单位，才能算出完成多少。",
        also=(line.place(line.columns.planned),),
        values=(
            ("年度指标值", clipped(line.row.planned_text)),
            ("实际完成值", clipped(line.row.actual_text) or "空"),
        ),
    )
