"""Answers of a form (填报内容): blank ones, reading and setting by place, progress, amounts and rows.

Answers are never changed in place: every function returns new ones, so that undo is keeping the old.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forms.context import FormContext
from forms.findings import Place
from forms.schema import FieldKind, FormSpec, Row, TableSpec
from models.domain.filing import Answers


def blank_answers(form: FormSpec, context: FormContext) -> dict[str, Any]:
    """What a new filing begins with: prefilled fields and rows, and what is computed from them.

    A second round (二上) begins with all of the first one but its dates, since only what the control figures
    change is to be typed.
    """
    answers: dict[str, Any] = {}
    for item in form.items():
        if isinstance(item, TableSpec):
            answers[item.key] = [dict(row) for row in item.prefill(context)] if item.prefill else []
        elif item.prefill is not None and (value := item.prefill(context)) is not None:
            answers[item.key] = value
    return dict(form.derive(context, {**answers, **_first_round(form, context)}))


def _first_round(form: FormSpec, context: FormContext) -> dict[str, Any]:
    """What carries over from the first round: everything this form knows, but the day it was filled in."""
    before = context.first_round or {}
    dated = {spec.key for spec in form.fields() if spec.kind is FieldKind.DATE}
    known = {item.key for item in form.items()} - dated
    return {key: value for key, value in before.items() if key in known and not is_blank(value)}


def next_row_id(rows: list[Mapping[str, Any]]) -> str:
    """A row id none of the rows has: r1, r2, …"""
    taken = {str(row.get("row_id")) for row in rows}
    number = len(rows) + 1
    while f"r{number}" in taken:
        number += 1
    return f"r{number}"


def value_at(answers: Answers, place: Place) -> Any:
    """The value at a place; None where there is none."""
    if not place.row_id:
        return answers.get(place.field)
    for row in answers.get(place.field) or ():
        if row.get("row_id") == place.row_id:
            return row.get(place.column) if place.column else row
    return None


def with_value(answers: Answers, place: Place, value: Any) -> dict[str, Any]:
    """The answers with one value set; None clears it."""
    changed = dict(answers)
    if not place.row_id:
        changed[place.field] = value
        return changed
    changed[place.field] = [
        {**row, place.column: value} if row.get("row_id") == place.row_id else row
        for row in answers.get(place.field) or ()
    ]
    return changed


def is_blank(value: Any) -> bool:
    """Whether nothing has been filled in: None, blank text, no rows."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == []


def progress(form: FormSpec, context: FormContext, answers: Answers, begun: Answers | None = None) -> int:
    """Percent of what is the clerk's to fill in that is (0…100): required fields, and each table's required cells.

    What stands as the form begins with it (`begun`, made anew where it is not at hand), or fills itself in, was given
    to the clerk: it is no work done, and none left to do. Something else there is work again, and so is a place cleared.
    """
    begun = blank_answers(form, context) if begun is None else begun
    wanted = given = 0
    for item in form.items():
        if not item.is_visible(context):
            continue
        if isinstance(item, TableSpec):
            cells = _cells_to_fill(item, context, answers.get(item.key) or (), begun.get(item.key) or ())
        elif item.is_required and not item.is_closed(context, {}):
            cells = [(answers.get(item.key), begun.get(item.key))]
        else:
            continue
        open_cells = [value for value, was in cells if is_blank(value) or value != was]
        wanted += len(open_cells)
        given += sum(not is_blank(value) for value in open_cells)
    return given * 100 // wanted if wanted else 100


def _cells_to_fill(
    table: TableSpec, context: FormContext, rows: Sequence[Row], begun: Sequence[Row]
) -> list[tuple[Any, Any]]:
    """Value and first value of a table's required cells that can be written; one that is missing where there is no row."""
    columns = [column for column in table.visible_columns(context) if column.is_required]
    if columns and not rows:
        return [(None, None)]
    before = {str(row.get("row_id")): row for row in begun}  # a row may have none, or one that is no text
    new = table.blank_row(context) if table.blank_row else {}
    return [
        (row.get(column.key), before.get(str(row.get("row_id")), new).get(column.key))
        for row in rows
        for column in columns
        if not column.is_closed(context, row)
    ]


def differences(before: Answers, after: Answers) -> list[tuple[str, Any, Any]]:
    """(path, before, after) of everything that differs; rows are met by `row_id`, a row come or gone is one change."""
    changes: list[tuple[str, Any, Any]] = []
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old is new or old == new:
            continue
        if isinstance(old, list) and isinstance(new, list):
            changes += _row_differences(key, old, new)
        else:
            changes.append((key, old, new))
    return changes


def _row_differences(key: str, old: list[Any], new: list[Any]) -> list[tuple[str, Any, Any]]:
    """Changes between two lists of rows."""
    before = {row["row_id"]: row for row in old}
    after = {row["row_id"]: row for row in new}
    changes: list[tuple[str, Any, Any]] = []
    for row_id in dict.fromkeys([*before, *after]):
        was, now = before.get(row_id), after.get(row_id)
        if was is now:
            continue
        if was is None or now is None:
            changes.append((Place(key, row_id).path, was, now))
            continue
        columns = [column for column in dict.fromkeys([*was, *now]) if was.get(column) != now.get(column)]
        changes += [(Place(key, row_id, column).path, was.get(column), now.get(column)) for column in columns]
    if not changes and [r["row_id"] for r in old] != [r["row_id"] for r in new]:
        changes.append((key, [r["row_id"] for r in old], [r["row_id"] for r in new]))
    return changes
