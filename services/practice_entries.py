"""What the practice county writes into a form (演示填报内容): put into what the form itself brings.

Targets stand whole in the practice files. The later forms of the year begin with rows taken from
targets and kits; here only what a clerk would type is put beside them, row by row, and the form
computes the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.context import FormContext
from forms.schema import FormSpec, Row, TableSpec
from models.domain.filing import Answers

EVERY_ROW = "*"
"""Key of what goes into every row of a table; a row's own entries go before it."""


def filled_in(form: FormSpec, context: FormContext, answers: Answers, entries: Mapping[str, Any]) -> Answers:
    """The answers with practice entries put in: fields by key, tables by row (id or a text that stands in it).

    Rows that are met by nothing are added when they are given as a list.
    """
    filled: dict[str, Any] = dict(answers)
    for key, value in entries.items():
        if isinstance(value, Mapping):
            filled[key] = [_row(row, value) for row in answers.get(key) or ()]
        elif isinstance(value, list):
            filled[key] = _numbered(form.table(key), context, value)
        else:
            filled[key] = value
    return form.derive(context, filled)


def _row(row: Row, entries: Mapping[str, Any]) -> Row:
    """A row with what is meant for it."""
    names = {str(value) for value in row.values() if isinstance(value, str)}
    own: Mapping[str, Any] = next((given for name, given in entries.items() if name in names), {})
    return {**row, **entries.get(EVERY_ROW, {}), **own}


def _numbered(table: TableSpec, context: FormContext, rows: list[Any]) -> list[Row]:
    """New rows with ids and what the table begins a row with."""
    begun = dict(table.blank_row(context)) if table.blank_row else {}
    return [{"row_id": f"r{number}", **begun, **row} for number, row in enumerate(rows, start=1)]
