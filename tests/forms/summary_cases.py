"""Filings a unit's summaries and rectification are made from (汇总、整改样例): two projects, one of them short of its target."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from forms import registry
from forms.answers import blank_answers
from forms.context import FormContext
from models.domain.background import UnitFiling
from models.domain.filing import FilingStatus
from models.domain.project import RegisterEntry
from tests.forms import cases
from tests.forms.cases import KIT_101, UNIT, Answers

FEN = 12_345_600
SUMMARIES = ("target_summary", "self_evaluation_summary")
CODES = ("99000025T000000000001", "99000025T000000000002")


def target(number: int, name: str, **changes: Any) -> UnitFiling:
    """A project's target."""
    answers = {
        "annual_total_fen": FEN,
        "annual_fiscal_fen": FEN,
        "annual_other_fen": 0,
        "annual_target": f"完成{name}的年度任务，群众满意度达到 90%以上。",
        "indicators": [
            {"row_id": "r1", "third_level": "养护里程"},
            {"row_id": "r2", "third_level": "优良率"},
        ],
    }
    filing = UnitFiling(
        "performance_target",
        f"p{number}",
        CODES[number - 1],
        name,
        FilingStatus.RECEIVED,
        answers,
        FEN,
        unit_code=UNIT.code,
        unit_name=UNIT.name,
    )
    return replace(filing, **changes)


def evaluation(number: int, name: str, score: str, grade: str, **changes: Any) -> UnitFiling:
    """A project's self-evaluation; the second of its indicators has the points the total lacks."""
    answers = {
        "funds": [{"row_id": "total", "annual_fen": FEN, "spending_fen": FEN}, {"row_id": "fiscal"}],
        "indicators": [
            {
                "row_id": "r1",
                "third_level": "养护里程",
                "planned_text": "≥12公里",
                "actual_value": "12",
                "measure_unit": "公里",
                "weight": "50",
                "score": "50",
            },
            {
                "row_id": "r2",
                "third_level": "路况优良率",
                "planned_text": "≥85%",
                "actual_value": "72",
                "measure_unit": "%",
                "weight": "40",
                "score": str(Decimal(score) - 60),
                "deviation_reason": "汛期路面损坏，已列入下年修补计划",
            },
        ],
    }
    filing = replace(
        target(number, name), form_id="self_evaluation", answers=answers, score=Decimal(score), grade=grade
    )
    return replace(filing, **changes)


FILINGS = (
    target(1, "农村公路养护"),
    target(2, "生活垃圾清运"),
    evaluation(1, "农村公路养护", "78.5", "中"),
    evaluation(2, "生活垃圾清运", "100", "优"),
)


def context(form_id: str, **changes: Any) -> FormContext:
    """The background of a summary or rectification over both projects."""
    return cases.context(KIT_101, form_id, **{"unit_filings": FILINGS, **changes})


def begun(form_id: str, given: FormContext | None = None, **answers: Any) -> Answers:
    """A new filing of it, with what the clerk adds."""
    given = given or context(form_id)
    form = registry.form(form_id)
    opinion = {"department_opinion": "已逐项审核，同意上报。"} if form_id in SUMMARIES else {}
    return dict(form.derive(given, {**blank_answers(form, given), **opinion, **answers}))


def registered(form_id: str, *names: str, **changes: Any) -> FormContext:
    """A kit whose register has lines of those names, each due."""
    given = context(form_id)
    entries = tuple(
        RegisterEntry(f"99000025T0000000{number + 100:05}", name, UNIT.code, given.budget_year, **changes)
        for number, name in enumerate(names, 1)
    )
    return replace(given, kit=replace(given.kit, register=entries))
