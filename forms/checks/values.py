"""Indicator values (指标值): C11 number and sign, C12 unit, C13 percentages, C14 satisfaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from forms.checks.engine import RowInput
from forms.checks.indicator_line import HIGHER_SIGNS, IndicatorLine
from forms.checks.line_spelling import contains
from forms.checks.rates import names_a_rate
from forms.checks.settings import SatisfactionSetting, SharedWords
from forms.checks.wording import clipped, number_text
from forms.findings import Finding, Severity
from models.domain.indicator import Comparator

_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_QUALITATIVE = Comparator.QUALITATIVE.value


def number_and_sign(given: RowInput) -> Iterable[Finding]:
    """C11: a numeric sign without a number, 定性 with a bare number, a sign written into the value."""
    line = given.line
    if not line.value or not line.has("comparator"):
        return ()
    if line.is_numeric:
        if line.is_plain_number and not line.written.sign:
            return ()
    elif line.sign != _QUALITATIVE or line.amount is None:
        return ()  # neither a number nor a unit clings to a text without one
    return _number_against_sign(given, line)


def _number_against_sign(given: RowInput, line: IndicatorLine) -> Iterator[Finding]:
    """What C11 says of a value that may not go with its sign."""
    if line.is_numeric and not _is_number(line, given):
        yield _finding(
            line,
            Severity.BLOCKING,
            f"“{clipped(line.value)}”不是数字，符号却选了“{line.sign}”",
            "请只填数字；不能用数字表示的，把符号改为“定性”，时间等改为“其他”",
            "用≥、≤、=等符号的指标，指标值要是数字才能计算完成程度。",
        )
    elif line.sign == _QUALITATIVE and (line.is_plain_number or _clinging_unit(line, given)):
        yield _finding(
            line,
            Severity.BLOCKING,
            f"只有数字“{clipped(line.value)}”，符号却选了“定性”",
            "请改选≥、≤或=；确实是定性指标的，写明可判断的程度",
            "定性指标填的是程度，用数字衡量的应选定量符号。",
        )
    elif line.is_numeric and line.written.sign and not _is_unit_slip_only(line, given):
        yield _finding(
            line,
            Severity.EXPLAIN,
            f"“{clipped(line.value)}”里写了“{line.written.sign}”，符号栏选的是“{line.sign}”",
            "请把符号选在符号栏，指标值只留数字",
            "符号写在指标值里，汇总和计算时会被当成文字。",
        )


def _is_number(line: IndicatorLine, given: RowInput) -> bool:
    """Whether the value is a number, be it with a sign or a unit that do not belong there; 5-10 and 1e5 are none."""
    if line.is_plain_number or line.amount is None:
        return line.is_plain_number
    return not line.written.unit or _clinging_unit(line, given) != ""


def _is_unit_slip_only(line: IndicatorLine, given: RowInput) -> bool:
    """Whether C12 already says all there is: the sign agrees, only the unit is in the wrong place."""
    return line.written.sign == line.sign and _clinging_unit(line, given) != ""


def _clinging_unit(line: IndicatorLine, given: RowInput) -> str:
    """The unit written into the value, "" when none."""
    return _written_unit(line, given.settings.get(SharedWords))


def unit_in_place(given: RowInput) -> Iterable[Finding]:
    """C12: the unit inside the value, or 百分比 and the like for %."""
    line = given.line
    unit = line.texts.get("measure_unit")
    if unit is None or not (line.is_percent or line.written.unit):
        return ()
    return _unit_out_of_place(line, unit, given.settings.get(SharedWords))


def _unit_out_of_place(line: IndicatorLine, unit: str, words: SharedWords) -> Iterator[Finding]:
    """What C12 says of a percentage, or of a value that carries a unit."""
    if unit in words.wrong_percent_units:
        yield Finding(
            code="C12",
            severity=Severity.BLOCKING,
            place=line.place("measure_unit"),
            subject=line.subject("measure_unit"),
            message=f"写的是“{unit}”，百分数的单位应写“%”",
            remedy="请改为“%”",
            why="“百分比”“率”是说法，不是计量单位。",
            values=(("计量单位", unit), ("应写", "%")),
        )
    written = _written_unit(line, words)
    if written and line.is_numeric:
        column = f"计量单位栏是“{unit}”" if unit else "计量单位栏是空的"
        yield Finding(
            code="C12",
            severity=Severity.BLOCKING,
            place=line.place("planned_value"),
            subject=line.subject("planned_value"),
            message=f"“{clipped(line.value)}”里写了单位“{written}”，{column}",
            remedy=f"请把指标值改为“{number_text(line.amount or Decimal(0))}”，单位“{written}”写在计量单位栏",
            why="指标值只填数字，单位有单独的一栏。",
            also=(line.place("measure_unit"),),
            values=(("指标值", clipped(line.value)), ("计量单位", unit or "空")),
        )


def _written_unit(line: IndicatorLine, words: SharedWords) -> str:
    """The unit that clings to the number of the value; "" when none, or when it is no unit."""
    unit = line.written.unit
    if not unit or line.amount is None:
        return ""
    known = unit == line.unit or all(part in words.known_units for part in unit.split("/"))
    return unit if known else ""


def percentages(given: RowInput) -> Iterable[Finding]:
    """C13: a rate beyond 0…100 %, or asked to be more than 100 %."""
    line = given.line
    if not line.is_percent or line.amount is None or not line.is_numeric or line.unit == "‰":
        return ()
    if _ZERO <= line.amount < _HUNDRED:
        return ()
    return _beyond(line, line.amount, given.settings.get(SharedWords))


def _beyond(line: IndicatorLine, amount: Decimal, words: SharedWords) -> Iterator[Finding]:
    """What C13 says of a percentage below nought, of 100, or above."""
    if contains(line.name, words.growth_words):
        return
    shown = f"{number_text(amount)}%"
    is_rate = names_a_rate(line.name, words)
    if is_rate and not 0 <= amount <= _HUNDRED:
        side = "大于 100%" if amount > _HUNDRED else "小于 0"
        yield Finding(
            code="C13",
            severity=Severity.BLOCKING,
            place=line.place("planned_value"),
            subject=line.subject("planned_value"),
            message=f"填的是 {shown}，{side}",
            remedy="请核对指标值，应在 0 到 100% 之间；是增长幅度的，请在名称里写明“增长率”",
            why="比率、比例和满意度只能在 0 到 100% 之间。",
            values=(("指标值", shown), ("范围", "0 至 100%")),
        )
    elif amount == _HUNDRED and line.sign in HIGHER_SIGNS and "satisfaction" not in line.roles:
        yield Finding(
            code="C13",
            severity=Severity.EXPLAIN,
            place=line.place("planned_value"),
            subject=line.subject("planned_value"),
            message=f"写成“{line.sign}100%”，最多只能到 100%",
            remedy="请把符号改为“=”，表示全部做到",
            why="比率不会超过 100%，写“≥”或“>”没有意义。",
            also=(line.place("comparator"),) if line.has("comparator") else (),
            values=(("符号", line.sign), ("指标值", shown)),
        )


def satisfaction(given: RowInput) -> Iterable[Finding]:
    """C14: satisfaction below the kit's line or at 100 %, or not given in percent."""
    line = given.line
    if not line.value:
        return ()
    if "satisfaction" not in line.roles and not (
        line.is_percent and contains(line.name, given.settings.get(SharedWords).satisfaction_words)
    ):
        return ()
    setting = given.settings.get(SatisfactionSetting)
    return () if contains(line.name, setting.exceptions) else _satisfaction(line, setting)


