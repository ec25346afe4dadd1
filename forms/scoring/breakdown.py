"""The breakdown of a score (得分明细): why it is that many points, line by line, for screen and print.

What follows a change is asked of `score_sheet` itself with the changed input: it is pure and quick.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.checks.wording import number_text
from forms.scoring.explanation import Explanation
from forms.scoring.marks import Outcome
from forms.scoring.score_sheet import EXECUTION_NAME, UNNAMED, EnteredScore, ScoreSheet
from forms.scoring.wording import points


@dataclass(frozen=True, slots=True)
class BreakdownLine:
    """One line of a breakdown (得分明细行); `score` "" where nothing is counted, `row_id` "" but for indicators."""

    title: str
    full_score: str
    score: str
    explanation: Explanation
    row_id: str = ""
    is_open: bool = False


def breakdown(sheet: ScoreSheet, labels: Mapping[str, str] | None = None) -> Iterator[BreakdownLine]:
    """Execution, entered items, every indicator, the total; `labels` name the first levels by code."""
    execution = sheet.execution
    if execution.outcome is not Outcome.NOT_APPLICABLE:
        yield BreakdownLine(
            EXECUTION_NAME,
            number_text(execution.full_score),
            points(execution.score),
            execution.explanation,
            is_open=execution.is_open,
        )
    for part in sheet.entered:
        yield entered_line(part, sheet.scheme.clause)
    for row in sheet.rows:
        yield BreakdownLine(
            row.row.name or UNNAMED,
            number_text(row.full_score) if row.is_counted else "",
            points(row.score) if row.is_counted else "",
            row.explanation,
            row.row.row_id,
            row.is_open,
        )
    total = sheet.explanation(labels)
    yield BreakdownLine(
        "总分", number_text(sheet.full_total), points(sheet.total), total, is_open=not sheet.is_complete
    )


def entered_line(part: EnteredScore, clause: str = "") -> BreakdownLine:
    """The line of an entered item; `clause` stands where the item names none of its own."""
    item, score = part.item, points(part.score)
    full = number_text(item.full_score)
    formula = "没有填写得分，暂按 0 分计" if part.is_open else f"录入得分 {score} 分，满分 {full} 分"
    missing = item.full_score - part.score
    change = f"最多还可得 {points(missing)} 分，由评定的部门决定" if missing > 0 else ""
    told = Explanation(formula, "按录入的得分计，不超过分值", item.clause or clause, change)
    return BreakdownLine(item.name, full, score, told, is_open=part.is_open)
