"""Rows of a form's table (表格行): the edits a grid needs, as pure functions on immutable rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol

from forms import kinds
from forms.answers import next_row_id
from forms.context import FormContext
from forms.findings import Place
from forms.kinds import Reading
from forms.schema import FieldKind, FieldSpec, Row, TableSpec

Rows = Sequence[Row]

LEVELS = ("first_level", "second_level")
"""Columns that hang a row into the indicator frame."""


class TableKeeper(Protocol):
    """Who keeps the rows (表格数据的保管方): the wizard's session; models and delegates only ask and tell."""

    @property
    def context(self) -> FormContext:
        """What the form is filled in for."""
        ...

    def rows(self, table_key: str) -> Rows:
        """The rows of a table as they stand."""
        ...

    def written_rows(self, table_key: str) -> Rows:
        """The rows with the last keystroke, whatever is still to follow from it."""
        ...

    def set_typed(self, place: Place, typed: str) -> Reading:
        """Keep what was typed into a cell."""
        ...

    def set_value(self, place: Place, value: Any) -> None:
        """Keep a value as it is."""
        ...

    def is_locked(self, place: Place) -> bool:
        """Whether the place is not the clerk's to change."""
        ...


def kept_problem(spec: FieldSpec, kept: Any, context: FormContext, row: Row) -> str:
    """Why a kept value cannot be read, with what to do; "" when it can."""
    if kept is None or kept == "":
        return ""
    if spec.kind is FieldKind.CHOICE and spec.choices and not spec.is_open_choice:
        if any(option.value == kept for option in spec.choices(context, row)):
            return ""
        return f"“{str(kept)[:20]}”不在可选范围内，请从列表中选择。"
    problem, remedy = kinds.problem_of(spec, kept)
    return f"{problem}，{remedy}。" if problem else ""


def blank_row(table: TableSpec, context: FormContext, rows: Rows) -> dict[str, Any]:
    """A new row with an id of its own and what the table begins a row with."""
    values = dict(table.blank_row(context)) if table.blank_row else {}
    return {"row_id": next_row_id(list(rows)), **values}


def is_blank_row(table: TableSpec, context: FormContext, row: Row) -> bool:
    """Whether nothing stands in a row but what it began with."""
    begun = dict(table.blank_row(context)) if table.blank_row else {}
    return all(
        key == "row_id" or value in (None, "") or value == begun.get(key) for key, value in row.items()
    )


def row_index(rows: Rows, row_id: str) -> int:
    """Where a row stands, -1 when it is not there."""
    return next((index for index, row in enumerate(rows) if row.get("row_id") == row_id), -1)


def with_inserted(rows: Rows, at: int, new: Rows) -> list[Row]:
    """The rows with others put in before position `at`."""
    return [*rows[:at], *new, *rows[at:]]


def with_removed(rows: Rows, row_ids: Collection[str]) -> list[Row]:
    """The rows without some."""
    return [row for row in rows if row.get("row_id") not in row_ids]


def with_moved(rows: Rows, row_ids: Collection[str], by: int) -> list[Row]:
    """The rows with some moved up (-1) or down (1) by one place, keeping together what is together."""
    moved = list(rows)
    order = range(len(moved)) if by < 0 else range(len(moved) - 1, -1, -1)
    for index in order:
        other = index + by
        if not 0 <= other < len(moved) or moved[index].get("row_id") not in row_ids:
            continue
        if moved[other].get("row_id") not in row_ids:
            moved[index], moved[other] = moved[other], moved[index]
    return moved


def with_copies(rows: Rows, row_ids: Collection[str]) -> tuple[list[Row], list[str]]:
    """The rows with copies of some right after the last of them; the rows and the new ids."""
    chosen = [row for row in rows if row.get("row_id") in row_ids]
    if not chosen:
        return list(rows), []
    at = row_index(rows, str(chosen[-1]["row_id"])) + 1
    grown: list[Row] = list(rows)
    copies: list[Row] = []
    for row in chosen:
        copies.append({**row, "row_id": next_row_id(grown)})
        grown.append(copies[-1])
    return with_inserted(rows, at, copies), [str(row["row_id"]) for row in copies]


def changed_cells(
    before: Rows, after: Rows, columns: Sequence[str], note: Callable[[int, str], None]
) -> bool:
    """Tell every cell that differs; False when rows came, went or moved and cells cannot be told."""
    if len(before) != len(after):
        return False
    if any(a.get("row_id") != b.get("row_id") for a, b in zip(before, after, strict=True) if a is not b):
        return False
    for index, (old, new) in enumerate(zip(before, after, strict=True)):
        if old is new:
            continue
        for column in columns:
            if old.get(column) != new.get(column):
                note(index, column)
    return True


def sum_of(rows: Rows, column: str) -> int:
    """Sum of a money column in 分; what is no amount does not count."""
    return sum(value for row in rows if kinds.is_amount(value := row.get(column)))


def weight_sum(rows: Rows, column: str = "weight") -> Decimal:
    """Sum of a weight column; what is no number does not count."""
    return sum((_points(str(row.get(column) or "")) for row in rows), Decimal(0))


@lru_cache(maxsize=1024)
def _points(text: str) -> Decimal:
    """The number of a weight's text, 0 for none; the same few texts come again with every keystroke."""
    number = kinds.parse_number(text)
    return Decimal(0) if number is None else number


def plain_number(number: Decimal) -> str:
    """A number for people: 90, 22.5, never 9E+1."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def level_changes(
    table: TableSpec, context: FormContext, row: Mapping[str, Any], column: str
) -> dict[str, Any]:
    """What else a chosen level settles in its row: 二级 alone brings its 一级, another 一级 drops a 二级 not under it."""
    if not table.is_indicator_table or column not in LEVELS:
        return {}
    frame = context.frame
    first = frame.first(str(row.get("first_level") or ""))
    second = str(row.get("second_level") or "")
    if column == "second_level" and second and not row.get("first_level"):
        owner = next((one for one in frame.firsts if frame.second(one.code, second)), None)
        return {"first_level": owner.code} if owner else {}
    if column == "first_level" and first and second and frame.second(first.code, second) is None:
        known = any(frame.second(one.code, second) for one in frame.firsts)
        return {"second_level": None} if known else {}
    return {}
