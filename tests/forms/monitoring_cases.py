"""Monitoring as the tests fill it in (运行监控样例): a road project in July, its target and the period before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms import registry
from forms.answers import blank_answers
from forms.context import FormContext
from models.domain.background import ApprovedTarget, PeriodFiling
from models.domain.kit import ParameterKit
from tests.forms import cases
from tests.forms.cases import KIT_101, ROADS, TOWN, Answers

MONITORING, OVERALL_MONITORING = "monitoring", "overall_expenditure_monitoring"
WAN = 1_000_000
"""分 in one 万元."""

_SIGNERS = {
    "preparer_name": "张敏",
    "reviewer_name": "李强",
    "unit_head_name": "王建国",
    "contact_phone": "0379-6333 1234",
    "filled_on": "2026-08-15",
}
_MONEY = {
    "total": (128_400_000, 70_000_000, 128_400_000),
    "fiscal": (120_000_000, 66_000_000, 120_000_000),
    "other": (8_400_000, 4_000_000, 8_400_000),
}
_REACHED = {
    "r1": ("9.2", "9.4"),
    "r2": ("7", "12"),
    "r3": ("20", "36"),
    "r4": ("86", "87"),
    "r5": ("97", "98"),
    "r6": ("5000", "8600"),
    "r7": ("基本健全", "健全"),
    "r8": ("93", "93"),
}


def context(
    kit: ParameterKit = KIT_101,
    form_id: str = MONITORING,
    target: Mapping[str, Any] | None = ROADS,
    **changes: Any,
) -> FormContext:
    """A monitoring filing of 1—7月 whose target is approved; `target` None for one without."""
    known = {"approved": ApprovedTarget(target, "示财预〔2026〕1号")} if target is not None else {}
    if form_id == MONITORING:
        known["project"] = cases.context().project
    return cases.context(kit, form_id, **{**known, **changes})


def blank(given: FormContext) -> Answers:
    """What a new filing begins with."""
    return blank_answers(registry.form(given.task.form_id), given)


def filled(given: FormContext, money: Mapping[str, tuple[int | None, ...]] | None = None) -> Answers:
    """A filing everybody would accept: money and results in step, all certain."""
    form = registry.form(given.task.form_id)
    answers = {**blank_answers(form, given), **_SIGNERS}
    amounts = dict(zip(("total", "fiscal", "other"), _MONEY.values(), strict=True)) | dict(money or {})
    ids = [row["row_id"] for row in answers["funds"]]
    answers["funds"] = [
        {
            **row,
            "initial_budget_fen": initial,
            "spending_to_date_fen": spent,
            "forecast_spending_fen": forecast,
        }
        for row, (initial, spent, forecast) in zip(
            answers["funds"], [amounts[key] for key in _keys(ids, amounts)], strict=True
        )
    ]
    answers["indicators"] = [
        {**row, **dict(zip(("value_to_date", "forecast_value"), _REACHED[row["row_id"]], strict=True)),
         "likelihood": "certain"}
        for row in answers["indicators"]
    ]  # fmt: skip
    return dict(form.derive(given, answers))


def _keys(ids: list[str], amounts: Mapping[str, Any]) -> list[str]:
    """Rows by position: the overall form calls its sources 基本支出 and 项目支出."""
    own = list(amounts)
    return [key if key in amounts else own[number] for number, key in enumerate(ids)]


def row(answers: Mapping[str, Any], row_id: str, **changes: Any) -> Answers:
    """The answers with one indicator row changed."""
    return cases.row_changed(answers, row_id, **changes)


def fund(answers: Mapping[str, Any], row_id: str, **changes: Any) -> Answers:
    """The answers with one money row changed."""
    rows = [{**one, **changes} if one["row_id"] == row_id else one for one in answers["funds"]]
    return {**answers, "funds": rows}


def june(answers: Mapping[str, Any]) -> tuple[PeriodFiling, ...]:
    """The same answers as those of the half-year before."""
    return (PeriodFiling("1—6月", 6, answers),)


JULY = context()
IN_STEP = filled(JULY)
TOWN_JULY = context(form_id=OVERALL_MONITORING, target=TOWN)
"""The town as a whole in July."""
