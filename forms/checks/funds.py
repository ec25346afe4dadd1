"""Money of the form (资金): C3 sums, C4 annual against medium-term and period, C5 元 for 万元."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from forms import kinds
from forms.checks.engine import CheckInput
from forms.checks.places import field_subject, plain_label, row_subject
from forms.checks.settings import SumSetting, UnitSlipSetting
from forms.checks.wording import money_text
from forms.context import FormContext
from forms.findings import Finding, Place, Severity
from forms.remembered import by_identity
from forms.schema import FieldKind, FieldSpec, FormSpec, SumRule, TableSpec

_ANNUAL = "annual_total_fen"
_MEDIUM = "medium_total_fen"
_HALF = Decimal("0.5")


def sums(given: CheckInput) -> Iterator[Finding]:
    """C3: a total that is not the sum of its sources, on the form and within each row of a plain table."""
    for rule in given.form.sum_rules:
        if not _adds_up(given, rule, given.answers):
            specs = {key: given.form.field(key) for key in (rule.total, *rule.parts)}
            places = {key: Place(key) for key in specs}
            subject = field_subject(given.form, rule.total)
            yield from _sum(given, rule, specs, given.answers, places, subject)
    for table in _with_sums(given.form):
        if table.is_visible(given.context):
            for number, row in enumerate(given.answers.get(table.key) or () if table.sum_rules else (), 1):
                yield from _row_sums(given, table, row, number)
            for rule in table.row_sums:
                yield from _sums_of_rows(given, table, rule)


@by_identity(16)
def _with_sums(form: FormSpec) -> tuple[TableSpec, ...]:
    """The tables of a form that have sums of their own."""
    return tuple(table for table in form.tables() if table.sum_rules or table.row_sums)


def _row_sums(given: CheckInput, table: TableSpec, row: Mapping[str, Any], number: int) -> Iterator[Finding]:
    """C3 within one row."""
    for rule in table.sum_rules:
        if _adds_up(given, rule, row):
            continue
        specs = {key: table.column(key) for key in (rule.total, *rule.parts)}
        places = {key: Place(table.key, str(row.get("row_id") or ""), key) for key in specs}
        yield from _sum(given, rule, specs, row, places, row_subject(table, row, number, rule.total))


def _sums_of_rows(given: CheckInput, table: TableSpec, rule: SumRule) -> Iterator[Finding]:
    """C3 between whole rows (年度资金总额 and its sources), in every money column that is filled in by hand."""
    rows = {str(row.get("row_id")): row for row in given.answers.get(table.key) or ()}
    known = [key for key in (rule.total, *rule.parts) if key in rows]
    if rule.total not in known:
        return
    names = {key: str(rows[key].get(table.columns[0].key) or "") for key in known}
    for column in table.visible_columns(given.context):
        if column.kind is not FieldKind.MONEY or column.is_computed:
            continue
        label = column.label_in(given.context)
        specs = {key: replace(column, label=names[key]) for key in known}
        kept = {key: rows[key].get(column.key) for key in known}
        places = {key: Place(table.key, key, column.key) for key in known}
        own = SumRule(rule.total, tuple(key for key in rule.parts if key in known))
        yield from _sum(given, own, specs, kept, places, f"{names[rule.total]}的{label}")


def _adds_up(given: CheckInput, rule: SumRule, kept: Mapping[str, Any]) -> bool:
    """Whether all amounts of a rule are there, none below zero, and right to the 分, or none is: nearly always so."""
    total, of_parts = kept.get(rule.total), 0
    for key in rule.parts:
        part = kept.get(key)
        if not kinds.is_amount(part) or part < 0:
            return part is None and total is None and all(kept.get(one) is None for one in rule.parts)
        of_parts += part
    is_right = kinds.is_amount(total) and bool(rule.parts) and total >= 0 and total == of_parts
    return is_right and given.settings.get(SumSetting).tolerance >= 0


def _sum(
    given: CheckInput,
    rule: SumRule,
    specs: Mapping[str, FieldSpec],
    kept: Mapping[str, Any],
    places: Mapping[str, Place],
    subject: str,
) -> Iterator[Finding]:
    """One rule against one set of values; amounts that cannot be read are another check's."""
    unit = given.context.amount_unit
    if any(kinds.problem_of(spec, kept.get(key))[0] for key, spec in specs.items()):
        return
    amounts = {key: kept[key] for key in specs if kinds.is_amount(kept.get(key))}
    for key, amount in amounts.items():
        if amount < 0:
            yield Finding(
                code="C3",
                severity=Severity.BLOCKING,
                place=places[key],
                subject=subject if key == rule.total else f"{subject}中的{plain_label(specs[key])}",
                message=f"填的是 {money_text(amount, unit)}，金额不能小于 0",
                remedy="请核对金额",
                why="资金来源的金额不能是负数。",
                values=(("填写的金额", money_text(amount, unit)),),
            )
            return
    parts = {key: amounts[key] for key in rule.parts if key in amounts}
    if not amounts or (not parts and not amounts.get(rule.total)):
        return
    if rule.total not in amounts and specs[rule.total].is_required:
        return
    tolerance = given.settings.get(SumSetting).tolerance * unit.value
    total, of_parts = amounts.get(rule.total, 0), sum(parts.values())
    if rule.total in amounts and parts and abs(total - of_parts) <= tolerance:
        return
    yield _sum_finding(given.context, rule, specs, amounts, places, subject)


