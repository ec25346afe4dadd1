"""An adjustment of an approved target (绩效目标调整样例): road upkeep, three approved indicators."""

from __future__ import annotations

from datetime import date
from typing import Any

from forms import registry
from forms.answers import blank_answers
from forms.context import FormContext
from models.domain.background import ApprovedTarget
from models.domain.project import Project
from tests.forms.cases import KIT_101, UNIT, Answers
from tests.forms.cases import context as context_of

FORM = registry.form("target_adjustment")
WAN = 1_000_000
ROAD = Project("p1", "农村公路养护", UNIT.code)


def indicator(row_id: str, levels: str, name: str, value: str, unit: str, weight: str) -> dict[str, Any]:
    first, second = levels.split("/")
    return {
        "row_id": row_id,
        "first_level": first,
        "second_level": second,
        "third_level": name,
        "comparator": "≥",
        "planned_value": value,
        "measure_unit": unit,
        "weight": weight,
        "direction": "positive",
    }


ROWS = [
    indicator("r1", "output/quantity", "日常养护里程", "12", "公里", "40"),
    indicator("r2", "output/quality", "路况优良率", "85", "%", "30"),
    indicator("r3", "satisfaction/client_satisfaction", "沿线群众满意度", "90", "%", "20"),
]
APPROVED = ApprovedTarget(
    {
        "annual_target": "完成 12 公里村道日常养护，路况优良率达到 85%以上。",
        "annual_total_fen": 130 * WAN,
        "annual_fiscal_fen": 120 * WAN,
        "annual_other_fen": 10 * WAN,
        "medium_term_target": "三年完成 36 公里。",
        "indicators": ROWS,
    },
    "示财预〔2026〕12号",
    date(2026, 2, 18),
    128 * WAN,
)


def context(approved: ApprovedTarget | None = APPROVED) -> FormContext:
    """The background of an adjustment."""
    return context_of(KIT_101, "target_adjustment", project=ROAD, approved=approved)


def begun(given: FormContext | None = None) -> Answers:
    """A new adjustment with reason and basis."""
    blank = blank_answers(FORM, given or context())
    return {
        **blank,
        "reason": "汛期塌方，部分路段改为水毁修复。",
        "basis_document": "镇党委会议纪要〔2026〕7号",
    }


def changed(row_id: str, **cells: Any) -> Answers:
    """The adjustment with cells of a row changed, everything computed."""
    answers = begun()
    rows = [{**row, **cells} if row["row_id"] == row_id else row for row in answers["indicators"]]
    return dict(FORM.derive(context(), {**answers, "indicators": rows}))


def with_money(total: int) -> Answers:
    """The adjustment with another total, in 万元, all of it fiscal but ten."""
    answers = {**begun(), "annual_total_fen": total * WAN, "annual_fiscal_fen": (total - 10) * WAN}
    return dict(FORM.derive(context(), answers))
