"""What a target review reckons (绩效目标审核的计算): items of the kit's table, total, grade and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from forms.checks.wording import number_text
from forms.context import FormContext
from forms.kinds import parse_number
from forms.schema import Row
from models.domain.filing import Answers
from models.domain.target_review_rule import TargetReviewRule

TABLE = "review_items"
_NO_RULE = TargetReviewRule()


def rule_of(context: FormContext) -> TargetReviewRule:
    """The kit's table; without items where it carries none."""
    return context.kit.target_review or _NO_RULE


def item_rows(answers: Answers) -> list[Row]:
    """The rows of the table; none where the answers hold no sound list."""
    rows = answers.get(TABLE)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []


def first_rows(context: FormContext) -> Sequence[Row]:
    """A row for every item of the kit's table."""
    return [
        {
            "row_id": item.item_id,
            "dimension": item.dimension,
            "item_name": item.name,
            "standard": item.standard,
            "full_score": number_text(item.full_score),
        }
        for item in rule_of(context).items
    ]


def total_of(rows: Sequence[Row]) -> Decimal | None:
    """The points given, None while any row has none that can be read."""
    points = [parse_number(str(row.get("score") or "")) for row in rows]
    known = [one for one in points if one is not None]
    return sum(known, Decimal(0)) if rows and len(known) == len(points) else None


def result_of(context: FormContext, rows: Sequence[Row]) -> dict[str, Any]:
    """总分, 审核等级 and 审核结论 of the points given; blank while not all are there."""
    total = total_of(rows)
    grade = rule_of(context).grade_of(total) if total is not None else None
    return {
        "total_score": number_text(total) if total is not None else None,
        "grade": grade.name if grade else None,
        "consequence": grade.consequence if grade else None,
    }


def derive(context: FormContext, answers: Answers) -> Answers:
    """The answers with the kit's items and the result; the very same where nothing changes."""
    changed = dict(answers)
    if rule_of(context).items:
        changed[TABLE] = _synced(context, item_rows(answers))
    changed |= result_of(context, item_rows(changed))
    before = answers.get(TABLE)
    same_rows = TABLE not in changed or (
        isinstance(before, list)
        and len(before) == len(changed[TABLE])
        and all(one is other for one, other in zip(before, changed[TABLE], strict=True))
    )
    same = all(answers.get(key) == value for key, value in changed.items() if key != TABLE)
    return answers if same and same_rows else changed


def _synced(context: FormContext, rows: Sequence[Row]) -> list[Row]:
    """The kit's items in its order, each with the points and remarks that stand beside it."""
    by_id = {row.get("row_id"): row for row in rows}
    found = []
    for item in first_rows(context):
        kept = by_id.get(item["row_id"])
        if kept is not None and all(kept.get(key) == value for key, value in item.items()):
            found.append(kept)
        else:
            found.append({**(kept or {}), **item})
    return found
