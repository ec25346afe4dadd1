"""Findings of a hand-filled target table (手工绩效目标表核对): the declaration's own checks over its rows.

The table becomes answers of the very form filled in here, sign, number and unit in columns of their own, and
the same checks run over them. Left out is what a hand-filled table cannot know (tasks, dates, the register)
or what layouts spell otherwise; levels only the national default asks for are advice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from forms import registry
from forms.checks.catalog import CHECKS
from forms.checks.engine import CheckRunner
from forms.checks.self_evaluation_rows import name_and_unit
from forms.checks.self_evaluation_settings import TotalSetting, UnitFamilySetting
from forms.checks.settings import SharedWords
from forms.checks.wording import number_text
from forms.context import FormContext
from forms.findings import Finding, Place, Severity
from forms.hand_filled.audit_basis import AuditBasis, level_key
from forms.hand_filled.audit_scores import row_subject
from forms.hand_filled.stated import StatedFund, StatedIndicator, StatedTable
from forms.indicator_table import INDICATOR_COLUMNS
from forms.value_text import mark_in_name, split_value
from models.domain.indicator import Comparator
from models.domain.kit import FormSetting, IndicatorFrame, ScoreScheme
from models.domain.project import FilingTask, Project, Unit

TABLE = "indicators"
_CODES = ("C2", "C6", "C7", "C9", "C10", "C11", "C12", "C13", "C14", "C15", "C16", "C17", "C18", "C19")
_MORE_CODES = ("C20", "C21", "C50")
_TASKS = "annual_tasks"
_NUMERIC = frozenset(sign.value for sign in Comparator if sign.is_numeric)
_COLUMNS = {"weight": "full_score", "direction": "comparator"}
_FIELDS = {"annual_total_fen": Place("funds", "0", "annual_budget")}


def target_findings(table: StatedTable, basis: AuditBasis) -> Iterator[Finding]:
    """The declaration's checks over the rows and texts of a target table."""
    form = registry.form(table.form)
    context = _context(table, basis)
    codes = [*_CODES, *_MORE_CODES, *(("C3",) if table.tasks else ())]
    runner = CheckRunner(form, context, [CHECKS[code] for code in codes if code in form.checks])
    for finding in runner.run(_answers(table, context)).findings:
        if finding.code == "C2" and not table.project_code:
            continue
        yield _placed(_weighed(finding, table, basis))
    yield from _units_of_names(table, basis)


def _context(table: StatedTable, basis: AuditBasis) -> FormContext:
    """The background such a filing would have: the basis's frame and scheme, and the columns the table has."""
    kit = basis.kit
    year = table.fiscal_year or kit.working_year
    frame = replace(basis.frame(table), columns=tuple(column.key for column in INDICATOR_COLUMNS))
    scheme = _scheme(table, basis)
    setting = FormSetting(table.form, "", frame.frame_id, scheme.scheme_id, table.unit_of_amount)
    own = replace(kit, frames=(frame,), schemes=(scheme,), form_settings=(setting,))
    task = FilingTask(table.form, table.form, table.form, year, kit.issued_on, kit.issued_on)
    project = Project(table.form, table.project_name, "", table.project_code) if table.project_name else None
    return FormContext(own, task, Unit("", table.implementing_unit), project)


def _scheme(table: StatedTable, basis: AuditBasis) -> ScoreScheme:
    """The scheme with weights where the table has them; without a kit any usual total of weights will do."""
    weights = [row.full_score.value for row in table.indicators if row.full_score.value is not None]
    scheme = replace(basis.scheme(table), weights_at_declaration=bool(weights))
    setting, total = basis.settings.find(TotalSetting), sum(weights, Decimal(0))
    if not basis.is_given and setting is not None and total in setting.indicator_totals:
        return replace(scheme, declaration_total=total)
    return scheme


def _answers(table: StatedTable, context: FormContext) -> Mapping[str, Any]:
    """The table as answers of its form; rows keep their number as id."""
    answers: dict[str, Any] = {
        "project_name": table.project_name or None,
        "project_code": table.project_code or None,
        "annual_target": table.targets[0] or None,
        "medium_term_target": table.medium_target or None,
        "annual_total_fen": annual_total(table),
        TABLE: [_row(row, number, context) for number, row in enumerate(table.indicators)],
    }
    if table.tasks:
        answers[_TASKS] = [
            {
                "row_id": str(number),
                "task_name": task.name,
                "content": task.content or None,
                "total_fen": task.total_fen,
                "fiscal_fen": task.fiscal_fen,
                "other_fen": task.other_fen,
            }
            for number, task in enumerate(table.tasks)
        ]
    return {key: value for key, value in answers.items() if value is not None}


def annual_total(table: StatedTable) -> int | None:
    """The year's money a target table asks for, in 分: of its total row, else the sum of its sources."""
    for fund in table.funds:
        if fund.source == "total" and (amount := _asked(fund)) is not None:
            return amount
    parts = [
        amount for fund in table.funds if fund.source != "detail" and (amount := _asked(fund)) is not None
    ]
    return sum(parts) if parts else None


