"""Rows of a monitoring form kept in step (监控表行的带入): the target's indicators, rates, lights, the period before.

Everything here gives back the very row objects it was given where nothing has changed, so that a keystroke
in one row of three hundred touches one row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from forms import kinds
from forms.answers import is_blank, next_row_id
from forms.context import FormContext
from forms.derived_rows import changed_row
from forms.indicator_table import joined_value
from forms.monitoring_lights import NO_LIGHT, Lights, lights_of
from forms.monitoring_period import earlier, month_of
from forms.monitoring_sources import FUNDS, INDICATORS, is_simple, rows_by_id, target_rows, target_text
from forms.schema import Row
from forms.scoring.reading import IndicatorCells
from models.domain.filing import Answers

TAKEN = ("first_level", "second_level", "third_level", "comparator", "measure_unit", "direction")
"""Columns a row takes from the target as they are; 年度指标值 is sign, value and unit together."""
CAUSES = ("cause_funds", "cause_system", "cause_staff", "cause_hardware", "cause_other")
ENTRIES = ("value_to_date", "forecast_value", *CAUSES, "reason", "likelihood", "remark")
"""Columns the clerk fills in."""


_LAST = "monitoring_derived"
_FIXED = (*TAKEN, "planned_value", "target_row")
"""Columns that say which indicator a row is: while they stay, no other row is concerned."""


def derived(context: FormContext, answers: Answers) -> Answers:
    """The answers with everything computed or taken over brought up to date."""
    last: Answers | None = context.memory.get(_LAST)
    number = changed_row(last, answers, INDICATORS) if last is not None else -1
    after = _after_one_row(context, last, answers, number) if last is not None and number >= 0 else None
    if after is None:
        after = _whole(context, answers)
    context.memory[_LAST] = after
    return after


def _after_one_row(context: FormContext, last: Answers, answers: Answers, number: int) -> Answers | None:
    """The answers after one row was written into; None where that may concern other rows as well."""
    rows, wanted = answers[INDICATORS], target_rows(context)
    row, was = rows[number], last[INDICATORS][number]
    if is_simple(context) or (wanted and number >= len(wanted)):
        return None
    if any(row.get(key) != was.get(key) for key in _FIXED):
        return None
    made = _indicator(row, month_of(context, answers), lights_of(context.kit), earlier_rows(context))
    if made is row:
        return answers
    return {**answers, INDICATORS: [*rows[:number], made, *rows[number + 1 :]]}


def _whole(context: FormContext, answers: Answers) -> Answers:
    """The answers with every row brought up to date."""
    changed: dict[str, Any] = {}
    text = target_text(context)
    if text is not None and answers.get("annual_target") != text:
        changed["annual_target"] = text
    month = month_of(context, answers)
    lights = lights_of(context.kit)
    funds = answers.get(FUNDS)
    if isinstance(funds, list):
        fresh = _funds(context, funds, month, lights)
        changed |= {FUNDS: fresh} if _differ(funds, fresh) else {}
    rows = answers.get(INDICATORS)
    if (rows is None or isinstance(rows, list)) and not is_simple(context):
        kept: list[Row] = rows or []
        fresh = _indicators(context, synced(context, kept), month, lights)
        changed |= {INDICATORS: fresh} if _differ(kept, fresh) else {}
    return {**answers, **changed} if changed else answers


def synced(context: FormContext, rows: Sequence[Row]) -> list[Row]:
    """The rows in step with the target: one for each of its indicators, what was filled in kept.

    Rows met by the indicator they were taken from, else by name. A row of no indicator stays while there is
    something filled in.
    """
    wanted = target_rows(context)
    if not wanted:
        return list(rows)
    by_source = {str(row["target_row"]): row for row in rows if row.get("target_row")}
    by_name = {_name(row): row for row in rows if not row.get("target_row")}
    result: list[Row] = []
    used: set[int] = set()
    fresh: list[tuple[int, Row]] = []
    for number, source in enumerate(wanted):
        own = by_source.get(str(source.get("row_id"))) or by_name.get(_name(source))
        if own is None or id(own) in used:
            fresh.append((number, source))
            result.append({})
            continue
        used.add(id(own))
        result.append(_with(own, _taken(source)))
    strangers = [row for row in rows if id(row) not in used and not _is_empty(row)]
    everything = [*(row for row in result if row), *strangers]
    for number, source in fresh:
        row = {"row_id": _row_id(str(source.get("row_id")), everything), **_taken(source)}
        result[number] = row
        everything.append(row)
    return [*result, *strangers]


def spent_rate(row: Row) -> str | None:
    """Spending ÷ full-year budget as a share with four decimals; None while either is missing."""
    budget, spent = full_year_budget(row), row.get("spending_to_date_fen")
    if not kinds.is_amount(budget) or not kinds.is_amount(spent) or budget <= 0:
        return None
    return f"{(Decimal(spent) / budget).quantize(Decimal('0.0001')):f}"


def full_year_budget(row: Row) -> Any:
    """The budget in force of a money row: after adjustment where given, else the opening one; as kept."""
    adjusted = row.get("annual_budget_fen")
    return row.get("initial_budget_fen") if is_blank(adjusted) else adjusted


def _funds(context: FormContext, rows: Sequence[Row], month: int | None, lights: Lights | None) -> list[Row]:
    """Money rows with rate, light and what the period before had spent."""
    before = earlier(context)
    known = rows_by_id(before.answers, FUNDS) if before else {}
    fresh = []
    for row in rows:
        spent, budget = row.get("spending_to_date_fen"), full_year_budget(row)
        light = NO_LIGHT
        if lights is not None and month is not None and kinds.is_amount(budget) and kinds.is_amount(spent):
            light = lights.of_money(budget, spent, month, context.amount_unit)
        previous = known.get(str(row.get("row_id")), {}).get("spending_to_date_fen")
        fresh.append(
            _with(
                row,
                {
                    "execution_rate": spent_rate(row),
                    "previous_spending_fen": previous if kinds.is_amount(previous) else None,
                    "light": light.kept,
                    "light_note": light.note or None,
                },
            )
        )
    return fresh


def _indicators(
    context: FormContext, rows: Sequence[Row], month: int | None, lights: Lights | None
) -> list[Row]:
    """Indicator rows with their lights and the value of the period before."""
    before = earlier_rows(context)
    return [_indicator(row, month, lights, before) for row in rows]


def _indicator(row: Row, month: int | None, lights: Lights | None, before: EarlierRows) -> Row:
    """A row with its light and the value of the period before."""
    light = NO_LIGHT
    if lights is not None and month is not None and not is_blank(row.get("value_to_date")):
        light = lights.of_row(cells_of(row), month)
    values = {"previous_value": before.value(row), "light": light.kept, "light_note": light.note or None}
    return _with(row, values)


def earlier_rows(context: FormContext) -> EarlierRows:
    """The indicator rows of the period before, put in order once for a filing."""
    found = context.memory.get("earlier_rows")
    if found is None:
        found = context.memory["earlier_rows"] = EarlierRows(context)
    assert isinstance(found, EarlierRows)
    return found


class EarlierRows:
    """The indicator rows of the period before (上期指标行), met by indicator or by name."""

    def __init__(self, context: FormContext) -> None:
        found = earlier(context)
        rows = rows_by_id(found.answers, INDICATORS).values() if found else ()
        self._by_source = {str(row["target_row"]): row for row in rows if row.get("target_row")}
        self._by_name = {_name(row): row for row in rows}

    def value(self, row: Row) -> str | None:
        """What a row had reached then, as it was written."""
        met = self._by_source.get(str(row.get("target_row") or "")) or self._by_name.get(_name(row))
        value = met.get("value_to_date") if met else None
        return value if isinstance(value, str) and value.strip() else None


def cells_of(row: Row, value: str = "value_to_date") -> IndicatorCells:
    """A row as the scoring engine reads it, with one of its values as the actual one."""
    text = {key: str(row.get(key) or "") for key in (*TAKEN, "planned_value", value)}
    return IndicatorCells(
        row_id="",
        name=text["third_level"],
        first_level=text["first_level"],
        second_level=text["second_level"],
        comparator=text["comparator"],
        planned=text["planned_value"],
        measure_unit=text["measure_unit"],
        direction=text["direction"],
        actual=text[value],
    )


def _taken(source: Row) -> dict[str, Any]:
    """What a row takes from an indicator of the target."""
    taken: dict[str, Any] = {key: source.get(key) or None for key in TAKEN}
    return taken | {"planned_value": joined_value(source) or None, "target_row": str(source.get("row_id"))}


def _with(row: Row, values: Mapping[str, Any]) -> Row:
    """The row with those values; the same object when it has them already."""
    for key, value in values.items():
        if row.get(key) != value:
            changed = {**row, **values}
            return {key: value for key, value in changed.items() if value is not None or key in row}
    return row


def _differ(before: Sequence[Row], after: Sequence[Row]) -> bool:
    """Whether any row is another object than before."""
    return len(before) != len(after) or any(a is not b for a, b in zip(before, after, strict=True))


def _row_id(wanted: str, rows: Sequence[Row]) -> str:
    """The indicator's own row id, unless a row has it already."""
    taken = {str(row.get("row_id")) for row in rows}
    return wanted if wanted not in taken and wanted != "None" else next_row_id(list(rows))


def _name(row: Row) -> str:
    return str(row.get("third_level") or "").strip()


def _is_empty(row: Row) -> bool:
    """Whether the clerk has filled in nothing of a row."""
    return all(is_blank(row.get(key)) for key in ENTRIES)
