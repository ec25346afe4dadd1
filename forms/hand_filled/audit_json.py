"""A checked table as JSON (核对结果的 JSON): the one spelling `check --json` promises (docs/commands.md).

Amounts are texts of 元 with two decimals, rates of four, scores of two (more only where points have more);
what was not there or could not be read is null.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from forms import registry
from forms.findings import Finding
from forms.hand_filled.audit import MONITORINGS, TableAudit
from forms.hand_filled.audit_scores import AuditScores
from forms.hand_filled.printed import UNCALCULATED
from forms.hand_filled.stated import StatedFund, StatedIndicator, StatedTable
from forms.scoring.inputs import is_usable
from forms.scoring.marks import half_up
from models.domain.money import AmountUnit, format_amount

_CENT = Decimal("0.01")
_RATE = Decimal("0.0001")


def audit_object(audit: TableAudit) -> dict[str, Any]:
    """One table's object."""
    table = audit.table
    return {
        "file": table.file,
        "sheet": table.sheet,
        "range": table.cells,
        "form": table.form,
        "form_version": form_version(table.form),
        "unit_of_amount": table.unit_of_amount.label,
        "answers": _answers(table),
        "scores": _scores(audit.scores) if audit.scores else None,
        "findings": [finding_object(finding) for finding in audit.findings],
    }


def form_version(form_id: str) -> str | None:
    """The version this program has of a form, None while it has none."""
    return registry.head(form_id).version if registry.has(form_id) else None


def finding_object(finding: Finding) -> dict[str, str]:
    """One finding's object; the message says subject and both figures."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "where": finding.place.path,
        "message": f"{finding.subject}：{finding.message}",
        "remedy": finding.remedy,
    }


def yuan(fen: int | None) -> str | None:
    """An amount as a text of 元."""
    return None if fen is None else format_amount(fen, AmountUnit.YUAN, grouped=False)


def score(number: Decimal | None) -> str | None:
    """Points with two decimals, more only where they have more."""
    if number is None:
        return None
    if not is_usable(number):
        return format(number, "f")
    rounded = number.quantize(_CENT)
    return format(rounded if rounded == number else number, "f")


def rate(share: Decimal | None) -> str | None:
    """A rate with four decimals."""
    if share is None:
        return None
    return format(half_up(share, _RATE) if is_usable(share) else share, "f")


def plain(number: Decimal | None) -> str | None:
    """A value as it is, without exponent."""
    return None if number is None else format(number, "f")


def _answers(table: StatedTable) -> dict[str, Any]:
    """What the table states."""
    monitors = table.form in MONITORINGS
    return {
        "project_name": table.project_name or None,
        "supervising_department": table.supervising_department or None,
        "implementing_unit": table.implementing_unit or None,
        "fiscal_year": table.fiscal_year,
        "funds": [_fund(fund, monitors) for fund in table.funds],
        "indicators": [_indicator(row, monitors) for row in table.indicators],
        "stated_total": score(table.stated_total.value),
    }


def _fund(fund: StatedFund, monitors: bool) -> dict[str, Any]:
    """One funds row."""
    found = {
        "source": fund.source,
        "initial_budget": yuan(fund.initial_budget_fen),
        "annual_budget": yuan(fund.annual_budget_fen),
        "annual_spending": yuan(fund.annual_spending_fen),
        "full_score": score(fund.full_score.value),
        "stated_rate": rate(fund.stated_rate.value),
        "stated_score": score(fund.stated_score.value),
    }
    return found | ({"spending_to_date": yuan(fund.spending_to_date_fen)} if monitors else {})


def _indicator(row: StatedIndicator, monitors: bool) -> dict[str, Any]:
    """One indicator row."""
    found = {
        "first_level": row.first_level or None,
        "second_level": row.second_level or None,
        "third_level": row.third_level or None,
        "planned_text": _told(row.planned_text),
        "comparator": row.comparator,
        "planned_value": plain(row.planned_value),
        "measure_unit": row.measure_unit or None,
        "actual_text": _told(row.actual_text),
        "actual_value": plain(row.actual_value),
        "full_score": score(row.full_score.value),
        "stated_score": score(row.stated_score.value),
        "deviation_reason": row.deviation_reason or None,
    }
    if monitors:
        found |= {
            "forecast_value": plain(row.forecast_value) or _told(row.forecast_text),
            "likelihood": row.likelihood or None,
        }
    return found


def _scores(scores: AuditScores) -> dict[str, Any]:
    """What was recomputed, beside what is stated."""
    execution = scores.sheet.execution
    is_known = not execution.is_open and scores.execution_row is not None
    return {
        "execution": {
            "rate": rate(execution.rate) if is_known else None,
            "full_score": score(execution.full_score),
            "stated": score(scores.execution_stated),
            "rule": score(execution.score) if is_known else None,
        },
        "indicators": [
            {
                "third_level": row.third_level or None,
                "full_score": score(line.full_score.value),
                "stated": score(line.stated.value),
                "rule": score(line.rule),
                "rule_name": line.score.explanation.rule if line.has_rule else None,
                "agrees": line.agrees(scores.tolerance),
            }
            for row, line in zip(scores.table.indicators, scores.lines, strict=True)
        ],
        "sum_of_full_scores": score(scores.sum_of_full_scores),
        "sum_of_stated": score(scores.sum_of_stated),
        "stated_total": score(scores.table.stated_total.value),
        "rule_total": score(scores.rule_total),
        "grade": scores.grade or None,
    }


def _told(text: str) -> str | None:
    """A text as printed; None for a blank, and for a formula without its result."""
    return text if text and text != UNCALCULATED else None
