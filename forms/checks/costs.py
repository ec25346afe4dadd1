"""C19 (成本和反向指标): costs above the budget, and costs or faults asked to be as high as possible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forms.checks.engine import CheckInput, RowInput
from forms.checks.indicator_line import HIGHER_SIGNS, IndicatorLine
from forms.checks.line_spelling import contains
from forms.checks.places import ANNUAL_TABLE
from forms.checks.settings import SharedWords
from forms.checks.wording import money_text
from forms.findings import Finding, Severity


def cost_above_budget(given: CheckInput) -> Iterator[Finding]:
    """C19, first half: a cost indicator of more money than the budget asks for."""
    budget, words = given.form.amount_of(given.answers), given.settings.get(SharedWords)
    if budget is None or budget <= 0:
        return
    unit = given.context.amount_unit
    for line in given.lines.get(ANNUAL_TABLE, ()):
        if "cost" not in line.roles or line.amount is None:
            continue
        fen_a_unit = words.money_units.get(line.unit or line.written.unit or line.in_name.unit)
        if fen_a_unit is None or line.amount * fen_a_unit <= budget:
            continue
        yield Finding(
            code="C19",
            severity=Severity.EXPLAIN,
            place=line.place("planned_value"),
            subject=line.subject("planned_value"),
            message=f"成本是“{line.shown_value}”，多于预算 {money_text(budget, unit)}",
            remedy="请核对指标值和预算；确实如此的，请说明资金来源",
            why="成本指标不应超过申请的预算。",
            values=(("成本指标值", line.shown_value), ("预算", money_text(budget, unit))),
        )


def reverse_sign(given: RowInput) -> Iterable[Finding]:
    """C19, second half: a cost, complaint, accident … with ≥, unless the name speaks of lowering it."""
    line = given.line
    sign = line.in_name.sign if line.in_name.sign in HIGHER_SIGNS else line.sign
    if sign not in HIGHER_SIGNS or not line.name:
        return ()
    is_cost, words = "cost" in line.roles, given.settings.get(SharedWords)
    if not is_cost and not contains(line.name, words.reverse_words):
        return ()
    if contains(line.name, words.decrease_words) or contains(line.name, words.reverse_exceptions):
        return ()
    return (_wrong_way(line, sign, "成本指标" if is_cost else "越少越好的指标"),)


def _wrong_way(line: IndicatorLine, sign: str, what: str) -> Finding:
    """The sign asks for more of what should be less."""
    where = "名称里写的是" if sign == line.in_name.sign and sign != line.sign else "符号用的是"
    return Finding(
        code="C19",
        severity=Severity.EXPLAIN,
        place=line.place("comparator" if line.has("comparator") else "third_level"),
        subject=line.subject(),
        message=f"{what}{where}“{sign}”，意思是越多越好，应当用“≤”",
        remedy="请把符号改为“≤”；确实要越多越好的，请说明",
        why="成本、投诉、事故等指标越少越好，用“≥”方向就反了。",
        also=(line.place("planned_value"),),
        values=(("符号", sign), ("指标值", line.shown_value or "空")),
    )
