"""Repetition (重复): C15 100% on most indicators, C17 repeated names and values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from forms.checks.engine import CheckInput
from forms.checks.indicator_line import IndicatorLine
from forms.checks.line_spelling import contains
from forms.checks.settings import FullValueSetting, RepetitionSetting
from forms.checks.wording import number_text, percent_text, row_numbers
from forms.findings import Finding, Severity
from models.domain.indicator import Comparator

_CEILING_SIGNS = frozenset({Comparator.AT_MOST.value, Comparator.LESS.value})


def full_values(given: CheckInput) -> Iterator[Finding]:
    """C15: 100% asked for on more than the kit's share of a table's indicators."""
    setting = given.settings.get(FullValueSetting)
    for lines in given.lines.values():
        found = _full(lines, setting)
        if not found:
            continue
        count = sum(bool(line.value) for line in lines)
        yield Finding(
            code="C15",
            severity=Severity.EXPLAIN,
            place=found[0].place("planned_value"),
            subject=lines[0].table.label,
            message=(
                f"{count} 条指标里有 {len(found)} 条的指标值是 {number_text(setting.value)}%，"
                f"超过 {percent_text(setting.share)}：{row_numbers([line.number for line in found])}"
            ),
            remedy="请换成能看出工作量和成效的指标值；确实都要全部做到的，请说明",
            why="大多数指标都定为 100%，看不出这笔钱做了多少事。",
            also=tuple(line.place("planned_value") for line in found[1:]),
            values=(("指标条数", str(count)), ("定为 100% 的", str(len(found)))),
        )


def _full(lines: Sequence[IndicatorLine], setting: FullValueSetting) -> list[IndicatorLine]:
    """The full rows, when they are too many; else none."""
    found = [line for line in lines if line.amount == setting.value and _is_full(line)]
    if not found:
        return found
    count = sum(1 for line in lines if line.value)
    return found if count >= setting.minimum_rows and len(found) > setting.share * count else []


def _is_full(line: IndicatorLine) -> bool:
    """Whether the row asks for a whole hundred percent, its unit perhaps not filled in yet."""
    return (line.is_percent or not line.unit) and line.is_numeric and line.sign not in _CEILING_SIGNS


def repeated(given: CheckInput) -> Iterator[Finding]:
    """C17: a name that stands twice, or one value on too many indicators."""
    setting = given.settings.get(RepetitionSetting)
    for lines in given.lines.values():
        yield from _repeated_names(lines)
        yield from _repeated_values(given, lines, setting)


def _repeated_names(lines: Sequence[IndicatorLine]) -> Iterator[Finding]:
    """One finding for every name that stands more than once."""
    if len({line.name_key for line in lines}) == len(lines):
        return
    groups: dict[str, list[IndicatorLine]] = defaultdict(list)
    for line in lines:
        if line.name_key:
            groups[line.name_key].append(line)
    for group in groups.values():
        if len(group) > 1:
            numbers = row_numbers([line.number for line in group])
            yield Finding(
                code="C17",
                severity=Severity.EXPLAIN,
                place=group[0].place("third_level"),
                subject=group[0].subject("third_level"),
                message=f"“{group[0].name}”出现了 {len(group)} 次：{numbers}",
                remedy="请合并或改写成不同的指标；确实需要的，请说明",
                why="同一个指标重复填写，会重复计分。",
                also=tuple(line.place("third_level") for line in group[1:]),
                values=tuple((f"第 {line.number} 行", line.shown_value or "空") for line in group),
            )


def _repeated_values(
    given: CheckInput, lines: Sequence[IndicatorLine], setting: RepetitionSetting
) -> Iterator[Finding]:
    """One finding for every value that stands on too many indicators; what C15 says is not said again."""
    if len({line.value_key for line in lines}) > len(lines) - setting.minimum_rows + 1:
        return  # too many different values for one to stand that often
    full_setting = given.settings.find(FullValueSetting)
    full = {line.number for line in _full(lines, full_setting)} if full_setting else set()
    groups: dict[str, list[IndicatorLine]] = defaultdict(list)
    for line in lines:
        if line.value and line.number not in full and not _may_repeat(line, setting):
            groups[line.value_key].append(line)
    for group in groups.values():
        if len(group) >= setting.minimum_rows:
            shown = f"{group[0].value}{group[0].texts.get('measure_unit', '')}"
            numbers = row_numbers([line.number for line in group])
            yield Finding(
                code="C17",
                severity=Severity.EXPLAIN,
                place=group[0].place("planned_value"),
                subject=f"{group[0].table.label}的指标值",
                message=f"{len(group)} 条指标都是“{shown}”：{numbers}",
                remedy="请逐条核对指标值是怎样定的；确实相同的，请说明",
                why=f"{setting.minimum_rows} 条以上指标的值完全一样，多半是照着填的，没有逐条测算。",
                also=tuple(line.place("planned_value") for line in group[1:]),
                values=tuple((f"第 {line.number} 行", f"{line.name} {line.shown_value}") for line in group),
            )


def _may_repeat(line: IndicatorLine, setting: RepetitionSetting) -> bool:
    """Values that may stand any number of times: nought and one, and grade scales."""
    if line.amount is not None:
        return line.amount in setting.ignored_values
    return contains(line.value, setting.graded_values)
