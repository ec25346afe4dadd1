"""Every form filled in as people do, with its background (各表的实填样例): what the round trip through a workbook is tried on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from forms import registry
from forms.context import FormContext
from tests.forms import adjustment_cases, cases, ex_ante_cases, review_cases, self_evaluations, summary_cases
from tests.forms import monitoring_cases as july
from tests.forms.cases import KIT_101, OVERALL, TARGET
from tests.forms.full_answers import full_answers

Case = tuple[str, FormContext, dict[str, Any]]
SIGNED = {
    "preparer_name": "张敏",
    "reviewer_name": "李强",
    "unit_head_name": "王建国",
    "contact_phone": "0379-6333 1234",
    "filled_on": "2026-09-15",
}
_UNIT_WHOLE = "overall_expenditure_self_evaluation"


def _medium() -> Case:
    given = cases.context(cases.two_halves(), TARGET)
    return TARGET, given, {**cases.CLEANING, "medium_term_indicators": cases.MEDIUM_ROWS}


def _monitored() -> Case:
    answers = july.row(
        july.IN_STEP, "r2", likelihood="possible", cause_funds="yes", cause_staff="yes", reason="6月连续降雨"
    )
    return "monitoring", july.JULY, answers


def _unit_monitored() -> Case:
    form = "overall_expenditure_monitoring"
    return form, july.TOWN_JULY, july.filled(july.TOWN_JULY)


def _unit_evaluated() -> Case:
    given = cases.context(KIT_101, _UNIT_WHOLE)
    form = registry.form(_UNIT_WHOLE)
    return _UNIT_WHOLE, given, full_answers(form, given)


def _adjusted() -> Case:
    answers = adjustment_cases.changed("r2", is_cancelled="yes")
    return "target_adjustment", adjustment_cases.context(), answers


def _listed(form_id: str) -> Callable[[], Case]:
    return lambda: (form_id, summary_cases.context(form_id), summary_cases.begun(form_id))


CASES: dict[str, Callable[[], Case]] = {
    "target": lambda: (TARGET, cases.context(KIT_101), cases.ROADS),
    "target in one cell": lambda: (TARGET, cases.context(cases.in_one_cell()), cases.CLEANING),
    "target of two halves": _medium,
    "unit's target": lambda: (OVERALL, cases.context(KIT_101, OVERALL), cases.TOWN),
    "ex-ante": lambda: (ex_ante_cases.EX_ANTE, ex_ante_cases.context(), ex_ante_cases.REPORT),
    "ex-ante of a policy": lambda: (ex_ante_cases.EX_ANTE, ex_ante_cases.context(), ex_ante_cases.POLICY),
    "monitoring": _monitored,
    "unit's monitoring": _unit_monitored,
    "self-evaluation": lambda: (
        "self_evaluation",
        self_evaluations.context(),
        self_evaluations.filled(),
    ),
    "unit's self-evaluation": _unit_evaluated,
    "adjustment": _adjusted,
    "rectification": _listed("rectification"),
    "review": lambda: ("target_review", review_cases.REVIEW, review_cases.reviewed()),
    "summary of targets": _listed("target_summary"),
    "summary of results": _listed("self_evaluation_summary"),
}


def signed(case: Case) -> Case:
    """The case with its foot line filled in."""
    form_id, given, answers = case
    keys = {spec.key for spec in registry.form(form_id).fields()}
    more = {key: value for key, value in SIGNED.items() if key in keys and not answers.get(key)}
    return form_id, replace(given), {**answers, **more}