def _asked(fund: StatedFund) -> int | None:
    """What one source is to give, in 分."""
    return fund.initial_budget_fen if fund.annual_budget_fen is None else fund.annual_budget_fen


def _row(row: StatedIndicator, number: int, context: FormContext) -> dict[str, Any]:
    """One indicator row as the form keeps it."""
    comparator = _comparator(row)
    is_number = comparator in _NUMERIC and row.planned_value is not None
    value = (
        number_text(row.planned_value) if is_number and row.planned_value is not None else row.planned_text
    )
    first, second = _codes_of(row, context.frame)
    weight = row.full_score.value
    name = row.third_level
    if row.is_sub_row and not name.startswith("其中"):
        name = f"其中：{name}"
    return {
        "row_id": str(number),
        "first_level": first or None,
        "second_level": second or None,
        "third_level": name or None,
        "comparator": comparator,
        "planned_value": (row.planned_text if is_number and _is_said_twice(row, context) else value) or None,
        "measure_unit": _unit(row, context) if is_number else None,
        "weight": number_text(weight) if weight is not None else None,
    }


def _unit(row: StatedIndicator, context: FormContext) -> str:
    """The unit of a number: a wrong word for % as the column has it, else however it was told."""
    if row.unit_text in _shared(context, "wrong_percent_units"):
        return row.unit_text
    return row.measure_unit or _unit_in_name(row, context)


def _is_said_twice(row: StatedIndicator, context: FormContext) -> bool:
    """Whether a value says again what has its own column: 95% beside %, or another sign than the column's."""
    words = _shared(context, "signs_before"), _shared(context, "signs_after")
    parts = split_value(row.planned_text, *words)
    is_other_sign = row.sign_source == "column" and parts.sign not in ("", row.comparator)
    return is_other_sign or (bool(row.unit_text) and parts.unit in (row.unit_text, row.measure_unit))


def _shared(context: FormContext, key: str) -> Any:
    """A list of the kit's shared words."""
    return context.kit.check_settings.get(SharedWords.KEY, {}).get(key, {})


def _comparator(row: StatedIndicator) -> str | None:
    """The sign; a bare number asks for exactly that, a range and everything else is no single number."""
    if row.planned_upper is not None:
        return Comparator.OTHER.value
    if row.comparator is not None:
        return row.comparator
    if row.planned_value is not None:
        return Comparator.EQUAL.value
    return Comparator.QUALITATIVE.value if row.planned_text else None


def _unit_in_name(row: StatedIndicator, context: FormContext) -> str:
    """The unit put into the name in brackets (亩), "" when there is none."""
    return mark_in_name(row.third_level, {}, _shared(context, "known_units")).unit


def _codes_of(row: StatedIndicator, frame: IndicatorFrame) -> tuple[str, str]:
    """First and second level as codes of the frame; the printed text where the frame has none like it."""
    first_key, second_key = level_key(row.first_level), level_key(row.second_level)
    for first in frame.firsts:
        if level_key(first.label) != first_key:
            continue
        for second in first.seconds:
            if level_key(second.label) == second_key:
                return first.code, second.code
        alone = first.seconds[0].code if len(first.seconds) == 1 else row.second_level
        return first.code, alone
    return row.first_level, row.second_level


def _weighed(finding: Finding, table: StatedTable, basis: AuditBasis) -> Finding:
    """What only the national default asks for, or a layout may not have, is weighed less."""
    severity = finding.severity
    if finding.code == "C9" and not finding.place.row_id and not basis.is_given:
        severity = Severity.EXPLAIN if severity is Severity.BLOCKING else Severity.HINT
    elif finding.code == "C20" and finding.place.column == "first_level" and not basis.is_given:
        severity = Severity.HINT
    elif (finding.code == "C6" and not table.targets[0]) or finding.code == "C12":
        severity = Severity.EXPLAIN
    elif finding.code == "C10" and finding.place.column == "measure_unit":
        row = table.indicators[int(finding.place.row_id)]
        severity = Severity.EXPLAIN if row.comparator is None else severity
    return replace(finding, severity=severity) if severity is not finding.severity else finding


def _placed(finding: Finding) -> Finding:
    """The finding at the places a stated table has."""
    return replace(finding, place=_stated(finding.place), also=tuple(map(_stated, finding.also)))


def _stated(place: Place) -> Place:
    """A place of the form as a place of the stated table."""
    if place.field in _FIELDS:
        return _FIELDS[place.field]
    return replace(place, column=_COLUMNS.get(place.column, place.column))


def _units_of_names(table: StatedTable, basis: AuditBasis) -> Iterator[Finding]:
    """C40: people counted in 个, a figure in the name with another unit."""
    setting, words = basis.settings.find(UnitFamilySetting), basis.settings.find(SharedWords)
    if setting is None or words is None:
        return
    for number, row in enumerate(table.indicators):
        wrong = name_and_unit(row.third_level, row.measure_unit, setting, words)
        if wrong:
            yield Finding(
                "C40",
                Severity.EXPLAIN,
                Place(TABLE, str(number), "measure_unit"),
                row_subject(row, number),
                wrong,
                "请把单位改为一致",
                "单位和名称要说的是同一件事。",
            )
