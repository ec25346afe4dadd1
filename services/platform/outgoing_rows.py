"""What our forms say, as rows for the platform (导出行): one record of values by field for each row of a sheet.

Amounts stay 分, codes and words stay ours; turning them into the platform's spelling is `outgoing_cells`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from forms.context import FormContext
from forms.kinds import parse_number, show_rate
from forms.monitoring_period import month_of
from forms.schema import FormSpec
from models.domain.filing import Answers
from models.domain.money import plain_text
from models.domain.platform_mapping import RowsOf

_CAUSES = ("funds", "system", "staff", "hardware", "other")
_MONTHS = 12
_DIVISION, _PLATFORM_DIVISION = 6, 9
"""Digits of a division in codes, and as the platform pads it (domain §9)."""
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """One row (导出行): values by field; `subject` names it in messages; `is_missed` asks for a reason."""

    subject: str
    values: Mapping[str, Any]
    is_numeric: bool = False
    is_missed: bool = False
    is_exempt: bool = False


@dataclass(frozen=True)
class OutgoingForm:
    """One filing as the platform takes it in (导出的填报件)."""

    form: FormSpec
    context: FormContext
    answers: Answers

    @property
    def month(self) -> int | None:
        """The last month of a monitoring period."""
        return month_of(self.context, self.answers)

    def rows(self, wanted: RowsOf) -> list[OutgoingRow]:
        """The rows of one sheet."""
        head = self._head()
        if wanted is RowsOf.PROJECT:
            return [OutgoingRow("项目", {**head, **self._project()})]
        if wanted is RowsOf.FUND:
            return [OutgoingRow(str(row["fund_source"]), {**head, **row}) for row in self._funds()]
        return [self._indicator(head, number, row) for number, row in enumerate(self._table("indicators"), 1)]

    def _head(self) -> dict[str, Any]:
        """Who and what the filing is of."""
        context, unit, kit = self.context, self.context.unit, self.context.kit
        project, year = context.project, context.project_year
        code = plain_text(project.project_code) if project else ""
        return {
            "division_code": _division(kit.division_code or code[:_DIVISION]),
            "division_name": "" if kit.is_builtin else kit.issuer_name.removesuffix("财政局"),
            "budget_year": str(context.budget_year),
            "department_code": unit.department_code or unit.code,
            "department_name": unit.department_name or unit.name,
            "unit_code": unit.code,
            "unit_name": unit.name,
            "bureau_office": (year.bureau_office if year else "") or unit.bureau_office,
            "project_code": code,
            "project_name": project.name if project else "",
            "project_category": project.category if project else "",
            "fund_type": year.fund_type if year else "",
            "annual_budget": self._budget(),
            "annual_target": self.answers.get("expected_target") or self.answers.get("annual_target"),
        }

    def _budget(self) -> int | None:
        """The year's budget in 分: as the form says, else as the project year."""
        stated = self.form.amount_of(self.answers)
        year = self.context.project_year
        return stated if stated is not None else year.budget_fen if year else None

    def _table(self, key: str) -> Sequence[Mapping[str, Any]]:
        """Rows of a table; none where there is another shape."""
        rows = self.answers.get(key)
        return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []

    # Projects ---------------------------------------------------------------------------------

    def _project(self) -> dict[str, Any]:
        """What is said of the project as a whole."""
        total = next((row for row in self._table("funds") if row.get("row_id") == "total"), {})
        values: dict[str, Any] = {
            "medium_term_target": self.answers.get("medium_term_target"),
            "actual_result": self.answers.get("actual_result"),
            "total_score": self.answers.get("total_score"),
            "grade": self.answers.get("grade"),
            "deviation_reason": self.answers.get("execution_reason"),
            "execution_score": total.get("score"),
            **self._money(total),
        }
        return values | self._monitored() if self.form.form_id == "monitoring" else values

    def _monitored(self) -> dict[str, Any]:
        """The project line of a monitoring list; whether the stage was reached follows from the unit's own words."""
        rows = self._table("indicators")
        money = self._money(next((r for r in self._table("funds") if r.get("row_id") == "total"), {}))
        doubts = [row for row in rows if row.get("likelihood") not in (None, "certain")]
        causes = [cause for cause in _CAUSES if any(row.get(f"cause_{cause}") == "yes" for row in rows)]
        done = "；".join(f"{row.get('third_level')} {row.get('value_to_date') or ''}" for row in rows)
        reasons = dict.fromkeys(str(row["reason"]) for row in rows if row.get("reason"))
        adjusted = self.context.approved.adjustments if self.context.approved else 0
        return {
            "progress": self.answers.get("progress_summary") or done[:_LONGEST],
            "is_on_schedule": self._on_schedule(money),
            "is_on_target": ("no" if doubts else "yes") if rows else None,
            "cause_kind": causes[0] if causes else None,
            "situation": "；".join(reasons)[:_LONGEST] or self.answers.get("alarm_measures"),
            "target_change": f"已调整（第{adjusted}次）" if adjusted else None,
        }

    def _on_schedule(self, money: Mapping[str, Any]) -> str | None:
        """Whether spending keeps step with the months gone by; None while nobody can tell."""
        budget, spent, month = money["adjusted_budget"], money["spending"], self.month
        if not budget or spent is None or not month:
            return None
        return "yes" if spent * _MONTHS >= budget * month else "no"

    # Money ------------------------------------------------------------------------------------

    def _money(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Budgets and spending of a row of the funds table, by either form's keys, in 分."""
        initial = _fen(row.get("initial_fen", row.get("initial_budget_fen")))
        adjusted = _fen(row.get("annual_fen", row.get("annual_budget_fen")))
        adjusted = initial if adjusted is None else adjusted
        change = adjusted - initial if adjusted is not None and initial is not None else None
        rate = row.get("rate", row.get("execution_rate"))
        return {
            "initial_budget": initial,
            "adjusted_budget": adjusted,
            "budget_change": change,
            "budget_added": max(change, 0) if change is not None else None,
            "budget_cut": max(-change, 0) if change is not None else None,
            "spending": _fen(row.get("spending_fen", row.get("spending_to_date_fen"))),
            "forecast_spending": _fen(row.get("forecast_spending_fen")),
            "execution_rate": show_rate(share) if (share := number_of(rate)) is not None else None,
        }

    def _funds(self) -> list[dict[str, Any]]:
        """Every source that has money."""
        found = []
        for row in self._table("funds"):
            money = self._money(row)
            if any(money[key] for key in ("initial_budget", "adjusted_budget", "spending")):
                found.append({**money, "fund_source": row.get("row_id"), "execution_score": row.get("score")})
        return found

    # Indicators -------------------------------------------------------------------------------

    def _indicator(self, head: Mapping[str, Any], number: int, row: Mapping[str, Any]) -> OutgoingRow:
        """One indicator."""
        frame, sign = self.context.frame, str(row.get("comparator") or "")
        first_code, second_code = str(row.get("first_level") or ""), str(row.get("second_level") or "")
        first, second = frame.first(first_code), frame.second(first_code, second_code)
        words = sign in ("qualitative", "other")
        unit, actual = str(row.get("measure_unit") or ""), row.get("actual_value", row.get("value_to_date"))
        planned = bare_value(str(row.get("planned_value") or ""), sign, unit)
        values = {
            **head,
            "order": str(number),
            "row_number": str(number),
            "first_level": first.label if first else None,
            "second_level": second.label if second else None,
            "third_level": row.get("third_level"),
            "comparator": sign or None,
            "planned_value": planned,
            "measure_unit": unit,
            "weight": row.get("weight"),
            "direction": row.get("direction"),
            "indicator_code": row.get("library_code"),
            "remark": planned if sign == "other" else None,
            "actual_value": bare_value(str(actual or ""), "", unit if not words else ""),
            "forecast_value": bare_value(str(row.get("forecast_value") or ""), "", unit),
            "score": row.get("score"),
            "completion_note": actual if words else None,
            "deviation_reason": row.get("deviation_reason", self._cause_words(row)),
            "likelihood": row.get("likelihood"),
        }
        subject = f"指标“{str(row.get('third_level') or number)[:30]}”"
        missed, exempt = self._missed(row)
        return OutgoingRow(subject, values, bool(sign) and not words, missed, exempt)

    def _cause_words(self, row: Mapping[str, Any]) -> str | None:
        """Ticked causes and the reason in one text; None without either."""
        from forms.monitoring_table import cause_label

        ticked = [f"cause_{cause}" for cause in _CAUSES if row.get(f"cause_{cause}") == "yes"]
        causes = "、".join(cause_label(self.context, key) for key in ticked)
        return "：".join(filter(None, (causes, str(row.get("reason") or "")))) or None

    def _missed(self, row: Mapping[str, Any]) -> tuple[bool, bool]:
        """Whether the planned value was not reached, and whether the indicator does not apply."""
        if self.form.form_id == "monitoring":
            return row.get("likelihood") not in (None, "", "certain"), False
        if self.form.scoring is None:
            return False, False
        scored = self.form.scoring.sheet(self.context, self.answers).row(str(row.get("row_id")))
        if scored is None:
            return False, False
        return scored.is_counted and not scored.is_met, not scored.is_counted


def bare_value(text: str, sign: str, unit: str) -> str:
    """A value without the sign and unit that are written beside it."""
    body = plain_text(text)
    body = body.removeprefix(sign).strip() if sign else body
    bare = body.removesuffix(unit).strip() if unit else body
    return bare if bare and parse_number(bare) is not None else body


def _division(code: str) -> str:
    """A division as the platform numbers it: nine digits, the last three blank for a county."""
    return code.ljust(_PLATFORM_DIVISION, "0") if len(code) == _DIVISION else code


def _fen(value: Any) -> int | None:
    """An amount in 分; None for anything else."""
    return value if type(value) is int else None


def number_of(value: Any) -> Decimal | None:
    """A number out of what a form keeps; None for none."""
    return parse_number(str(value)) if value not in (None, "") else None
