"""Forms of three hundred indicator rows (三百行的表): what the keystroke is measured in.

A target as it is declared; the self-evaluation and the monitoring that follow such a target once it is approved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms.answers import blank_answers
from forms.context import FormContext
from forms.registry import form as form_of
from forms.schema import FormSpec
from models.domain.background import ApprovedTarget
from models.domain.kit import ParameterKit
from models.domain.project import Project, Unit
from resources.builtin_kits import builtin_kits

ROWS = 300
TYPED: Mapping[str, tuple[str, ...]] = {
    "performance_target": ("third_level", "planned_value", "measure_unit", "weight"),
    "self_evaluation": ("actual_value", "deviation_reason"),
    "monitoring": ("value_to_date", "forecast_value", "reason", "remark"),
}
"""Columns typed into, by form."""


@dataclass(frozen=True)
class LongForm:
    """A form with its background and its rows (三百行的表)."""

    form: FormSpec
    context: FormContext
    answers: dict[str, Any]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns typed into."""
        return TYPED[self.form.form_id]


def long_form(form_id: str) -> LongForm:
    """A form of three hundred rows, filled in so far that every row is reckoned."""
    kit = builtin_kits(2026)[1]
    form = form_of(form_id)
    if form_id == "performance_target":
        return LongForm(form, _context(kit, form_id), _target(kit))
    context = _context(kit, form_id, approved=ApprovedTarget(_target(kit), "示财预〔2026〕1号"))
    answers = dict(blank_answers(form, context))
    column = "actual_value" if form_id == "self_evaluation" else "value_to_date"
    answers["indicators"] = [
        {**row, column: str(number * 9 // 10)} for number, row in enumerate(answers["indicators"])
    ]
    answers["funds"] = [
        {**row, "initial_budget_fen": 128_400_000, "spending_to_date_fen": 70_000_000}
        if form_id == "monitoring"
        else {**row, "initial_fen": 128_400_000, "annual_fen": 128_400_000, "spending_fen": 99_000_000}
        for row in answers["funds"]
    ]
    answers = dict(form.derive(context, answers))
    assert len(answers["indicators"]) == ROWS
    assert all(row.get("score") or row.get("light") for row in answers["indicators"][1:])
    return LongForm(form, context, answers)


def _context(kit: ParameterKit, form_id: str, **more: Any) -> FormContext:
    """A town's road project under a task of the built-in kit."""
    task = next(task for task in kit.tasks if task.form_id == form_id)
    unit = Unit("820001", "示例县柳林镇人民政府")
    return FormContext(kit, task, unit, Project("p1", "农村公路养护", unit.code), **more)


def _target(kit: ParameterKit) -> dict[str, Any]:
    """The answers of the target."""
    seconds = [(first.code, second.code) for first in kit.frames[0].firsts for second in first.seconds]
    rows = [
        {
            "row_id": f"r{number}",
            "first_level": seconds[number % len(seconds)][0],
            "second_level": seconds[number % len(seconds)][1],
            "third_level": f"第{number}项任务完成数量",
            "comparator": "≥",
            "planned_value": str(number),
            "measure_unit": "项",
            "weight": "0.3",
            "direction": "positive",
        }
        for number in range(1, ROWS + 1)
    ]
    return {
        "project_name": "农村公路养护",
        "annual_total_fen": 128_400_000,
        "annual_target": "完成全部任务。" * 4,
        "indicators": rows,
    }
