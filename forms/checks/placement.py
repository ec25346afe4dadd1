"""C18 (指标归类): money among quantities, counts among qualities, satisfaction elsewhere, timeliness without time."""

from __future__ import annotations

from collections.abc import Sequence

from forms.checks.engine import RowInput
from forms.checks.indicator_line import IndicatorLine
from forms.checks.line_spelling import contains
from forms.checks.settings import SharedWords, TimelinessSetting, VagueWordSetting
from forms.checks.wording import clipped
from forms.checks.words import is_vague
from forms.findings import Finding, Severity
from models.domain.indicator import Comparator

_CEILING_SIGNS = frozenset({Comparator.AT_MOST.value, Comparator.LESS.value})


def right_level(given: RowInput) -> Sequence[Finding]:
    """C18: an indicator that does not belong under its second level."""
    line = given.line
    if not line.value:
        return ()
    words, roles = given.settings.get(SharedWords), line.roles
    unit = line.unit or line.written.unit
    found = []
    if "quantity" in roles and unit in words.money_units:
        found.append(_money(line))
    if "quality" in roles and _is_count(line, unit, words):
        found.append(_count(line))
    if "satisfaction" not in roles and contains(line.name, words.satisfaction_words):
        found.append(_satisfaction(line))
    if "timeliness" in roles and not _tells_time(given, line, unit, words):
        found.append(_no_time(line))
    return found


def _money(line: IndicatorLine) -> Finding:
    return _finding(
        line,
        f"放在数量指标里，指标值“{line.shown_value}”却是金额",
        "请移到成本指标或经济效益指标，数量指标填做了多少事",
        "数量指标反映做了多少事，花多少钱由成本指标反映。",
    )


def _count(line: IndicatorLine) -> Finding:
    return _finding(
        line,
        f"放在质量指标里，指标值“{line.shown_value}”却是数量",
        "请移到数量指标，质量指标填合格率、达标率等",
        "质量指标反映做得好不好，做了多少由数量指标反映。",
    )


def _satisfaction(line: IndicatorLine) -> Finding:
    return _finding(
        line,
        f"名称是满意度，指标值“{line.shown_value}”，却没有放在满意度指标里",
        "请移到满意度指标",
        "满意度有单独的一级指标，放在别处会重复。",
        column="third_level",
    )


def _no_time(line: IndicatorLine) -> Finding:
    return _finding(
        line,
        f"放在时效指标里，指标值“{line.shown_value}”不是时间、期限或及时率",
        "请写明完成日期、期限，或改成及时率、按期完成率",
        "时效指标要能看出什么时候做完。",
    )


def _is_count(line: IndicatorLine, unit: str, words: SharedWords) -> bool:
    """Whether the row counts things; upper limits, noughts and faults may well stand under quality."""
    if not line.is_numeric or line.amount is None or line.amount == 0 or line.sign in _CEILING_SIGNS:
        return False
    return unit.partition("/")[0] in words.count_units and not contains(line.name, words.reverse_words)


def _tells_time(given: RowInput, line: IndicatorLine, unit: str, words: SharedWords) -> bool:
    """Whether a timeliness value is a rate, a period or a date; what C16 or C10 says is not said again."""
    if line.is_percent or any(part in words.time_units for part in unit.split("/")):
        return True
    if line.is_numeric and line.amount is not None:
        return not unit
    vague = given.settings.find(VagueWordSetting)
    if vague and is_vague(line, vague):
        return True
    if contains(line.value, given.settings.get(TimelinessSetting).time_words):
        return True
    digits = any(char.isdigit() for char in line.value)
    return digits and contains(line.value, words.time_units)


def _finding(
    line: IndicatorLine, message: str, remedy: str, why: str, column: str = "second_level"
) -> Finding:
    """A C18 finding with the value that gave it away."""
    return Finding(
        code="C18",
        severity=Severity.EXPLAIN,
        place=line.place(column),
        subject=line.subject(),
        message=message,
        remedy=f"{remedy}；确实应放在这里的，请说明",
        why=why,
        also=(line.place("planned_value"),),
        values=(("三级指标", clipped(line.name)), ("指标值", line.shown_value)),
    )
