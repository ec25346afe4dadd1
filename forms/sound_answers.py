"""Answers of sound shape (填报内容的结构): what checks, sheets and projections may rely on.

Answers come from this program's own wizard, and at the bureau out of packages anybody may have
made. Tables must be lists of rows, rows must be objects; what is not is left out here and reported
by the check of unreadable content, so nothing further down has to ask again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forms.schema import FormSpec


def sound_answers(form: FormSpec, answers: Any) -> Mapping[str, Any]:
    """The answers with every table a list of rows; the very same object when nothing is wrong."""
    if not isinstance(answers, Mapping):
        return {}
    broken = list(_broken_tables(form, answers))
    if not broken:
        return answers
    changed = dict(answers)
    for key, rows in broken:
        changed[key] = [row for row in rows if _is_row(row)] if isinstance(rows, list) else []
    return changed


def broken_parts(form: FormSpec, answers: Any) -> list[str]:
    """Labels of the tables whose shape is wrong; the form's title when the answers are no object at all."""
    if not isinstance(answers, Mapping):
        return [form.title]
    return [form.table(key).label for key, _ in _broken_tables(form, answers)]


def _broken_tables(form: FormSpec, answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Tables that are no list of rows."""
    for table in form.tables():
        rows = answers.get(table.key)
        if rows is None:
            continue
        if not isinstance(rows, list) or not (_DICT.issuperset(map(type, rows)) or all(map(_is_row, rows))):
            yield table.key, rows


_DICT = frozenset({dict})
"""What rows are of nearly always: asked of all of them at once, since the abstract question is slow."""


def _is_row(row: Any) -> bool:
    """Whether a row is an object."""
    return type(row) is dict or isinstance(row, Mapping)
