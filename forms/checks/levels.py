"""C9 (指标层次): first levels without indicators, required levels that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from forms.checks.engine import CheckInput
from forms.checks.indicator_line import IndicatorLine
from forms.checks.places import ANNUAL_TABLE, MEDIUM_TABLE
from forms.checks.settings import RequiredLevelSetting
from forms.findings import Finding, Place, Severity
from forms.remembered import by_identity
from forms.schema import FormSubject
from models.domain.kit import FirstLevel, IndicatorFrame, RequiredIndicators, SecondLevel

_WHY_USED = "列出的一级指标下面至少要有一条三级指标，否则无法考核。"
_WHY_REQUIRED = "任务参数包规定了必须设置的指标。"


def indicator_levels(given: CheckInput) -> Iterator[Finding]:
    """C9: the whole table empty, a used first level with no indicator, required levels missing."""
    for key, lines in given.lines.items():
        yield from _levels_without_indicator(given, lines)
        if key == ANNUAL_TABLE:
            yield from _required(given, lines)
        elif key == MEDIUM_TABLE:
            yield from _medium_term(given, lines)


def _levels_without_indicator(given: CheckInput, lines: Sequence[IndicatorLine]) -> Iterator[Finding]:
    """Used first levels none of whose rows has a name."""
    if not [line for line in lines if line.name_is_blank]:
        return
    named = {line.texts.get("first_level") for line in lines if not line.name_is_blank}
    for first in given.context.frame.firsts:
        if first.code in named:
            continue
        rows = [line for line in lines if line.texts.get("first_level") == first.code]
        if not rows:
            continue
        yield Finding(
            code="C9",
            severity=Severity.BLOCKING,
            place=rows[0].place("third_level"),
            subject=rows[0].subject(),
            message=f"“{first.label}”下面还没有填写三级指标",
            remedy="请填写三级指标，或删除这一行",
            why=_WHY_USED,
            also=tuple(line.place("third_level") for line in rows[1:]),
            values=(("一级指标", first.label), ("三级指标", "0 条")),
        )


def _required(given: CheckInput, lines: Sequence[IndicatorLine]) -> Iterator[Finding]:
    """What the frame and the kit's rule for the category ask for, in the annual table."""
    table = given.form.table(ANNUAL_TABLE)
    firsts = given.context.frame.firsts
    if not lines:
        names = "、".join(first.label for first in firsts if first.is_required) or "绩效指标"
        remedy = f"请填写指标，必须有{names}"
        yield Finding(
            "C9",
            Severity.BLOCKING,
            Place(table.key),
            table.label,
            "一条指标也没有填写",
            remedy,
            _WHY_REQUIRED,
        )
        return
    used = {line.texts.get("first_level") for line in lines}
    missing = [first for first in _firsts_wanted(firsts) if first.code not in used]
    if missing:
        names = "、".join(first.label for first in missing)
        yield Finding(
            code="C9",
            severity=Severity.BLOCKING,
            place=Place(table.key),
            subject=table.label,
            message=f"缺少{names}",
            remedy=f"请增加{names}",
            why=_WHY_REQUIRED,
            values=(("缺少的一级指标", names),),
        )
    yield from _required_seconds(given, lines, missing)


def _required_seconds(
    given: CheckInput, lines: Sequence[IndicatorLine], missing_firsts: Sequence[FirstLevel]
) -> Iterator[Finding]:
    """Second levels the frame or the category's rule asks for, and no named row has."""
    category, codes = _rule(given)
    used = {line.texts.get("second_level") for line in lines if not line.name_is_blank}
    known = _seconds_wanted(given.context.frame)
    if codes not in known:
        known[codes] = tuple(
            (first, second)
            for first in given.context.frame.firsts
            for second in first.seconds
            if second.is_required or second.code in codes
        )
    lacking = [pair for pair in known[codes] if pair[1].code not in used]
    missing = [second.label for first, second in lacking if first not in missing_firsts]
    if not missing:
        return
    wanted = [second.label for _first, second in known[codes]]
    whose = f"{category}项目" if given.form.subject is FormSubject.PROJECT and category else "这张表"
    yield Finding(
        code="C9",
        severity=Severity.EXPLAIN,
        place=Place(ANNUAL_TABLE),
        subject=given.form.table(ANNUAL_TABLE).label,
        message=f"{whose}至少要有{'、'.join(wanted)}，现在缺少{'、'.join(missing)}",
        remedy="请增加指标；本项目不适用的，请说明原因",
        why=_WHY_REQUIRED,
        values=(("必设指标", "、".join(wanted)), ("缺少", "、".join(missing))),
    )


@by_identity(16)
def _firsts_wanted(firsts: tuple[FirstLevel, ...]) -> tuple[FirstLevel, ...]:
    """First levels of a frame that must be used."""
    return tuple(first for first in firsts if first.is_required)


@by_identity(16)
def _seconds_wanted(
    _frame: IndicatorFrame,
) -> dict[tuple[str, ...], tuple[tuple[FirstLevel, SecondLevel], ...]]:
    """Second levels of a frame that must be used where a rule names some codes, by these; filled as rules are met."""
    return {}


def _rule(given: CheckInput) -> tuple[str, tuple[str, ...]]:
    """The category the required indicators go by, and their codes."""
    if given.form.subject is FormSubject.UNIT:
        category = given.settings.get(RequiredLevelSetting).unit_category
    else:
        project = given.context.project
        category = given.text("project_category") or (project.category if project else "")
    rules = _rules_by_category(given.context.kit.required_indicators)
    return category, rules.get(category, rules.get("", ()))


@by_identity(8)
def _rules_by_category(rules: tuple[RequiredIndicators, ...]) -> Mapping[str, tuple[str, ...]]:
    """The second levels a kit requires, by the category of projects; see `ParameterKit.required_for`."""
    return {rule.category: rule.second_levels for rule in rules}


def _medium_term(given: CheckInput, lines: Sequence[IndicatorLine]) -> Iterator[Finding]:
    """The medium-term half of a project of several years left empty."""
    start, end = given.year("period_from"), given.year("period_to")
    if lines or start is None or end is None or end <= start:
        return
    table = given.form.table(MEDIUM_TABLE)
    yield Finding(
        code="C9",
        severity=Severity.EXPLAIN,
        place=Place(table.key),
        subject=table.label,
        message=f"项目期是 {start} 年至 {end} 年，中期绩效指标一条也没有填写",
        remedy="请填写整个项目期的指标；确实没有的，请说明",
        why="项目期超过一年的，中期和年度的指标都要填写。",
        also=(Place("period_to"),),
        values=(("项目期", f"{start} 年至 {end} 年"),),
    )
