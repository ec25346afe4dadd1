"""Where a monitoring form takes things from (监控表的带入来源): the target in force, its money, the period before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forms import kinds
from forms.context import FormContext
from forms.monitoring_period import earlier
from forms.schema import Row
from models.domain.filing import Answers

FUNDS = "funds"
INDICATORS = "indicators"
TOTAL = "total"

_TARGETS = {
    "monitoring": "performance_target",
    "overall_expenditure_monitoring": "overall_expenditure_target",
}
_PROJECT_AMOUNTS = {TOTAL: "annual_total_fen", "fiscal": "annual_fiscal_fen", "other": "annual_other_fen"}


def target_of(context: FormContext) -> Answers | None:
    """The target followed: the approved one, else the declaration of the same budget year; None without any."""
    if context.approved is not None:
        return context.approved.answers
    return context.related.get(_TARGETS.get(context.task.form_id, ""))


def target_rows(context: FormContext) -> Sequence[Row]:
    """The target's annual indicators that have a name."""
    known: Sequence[Row] | None = context.memory.get("target_rows")
    if known is None:
        target = target_of(context)
        rows = target.get(INDICATORS) if target is not None else None
        found = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
        known = [row for row in found if str(row.get("third_level") or "").strip()]
        context.memory["target_rows"] = known
    return known


def has_target(context: FormContext) -> bool:
    """Whether the indicators come from a target."""
    return bool(target_rows(context))


def target_text(context: FormContext) -> str | None:
    """The annual target's text."""
    target = target_of(context)
    text = target.get("annual_target") if target is not None else None
    return text if isinstance(text, str) and text.strip() else None


def has_target_text(context: FormContext) -> bool:
    """Whether the annual target's text comes from a target."""
    return target_text(context) is not None


def known_budget(context: FormContext) -> int | None:
    """The year's budget known without asking, in 分: approved, else declared, registered or noted."""
    if context.approved is not None and context.approved.amount_fen is not None:
        return context.approved.amount_fen
    declared = _declared(context).get(TOTAL)
    entry, year = context.register_entry, context.project_year
    known = (declared, entry.budget_fen if entry else None, year.budget_fen if year else None)
    return next((fen for fen in known if fen), None)


def is_simple(context: FormContext) -> bool:
    """Whether the project is followed the short way (简易跟踪): only money and a summary."""
    rule = context.kit.monitoring
    return rule is not None and context.project is not None and not rule.is_key(known_budget(context))


def is_full(context: FormContext) -> bool:
    """Whether the indicators are followed one by one (重点跟踪)."""
    return not is_simple(context)


def funds_to_begin_with(context: FormContext, sources: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """The money rows of a new filing: budgets of the period before, else of the target."""
    before = earlier(context)
    known = rows_by_id(before.answers, FUNDS) if before else {}
    budgets = _initial(context)
    rows: list[dict[str, Any]] = []
    for row_id, label in sources:
        row: dict[str, Any] = {"row_id": row_id, "source": label}
        kept = known.get(row_id, {})
        initial = kept.get("initial_budget_fen") if kept else budgets.get(row_id)
        if kinds.is_amount(initial):
            row["initial_budget_fen"] = initial
        adjusted = kept.get("annual_budget_fen") if kept else _adjusted(context, row_id)
        if kinds.is_amount(adjusted):
            row["annual_budget_fen"] = adjusted
        rows.append(row)
    return rows


def rows_by_id(answers: Answers, key: str) -> dict[str, Row]:
    """Rows of a table by their id; nothing of what has another shape."""
    rows = answers.get(key)
    if not isinstance(rows, list):
        return {}
    return {str(row.get("row_id")): row for row in rows if isinstance(row, Mapping)}


def _initial(context: FormContext) -> dict[str, int]:
    """Opening budgets by row: as declared, unless the approval gave another total and left the sources open."""
    declared = _declared(context)
    approved = context.approved
    total = known_budget(context)
    if approved is not None and approved.adjustments:
        total = declared.get(TOTAL) or total
    if total is None:
        return declared
    return declared if declared.get(TOTAL) == total else {TOTAL: total}


def _adjusted(context: FormContext, row_id: str) -> int | None:
    """The budget after adjustment, where an approved adjustment changed it."""
    approved = context.approved
    if approved is None or not approved.adjustments or row_id != TOTAL:
        return None
    return approved.amount_fen if approved.amount_fen != _declared(context).get(TOTAL) else None


def _declared(context: FormContext) -> dict[str, int]:
    """Amounts of the target by row, in 分."""
    target = target_of(context)
    if target is None:
        return {}
    if context.project is None:
        tasks = rows_by_id(target, "annual_tasks").values()
        amounts = [row["total_fen"] for row in tasks if kinds.is_amount(row.get("total_fen"))]
        return {TOTAL: sum(amounts)} if amounts else {}
    found = {row_id: target.get(key) for row_id, key in _PROJECT_AMOUNTS.items()}
    return {row_id: fen for row_id, fen in found.items() if kinds.is_amount(fen)}
