"""Problems a rectification begins with (整改问题): last year's that are not settled, and what self-evaluations show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from forms.checks.wording import number_text
from forms.context import FormContext
from forms.indicator_table import joined_value
from forms.kinds import parse_number
from forms.schema import Choice, Row
from models.domain.background import UnitFiling
from models.domain.filing import Answers
from models.domain.rectification_rule import RectificationRule

TABLE = "problems"
COMPLETED, ONGOING, NOT_STARTED = "completed", "ongoing", "not_started"
STATES = (Choice(COMPLETED, "已完成"), Choice(ONGOING, "正在整改"), Choice(NOT_STARTED, "未整改"))
SOURCE_FORMS = ("self_evaluation", "overall_expenditure_self_evaluation")
"""Forms whose low scores and deviations are problems to put right."""
_NO_RULE = RectificationRule()


def rule_of(context: FormContext) -> RectificationRule:
    """The kit's rule, the usual one where it carries none."""
    return context.kit.rectification or _NO_RULE


def problem_rows(answers: Answers) -> list[Row]:
    """The rows of the table; none where the answers hold no sound list."""
    rows = answers.get(TABLE)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []


def default_deadline(context: FormContext) -> date:
    """Until when a problem should be put right: the kit's days from the task's opening."""
    return context.task.opens_on + timedelta(days=rule_of(context).deadline_days)


def blank_problem(context: FormContext) -> Mapping[str, Any]:
    """A problem typed in by hand."""
    return {"deadline_on": default_deadline(context).isoformat(), "department": context.unit.name}


def first_problems(context: FormContext) -> Sequence[Row]:
    """What a new filing begins with; the clerk takes away what was no problem and adds what was found elsewhere."""
    found = [*_unsettled(context), *_from_evaluations(context)]
    begun = blank_problem(context)
    return [{"row_id": f"r{number}", **begun, **row} for number, row in enumerate(found, 1)]


def _unsettled(context: FormContext) -> Iterator[dict[str, Any]]:
    """Problems of last year's filing that were not settled."""
    for row in problem_rows(context.previous_answers or {}):
        if row.get("state") != COMPLETED and row.get("issue"):
            kept = ("project_name", "issue", "requirement", "measure", "department", "responsible_person")
            yield {key: row[key] for key in kept if row.get(key)} | {"remark": "上年未完成整改"}


def _from_evaluations(context: FormContext) -> Iterator[dict[str, Any]]:
    """Low totals and indicators that were not met, filing by filing."""
    low = rule_of(context).low_score
    for filing in context.unit_filings:
        if filing.form_id not in SOURCE_FORMS:
            continue
        if filing.score is not None and filing.score < low:
            grade = f"，等级“{filing.grade}”" if filing.grade else ""
            text = f"绩效自评得分 {number_text(filing.score)} 分{grade}，低于 {number_text(low)} 分"
            yield {"project_name": filing.project_name, "issue": text}
        yield from _unmet(filing)


def _unmet(filing: UnitFiling) -> Iterator[dict[str, Any]]:
    """Indicators with fewer points than full marks."""
    rows = filing.answers.get("indicators")
    for row in rows if isinstance(rows, list | tuple) else ():
        if not isinstance(row, Mapping):
            continue
        full, score = (parse_number(str(row.get(key) or "")) for key in ("weight", "score"))
        if full is None or score is None or score >= full:
            continue
        planned = row.get("planned_text") or joined_value(row)
        actual = f"{row.get('actual_value') or ''}{row.get('measure_unit') or ''}"
        issue = f"“{row.get('third_level') or ''}”没有达到指标值：应为 {planned}，实际完成 {actual}"
        reason = str(row.get("deviation_reason") or "").strip()
        yield {"project_name": filing.project_name, "issue": issue} | ({"measure": reason} if reason else {})
