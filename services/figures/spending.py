"""Spending against budget (执行数) as the forms of monitoring and self-evaluation state it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from forms.kinds import is_amount
from forms.monitoring_rows import full_year_budget
from forms.monitoring_sources import FUNDS, TOTAL, rows_by_id

Row = Mapping[str, Any]


def _evaluated(row: Row) -> tuple[Any, Any]:
    return row.get("annual_fen"), row.get("spending_fen")


def _monitored(row: Row) -> tuple[Any, Any]:
    return full_year_budget(row), row.get("spending_to_date_fen")


_READ: Mapping[str, Callable[[Row], tuple[Any, Any]]] = {
    "self_evaluation": _evaluated,
    "overall_expenditure_self_evaluation": _evaluated,
    "monitoring": _monitored,
    "overall_expenditure_monitoring": _monitored,
}

FORMS = tuple(_READ)
"""Forms that state spending."""


ANSWER = FUNDS
"""The one answer that spending is read from; the rest of a form need not be."""


def spending_of(form_id: str, funds: Any) -> tuple[int, int] | None:
    """全年预算 and 执行 in 分 of the total row among a form's `funds`; None while either is missing or unreadable."""
    budget, spent = _READ[form_id](rows_by_id({ANSWER: funds}, ANSWER).get(TOTAL, {}))
    return (budget, spent) if is_amount(budget) and is_amount(spent) else None