def _satisfaction(line: IndicatorLine, setting: SatisfactionSetting) -> Iterator[Finding]:
    """What C14 says of a satisfaction."""
    if not line.is_percent:
        if not (line.is_numeric and "measure_unit" in line.blanks and not line.written.unit):
            yield _no_percent(line)
    elif (
        line.amount is not None
        and line.is_numeric
        and (line.amount < setting.low or line.amount == setting.full)
    ):
        shown = f"{number_text(line.amount)}%"
        low, full = number_text(setting.low), number_text(setting.full)
        message = f"定为 {shown}，低于 {low}%" if line.amount < setting.low else f"定为 {shown}，要求人人满意"
        yield Finding(
            code="C14",
            severity=Severity.EXPLAIN,
            place=line.place("planned_value"),
            subject=line.subject("planned_value"),
            message=message,
            remedy="请核对；确实这样定的，请说明依据",
            why=f"满意度指标值一般不低于 {low}%，也很难做到 {full}%。",
            values=(("指标值", shown), ("一般范围", f"{low}% 至不足 {full}%")),
        )


def _no_percent(line: IndicatorLine) -> Finding:
    """Satisfaction in other words or units than percent."""
    column = "measure_unit" if line.is_numeric and line.has("measure_unit") else "planned_value"
    unit = f"计量单位是“{clipped(line.unit)}”" if line.unit else "没有用百分数表示"
    return Finding(
        code="C14",
        severity=Severity.BLOCKING,
        place=line.place(column),
        subject=line.subject(column),
        message=f"满意度填的是“{line.shown_value}”，{unit}，应为“%”",
        remedy="请用百分数填写满意度，例如 ≥90%",
        why="满意度由问卷得出，用百分数才能比较和计分。",
        values=(("填写的内容", line.shown_value), ("应用单位", "%")),
    )


def _finding(line: IndicatorLine, severity: Severity, message: str, remedy: str, why: str) -> Finding:
    """A C11 finding at the value, with the sign beside it."""
    sign = "定性" if line.sign == _QUALITATIVE else line.sign
    return Finding(
        code="C11",
        severity=severity,
        place=line.place("planned_value"),
        subject=line.subject("planned_value"),
        message=message,
        remedy=remedy,
        why=why,
        also=(line.place("comparator"),),
        values=(("符号", sign), ("指标值", clipped(line.value))),
    )
