"""A review of a target (绩效目标审核样例): 92 points, 优."""

from __future__ import annotations

from forms import registry
from forms.answers import blank_answers
from models.domain.project import Project
from tests.forms.cases import KIT_101, UNIT, Answers, context

FORM = registry.form("target_review")
REVIEW = context(
    KIT_101,
    "target_review",
    project=Project("p1", "农村公路养护", UNIT.code),
    related={"performance_target": {"annual_total_fen": 128_000_000}},
)
POINTS = {
    "normal": "10",
    "clear": "9",
    "relevant": "14",
    "scientific": "13",
    "reasonable": "14",
    "funding": "14",
    "achievable": "9",
    "conditions": "9",
}
PROBLEM = "质量指标没有写明评定标准"


def reviewed(**points: str | None) -> Answers:
    """A review with points given, a problem told wherever some were taken off, everything computed."""
    answers = blank_answers(FORM, REVIEW)
    given = {**POINTS, **points}
    rows = [
        {**row, "score": given[row["row_id"]]}
        | ({"problem": PROBLEM} if given[row["row_id"]] != row["full_score"] else {})
        for row in answers["review_items"]
    ]
    return dict(FORM.derive(REVIEW, {**answers, "review_items": rows, "opinion": "目标明确，同意。"}))


def scored(item: str, points: str) -> Answers:
    """The review with other points for one item."""
    return reviewed(**{item: points})
