"""Rows of the summaries (汇总表各行): one line per filing taken together, totals and averages below.

The rows follow the filings the unit (or its department) holds at every opening, so nothing is typed twice; only
the remark is the clerk's own. Where no filing is at hand, what was summarised before stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from forms import registry
from forms.context import FormContext
from forms.kinds import is_amount, parse_number
from forms.schema import Row
from models.domain.background import UnitFiling
from models.domain.filing import Answers

TABLE = "summary_rows"
LineOf = Callable[[UnitFiling], Mapping[str, Any]]
TotalsOf = Callable[[Sequence[Row]], Mapping[str, Any]]
_HUNDREDTH = Decimal("0.01")
_RATE_STEP = Decimal("0.0001")


def summary_rows(answers: Answers) -> list[Row]:
    """The rows of a summary; none where the answers hold no sound list."""
    rows = answers.get(TABLE)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []


def filings_of(context: FormContext, form_id: str) -> list[UnitFiling]:
    """The filings of one form that are summarised, by unit and project code."""
    found = [item for item in context.unit_filings if item.form_id == form_id]
    return sorted(found, key=lambda item: (item.unit_code, item.project_code or "~", item.project_name))


def derived(
    context: FormContext, answers: Answers, form_id: str, line_of: LineOf, totals_of: TotalsOf
) -> Answers:
    """The answers with rows and totals anew; the very same where nothing changes."""
    before = summary_rows(answers)
    filings = filings_of(context, form_id)
    rows = _lines(filings, before, line_of) if filings else before
    changed = {**answers, TABLE: rows, **totals_of(rows)}
    same_rows = len(rows) == len(before) and all(
        one is other for one, other in zip(rows, before, strict=True)
    )
    same = all(answers.get(key) == value for key, value in changed.items() if key != TABLE)
    return answers if same and same_rows and isinstance(answers.get(TABLE), list) else changed


def _lines(filings: Sequence[UnitFiling], before: Sequence[Row], line_of: LineOf) -> list[Row]:
    """A row per filing with the remark that stood beside it; a row that is unchanged stays the same object."""
    kept = {row.get("row_id"): row for row in before}
    rows: list[Row] = []
    for filing in filings:
        row_id = filing.project_id or filing.unit_code
        line = {"row_id": row_id, **common_cells(filing), **line_of(filing)}
        old = kept.get(row_id)
        if old is not None and all(old.get(key) == value for key, value in line.items()):
            rows.append(old)
        else:
            remark = old.get("remark") if old is not None else None
            rows.append({**line, **({"remark": remark} if remark else {})})
    return rows


def common_cells(filing: UnitFiling) -> dict[str, Any]:
    """What every summary says of a filing: code, name, unit, and which filing it comes from."""
    return {
        "project_code": filing.project_code or None,
        "project_name": filing.project_name,
        "unit_name": filing.unit_name,
        "filing_source": f"{registry.head(filing.form_id).short_title}（{filing.status.label}）",
    }


def amount(value: Any) -> int | None:
    """An amount of the answers in 分, None where there is none to read."""
    return value if is_amount(value) else None


def money_total(rows: Sequence[Row], key: str) -> int | None:
    """The sum of a money column; None while no row has an amount."""
    known = [row[key] for row in rows if is_amount(row.get(key))]
    return sum(known) if known else None


def share(part: int | None, whole: int | None) -> str | None:
    """A rate as answers keep it, four decimals half up; None without a whole."""
    if part is None or not whole:
        return None
    return format((Decimal(part) / whole).quantize(_RATE_STEP, ROUND_HALF_UP), "f")


def average(rows: Sequence[Row], key: str) -> str | None:
    """The mean of a points column, two decimals half up; rows without points do not count."""
    known = [number for row in rows if (number := parse_number(str(row.get(key) or ""))) is not None]
    if not known:
        return None
    return format((sum(known, Decimal(0)) / len(known)).quantize(_HUNDREDTH, ROUND_HALF_UP), "f")
