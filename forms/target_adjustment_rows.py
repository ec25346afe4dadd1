"""What a target adjustment fills in itself (绩效目标调整的自动计算), and the target it leads to.

The old side is the approved target in force, row by row; the new side begins as its copy. Once an adjustment
is approved itself, its old side stays what it was: `adjustment_number` tells whether it is still to come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from forms.context import FormContext
from forms.indicator_table import joined_value
from forms.kinds import TICKED, is_amount, show_date
from forms.schema import Row
from models.domain.background import ApprovedTarget
from models.domain.filing import Answers

TABLE = "indicators"
UNCHANGED, CHANGED, ADDED, CANCELLED = "不变", "修改", "新增", "取消"
TARGET_COLUMNS = (
    "first_level",
    "second_level",
    "third_level",
    "comparator",
    "planned_value",
    "measure_unit",
    "weight",
    "direction",
    "library_code",
)
"""Columns of an indicator as the target declaration has them."""
_MONEY = ("total_fen", "fiscal_fen", "other_fen")
_SHARE_STEP = Decimal("0.0001")


def rows_of(answers: Answers) -> list[Row]:
    """The indicator rows; none where the answers hold no sound list."""
    rows = answers.get(TABLE)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []


def is_pending(context: FormContext, answers: Answers) -> bool:
    """Whether this is the adjustment that comes next; one approved already, or of an older target, is left alone."""
    approved = context.approved
    number = answers.get("adjustment_number")
    return approved is not None and number in (None, str(approved.adjustments + 1))


def derive(context: FormContext, answers: Answers) -> Answers:
    """The old side from the approved target, what changed, and the difference in money."""
    changed = dict(answers)
    if context.approved is not None and is_pending(context, answers):
        changed |= _old_fields(context.approved)
        changed[TABLE] = _with_old_rows(context.approved.answers, rows_of(answers))
    changed[TABLE] = _marked(rows_of(changed))
    changed |= _difference(changed)
    same = all(answers.get(key) == value for key, value in changed.items() if key != TABLE)
    return answers if same and _same_rows(answers.get(TABLE), changed[TABLE]) else changed


def new_values(context: FormContext) -> Mapping[str, Any]:
    """What the new side begins with: the approved budget and target."""
    if context.approved is None:
        return {}
    old = _old_fields(context.approved)
    begun = {f"annual_{key}": old[f"old_{key}"] for key in _MONEY}
    return {**begun, "annual_target": old["old_target"]}


def approved_copy(context: FormContext) -> Sequence[Row]:
    """The rows a new adjustment begins with: every approved indicator, old beside new."""
    return _with_old_rows(context.approved.answers, []) if context.approved is not None else []


def adjusted_answers(approved: Answers, adjustment: Answers) -> Answers:
    """The target declaration as it stands once the adjustment is approved."""
    fields = ("annual_target", *(f"annual_{key}" for key in _MONEY))
    taken = {key: adjustment[key] for key in fields if adjustment.get(key) is not None}
    kept = [
        {"row_id": row["row_id"], **{key: row[key] for key in TARGET_COLUMNS if row.get(key) is not None}}
        for row in rows_of(adjustment)
        if row.get("is_cancelled") != TICKED
    ]
    return {**approved, **taken, TABLE: kept}


def _old_fields(approved: ApprovedTarget) -> dict[str, Any]:
    """Document, money and text of the approved target; the approved amount goes before the declared one."""
    answers = approved.answers
    total = approved.amount_fen if approved.amount_fen is not None else answers.get("annual_total_fen")
    other = answers.get("annual_other_fen")
    total = total if is_amount(total) else None
    other = other if is_amount(other) and total is not None and 0 <= other <= total else None
    return {
        "approved_document": approved.document_number or None,
        "approved_on": show_date(approved.approved_on) if approved.approved_on else None,
        "adjustment_number": str(approved.adjustments + 1),
        "old_total_fen": total,
        "old_fiscal_fen": total - (other or 0) if total is not None else None,
        "old_other_fen": other,
        "old_target": answers.get("annual_target"),
    }


def _with_old_rows(approved: Answers, rows: Sequence[Row]) -> list[Row]:
    """The rows with their old side; an approved indicator that is gone comes back, as it can only be cancelled."""
    by_id = {row.get("row_id"): row for row in rows}
    found: list[Row] = []
    for old in rows_of(approved):
        kept = by_id.pop(old.get("row_id"), None)
        sides = {
            "old_third_level": old.get("third_level"),
            "old_value": joined_value(old) or None,
            "old_weight": old.get("weight"),
        }
        begun = {"row_id": old.get("row_id"), **{key: old.get(key) for key in TARGET_COLUMNS}}
        found.append(_merged(begun if kept is None else kept, sides))
    new = [row for row in rows if row.get("row_id") in by_id]
    return found + [
        _merged(row, {"old_third_level": None, "old_value": None, "old_weight": None}) for row in new
    ]


def _marked(rows: Sequence[Row]) -> list[Row]:
    """Every row with what happened to it; a cancelled one carries no points, and gets them back."""
    return [_cancelled(row) if _is_cancelled(row) else _kept(row) for row in rows]


def _is_cancelled(row: Row) -> bool:
    return row.get("is_cancelled") == TICKED and bool(row.get("old_third_level"))


def _cancelled(row: Row) -> Row:
    points = {"weight": "0"} if row.get("old_weight") is not None else {}
    return _merged(row, {"change": CANCELLED, **points})


def _kept(row: Row) -> Row:
    if row.get("change") == CANCELLED and row.get("old_weight") is not None:
        row = {**row, "weight": row["old_weight"]}
    return _merged(row, {"change": _change(row)})


def _change(row: Row) -> str:
    """不变, 修改 or 新增."""
    if not row.get("old_third_level"):
        return ADDED
    same = row.get("third_level") == row["old_third_level"] and (joined_value(row) or None) == row.get(
        "old_value"
    )
    return UNCHANGED if same and row.get("weight") == row.get("old_weight") else CHANGED


def _difference(answers: Answers) -> dict[str, Any]:
    """How much the budget changes, in 分 and as a share of the old one."""
    old, new = answers.get("old_total_fen"), answers.get("annual_total_fen")
    if not is_amount(old) or not is_amount(new):
        return {"change_fen": None, "change_rate": None}
    rate = (Decimal(new - old) / old).quantize(_SHARE_STEP, ROUND_HALF_UP) if old else None
    return {"change_fen": new - old, "change_rate": format(rate, "f") if rate is not None else None}


def _merged(row: Row, sides: Mapping[str, Any]) -> Row:
    """A row with cells set; the very same row where nothing changes."""
    if all(row.get(key) == value for key, value in sides.items()):
        return row
    return {**row, **sides}


def _same_rows(before: Any, after: Sequence[Row]) -> bool:
    """Whether the rows are the very same objects in the same order."""
    if not isinstance(before, list) or len(before) != len(after):
        return False
    return all(one is other for one, other in zip(before, after, strict=True))