def _sum_finding(
    context: FormContext,
    rule: SumRule,
    specs: Mapping[str, FieldSpec],
    amounts: Mapping[str, int],
    places: Mapping[str, Place],
    subject: str,
) -> Finding:
    """What does not add up, with every figure."""
    unit = context.amount_unit
    labels = [plain_label(specs[key]) for key in rule.parts]
    parts = {key: amounts[key] for key in rule.parts if key in amounts}
    of_parts = sum(parts.values())
    named = " ＋ ".join(
        f"{plain_label(specs[key])} {money_text(amount, unit)}" for key, amount in parts.items()
    )
    if rule.total not in amounts:
        message = f"还没有填写，{named} 合计 {money_text(of_parts, unit)}"
        remedy = f"请填写总额，应为 {money_text(of_parts, unit)}"
    elif not parts:
        message = f"填了 {money_text(amounts[rule.total], unit)}，{'、'.join(labels)}都还没有填写"
        remedy = f"请填写{'和'.join(labels)}，没有的填 0"
    else:
        total = amounts[rule.total]
        message = f"填的是 {money_text(total, unit)}，{named} 合计 {money_text(of_parts, unit)}，相差 {money_text(abs(total - of_parts), unit)}"
        remedy = "请核对，使总额等于各项来源之和"
    return Finding(
        code="C3",
        severity=Severity.BLOCKING,
        place=places[rule.total],
        subject=subject,
        message=message,
        remedy=remedy,
        why=f"总额应当等于{'加'.join(labels)}。",
        also=tuple(places[key] for key in rule.parts),
        values=tuple((plain_label(specs[key]), money_text(amount, unit)) for key, amount in amounts.items()),
    )


def period_and_medium_term(given: CheckInput) -> Iterator[Finding]:
    """C4: annual funds above the medium-term total, or in a year the project period does not contain."""
    annual, medium = given.amount(_ANNUAL), given.amount(_MEDIUM)
    unit = given.context.amount_unit
    if annual is not None and medium is not None and annual > medium:
        yield Finding(
            code="C4",
            severity=Severity.EXPLAIN,
            place=Place(_ANNUAL),
            subject="年度资金总额",
            message=f"填的是 {money_text(annual, unit)}，多于中期资金总额 {money_text(medium, unit)}",
            remedy="请核对两个总额和单位；确实如此的，请说明原因",
            why="中期资金是整个项目期的资金，年度资金是其中一年的。",
            also=(Place(_MEDIUM),),
            values=(("年度资金总额", money_text(annual, unit)), ("中期资金总额", money_text(medium, unit))),
        )
    yield from _period(given, annual)


def _period(given: CheckInput, annual: int | None) -> Iterator[Finding]:
    """C4, second half: the period runs backwards, or leaves out the budget year."""
    start, end = given.year("period_from"), given.year("period_to")
    if start is None or end is None:
        return
    year = given.context.budget_year
    if start > end:
        message = f"起始年 {start} 年晚于结束年 {end} 年"
        place, also = Place("period_to"), Place("period_from")
    elif annual and annual > 0 and not start <= year <= end:
        amount = money_text(annual, given.context.amount_unit)
        message = f"填的是 {start} 年至 {end} 年，不包含预算年度 {year} 年，却申请了 {year} 年资金 {amount}"
        place, also = Place("period_from" if year < start else "period_to"), Place(_ANNUAL)
    else:
        return
    yield Finding(
        code="C4",
        severity=Severity.BLOCKING,
        place=place,
        subject="项目期",
        message=message,
        remedy="请核对项目期的起止年份",
        why="申请哪一年的资金，那一年就要在项目期之内。",
        also=(also,),
        values=(("起始年", str(start)), ("结束年", str(end)), ("预算年度", str(year))),
    )


def known_budget(context: FormContext) -> int | None:
    """The budget known from the project register, else from the project year, in 分."""
    entry, year = context.register_entry, context.project_year
    if entry is not None and entry.budget_fen:
        return entry.budget_fen
    return year.budget_fen if year is not None else None


def has_known_budget(context: FormContext) -> bool:
    """Whether there is an amount to compare with."""
    return bool(known_budget(context))


def unit_slip(given: CheckInput) -> Iterator[Finding]:
    """C5: an amount ten thousand times the known budget or a ten-thousandth of it."""
    annual, known = given.amount(_ANNUAL), known_budget(given.context)
    if not annual or not known or annual < 0:
        return
    setting, unit = given.settings.get(UnitSlipSetting), given.context.amount_unit
    source = "年度预算项目名录中的预算数" if given.context.register_entry else "项目登记的预算数"
    larger, smaller = max(annual, known), min(annual, known)
    if setting.tolerance < _HALF and 2 * larger < smaller * setting.factor:
        return  # not even half the factor apart
    if abs(Decimal(larger) / smaller / setting.factor - 1) > setting.tolerance:
        return
    yield Finding(
        code="C5",
        severity=Severity.EXPLAIN,
        place=Place(_ANNUAL),
        subject="年度资金总额",
        message=f"填的是 {money_text(annual, unit)}，{source}是 {money_text(known, unit)}，相差一万倍，像是把元和万元弄混了",
        remedy=f"请核对单位，本表金额单位是{unit.label}",
        why="与已知预算数正好相差一万倍的金额，多半是单位填错。",
        values=(("填写的金额", money_text(annual, unit)), (source, money_text(known, unit))),
    )
