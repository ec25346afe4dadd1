"""Problems a rectification begins with (整改问题): last year's that are not settled, those the bureau has registered
(审计、财政评价…), and what monitoring and self-evaluations show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from forms.checks.wording import number_text
from forms.context import FormContext
from forms.indicator_table import joined_value
from forms.kinds import parse_number
from forms.monitoring_table import likelihood_label
from forms.schema import Choice, Row
from forms.text_similarity import core_text
from models.domain.background import UnitFiling
from models.domain.filing import Answers
from models.domain.issue import RegisteredIssue
from models.domain.rectification_rule import RectificationRule

TABLE = "problems"
COMPLETED, ONGOING, NOT_STARTED = "completed", "ongoing", "not_started"
STATES = (Choice(COMPLETED, "已完成"), Choice(ONGOING, "正在整改"), Choice(NOT_STARTED, "未整改"))
SOURCE_FORMS = ("self_evaluation", "overall_expenditure_self_evaluation")
"""Forms whose low scores and deviations are problems to put right."""
MONITORING_FORMS = ("monitoring", "overall_expenditure_monitoring")
"""Forms whose doubts about an indicator are problems to put right."""
MONITORED, SELF_EVALUATED = "绩效监控", "绩效自评"
_DOUBTFUL = ("possible", "impossible")
_NO_RULE = RectificationRule()


def rule_of(context: FormContext) -> RectificationRule:
    """The kit's rule, the usual one where it carries none."""
    return context.kit.rectification or _NO_RULE


def problem_rows(answers: Answers) -> list[Row]:
    """The rows of the table; none where the answers hold no sound list."""
    return _mappings(answers.get(TABLE))


def default_deadline(context: FormContext) -> date:
    """Until when a problem should be put right: the kit's days from the task's opening."""
    return context.task.opens_on + timedelta(days=rule_of(context).deadline_days)


def blank_problem(context: FormContext) -> Mapping[str, Any]:
    """A problem typed in by hand."""
    return {"deadline_on": default_deadline(context).isoformat(), "department": context.unit.name}


def first_problems(context: FormContext) -> Sequence[Row]:
    """What a new filing begins with; the clerk takes away what was no problem and adds what was found elsewhere."""
    found = [
        *_unsettled(context),
        *_registered(context),
        *_from_monitoring(context),
        *_from_evaluations(context),
    ]
    begun = blank_problem(context)
    return [{"row_id": f"r{number}", **begun, **row} for number, row in enumerate(_once(found), 1)]


def registered_issues(context: FormContext) -> list[RegisteredIssue]:
    """What the bureau has registered against the unit for the budget year."""
    place = context.unit.code, context.budget_year
    return [one for one in context.kit.issues if (one.unit_code, one.budget_year) == place]


def _once(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every problem once, by project and wording; the first to name it goes before the others."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        found.setdefault((core_text(str(row.get("project_name") or "")), core_text(row["issue"])), row)
    return list(found.values())


def _registered(context: FormContext) -> Iterator[dict[str, Any]]:
    """The bureau's own list, with its requirements and deadlines."""
    names = {
        filing.project_code: filing.project_name for filing in context.unit_filings if filing.project_code
    }
    for one in registered_issues(context):
        name = one.project_name or names.get(one.project_code, "") or context.unit.name
        row = {"project_name": name, "origin": one.origin, "issue": one.issue}
        if one.requirement:
            row["requirement"] = one.requirement
        if one.deadline_on is not None:
            row["deadline_on"] = one.deadline_on.isoformat()
        yield row


def _from_monitoring(context: FormContext) -> Iterator[dict[str, Any]]:
    """Indicators that monitoring did not expect to be reached for certain, with the reason given then."""
    for filing in context.unit_filings:
        if filing.form_id not in MONITORING_FORMS:
            continue
        for row in _mappings(filing.answers.get("indicators")):
            likelihood = row.get("likelihood")
            if likelihood not in _DOUBTFUL:
                continue
            word = likelihood_label(context, str(likelihood))
            expected = str(row.get("forecast_value") or "").strip()
            issue = (
                f"“{row.get('third_level') or ''}”监控认为{word}完成：指标值 {row.get('planned_value') or ''}"
            )
            issue += f"，全年预计 {expected}" if expected else ""
            reason = str(row.get("reason") or "").strip()
            yield {"project_name": filing.project_name, "origin": MONITORED, "issue": issue} | (
                {"measure": reason} if reason else {}
            )


def _unsettled(context: FormContext) -> Iterator[dict[str, Any]]:
    """Problems of last year's filing that were not settled."""
    for row in problem_rows(context.previous_answers or {}):
        if row.get("state") != COMPLETED and row.get("issue"):
            kept = (
                "project_name",
                "origin",
                "issue",
                "requirement",
                "measure",
                "department",
                "responsible_person",
            )
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
            yield {"project_name": filing.project_name, "origin": SELF_EVALUATED, "issue": text}
        yield from _unmet(filing)


def _unmet(filing: UnitFiling) -> Iterator[dict[str, Any]]:
    """Indicators with fewer points than full marks."""
    for row in _mappings(filing.answers.get("indicators")):
        full, score = (parse_number(str(row.get(key) or "")) for key in ("weight", "score"))
        if full is None or score is None or score >= full:
            continue
        planned = row.get("planned_text") or joined_value(row)
        actual = f"{row.get('actual_value') or ''}{row.get('measure_unit') or ''}"
        name = f"“{row.get('third_level') or ''}”"
        issue = (
            f"{name}没有达到指标值：应为 {planned}，实际完成 {actual}"
            if planned
            else f"{name}满分 {full} 分，得 {score} 分，实际完成情况：{actual}"
        )
        reason = str(row.get("deviation_reason") or "").strip()
        yield {"project_name": filing.project_name, "origin": SELF_EVALUATED, "issue": issue} | (
            {"measure": reason} if reason else {}
        )


def _mappings(rows: Any) -> list[Row]:
    """The rows of a table; none where the answers hold no sound list."""
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []
